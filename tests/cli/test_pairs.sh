#!/usr/bin/env bash
# oko pairs: its columns are a contract; keys of three kinds, groups, repeats, personal columns, threads, refusals.
. "$(dirname "$0")/lib.sh"
head=id_a,id_b,n,matches,expected,omega,p_omega,gbt_p,gbt_log_p,womega,p_womega,m4_p,m4_log_p,p_adjusted,flag,group_id

# 120 persons, 30 items with four options, key C or D; s050 has 27 answers of s010, s051 (another room) all of s011's.
awk 'BEGIN {
    srand(7); printf "login,Фамилия,room";
    for (j = 1; j <= 30; j++) printf ",t%d", j; print ",minutes";
    for (i = 1; i <= 120; i++) {
        printf "s%03d,Тайнов%d,r%d", i, i, i % 3; theta = 3 * rand() - 1.5;
        for (j = 1; j <= 30; j++) {
            right = rand() < 1 / (1 + exp(-(theta - (j - 15) / 12)));
            x = right ? substr("CD", j % 2 + 1, 1) : substr("ABCDAB", int(rand() * 4) + 1, 1);
            if (rand() < .02) x = "";
            if (i == 50 && j <= 27) x = was[10, j];
            if (i == 51) x = was[11, j];
            was[i, j] = x; printf ",%s", x;
        }
        print "," i * 17 % 97;
    }
}' >answers.csv
{ echo item,key; for j in $(seq 30); do echo "$j,$([ $((j % 2)) -eq 1 ] && echo D || echo C)"; done; } >key.csv
expect 0 "$oko" pairs answers.csv --items t1..t30 --key key.csv --stat gbt,omega,womega,m4
says out "$head"
says out "s010,s050,"
says out "s011,s051,"
says err "Фамилия"
cp out by_file.csv
checks=$((checks + 3))
[[ $(wc -l <by_file.csv) -eq 3 ]] || fail "$(wc -l <by_file.csv) lines, 3 expected"
awk -F, 'NF != 16 || (NR > 1 && ($8 > 1e-8 || $8 == "" || $12 == "" || $15 != 1))' by_file.csv >odd
[[ ! -s odd ]] || fail "odd rows: $(cat odd)"
if grep -qF Тайнов by_file.csv err; then fail "a personal value was printed"; fi

# The columns that are no answers are left out without being named; the same result.
expect 0 "$oko" pairs answers.csv --id login --key key.csv --stat gbt,omega,womega,m4 --group room
says err "minutes"
empty_group=$(tail -n +2 out | grep -c s011) || true
[[ $empty_group -eq 0 ]] || fail "a pair of two rooms was compared"

# The key as a row of the table, and as a wide file.
{ head -1 answers.csv; awk 'BEGIN { printf "key,,"; for (j = 1; j <= 30; j++) printf ",%s", j % 2 ? "D" : "C"; print "," }'; tail -n +2 answers.csv; } >with_key.csv
expect 0 "$oko" pairs with_key.csv --items t --key row --stat gbt,omega,womega,m4
cut -d, -f1-4,15 out >got
cut -d, -f1-4,15 by_file.csv >wanted
same got wanted
{ echo "t$(seq -s ,t 30)"; awk 'BEGIN { for (j = 1; j <= 30; j++) printf "%s%s", (j == 1 ? "" : ","), (j % 2 ? "D" : "C"); print "" }'; } >wide.csv
expect 0 "$oko" pairs answers.csv --items t --key wide.csv --stat gbt,omega,womega,m4
same out by_file.csv

# Every pair, with any number of threads, to a file: the same bytes; JSON has the same numbers.
for threads in 1 2 8; do
    expect 0 "$oko" pairs answers.csv --items t --all --threads "$threads" --out all.$threads --quiet
    empty out
    empty err
