#!/usr/bin/env bash
# The year at the command line: cases from signs, their steps by people of four roles, a letter, measures, observers,
# re-checks, the effect.
. "$(dirname "$0")/lib.sh"
make_world
export OKO_DB=w.db
"$oko" --quiet import world/units.csv world/2021-04-MA.xlsx world/2021-05-MA.xlsx >/dev/null 2>err || fail "import: $(cat err)"
expect 0 "$oko" signs --replicates 8 --only attention --out signs.csv
school=$(awk -F, 'NR > 1 { print $3; exit }' signs.csv)
municipality=$("$oko" --json units show "$school" 2>/dev/null | sed -n 's/.*"code": "\(mun[^"]*\|m[0-9][^"]*\)".*/\1/p' | head -n 1)
[[ -n $school ]] || fail "the made-up region has no signs"
region=$(awk -F';' '$1 ~ /^(region|регион)/ { print $2; exit }' world/units.csv)
[[ -n $municipality ]] || municipality=$(awk -F';' -v s="$school" '$2 == s { print $4; exit }' world/units.csv)

# People.
person() { "$oko" --quiet user add "$1" --role "$2" --unit "$3" ${4:+--level "$4"} --password-stdin <<<"Длинный пароль $1 7" >/dev/null 2>err || fail "user $1: $(cat err)"; }
person op operator "$region" region
person head head "$region" region
person mun municipal "$municipality" municipality
person sch school "$school" school
person eye observer "$municipality" municipality

# The base, then cases: a preview writes nothing, the second call makes nothing.
expect 0 "$oko" recommend seed --as op
expect 0 "$oko" --json recommend seed --as op
says out '"changed": 0'
expect 2 "$oko" case make --year 2021 --from certainly --as op
expect 0 "$oko" --json case make --year 2021 --from attention --preview --as op
made=$(sed -n 's/^  "made": \([0-9]*\),*$/\1/p' out)
[[ $made -ge 1 ]] || fail "nothing to make"
expect 0 "$oko" --json case list --as op
[[ $(tr -d ' \n' <out) == '[]' ]] || fail "the preview wrote cases"
expect 0 "$oko" --json case make --year 2021 --from attention --as op
says out "\"made\": $made"
says out '"reliability"'
expect 0 "$oko" --json case make --year 2021 --from attention --as op
says out '"made": 0'
expect 77 "$oko" case make --year 2021 --as sch

# One case of the school goes its way.
expect 0 "$oko" --json case list --unit "$school" --level school --as op
id=$(sed -n 's/^    "id": \([0-9]*\),$/\1/p' out | head -n 1)
act() { expect 0 "$oko" case act "$id" "$@"; }
expect 0 "$oko" case show "$id" --as op
says out '"explanations"'
act take --as op
expect 2 "$oko" case act "$id" dismiss reason=надоело comment=x --as op
act confirm reason=признак due=2021-06-01 --as op --day 2021-05-10
expect 0 "$oko" case list --overdue --as op --day 2021-06-02
says out "2021-06-01"
expect 0 "$oko" case escalate --as op --day 2021-06-02
says out "1"
act explain explanation="Критерии понимались по-разному." --as sch
expect 2 "$oko" case act "$id" propose-cause cause=погода comment=x --as sch
act propose-cause cause=marking-criteria comment=x --as sch
act agree-cause cause=marking-criteria comment=согласны --as mun
expect 0 "$oko" --json recommend advice "$id" --as op
says out '"text": "'
says out '"exact"'

# The letter: approved by the head, numbered, read at the first look, on paper.
expect 0 "$oko" --json recommend add "$school" --level school cases="[$id]" subject="О результатах" text=$'Просим согласовать критерии.' --as op --day 2021-06-05
letter=$(sed -n 's/^  "id": \([0-9]*\),$/\1/p' out)
expect 0 "$oko" recommend act "$letter" submit --as op
expect 77 "$oko" recommend act "$letter" approve --as op
expect 0 "$oko" recommend act "$letter" approve --as head
expect 0 "$oko" recommend act "$letter" send date=2021-06-07 --as op --day 2021-06-07
expect 0 "$oko" recommend letter "$letter" --out letter.html --as sch --day 2021-06-08
says letter.html "№ 001/2021 от 07.06.2021"
says letter.html "Просим согласовать критерии."
expect 0 "$oko" --json recommend show "$letter" --as op
says out '"read_on": "2021-06-08"'
expect 0 "$oko" recommend letter "$letter" --format docx --out letter.docx --as op
expect 0 "$oko" recommend letter "$letter" --template letter.docx --out filled.docx --as op
command -v unzip >/dev/null && { unzip -tq letter.docx >/dev/null && unzip -tq filled.docx >/dev/null || fail "the documents are no zip"; }
act recommend recommendation="$letter" --as op

