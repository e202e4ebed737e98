# Shared by the scripts of this folder: a scratch folder, expectations. Usage: . "$(dirname "$0")/lib.sh"
# shellcheck shell=bash
oko=$(readlink -f "$1")
source_dir=$(readlink -f "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset OKO_DB OKO_LANG
export NO_COLOR=1
failures=0
checks=0

fail() {
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}

# expect CODE COMMAND…: runs it; standard output in ./out, standard error in ./err.
expect() {
    local wanted=$1 code
    shift
    checks=$((checks + 1))
    "$@" >out 2>err
    code=$?
    if [[ $code -ne $wanted ]]; then
        fail "exit code $code instead of $wanted: ${*#"$oko"}"
        sed 's/^/    /' err | head -n 5
    fi
}

# says FILE TEXT: the file holds the text.
says() {
    checks=$((checks + 1))
    grep -qF -e "$2" "$1" || {
        fail "no «$2» in $1:"
        head -n 8 "$1" | sed 's/^/    /'
    }
}
empty() {
    checks=$((checks + 1))
    [[ ! -s $1 ]] || {
        fail "$1 is not empty:"
        head -n 3 "$1" | sed 's/^/    /'
    }
}
same() {
    checks=$((checks + 1))
    cmp -s "$1" "$2" || fail "$1 and $2 differ"
}

# A small region, made once per script: ./world, ./world.db when asked for.
make_world() {
    "$oko" --quiet simulate --out world --seed 7 --schools 24 --municipalities 4 >/dev/null 2>err || {
        fail "simulate: $(cat err)"
        finish
    }
}

finish() {
    if [[ $checks -eq 0 ]]; then
        echo "nothing was checked"
        exit 1
    fi
    echo "$checks checks, $failures failed"
    [[ $failures -eq 0 ]]
    exit $?
}
