#!/usr/bin/env bash
# oko persons: its columns are a contract; tables of marks and of options, gaps, personal columns, refusals.
. "$(dirname "$0")/lib.sh"
head=id,n,score,theta,se,lz,lz_p,lzstar,lzstar_p,ht,u3,g,g_normed

# The worked example of docs/METHODS-persons.md: too few persons for a model, Guttman errors as by hand.
cat >five.csv <<'CSV'
code,a1,a2,a3,a4,a5
p1,1,1,1,1,0
p2,1,1,1,0,0
p3,1,1,0,0,0
p4,1,0,1,1,0
"p5;x",0,0,0,0,1
CSV
expect 0 "$oko" persons five.csv
says out "$head"
says err "lz"
cut -d, -f1-4,6,8,12 out >got
cat >wanted <<'CSV'
id,n,score,theta,lz,lzstar,g
p1,5,4,,,,0
p2,5,3,,,,0
p3,5,2,,,,0.5
p4,5,3,,,,1.5
"p5;x",5,1,,,,4
CSV
same got wanted

# A larger table: 300 persons, 12 items, some gaps, one all right, one empty, names that must not be read.
awk 'BEGIN {
    srand(5); printf "login,Фамилия";
    for (j = 1; j <= 12; j++) printf ",t%d", j; print ",room";
    for (i = 1; i <= 300; i++) {
        printf "u%03d,Тайнов", i; theta = 3 * rand() - 1.5;
        for (j = 1; j <= 12; j++) {
            x = rand() < 1 / (1 + exp(-(theta - (j - 6.5) / 4)));
            if (i == 1) x = 1;
            if (i == 2 || rand() < .03 && i > 2) x = "";
            printf ",%s", x;
        }
        print ",k" i % 3;
    }
}' >marks.csv
expect 0 "$oko" persons marks.csv --items t
says err "Фамилия"
if grep -qF Тайнов out err; then fail "a personal value was printed"; fi
cp out all.csv
checks=$((checks + 5))
[[ $(wc -l <all.csv) -eq 301 ]] || fail "$(wc -l <all.csv) lines"
[[ $(awk -F, 'NF != 13' all.csv | wc -l) -eq 0 ]] || fail "not 13 columns everywhere"
[[ $(grep '^u001,' all.csv | cut -d, -f8-11) == ,,, ]] || fail "a work without a mistake has statistics that say nothing"
[[ $(grep '^u002,' all.csv) == u002,0,0,,,,,,,,,, ]] || fail "an empty work is not empty"
awk -F, 'NR > 3 && ($8 == "" || $9 <= 0 || $9 >= 1 || $10 < -1 || $10 > 1 || $11 < 0 || $11 > 1)' all.csv >odd
[[ $(wc -l <odd) -le 6 ]] || fail "$(wc -l <odd) persons without lz*, H^T or U3"

# The same bytes with any number of threads, from the file and by --out.
for threads in 1 2 8; do
    expect 0 "$oko" persons marks.csv --items t1..t12 --threads "$threads" --out by_threads.csv --quiet
    empty out
    empty err
    same by_threads.csv all.csv
done

# What was not asked for is empty; the rest does not change.
expect 0 "$oko" persons marks.csv --items t --stat g,ht
cut -d, -f1-3,10,12,13 all.csv >wanted
cut -d, -f1-3,10,12,13 out >got
same got wanted
checks=$((checks + 1))
[[ $(cut -d, -f6-9,11 out | sed 1d | sort -u) == ,,,, ]] || fail "columns that were not asked for are filled"

# Options with a key give the scores they stand for.
awk -F, 'BEGIN { split("C B D A", o, " ") } NR == 1 { print; next } {
    printf "%s,%s", $1, $2; for (j = 3; j <= 14; j++) printf ",%s", $j == "" ? "" : $j == 1 ? "A" : o[1 + (NR + j) % 3];
    print "," $15 }' marks.csv >options.csv
{ echo item,key; for j in $(seq 12); do echo "t$j,A"; done; } >key.csv
expect 0 "$oko" persons options.csv --items t --key key.csv
same out all.csv

