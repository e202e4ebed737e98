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
finish
