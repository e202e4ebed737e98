#!/usr/bin/env bash
# Help of every command, usage errors, exit codes, what goes to which stream.
. "$(dirname "$0")/lib.sh"

# Names of all commands, from the program's own table.
"$oko" help --json | sed '/"global_options"/q' | sed -n 's/^      "name": "\(.*\)",$/\1/p' >names
[[ $(wc -l <names) -ge 25 ]] || fail "only $(wc -l <names) commands found"

while IFS= read -r name; do
    read -ra words <<<"$name"
    expect 0 "$oko" help "${words[@]}"
    says out "oko $name"
    empty err
    cp out by_help
    expect 0 "$oko" "${words[@]}" --help
    same out by_help
    expect 0 "$oko" --lang en "${words[@]}" -h
    says out "Usage:"
    expect 0 "$oko" help "${words[@]}" --json
    says out "\"name\": \"$name\""
done <names

# No message key is printed instead of its sentence.
for lang in ru en; do
    while IFS= read -r name; do
        read -ra words <<<"$name"
        "$oko" --lang "$lang" help "${words[@]}"
    done <names >all
    "$oko" --lang "$lang" help >>all
    if grep -n 'cli\.[a-z]' all; then fail "a key without a text ($lang)"; fi
done

# The table itself.
expect 0 "$oko" help
says out "import"
expect 2 "$oko"
empty out
says err "oko help"

# Mistyped words.
expect 2 "$oko" impotr
empty out
says err "import"
expect 2 "$oko" db chekc
says err "db check"
expect 2 "$oko" frobnicate
expect 2 "$oko" db
says err "oko help db"
expect 2 "$oko" units lst
expect 2 "$oko" help nonsense
expect 0 "$oko" help db
says out "db info"

# Arguments.
expect 2 "$oko" import
says err "FILE"
expect 2 "$oko" --wrong
expect 2 "$oko" import --wrong x
says err "--wrong"
expect 2 "$oko" import x --procedure
expect 2 "$oko" version --json=yes
expect 2 "$oko" version extra
expect 2 "$oko" analyze --seed many
says err "seed"
expect 2 "$oko" analyze --replicates 1
expect 2 "$oko" --lang fr help
expect 2 "$oko" completion fish
expect 2 "$oko" simulate
expect 2 "$oko" report --format pdf
expect 2 "$oko" units list --level planet
expect 2 "$oko" problems abc

# Global options stand anywhere.
expect 0 "$oko" version --lang en --json
cp out late
expect 0 "$oko" --json --lang=en version
same out late
expect 0 "$oko" --version
says out "oko "
OKO_LANG=en expect 0 "$oko" help
says out "Usage:"

# Things that are not there.
expect 4 "$oko" --db none.db show procedures
empty out
says err "none.db"
[[ ! -e none.db ]] || fail "a reading command made a database"
expect 4 "$oko" --db none.db db check
expect 4 "$oko" procedures show 1999-01-XX
says err "1999-01-XX"
expect 4 "$oko" procedures add none.json

# Errors as JSON.
expect 4 "$oko" --json --db none.db db info
empty out
says err '{"error":{"code":"not_found","exit":4'

# Writing that fails, and a reader that goes away.
if [[ -c /dev/full ]]; then
    "$oko" help >/dev/full 2>err
    [[ $? -eq 73 ]] || fail "a full disk is not told"
fi
"$oko" procedures list --json 2>err | head -n 1 >/dev/null
empty err

# No colours outside a terminal.
unset NO_COLOR
"$oko" procedures list 2>&1 | grep -q $'\033' && fail "colours without a terminal"
finish
