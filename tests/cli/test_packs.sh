#!/usr/bin/env bash
# Several rule packs in one run: a region's own thresholds from a file, lists from outside, and how reports tell them.
. "$(dirname "$0")/lib.sh"
make_world
export OKO_DB=world.db OKO_LANG=en
expect 0 "$oko" units import world/units.csv
expect 0 "$oko" import world/2020-04-MA.xlsx world/2021-05-MA.xlsx
code=$(sed -n 's/^school;\([^;]*\);.*/\1/p' world/units.csv | head -n 1)
[[ -n $code ]] || fail "no school in the made-up register"
printf 'Логин;Название;Год;Предмет;Класс;Источник;Причина\n%s;;2020;Математика;4;letter 7;shape of <the> distribution\n%s;;2021;;;letter 8;again\n' \
    "$code" "$code" >list.csv
expect 0 "$oko" import list.csv --list "Federal list"
expect 0 "$oko" analyze --replicates 20
expect 0 "$oko" show procedures --json
cp out before.json
for rule in region/lowered region/raised region/contrast region/twos external/list; do
    says before.json "\"$rule\""
done
says before.json '"fioko-2019/ci"'
expect 0 "$oko" show run
says out "Many marks are below the journal marks"
says out "The school is named in external lists of several years"
expect 0 "$oko" show unit "$code"
says out "The school is named in an external list"
expect 0 "$oko" show unit "$code" --json
says out '"reason": "shape of <the> distribution"'
says out '"rule": "external/repeated"'
expect 0 "$oko" show run --lang ru
says out "Многие отметки ниже отметок по журналу"

# ---- a region's own thresholds ----
cat >mine.json <<'END'
{"pack": "region", "version": "наш регион, 2026", "rules": [
  {"rule": "lowered", "params": {"high": 0.1, "medium": 0.1, "min_works": 10}}]}
END
expect 0 "$oko" analyze --replicates 20 --rules mine.json
says out "Run No. 2"
expect 0 "$oko" analyze --replicates 20 --rules mine.json --recompute
says out "No. 2"
expect 0 "$oko" show run --json
says out '"version": "наш регион, 2026"'
says out '"content": "{\"pack\":\"region\",'
cp out run.json
expect 0 "$oko" show procedures --json
says out '"region/raised": null' # the file has no such rule
expect 0 "$oko" analyze --replicates 20
says out "No. 1"
# what the run keeps is enough to ask for it again
sed -n 's/^ *"content": "\(.*\)"$/\1/p' run.json | sed 's/\\"/"/g' >kept.json
[[ -s kept.json ]] || fail "the run keeps no rules"
expect 0 "$oko" analyze --replicates 20 --rules kept.json --recompute
says out "No. 2"

# ---- faults say where ----
sed 's/0.1, "medium"/"much", "medium"/' mine.json >bad.json
expect 65 "$oko" analyze --rules bad.json
says err "rules[0].params.high (bad.json)"
says err "between 0.1 and 100"
sed 's/"lowered"/"lowerd"/' mine.json >bad.json
expect 65 "$oko" --lang ru analyze --rules bad.json
says err "rules[0].rule (bad.json)"
sed 's/}}\]/}]/' mine.json >bad.json
expect 65 "$oko" analyze --rules bad.json
says err bad.json
expect 4 "$oko" analyze --rules none.json
says err none.json
expect 0 "$oko" show run --json
says out '"id": 2' # nothing was saved

# ---- reports ----
expect 0 "$oko" report --run 1 --unit "$code" --format html,xlsx --out reports --internal
cat reports/*.html >page.html
says page.html "Federal list. Source: letter 7. Reason as the list gives it: shape of &lt;the&gt; distribution"
says page.html "The school stands in lists of: 2020, 2021."
expect 0 "$oko" report --run 1 --unit 99 --format html --out region
cat region/*.html >page.html
says page.html "Many marks are below the journal marks"
says page.html "External list"
# a share must not tell of a few pupils: published pages hide it, internal ones do not
expect 0 "$oko" report --run 1 --all --schools --format html --out published
expect 0 "$oko" report --run 1 --all --schools --format html --out internal --internal
checks=$((checks + 2))
cat published/*.html published/*/*.html 2>/dev/null | grep -qF "The shares are not shown: a group of fewer than 10 pupils" ||
    fail "no small group is hidden"
cat internal/*.html internal/*/*.html 2>/dev/null | grep -qF "The shares are not shown" && fail "an internal page hides shares"
finish