# JSON says why a statistic is empty; models.
expect 0 "$oko" persons marks.csv --items t --format json --model rasch
says out '"why":{"lzstar":"extreme","ht":"extreme","u3":"extreme","g":"extreme"}'
says out '"lz":null'
expect 0 "$oko" persons marks.csv --items t --model nonparametric --stat lz
expect 0 "$oko" persons marks.csv --items t --model 2pl --json
sed '5s/,1,/,2,/' marks.csv >two.csv
expect 0 "$oko" persons two.csv --items t --model gpcm
expect 2 "$oko" persons two.csv --items t --model 2pl
says err "pcm"

# A refit leaves unusual works out of the model, not out of the table.
awk -F, -v OFS=, 'NR > 250 { for (j = 3; j <= 14; j++) $j = j < 9 ? 0 : 1 } { print }' marks.csv >turned.csv
expect 0 "$oko" persons turned.csv --items t --model rasch
cp out once.csv
expect 0 "$oko" persons turned.csv --items t --model rasch --refit --lang en
says err "fitted again"
checks=$((checks + 2))
[[ $(wc -l <out) -eq 301 ]] || fail "a refit lost persons"
awk -F, 'NR == FNR { p[$1] = $9; next } FNR > 250 && $9 >= p[$1]' once.csv out >odd
[[ ! -s odd ]] || fail "a refit did not make unusual works more unusual"

# Refusals.
expect 2 "$oko" persons
expect 2 "$oko" persons marks.csv --stat lz,none
expect 2 "$oko" persons marks.csv --model 3pl
expect 2 "$oko" persons marks.csv --format xml
"$oko" persons absent.csv >out 2>err && fail "an absent file was read"
"$oko" persons marks.csv --items nothing >out 2>err && fail "absent items were found"
"$oko" persons marks.csv --items t --out /no/such/folder/x.csv >out 2>err && fail "wrote into an absent folder"
says err "x.csv"
if grep -n 'persons\.[a-z]' err out; then fail "a key without a text"; fi
# Options without a key are no marks.
{ echo id,q1,q2,q3,q4,q5; for i in $(seq 30); do echo "p$i,A,B,C,D,A"; done; } >letters.csv
expect 65 "$oko" persons letters.csv
says err "--key"
# Variants: each by itself, as if it stood in a file of its own; rows keep their order, no value is a variant too.
awk 'BEGIN {
    srand(9); printf "login,variant";
    for (j = 1; j <= 10; j++) printf ",t%d", j; print "";
    for (i = 1; i <= 240; i++) {
        v = i % 3; printf "v%03d,%s", i, v == 0 ? "" : v; theta = 3 * rand() - 1.5;
        for (j = 1; j <= 10; j++) {
            hard = v == 2 ? 11 - j : j;
            printf ",%d", rand() < 1 / (1 + exp(-(theta - (hard - 5.5) / 2)));
        }
        print "";
    }
}' >variants.csv
expect 0 "$oko" persons variants.csv --items t --variant variant --model rasch
says err "Вариант 2"
says err "Вариант не указан: 80"
cp out together.csv
checks=$((checks + 4))
[[ $(cut -d, -f1 together.csv | tail -n +2 | sort -c 2>&1) == "" ]] || fail "rows left their order"
for v in 1 2 ""; do
    awk -F, -v v="$v" 'NR == 1 || $2 == v' variants.csv >alone.csv
    expect 0 "$oko" persons alone.csv --items t --model rasch --quiet
    cp out alone_out.csv
    awk -F, 'NR == FNR { want[$1] = 1; next } $1 in want' alone.csv together.csv >part
    tail -n +2 alone_out.csv >wanted
    same part wanted
done
expect 0 "$oko" persons variants.csv --items t --model rasch --quiet
cmp -s out together.csv && fail "variants make no difference"
expect 4 "$oko" persons variants.csv --items t --variant nothing
finish
