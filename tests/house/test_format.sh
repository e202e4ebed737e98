#!/bin/bash
# Every C file of ours is as clang-format-14 writes it. Usage: test_format.sh PROGRAM SOURCE_DIR; 77 = no formatter.
set -eu
source_dir=${2:-$(cd "$(dirname "$0")/../.." && pwd)}
command -v clang-format-14 >/dev/null || {
    echo "clang-format-14 is not installed: skipped"
    exit 77
}
cd "$source_dir"
mapfile -t files < <(find src include tests bench -name '*.[ch]' | LC_ALL=C sort)
if [ "${#files[@]}" -lt 20 ]; then
    echo "only ${#files[@]} C files found under $source_dir: wrong folder?"
    exit 1
fi
clang-format-14 --dry-run -Werror "${files[@]}"
echo "${#files[@]} files are formatted"
