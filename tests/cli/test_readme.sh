#!/usr/bin/env bash
# The block of commands that README.md marks as checked runs as it stands.
. "$(dirname "$0")/lib.sh"
sed -n '/^<!-- checked by tests\/cli\/test_readme.sh -->/,/^```$/p' "$source_dir/README.md" |
    sed -n '/^```sh$/,/^```$/p' | grep -v '^```' >commands.sh
checks=$((checks + 1))
[[ $(grep -c '^oko ' commands.sh) -ge 5 ]] || fail "the marked block was not found"
mkdir bin
ln -s "$oko" bin/oko
PATH="$scratch/bin:$PATH" bash -e commands.sh >out 2>err || {
    fail "README's commands: exit code $?"
    tail -n 5 err
}
says out "2021-05-MA"
[[ -n $(find reports -name 'region-*.html') ]] || fail "no page for the region"
finish
