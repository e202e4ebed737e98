#!/usr/bin/env bash
# demonstration.sh PROGRAM FOLDER: the region of the browser tests, made once a build folder: again when the libraries of the
# program changed (the program itself changes with each build of the web interface).
set -euo pipefail
program=$(readlink -f "$1")
folder=$2
made=$(find "$(dirname "$program")" -maxdepth 1 -name 'liboko_*.a' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
[[ $(cat "$folder/.made" 2>/dev/null) != "$made" || ! -f $folder/oko.db ]] || exit 0
rm -rf "$folder"
mkdir -p "$folder"
"$program" --quiet demo --out "$folder" --seed 2021 >/dev/null
printf '%s\n' "$made" >"$folder/.made"
