#!/usr/bin/env bash
# simulate → import → analyze → show → report on a small world, twice where twice must change nothing.
. "$(dirname "$0")/lib.sh"
make_world
export OKO_DB=world.db
for file in units.csv truth.csv recheck.csv observers.csv medals.csv 2020-04-MA.xlsx 2020-04-RU.xlsx 2021-04-MA.xlsx 2021-04-RU.xlsx 2021-05-MA.xlsx 2021-05-RU.xlsx; do
    checks=$((checks + 1))
    [[ -s world/$file ]] || fail "simulate did not write $file"
done
expect 0 "$oko" units import world/units.csv
expect 0 "$oko" units list --unconfirmed --level school
[[ $(tail -n +2 out | wc -l) -eq 0 ]] || fail "a registered school is not confirmed"
expect 0 "$oko" units list --level school
[[ $(tail -n +2 out | wc -l) -eq 24 ]] || fail "not 24 schools in the register"

# Import: a trial changes nothing, the same twice changes nothing.
expect 0 "$oko" import --dry-run world/20*.xlsx
expect 0 "$oko" show procedures --json
[[ $(tr -d ' \n' <out) == "[]" ]] || fail "a dry run left data"
expect 0 "$oko" import world/20*.xlsx
says out "2021-05-MA"
expect 0 "$oko" show procedures --json
cp out first.json
says first.json '"code": "2020-04-MA"'
says first.json '"signs": null'
[[ $(grep -c '"code":' first.json) -eq 6 ]] || fail "not six procedures"
expect 0 "$oko" import world/20*.xlsx
says out "ничего не изменилось"
expect 0 "$oko" show procedures --json
same out first.json
expect 0 "$oko" imports
says out "2021-05-RU.xlsx"

# Problems: screen, JSON, workbook.
expect 0 "$oko" problems 2
expect 0 "$oko" problems --json 2
says out '"problems"'
expect 0 "$oko" problems 2 --xlsx problems.xlsx
[[ $(head -c 2 problems.xlsx) == PK ]] || fail "problems.xlsx is not a workbook"
if command -v unzip >/dev/null; then
    rows=$(unzip -p problems.xlsx xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)
    listed=$("$oko" problems 2 --json | grep -c '"severity"')
    checks=$((checks + 1))
    [[ $listed -gt 0 && $rows -eq $((listed + 1)) ]] || fail "$rows rows in problems.xlsx for $listed problems"
fi
[[ -z $(find . -maxdepth 1 -name 'problems.xlsx.*') ]] || fail "a temporary file was left"
expect 4 "$oko" problems 999
expect 4 "$oko" problems 2 --xlsx no/such/folder.xlsx

# Analysis: a run, the same run again, the same digits again.
expect 4 "$oko" show run
expect 0 "$oko" analyze
says out "№ 1"
expect 0 "$oko" analyze --json
says out '"new": false'
expect 0 "$oko" analyze --recompute
expect 0 "$oko" show run
says out "2021-05-MA"
expect 0 "$oko" show run 1 --json
says out '"result_hash"'
expect 4 "$oko" show run 99
expect 0 "$oko" show procedures
says out "2021-05-MA"
expect 0 "$oko" show procedures --json
says out '"fioko-2019/ci"'
says out '"lifted": ['
says out '"stale": false'
expect 0 "$oko" show procedure 2021-05-MA
expect 4 "$oko" show procedure 1999-01-XX
school=$("$oko" units list --level school --json | sed -n 's/^    "code": "\(.*\)",$/\1/p' | head -n 1)
expect 0 "$oko" show unit "$school"
says out "$school"
expect 4 "$oko" show unit nobody

# Reports: one file, a folder, everything.
expect 0 "$oko" report --unit "$school" --out school.html
grep -q '<svg' school.html || fail "the page has no chart"
expect 0 "$oko" report --all --out reports
checks=$((checks + 1))
[[ $(find reports -name 'municipality-*.html' | wc -l) -eq 4 ]] || fail "not four municipalities reported"
[[ $(find reports -name 'region-*.xlsx' | wc -l) -eq 1 ]] || fail "no workbook for the region"
expect 0 "$oko" --lang en report --out en --format html
expect 2 "$oko" report --all --out one.html

# Register: an alias, confirmation.
expect 0 "$oko" units alias add "$school" ege 700123
expect 0 "$oko" units show 700123
says out "$school"
expect 0 "$oko" units show "мо 02"
says out "МО 02"
expect 2 "$oko" units alias add "$school" nickname x
expect 0 "$oko" units confirm "$school"
expect 2 "$oko" units confirm
expect 0 "$oko" units match --json

# Care.
expect 0 "$oko" db check
expect 0 "$oko" db info --json
says out '"revision"'
expect 0 "$oko" backup copy.db
expect 5 "$oko" backup copy.db
expect 0 "$oko" backup copy.db --force
expect 0 "$oko" --db other.db restore copy.db
expect 5 "$oko" --db other.db restore copy.db
"$oko" show procedures --json >mine
"$oko" --db other.db show procedures --json >theirs
same mine theirs
head -c 5000 copy.db >torn.db
"$oko" --db other.db restore torn.db --force >out 2>err && fail "a torn backup was restored"
"$oko" --db other.db show procedures --json >theirs
same mine theirs
finish
