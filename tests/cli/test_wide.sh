#!/usr/bin/env bash
# A wide table of 250 items goes the whole way; one more is refused.
. "$(dirname "$0")/lib.sh"
# table ITEMS: 12 schools of 20 pupils.
table() {
    awk -v items="$1" 'BEGIN {
        srand(5)
        printf "school,class,code,total"
        for (j = 1; j <= items; j++) printf ",%d", j
        print ""
        for (s = 1; s <= 12; s++)
            for (p = 1; p <= 20; p++) {
                ability = .3 + .4 * rand(); total = 0; row = ""
                for (j = 1; j <= items; j++) { x = rand() < ability; total += x; row = row "," x }
                printf "S%02d,5a,%d,%d%s\n", s, p, total, row
            }
    }'
}
table 250 >2023-05-XX.csv
expect 6 "$oko" --db wide.db import 2023-05-XX.csv
cp out form.json
says form.json '"250"'
expect 0 "$oko" --db wide.db procedures add form.json
expect 0 "$oko" --db wide.db --lang en import 2023-05-XX.csv
says out "240"
expect 0 "$oko" --db wide.db signs --level school
checks=$((checks + 1))
[[ $(awk -F, 'NR > 1 && $5 == 20' out | wc -l) -eq 12 ]] || fail "not every school has its works: $(head -3 out)"
[[ $(awk -F, 'NR > 1 && $9 != ""' out | wc -l) -eq 12 ]] || fail "not every school has a p of the pattern: $(head -3 out)"
table 251 >2023-05-YY.csv
expect 66 "$oko" --db wide.db --lang en import 2023-05-YY.csv
says err "250"
finish
