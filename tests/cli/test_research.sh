#!/usr/bin/env bash
# docs/user/research.md runs as it stands; school codes, municipalities and class labels come back as the file writes them.
. "$(dirname "$0")/lib.sh"
# table FIRST SCHOOLS: a plain CSV; classes of every school are written in another way.
table() {
    awk -v schools="$1" 'BEGIN {
        srand(7)
        split("5a,5b|A,B,C|0,1,2,3,4,5|5-1,5-2|long_label_of_class_1,long_label_of_class_2", style, "|")
        printf "municipality,school,class,code,journal,total"
        for (j = 1; j <= 12; j++) printf ",%d", j
        print ""
        for (s = 1; s <= schools; s++) {
            n = split(style[s % 5 + 1], label, ",")
            for (c = 1; c <= n; c++)
                for (p = 1; p <= 14; p++) {
                    ability = .35 + .3 * rand(); total = 0; row = ""
                    for (j = 1; j <= 12; j++) {
                        x = (rand() < ability) + (j > 6 && rand() < ability)
                        total += x; row = row "," x
                    }
                    name = s > 20 ? "School of village " s : sprintf("S%02d", s)
                    printf "District %d,%s,%s,%d,%d,", s % 4, name, label[c], 100 * c + p, 2 + int(4 * ability * rand() + .5)
                    if (rand() < .05) { gsub(/[0-9]/, "", row); print row } else print total row
                }
        }
    }'
}
table 25 >math.csv
sed -n '/^<!-- checked by tests\/cli\/test_research.sh -->/,/^```$/p' "$source_dir/docs/user/research.md" |
    sed -n '/^```sh$/,/^```$/p' | grep -v '^```' >commands.sh
checks=$((checks + 1))
[[ $(grep -c '^oko ' commands.sh) -ge 8 ]] || fail "the marked blocks were not found"
mkdir bin
ln -s "$oko" bin/oko
PATH="$scratch/bin:$PATH" bash -e commands.sh >out 2>err || fail "commands of research.md: exit code $? — $(tail -n 2 err)"
says out "2023-05-MA"

# The units of the table and those of the signs are the same, with the same numbers of works.
tail -n +2 math.csv | awk -F, '{ n[$1 "," $2 "," $3] += $6 != "" } END { for (k in n) print k "," n[k] }' | sort >wanted
tail -n +2 classes.csv | cut -d, -f2-5 | sort >found
same wanted found
checks=$((checks + 1))
[[ $(awk -F, 'NR > 1 && $7 != "" && $9 != "" && $11 != ""' classes.csv | wc -l) -gt 60 ]] || fail "few classes with p"
expect 0 "$oko" --db study.db signs --level municipality
checks=$((checks + 1))
[[ $(tail -n +2 out | cut -d, -f2 | sort | tr '\n' '|') == 'District 0|District 1|District 2|District 3|' ]] ||
    fail "municipalities: $(cut -d, -f2 out | tr '\n' '|')"
[[ $(wc -l <persons.csv) -eq $(wc -l <math.csv) ]] || fail "persons: $(wc -l <persons.csv) rows"

# Without a column of totals: the sums.
awk -F, -v OFS=, '{ row = $2 OFS $3 OFS $4; for (j = 7; j <= NF; j++) row = row OFS $j; print row }' math.csv >sums.csv
expect 0 "$oko" --db sums.db --quiet procedures add math.json
expect 0 "$oko" --db sums.db --lang en import --procedure 2023-05-MA sums.csv
says out "no column of totals"
expect 0 "$oko" --db sums.db signs --level class
cut -d, -f3-5 out | tail -n +2 | sort >found
cut -d, -f2-4 wanted | sort >expected
same expected found

# Without cut-offs every unit still has its row.
expect 6 "$oko" --db plain.db import --procedure 2024-05-MA math.csv
says out '"3": null'
mv out plain.json
expect 0 "$oko" --db plain.db procedures add plain.json
expect 0 "$oko" --db plain.db import --procedure 2024-05-MA math.csv
for level in municipality:4 region:1 school:25; do
    expect 0 "$oko" --db plain.db signs --level "${level%:*}"
    checks=$((checks + 1))
    [[ $(tail -n +2 out | wc -l) -eq ${level#*:} ]] || fail "$level: $(tail -n +2 out | wc -l) rows"
done
finish
