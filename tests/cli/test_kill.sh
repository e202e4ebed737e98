#!/usr/bin/env bash
# kill -9 at random moments of an import: the database is as before or as after, and clean.
# KILL_ROUNDS: 20 here, 100 in the long form.
. "$(dirname "$0")/lib.sh"
rounds=${KILL_ROUNDS:-20}
"$oko" --quiet simulate --out world --seed 7 --schools 90 --municipalities 6 2>err || fail "simulate: $(cat err)"
"$oko" --quiet --db base.db units import world/units.csv >/dev/null 2>err || fail "$(cat err)"
"$oko" --quiet --db base.db import world/2020-04-MA.xlsx >/dev/null 2>err || fail "$(cat err)"
cp base.db after.db
"$oko" --db base.db show procedures --json >before.json
began=$(date +%s%N)
"$oko" --quiet --db after.db import world/2021-0*.xlsx >/dev/null 2>err || fail "$(cat err)"
whole=$((($(date +%s%N) - began) / 1000000)) # ms
"$oko" --db after.db show procedures --json >after.json
cmp -s before.json after.json && fail "the import changes nothing: the test would see nothing"

# Each file is one transaction, so every number of whole files is a state "as before or as after".
files=(world/2021-0*.xlsx)
cp before.json state.0
cp base.db step.db
for i in "${!files[@]}"; do
    "$oko" --quiet --db step.db import "${files[$i]}" >/dev/null 2>err || fail "$(cat err)"
    "$oko" --db step.db show procedures --json >"state.$((i + 1))"
done

declare -A seen
killed=0
for ((round = 1; round <= rounds; round++)); do
    rm -f victim.db victim.db-wal victim.db-shm
    cp base.db victim.db
    # Around the whole time of the import, a little beyond it too.
    wait_ms=$(((RANDOM * 32768 + RANDOM) % (whole + whole / 10 + 5)))
    "$oko" --quiet --db victim.db import "${files[@]}" >/dev/null 2>&1 &
    victim=$!
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    kill -9 "$victim" 2>/dev/null && killed=$((killed + 1))
    wait "$victim" 2>/dev/null
    expect 0 "$oko" --db victim.db db check
    expect 0 "$oko" --db victim.db show procedures --json
    state=none
    for known in state.*; do
        cmp -s out "$known" && state=${known#state.}
    done
    checks=$((checks + 1))
    [[ $state != none ]] || fail "round $round, killed after $wait_ms ms: neither as before nor as after a file"
    seen[$state]=$((${seen[$state]:-0} + 1))
done
for state in "${!seen[@]}"; do echo "as after $state of ${#files[@]} files: ${seen[$state]} times"; done
echo "$killed of $rounds imports were killed while they ran ($whole ms each)"
[[ $killed -gt 0 ]] || fail "no import was killed in time"

# Killed while the database itself is being made: there is none yet, or a whole one.
made=0
for ((round = 1; round <= rounds; round++)); do
    rm -f new.db new.db-* new.db.new-*
    "$oko" --quiet --db new.db import world/2021-05-MA.xlsx >/dev/null 2>&1 &
    victim=$!
    sleep "0.0$((RANDOM % 50 + 10))"
    kill -9 "$victim" 2>/dev/null
    wait "$victim" 2>/dev/null
    [[ -e new.db ]] || continue
    made=$((made + 1))
    expect 0 "$oko" --db new.db db check
done
echo "$made of $rounds killed imports had made their new database"
# A half-made file of an older version: its journal undoes it.
rm -f new.db new.db-*
: >new.db
printf '\xd9\xd5\x05\xf9\x20\xa1\x63\xd7' >new.db-journal
head -c 504 /dev/zero >>new.db-journal
expect 0 "$oko" --db new.db db check
# A limit on the size of files is told, not died of.
(
    ulimit -f 100
    "$oko" --quiet --db limited.db import world/2021-05-MA.xlsx
) >out 2>err
code=$?
checks=$((checks + 1))
[[ $code -eq 73 || $code -eq 74 ]] || fail "a limit on file size: exit code $code"
[[ -e limited.db ]] && expect 0 "$oko" --db limited.db db check

# Ctrl-C (here SIGTERM, which a background process does not ignore): exit code 130, nothing half done.
stopped=0
for ((attempt = 1; attempt <= 30 && stopped == 0; attempt++)); do
    rm -f victim.db victim.db-wal victim.db-shm
    cp base.db victim.db
    "$oko" --quiet --db victim.db import world/2021-05-MA.xlsx >/dev/null 2>err &
    victim=$!
    sleep "0.0$((RANDOM % 60 + 10))"
    kill -TERM "$victim" 2>/dev/null
    wait "$victim"
    [[ $? -eq 130 ]] && stopped=1
done
checks=$((checks + 1))
[[ $stopped -eq 1 ]] || fail "no import could be stopped politely"
expect 0 "$oko" --db victim.db show procedures --json
same out before.json
expect 0 "$oko" --db victim.db db check

# And it can be finished afterwards.
expect 0 "$oko" --quiet --db victim.db import "${files[@]}"
"$oko" --db victim.db show procedures --json >out
same out after.json
finish
