#!/usr/bin/env bash
# oko signs: the contract of columns and words, what is empty, files, explanations, its run beside the main run.
. "$(dirname "$0")/lib.sh"
make_world
"$oko" --quiet --db w.db import world/units.csv world/*-04-MA.xlsx world/2021-05-MA.xlsx >/dev/null 2>err || fail "import: $(cat err)"
head='procedure,municipality,school,class,n,p_level,p_threshold,p_roster,p_pattern,p_time,p,q,evidence,effect_marks'
few=(--replicates 8)

# rows FILE CONDITION: every row of the CSV fulfils the awk condition.
rows() {
    checks=$((checks + 1))
    awk -F, -v text="$2" 'NR > 1 && !('"$2"') { print FILENAME ": " $0 " — not: " text; bad = 1; exit } END { exit bad }' "$1" >bad ||
        fail "$(cat bad)"
}

# Before there is any run: the main run of the same data is made too, and stays the one that reports use.
expect 0 "$oko" --db w.db --lang en signs "${few[@]}" --level class
cp out class.csv
says err "Evidence run No. 2"
[[ $(head -n 1 class.csv) == "$head" ]] || fail "head: $(head -n 1 class.csv)"
[[ $(wc -l <class.csv) -gt 100 ]] || fail "only $(wc -l <class.csv) rows"
rows class.csv 'NF == 14'
rows class.csv '$1 ~ /^20(20-04|21-04|21-05)-MA$/ && $2 != "" && $3 ~ /^(sch|edu)/'
rows class.csv '$13 ~ /^(no_data|none|attention|signs|strong)$/'
rows class.csv '$13 != "no_data" || ($6 $7 $8 $9 $10 $11 $12 $14) == ""'
rows class.csv '$13 == "no_data" || ($5 >= 5 && $11 > 0 && $11 <= 1 && $12 >= $11 - 1e-12 && $12 <= 1)'
rows class.csv '($13 ~ /^(signs|strong)$/) == ($12 != "" && $12 <= .05)'
rows class.csv '($13 == "attention") == ($12 != "" && $12 > .05 && $12 <= .10)'
grep -q ',none,' class.csv || fail "no class without signs"
grep -qE '0\.[0-9]{16}' class.csv || fail "the digits are cut"

# The same again from the run that is there; a file; other levels.
expect 0 "$oko" --db w.db --lang en signs "${few[@]}" --level class --all --out again.csv
empty out
says err "Evidence run No. 2"
same class.csv again.csv
expect 0 "$oko" --db w.db --lang en signs "${few[@]}"
cp out school.csv
rows school.csv '$4 == "" && $3 != ""'
[[ $(wc -l <school.csv) -eq 73 ]] || fail "24 schools in 3 procedures, $(wc -l <school.csv) lines"
expect 0 "$oko" --db w.db signs "${few[@]}" --level municipality
rows out '$2 != "" && ($3 $4 $6 $8 $9 $10 $14) == "" && $11 == $7'
[[ $(wc -l <out) -eq 13 ]] || fail "4 municipalities in 3 procedures, $(wc -l <out) lines"
expect 0 "$oko" --db w.db signs "${few[@]}" --level region
rows out '($2 $3 $4 $6 $8 $9 $10 $14) == "" && $11 == $7 && $7 != ""'
[[ $(wc -l <out) -eq 4 ]] || fail "one region in 3 procedures, $(wc -l <out) lines"
expect 0 "$oko" --db w.db signs "${few[@]}" --procedure 2021-05-MA
rows out '$1 == "2021-05-MA"'
[[ $(wc -l <out) -eq 25 ]] || fail "24 schools, $(wc -l <out) lines"
expect 0 "$oko" --db w.db signs "${few[@]}" --level class --only signs
rows out '$13 == "signs" || $13 == "strong"'
[[ $(wc -l <out) -eq $(($(grep -cE ',(signs|strong),' class.csv) + 1)) ]] || fail "--only signs: $(wc -l <out) lines"

# JSON: the same keys in the same order, null for what is empty; and lfdr, a display that the CSV does not have.
expect 0 "$oko" --db w.db signs "${few[@]}" --level class --format json
cp out class.json
expect 0 "$oko" --db w.db --json signs "${few[@]}" --level class
same out class.json
checks=$((checks + 2))
[[ $(grep -c '"procedure"' class.json) -eq $(($(wc -l <class.csv) - 1)) ]] || fail "JSON has other rows than CSV"
keys=$(sed -n '/"evidence":"no_data"/{p;q}' class.json | grep -oE '"[a-z_]+":' | tr -d '":' | tr '\n' ',')
[[ -z $keys || ${keys%,} == "${head/,q,/,q,lfdr,}" ]] || fail "keys: $keys"
says class.json ':null,'
if command -v python3 >/dev/null; then
    python3 - <<'P' || fail "JSON and CSV differ"
import csv, json
a, b = json.load(open("class.json")), list(csv.DictReader(open("class.csv")))
assert len(a) == len(b)
for x, y in zip(a, b):
    lfdr = x.pop("lfdr")
    assert lfdr is None or (0 <= lfdr <= 1 and x["p"] is not None)
    assert list(x) == list(y)
    for k in x:
        text = y[k]
        assert (x[k] is None) == (text == "") and (x[k] is None or str(x[k]) == text or float(x[k]) == float(text)), (k, x, y)
P
fi

# Threads change nothing.
for threads in 1 2 8; do
    expect 0 "$oko" --db w.db signs "${few[@]}" --level class --threads $threads --recompute --out t$threads.csv
    same class.csv t$threads.csv
done

# The main run is still the newest for everything else.
expect 0 "$oko" --db w.db --lang en show run
says out "oko-methods"
expect 0 "$oko" --db w.db report --out r.html
expect 2 "$oko" --db w.db --lang en report --run 2 --out r2.html
says err "oko analyze"
expect 0 "$oko" --db w.db show procedures --json
says out '"id": 1'
expect 0 "$oko" --db w.db --lang en analyze
says out "1"

# A school's page, and its explanation in both languages.
school=$(grep -E ',(signs|strong),' school.csv | head -n 1 | cut -d, -f3)
procedure=$(grep -E ',(signs|strong),' school.csv | head -n 1 | cut -d, -f1)
[[ -n $school ]] || fail "no school with signs in the demonstration"
expect 0 "$oko" --db w.db --lang en show unit "$school"
says out "Evidence by families (run No. 2)"
expect 0 "$oko" --db w.db --json show unit "$school"
says out '"evidence": {'
says out '"p_pattern":'
expect 0 "$oko" --db w.db --lang en signs "${few[@]}" --explain "$school" --procedure "$procedure"
says out "$procedure"
says out "What to check first"
says out "    1. "
says err "not a conclusion"
expect 0 "$oko" --db w.db --lang ru signs "${few[@]}" --explain "$school"
says out "Что проверить прежде всего"
if grep -nE 'evidence\.|\{[a-z_]+\}' out; then fail "a key or a place without its text"; fi
expect 0 "$oko" --db w.db --json signs "${few[@]}" --explain "$school"
says out '"innocent": ['

expect 0 "$oko" --db w.db --json signs "${few[@]}" --explain "$school"
says out '"other_high":'

# Reports over the same data hold the evidence; the region's names the school, the school's says what to check.
expect 0 "$oko" --db w.db --lang en report --unit "$school" --out school.html
says school.html "Five families of evidence"
says school.html "What to check first"
expect 0 "$oko" --db w.db --lang en report --out region.html
says region.html "$school"
says region.html "flagged for being strong"

# New data: the evidence is computed afresh, and until then a report says that it is of other data.
"$oko" --quiet --db w.db import world/2021-05-RU.xlsx >/dev/null 2>err || fail "import: $(cat err)"
"$oko" --quiet --db w.db analyze >/dev/null 2>err || fail "analyze: $(cat err)"
expect 0 "$oko" --db w.db --lang en report --out region.html
says region.html "is about other data"
expect 0 "$oko" --db w.db --lang en signs "${few[@]}" --procedure 2021-05-RU
says err "Evidence run No. 4"
[[ $(wc -l <out) -eq 25 ]] || fail "2021-05-RU: $(wc -l <out) lines"

# What is refused.
expect 2 "$oko" --db w.db signs --level country
expect 2 "$oko" --db w.db signs --format xml
expect 2 "$oko" --db w.db signs --only none
expect 2 "$oko" --db w.db signs --replicates 3
expect 4 "$oko" --db w.db signs --procedure 1999-01-XX
expect 4 "$oko" --db w.db signs --explain nobody
expect 4 "$oko" --db none.db signs
finish