done
same all.1 all.2
same all.1 all.8
checks=$((checks + 3))
[[ $(wc -l <all.1) -eq $((120 * 119 / 2 + 1)) ]] || fail "$(wc -l <all.1) lines with --all"
[[ $(awk -F, 'NR > 1 && ($8 == "" || $10 != "")' all.1 | wc -l) -eq 0 ]] || fail "gbt_p missing or womega not asked"
expect 0 "$oko" pairs answers.csv --items t --key key.csv --json --refit
[[ $(grep -c '"id_a"' out) -eq 2 ]] || fail "$(cat out)"
says out '"womega":null'
for correction in bonferroni examinee bh none; do
    expect 0 "$oko" pairs answers.csv --items t --correction $correction --alpha 0.01
    says out "s010,s050,"
done

# A repeated row counts once and is told; marks instead of options.
{ cat answers.csv; grep '^s007,' answers.csv; } >repeated.csv
expect 0 "$oko" pairs repeated.csv --items t --key key.csv --stat gbt,omega,womega,m4
same out by_file.csv
says err "s007"
awk -F, -v OFS=, 'NR > 1 { for (j = 4; j <= 33; j++) if ($j != "") $j = ($j == (j % 2 ? "C" : "D")) } 1' answers.csv >marks.csv
expect 0 "$oko" pairs marks.csv --items t --kind scores --stat m4,gbt --all
mv out by_kind.csv
expect 0 "$oko" pairs marks.csv --items t --stat m4,gbt --all
same out by_kind.csv
says err "--kind options"
checks=$((checks + 1))
[[ $(awk -F, 'NR > 1 && ($12 == "" || $12 > 1 || $12 <= 0)' out | wc -l) -eq 0 ]] || fail "M4 of marks"

# Without --items: the first numbered family of heads; case does not matter; a threshold may begin with its point.
awk -F, -v OFS=, 'NR == 1 { more = ""; for (j = 1; j <= 30; j++) more = more OFS "sec." j; for (j = 4; j <= 33; j++) sub("t", "resp.", $j); print $0 OFS "Age" more; next }
    { more = ""; for (j = 1; j <= 30; j++) more = more OFS (NR * j) % 50; for (j = 4; j <= 33; j += 2) $j = tolower($j); print $0 OFS NR % 7 more }' answers.csv >mixed.csv
expect 0 "$oko" pairs mixed.csv --key key.csv --stat gbt,omega,womega,m4 --alpha .001
same out by_file.csv
says err "заданий: 30"
says err "minutes"

# Names are never taken for codes; a table without codes is numbered when asked.
awk -F, -v OFS=, '{ t = $1; $1 = $2; $2 = t } 1' answers.csv >name_first.csv
expect 0 "$oko" pairs name_first.csv --items t --key key.csv --stat gbt,omega,womega,m4
same out by_file.csv
cut -d, -f4-33 answers.csv >no_codes.csv
"$oko" pairs no_codes.csv >out 2>err && fail "answers were taken for codes"
says err "--id row"
expect 0 "$oko" pairs no_codes.csv --id row
says out "#12,#52,"

# Refusals.
expect 2 "$oko" pairs answers.csv --stat gbt,k2
says err "gbt,k2"
expect 2 "$oko" pairs answers.csv --correction some
expect 2 "$oko" pairs answers.csv --items t --stat m4
says err "--key"
expect 2 "$oko" pairs answers.csv --alpha 3
"$oko" pairs answers.csv --id nobody >out 2>err && fail "a column that is not there was found"
says err "nobody"
"$oko" pairs answers.csv --items nobody >out 2>err && fail "items that are not there were found"
head -12 answers.csv >few.csv
"$oko" pairs few.csv --items t >out 2>err && fail "eleven persons were compared"
says err "20"
empty out
"$oko" pairs answers.csv --items t --key few.csv >out 2>err && fail "a table was taken for a key"
"$oko" pairs absent.csv >out 2>err && fail "an absent file was read"
finish
