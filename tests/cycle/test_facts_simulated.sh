#!/usr/bin/env bash
# Facts of a simulated region against the files they came from: a formula's number for every school, municipality and the
# region is counted a second time, by other means (the program's own JSON and CSV of results, added up here).
. "$(dirname "$0")/../cli/lib.sh"
make_world
export OKO_DB=t.db
expect 0 "$oko" --quiet units import world/units.csv
expect 0 "$oko" --quiet import world/20*.xlsx
expect 0 "$oko" --quiet analyze
expect 0 "$oko" --quiet signs
cp out signs.csv
year=$(cd world && ls 20*.xlsx | cut -c1-4 | sort | tail -n 1)
region=$("$oko" units list --level region --json | sed -n 's/.*"code": "\(.*\)",*/\1/p' | head -n 1)

# number FORMULA UNIT → value without spaces, or what stands there instead
number() {
    "$oko" --json indicator try "$1" "$2" "$year" 2>err | sed -n 's/^  "value": \(.*\)/\1/p' | sed 's/,$//; s/\.0$//' | tail -n 1
}
equal() { # WHAT GOT WANTED
    checks=$((checks + 1))
    [[ $2 == "$3" ]] || fail "$1: $2, wanted $3"
}

# Works: the sum over the procedures of the year of what `procedures`/`show procedure` count.
codes=$(cd world && ls "$year"*.xlsx | sed 's/\.xlsx//')
[[ $(wc -w <<<"$codes") -ge 4 ]] || fail "procedures of $year: $codes"
works=0
for code in $codes; do
    n=$("$oko" --json show procedure "$code" | sed -n 's/.*"participants": \([0-9]*\).*/\1/p' | head -n 1)
    works=$((works + ${n:-0}))
done
[[ $works -gt 500 ]] || fail "only $works works"
equal "works of the region" "$(number works "$region")" "$works"

# A region is the sum of its municipalities, and a municipality that of its schools.
"$oko" units list --level municipality --json | sed -n 's/.*"code": "\(.*\)",*/\1/p' >municipalities
for variable in works journal_pairs lowered confirmed raised schools schools_sign_1 schools_computed schools_signs; do
    sum=0
    while IFS= read -r m; do
        n=$(number "$variable" "$m")
        [[ $n =~ ^[0-9]+$ ]] && sum=$((sum + n))
    done <municipalities
    equal "$variable over municipalities" "$(number "$variable" "$region")" "$sum"
done
equal "lowered, confirmed and raised make all pairs" "$(number 'lowered + confirmed + raised - journal_pairs' "$region")" 0

# Levels of evidence: the highest of a school over the procedures of the year, counted from the CSV.
awk -F, -v year="$year" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["class"] != "" { next }
    substr($at["procedure"], 1, 4) != year { next }
    { level = $at["evidence"]; s = $at["school"] }
    level == "no_data" { next }
    { seen[s] = 1; r = level == "strong" ? 3 : level == "signs" ? 2 : level == "attention" ? 1 : 0; if (r > best[s]) best[s] = r }
    END { for (s in seen) { n++; a += best[s] >= 1; g += best[s] >= 2; t += best[s] >= 3 } print n + 0, a + 0, g + 0, t + 0 }
' signs.csv >counted
read -r computed attention signs strong <counted
[[ $computed -gt 5 ]] || fail "the CSV has levels of $computed schools only"
equal "schools computed" "$(number schools_computed "$region")" "$computed"
equal "schools with attention" "$(number schools_attention "$region")" "$attention"
equal "schools with signs" "$(number schools_signs "$region")" "$signs"
equal "schools with persistent signs" "$(number schools_strong "$region")" "$strong"

# What nobody loaded is missing, with a reason.
equal "no medallists" "$(number medallists "$region")" null
expect 0 "$oko" indicator try medallists "$region" "$year"
says out 'сведения о медалистах за этот год не загружены'

# Medallists, re-checks and protocols against their files (bounds of 2021: 70, 70 or a five).
for file in medals recheck observers; do
    expect 0 "$oko" --quiet import world/$file.csv
done
medal_year=$(sed -n '2p' world/medals.csv | cut -d';' -f3)
awk -F';' 'NR > 1 && $5 == "I степень" { asked = $7 != "" || $8 != ""; ru = $6 != "" && $6 < 70
        ma = asked && !($7 != "" && $7 >= 70) && !($8 != "" && $8 >= 5)
        known += ru || ma || ($6 != "" && asked); below += ru || ma } END { print known + 0, below + 0 }' world/medals.csv >counted
read -r known below <counted
[[ $known -gt 3 ]] || fail "medals.csv has $known medallists only"
equal "medallists" "$(year=$medal_year number medallists "$region")" "$known"
equal "medallists below a bound" "$(year=$medal_year number medallists_unconfirmed "$region")" "$below"
awk -F';' -v year="$year" 'NR > 1 && substr($3, 1, 4) == year { n++; changed += $5 != $6 } END { print n + 0, changed + 0 }' world/recheck.csv >counted
read -r rechecked changed <counted
[[ $rechecked -gt 3 ]] || fail "recheck.csv has $rechecked works only"
equal "re-checked works" "$(number rechecked "$region")" "$rechecked"
equal "re-checked works with another mark" "$(number recheck_changed "$region")" "$changed"
awk -F';' -v year="$year" 'NR > 1 && substr($3, 7, 4) == year { n++; remarks += $12 !~ /не выявлено/ && $12 != ""; if ($10 == "да") s[$2] = 1 }
    END { for (k in s) schools++; print n + 0, remarks + 0, schools + 0 }' world/observers.csv >counted
read -r protocols remarks observed <counted
equal "protocols" "$(number protocols "$region")" "$protocols"
equal "protocols with remarks" "$(number protocols_remarks "$region")" "$remarks"
equal "schools with independent observers" "$(number observed_schools "$region")" "$observed"

# The whole way at the command line: starter set, approval, values, the same digits twice, publication.
expect 0 "$oko" indicator seed "$year"
expect 0 "$oko" indicator act "$year" submit
expect 0 "$oko" indicator act "$year" approve
expect 0 "$oko" --quiet indicator compute "$year"
expect 0 "$oko" indicator publish --year "$year" --out first.csv
expect 0 "$oko" --quiet indicator compute "$year"
expect 0 "$oko" indicator publish --year "$year" --out second.csv
same first.csv second.csv
says first.csv 'скрыто: слишком мало учеников'
expect 0 "$oko" indicator publish --year "$year" --format xlsx --out values.xlsx
checks=$((checks + 1))
[[ $(head -c 2 values.xlsx) == PK ]] || fail "values.xlsx is no workbook"
expect 0 "$oko" indicator copy "$year" $((year + 1))
expect 65 "$oko" indicator check 'share(works, '
says err '1:'

# A job that was queued without a server is run by hand.
expect 0 "$oko" api POST /indicators/compute "{\"year\":$year}"
expect 0 "$oko" jobs run --json
says out '"state": "done"'
expect 0 "$oko" jobs run --json
says out '"items": []'
finish
