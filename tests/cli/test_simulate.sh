#!/usr/bin/env bash
# oko simulate: kinds, strengths and the mass are those asked for; what is not one is refused before a file is written.
. "$(dirname "$0")/lib.sh"

# kinds FILE: the kinds of a truth.csv, sorted, one a line
kinds() {
    tail -n +2 "$1" | cut -d ';' -f 5 | sort -u | tr '\n' ' '
}

expect 0 "$oko" simulate --out a --schools 40 --planted 0.5 --plant ring,lenient:1.5
[[ $(kinds a/truth.csv) == "lenient none ring " ]] || fail "kinds: $(kinds a/truth.csv)"
expect 0 "$oko" simulate --out b --schools 40 --planted 0.5 --plant all
[[ $(kinds b/truth.csv | wc -w) == 10 ]] || fail "kinds: $(kinds b/truth.csv)"
expect 0 "$oko" simulate --out c --schools 40 --planted 0 --plant mass
[[ $(kinds c/truth.csv) == "mass none " ]] || fail "kinds: $(kinds c/truth.csv)"
expect 0 "$oko" simulate --out d --schools 40 --planted 0 --mass 1
[[ $(kinds d/truth.csv) == "mass " ]] || fail "kinds: $(kinds d/truth.csv)"
expect 0 "$oko" simulate --out e --schools 40 --planted 0
[[ $(kinds e/truth.csv) == "none " ]] || fail "kinds: $(kinds e/truth.csv)"

# Honest classes are the same whatever is planted elsewhere.
tail -n +2 a/truth.csv | grep ';none;' >honest
grep -c . honest >/dev/null || fail "no honest class"
grep -Fxvf e/truth.csv honest >other && fail "planting changed honest classes: $(head -1 other)"

for list in rings ring: ring:0 ring:11 ring:x ring,,exam ""; do
    expect 2 "$oko" simulate --out f --plant "$list"
    [[ ! -e f ]] || fail "a folder was made for --plant '$list'"
done

# Planting into a table: classes of 12, one column that is nobody's business, cells not given and not tried.
{
    echo 'school,class,pupil,"note, free",t1,t2,t3,t4,t5,t6,sum'
    for class in $(seq 1 40); do
        for pupil in $(seq 1 12); do
            a=$(((class * 7 + pupil * 3) % 2)) b=$(((class + pupil) % 3)) c=$(((pupil * class) % 2))
            if [[ $((pupil % 2)) == 0 ]]; then row="$a,$b,$c,X,,"; else row="$a,$b,,,$c,$a"; fi
            sum=$((pupil % 2 == 0 ? a + b + c : a + b + c + a))
            echo "s$((class / 4)),c$class,$pupil,\"x, y\",$row,$sum"
        done
    done
} >honest.csv
expect 0 "$oko" simulate --into honest.csv --out g --class class --school school --items t --total sum --cutoffs 2,4 \
    --planted 0.5 --plant all --seed 5
expect 0 "$oko" simulate --into honest.csv --out h --class class --school school --items t1..t6 --total sum --cutoffs 2,4 \
    --planted 0.5 --plant all --seed 5
same g/planted.csv h/planted.csv
same g/truth.csv h/truth.csv
[[ $(wc -l <g/planted.csv) == $(wc -l <honest.csv) ]] || fail "rows were lost"
[[ $(tail -n +2 g/truth.csv | wc -l) == 40 ]] || fail "classes: $(wc -l <g/truth.csv)"
[[ $(tail -n +2 g/truth.csv | cut -d ';' -f 3 | sort -u | wc -l) -ge 5 ]] || fail "few kinds in g/truth.csv"
# An honest class keeps its bytes, a changed one does not; what was not given stays empty; the sum goes with the items.
tail -n +2 g/truth.csv | while IFS=';' read -r _ class kind strength _; do
    grep ",$class," honest.csv >before
    grep ",$class," g/planted.csv >after
    if [[ $kind == none || $strength == 0 ]]; then
        cmp -s before after || echo "$class is honest and changed"
    elif cmp -s before after; then
        echo "$class is $kind and did not change"
    fi
done >wrong
[[ ! -s wrong ]] || fail "$(head -1 wrong)"
awk -F, 'NR > 1 && $12 != "" && ($12 != $6 + $7 + $8 + $9 + $10 + $11 || ($3 % 2 == 0) != ($10 $11 == "")) { print NR }' \
    g/planted.csv >wrong
[[ ! -s wrong ]] || fail "a row that does not fit: $(head -1 wrong)"
expect 2 "$oko" simulate --into honest.csv --out i --class class --items t --plant mass
expect 2 "$oko" simulate --into honest.csv --out i --class class --items t --plant bunching
expect 2 "$oko" simulate --into honest.csv --out i --class class
expect 2 "$oko" simulate --into honest.csv --out i --class class --items t --cutoffs 4,2
expect 4 "$oko" simulate --into honest.csv --out i --class grade --items t
expect 4 "$oko" simulate --into none.csv --out i --class class --items t
[[ ! -e i ]] || fail "a folder was made for nothing"
finish
