#!/usr/bin/env bash
# A school under an old and a new login becomes one unit; earlier runs and reports stay as they were.
. "$(dirname "$0")/lib.sh"
export OKO_DB=merge.db

# results YEAR-GRADE PREFIX-OF-SCHOOL-1: six schools of 12 pupils in two municipalities.
results() {
    echo "municipality;login;school name;class;code;total"
    for school in 1 2 3 4 5 6; do
        for pupil in 1 2 3 4 5 6 7 8 9 10 11 12; do
            local login="sch99000$school" total=$(((pupil * 5 + school * 3) % 13 + 2))
            [[ $school == 1 ]] && login="${2}990001"
            [[ $school == 1 && $1 == 2021-05 ]] && total=17
            echo "Город $((school % 2 + 1));$login;Школа № $school;А;$((40000 + pupil));$total"
        done
    done
}
results 2020-04 sch >2020-04-MA.csv
results 2021-05 edu >2021-05-MA.csv
expect 0 "$oko" import 2020-04-MA.csv
expect 0 "$oko" import 2021-05-MA.csv
expect 0 "$oko" units match
says out sch990001
says out edu990001
says err "oko units merge"
expect 0 "$oko" analyze
expect 0 "$oko" show unit edu990001 --json
says out "analysis.no_previous_works"
expect 0 "$oko" show unit sch990001 --json
cp out sch.json

# Refusals change nothing.
expect 4 "$oko" units merge nobody edu990001
expect 2 "$oko" units merge sch990001
expect 2 "$oko" units merge sch990001 sch990001
says err "объединять нечего"
expect 5 "$oko" units merge sch990001 sch990002
says err "2020-04-MA"
expect 5 "$oko" --lang en units merge sch990001 sch990002
says err "2020-04-MA"
expect 0 "$oko" units merge sch990001 edu990001 --dry-run
says out "протоколов 1"
says out "не изменилась"
expect 0 "$oko" show unit sch990001 --json
same out sch.json

# The merge; both logins mean the one that remains.
expect 0 "$oko" units merge sch990001 edu990001 --json
says out '"sheets": 1'
says out '"dry_run": false'
for code in sch990001 edu990001; do
    expect 0 "$oko" units show "$code" --json
    says out '"code": "edu990001"'
    says out '"alias": "sch990001"'
done
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 6 ]] || fail "not six schools after the merge"
expect 2 "$oko" units merge sch990001 edu990001
expect 0 "$oko" units match --json
[[ $(tr -d ' \n' <out) == "[]" ]] || fail "a merged pair is still suggested"

# The old run: the same digits, both names; its report has a page of the old login.
revision=$("$oko" show run 1 --json | sed -n 's/^ *"revision": \([0-9]*\),\{0,1\}$/\1/p' | head -n 1)
expect 0 "$oko" analyze --revision "$revision" --recompute --json
says out '"new": false'
expect 0 "$oko" show unit sch990001 --run 1
says out "2020-04-MA (sch990001)"
expect 0 "$oko" report --unit sch990001 --run 1 --out old.html
says old.html sch990001
expect 0 "$oko" report --all --schools --run 1 --format html --out old
checks=$((checks + 1))
[[ -s old/school-sch990001.html && -s old/school-edu990001.html ]] || fail "the old run has not a page for each login"

# The new run follows the cohort.
expect 0 "$oko" analyze --json
says out '"new": true'
expect 0 "$oko" show unit edu990001 --json
grep -q "analysis.no_previous_works" out && fail "the cohort is not followed"
expect 0 "$oko" report --all --schools --format html --out new
checks=$((checks + 1))
[[ ! -e new/school-sch990001.html && -s new/school-edu990001.html ]] || fail "the new run still has two pages"

# Files with the old login land in the unit that remains; the same file changes nothing.
expect 0 "$oko" import 2020-04-MA.csv
says out "ничего не изменилось"
sed 's/;А;/;Б;/' 2020-04-MA.csv | sed 's/2020-04-MA/again/' >2020-04-MA-again.csv
expect 0 "$oko" import --procedure 2020-04-MA 2020-04-MA-again.csv
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 6 ]] || fail "an import under the old login made a school"

# A register that still has both rows does not part them.
printf 'level;code;name;parent;login\nregion;99;Область;;\nschool;sch990001;Школа первая;99;sch990001\n' >units.csv
expect 0 "$oko" units import units.csv
expect 0 "$oko" units show sch990001 --json
says out '"code": "edu990001"'
says out '"name": "Школа № 1"'
expect 0 "$oko" problems
says out "объединена"
expect 0 "$oko" db check
finish
