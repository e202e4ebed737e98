#!/usr/bin/env bash
# Re-checks, observers' protocols and medallists of the made-up region: from the files to a run, lists and a report.
. "$(dirname "$0")/lib.sh"
lacks() { # FILE TEXT
    checks=$((checks + 1))
    if grep -qF -- "$2" "$1"; then fail "«$2» in $1"; fi
}
make_world
export OKO_DB=world.db
expect 0 "$oko" units import world/units.csv
expect 0 "$oko" import world/2021-05-MA.xlsx
expect 0 "$oko" import world/recheck.csv world/observers.csv world/medals.csv
says out 'перепроверка работ'
says out '«ФИО наблюдателя»'
expect 0 "$oko" import world/recheck.csv world/observers.csv world/medals.csv
says out 'ничего не изменилось'
expect 0 "$oko" findings
says out 'перепроверка'
says out 'акт наблюдения'
expect 0 "$oko" findings --kind medals --json
says out '"kind": "medals"'
lacks out '"recheck"'
expect 2 "$oko" findings --kind nonsense
says err 'recheck, observation, medals'
lacks out 'Наблюдателев'

# Nobody's name is anywhere in the database.
checks=$((checks + 1))
if grep -aq 'Наблюдателев' world.db*; then fail "an observer's name was stored"; fi

# The list of observed schools: a header, no school with a serious remark.
expect 0 "$oko" findings --observed --out observed.csv
says observed.csv 'login;procedure;year;basis'
says observed.csv ';2021-05-MA;2021;'

# A run with the pack, for schools, municipalities and the region; the same digits again.
expect 0 "$oko" analyze
expect 0 "$oko" analyze --recompute
expect 0 "$oko" show run
says out 'При перепроверке изменилось'
expect 0 "$oko" show unit 99 --json
says out '"rule": "other/recheck"'
says out '"rule": "other/observers"'
says out '"rule": "other/medals"'
says out '"coverage"'
expect 0 "$oko" report --out reports
region=$(find reports -name 'region-*.html' | head -n 1)
says "$region" 'Перепроверено работ'
says "$region" 'Независимые наблюдатели были'
expect 0 "$oko" db check
finish
