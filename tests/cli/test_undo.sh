#!/bin/bash
# An import is taken back: data as before, runs as they were, a later import goes first, the file can be read again.
. "$(dirname "$0")/lib.sh"
export OKO_DB=undo.db

# results TOTAL-SHIFT SCHOOLS…: ten pupils a school.
results() {
    local shift=$1
    echo "municipality;login;school name;class;code;total"
    for school in "${@:2}"; do
        for pupil in 1 2 3 4 5 6 7 8 9 10; do
            echo "Город;sch99000$school;Школа № $school;А;$((40000 + pupil));$(((pupil * 5 + school + shift) % 13 + 2))"
        done
    done
}
results 0 1 2 3 >2020-04-MA.csv
mkdir wrong more
results 3 2 3 4 5 >wrong/2020-04-MA.csv
results 5 5 >more/2020-04-MA.csv
expect 0 "$oko" import 2020-04-MA.csv
expect 0 "$oko" analyze
expect 0 "$oko" show unit sch990002 --json
cp out before.json
expect 0 "$oko" import wrong/2020-04-MA.csv
expect 0 "$oko" import more/2020-04-MA.csv

expect 2 "$oko" import undo
expect 2 "$oko" import undo first
expect 4 "$oko" import undo 77
expect 5 "$oko" import undo 2
says err "№ 3"
says err "2020-04-MA.csv"
expect 0 "$oko" import undo 3
expect 0 "$oko" import undo 2 --dry-run
says out "убрано 4, возвращено 2"
says out "не изменилась"
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 5 ]] || fail "a trial changed the register"
expect 0 "$oko" --lang en import undo 2 --json
says out '"sheets_back": 2'
says out '"units_gone": 2'
says out '"dry_run": false'
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 3 ]] || fail "schools of the wrong file stayed"
expect 5 "$oko" import undo 2
expect 0 "$oko" imports
says out "отмена загрузки"
expect 0 "$oko" audit list --json
says out "imports.undo"
expect 0 "$oko" db check

# The same data give the same run; the earlier one is recomputed to the same digits.
expect 0 "$oko" analyze
expect 0 "$oko" show unit sch990002 --json
same out before.json
expect 0 "$oko" analyze --recompute 1

# The file can be read again: its schools come back.
expect 0 "$oko" import wrong/2020-04-MA.csv
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 5 ]] || fail "schools did not come back"
expect 0 "$oko" db check
