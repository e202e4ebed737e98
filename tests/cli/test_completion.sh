#!/usr/bin/env bash
# The completion script works when bash loads it.
. "$(dirname "$0")/lib.sh"
"$oko" completion bash >oko.bash || fail "completion bash"
# shellcheck disable=SC1091
. ./oko.bash

# completes "WORDS…" EXPECTED…: the words that bash would offer for the last one.
completes() {
    local line=$1 wanted
    shift
    read -ra COMP_WORDS <<<"$line"
    [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _oko
    for wanted in "$@"; do
        checks=$((checks + 1))
        [[ " ${COMPREPLY[*]} " == *" $wanted "* ]] || fail "«$line» does not offer $wanted: ${COMPREPLY[*]}"
    done
}
completes "oko " import analyze report db
completes "oko im" import imports
completes "oko db " check info
completes "oko --db x.db db c" check
completes "oko units alias " add
completes "oko import --" --procedure --dry-run --json
completes "oko --lang " ru en
completes "oko report --format " html xlsx
completes "oko signs --" --level --only --explain
completes "oko signs --format " csv json
completes "oko signs --only " attention signs strong
completes "oko completion " bash zsh
completes "oko show " procedures procedure unit run

"$oko" completion zsh | head -n 1 | grep -q '^#compdef oko' || fail "zsh head"
if command -v zsh >/dev/null; then
    "$oko" completion zsh >oko.zsh
    zsh -n oko.zsh || fail "zsh syntax"
fi
finish
