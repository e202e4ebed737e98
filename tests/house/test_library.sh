#!/usr/bin/env bash
# liboko as another program sees it: installed, found by pkg-config, an example built against it and run; every public
# header compiles alone; nothing but oko_… is exported.
set -eu
program=$1 source=$2
build=$(dirname "$program")
[[ -e $build/liboko.so ]] || exit 77
# An instrumented library needs the same instruments in the program: the other presets cover it.
if nm -D "$build/liboko.so" | grep -q '__asan_\|__tsan_\|__gcov_'; then
    exit 77
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$build" --prefix "$place" >/dev/null
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$place" -name oko.pc)")
pkg-config --cflags --libs oko | grep -q -- '-loko'
# pkg-config names the prefix of the configuration; the library was put elsewhere.
flags="-I$place/include" libs="-L$(dirname "$(find "$place" -name liboko.so)") -loko"

for header in "$place"/include/oko/*.h; do
    # shellcheck disable=SC2086
    echo "#include <oko/$(basename "$header")>" | cc -std=c17 -Wall -Wextra -Wpedantic -Werror $flags -fsyntax-only -x c -
done
# shellcheck disable=SC2086
cc -std=c17 -Wall -Wextra -Werror $flags "$source/examples/cutoffs.c" $libs -o "$place/cutoffs"
export LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(dirname "$(find "$place" -name liboko.so)")
# A made-up histogram: binomial-like, with 300 works moved from 6 to 7.
out=$(printf '%s\n' 10 40 120 280 520 800 750 1650 1400 1300 1050 800 520 280 120 40 10 | "$place/cutoffs" 7)
lifted=$(awk -F, '$1 == 7 { print int($2) }' <<<"$out")
if [[ -z $lifted || $lifted -lt 150 || $lifted -gt 450 ]]; then
    printf 'unexpected answer of the example:\n%s\n' "$out"
    exit 1
fi
if "$place/cutoffs" 7 </dev/null 2>/dev/null; then
    echo "the example takes an empty table"
    exit 1
fi
foreign=$(nm -D --defined-only "$LD_LIBRARY_PATH/liboko.so" | awk '$2 ~ /[TDBR]/ { print $3 }' | grep -v '^oko_' || true)
if [[ -n $foreign ]]; then
    printf 'exported without the prefix:\n%s\n' "$foreign"
    exit 1
fi