# A plan, evidence, acceptance.
expect 0 "$oko" --json measure add "$school" --level school code=criteria case="$id" --as sch --day 2021-06-10
measure=$(sed -n 's/^  "id": \([0-9]*\),$/\1/p' out)
says out '"due": "2021-07-25"'
act submit-plan measures="[$measure]" --as sch
expect 2 "$oko" case act "$id" report report=готово --as sch
printf 'протокол\n' >protocol.txt
expect 0 "$oko" case link "$id" evidence protocol.txt --as sch
act report report=готово --as sch
act accept comment=принято --as mun
expect 0 "$oko" measure act "$measure" report report=готово done_on=2021-07-01 --as sch
expect 0 "$oko" measure act "$measure" accept comment=да --as mun
expect 0 "$oko" measure overview --as op
says out "criteria"
expect 0 "$oko" case board --as op
expect 0 "$oko" case similar "$id" --as sch

# Observers and re-checks flow into the data.
expect 0 "$oko" --json observe add "$school" --level school procedure=2021-04-MA date=2021-04-12 begin=09:00 end=11:00 stage=room --assignee eye --as op
visit=$(sed -n 's/^  "id": \([0-9]*\),$/\1/p' out)
other=$(awk -F';' -v s="$school" '$1 ~ /school/ && $2 != s { print $2; exit }' world/units.csv)
expect 5 "$oko" observe add "$other" --level school date=2021-04-12 begin=10:00 end=12:00 --assignee eye --as op
expect 0 "$oko" observe schedule --as eye
says out "2021-04-12"
expect 0 "$oko" observe act "$visit" hold protocol='{"none": true}' --as eye
expect 0 "$oko" observe act "$visit" confirm --as op
expect 0 "$oko" observe reference --year 2021 --as op
says out "$school;2021-04-MA;;наблюдатель"
"$oko" observe reference --year 2021 --as op --out reference.csv
expect 0 "$oko" import reference.csv
expect 0 "$oko" --json recheck add "$school" --level school procedure=2021-04-MA works=25 body=Комиссия --as mun
recheck=$(sed -n 's/^  "id": \([0-9]*\),$/\1/p' out)
expect 0 "$oko" recheck act "$recheck" finish checked=20 up=0 down=3 --as mun
expect 0 "$oko" recheck act "$recheck" confirm --as op
expect 0 "$oko" findings
says out "изменено 3 из 20"

# The same through the contract: counts, letters, the first look of an addressee.
expect 0 "$oko" api GET '/cases/board?year=2021' --as op
says out '"states"'
expect 0 "$oko" api GET "/cases/$id/similar" --as sch
expect 0 "$oko" api GET '/measures/overview' --as mun
expect 0 "$oko" api GET '/cycle-lists/remark-kinds' --as eye
says out '"outsiders"'
expect 0 "$oko" api GET "/recommendations/$letter/letter?format=html" --as sch
says out "№ 001/2021"
expect 0 "$oko" --json recommend add "$school" --level school subject=Второе text=текст --as op
second=$(sed -n 's/^  "id": \([0-9]*\),$/\1/p' out)
"$oko" --quiet recommend act "$second" submit --as op >/dev/null
"$oko" --quiet recommend act "$second" approve --as head >/dev/null
expect 0 "$oko" recommend act "$second" send date=2021-07-07 number=01-15/7 --as op
expect 0 "$oko" api GET "/recommendations/$second" --as head
says out '"state":"sent"'
expect 0 "$oko" api GET "/recommendations/$second" --as sch
says out '"state":"read"'
expect 0 "$oko" api POST /cases/signals '{"year": 2021, "preview": true}' --as op
says out '"made":0'
expect 0 "$oko" api POST /effects '{"year": 2021}' --as op

# The effect: nothing of 2022 is known, and that is said.
expect 0 "$oko" effect 2021 --keep --as op
expect 0 "$oko" --json effect 2021 --as op
cp out one
expect 0 "$oko" --json effect 2021 --as op
same one out
says out '"verdict": "no_data"'
expect 77 "$oko" effect 2021 --keep --as head
expect 5 "$oko" case act "$id" conclude effect=helped comment=x --as op
act conclude effect=no_data comment="нет данных 2022 года" --as op
expect 0 "$oko" audit verify
finish
