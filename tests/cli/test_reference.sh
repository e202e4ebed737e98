#!/usr/bin/env bash
# A list of reference schools from file to result: it anchors the signs, the region's inflation is told, corrections count.
. "$(dirname "$0")/lib.sh"
export OKO_DB=reference.db OKO_LANG=ru

"$oko" --quiet simulate --out world --seed 7 --schools 48 --municipalities 4 >/dev/null 2>err || fail "simulate: $(cat err)"
expect 0 "$oko" --quiet units import world/units.csv
expect 0 "$oko" --quiet import world/2021-05-MA.xlsx world/2021-05-RU.xlsx world/2020-04-MA.xlsx world/2020-04-RU.xlsx

expect 0 "$oko" show reference
says err "Опорной группы нет"
expect 0 "$oko" show reference --json
says out "[]"
expect 0 "$oko" signs --quiet --level school --out before.csv
expect 0 "$oko" signs --quiet --explain 99
says out "нет опорной группы"

# Five schools: the group is told and too small, so that no digit of a school moves.
list() { # FIRST LAST BASIS
    echo "Логин;Год;Класс;Вид контроля"
    for ((i = $1; i <= $2; i++)); do
        printf 'sch99%04d;2021;;%s\n' "$i" "$3"
    done
}
list 1 5 наблюдатель >five.csv
expect 0 "$oko" import five.csv
says out "опорная группа школ"
expect 0 "$oko" import five.csv
says out "ничего не изменилось"
expect 0 "$oko" show reference
says out "наблюдатель"
says err "Записей: 5"
expect 0 "$oko" signs --quiet --level school --out small.csv
same before.csv small.csv
expect 0 "$oko" signs --quiet --explain 99
says out "опорная группа мала (школ: 5"
expect 0 "$oko" signs --quiet --explain sch990001 --json
says out '"reference": true'
says out '"anchored": []'
expect 0 "$oko" signs --quiet --explain sch990001
says out "Опорная группа мала"

# Thirty schools: the null is theirs, and the region's inflation has an interval.
list 1 34 "централизованная проверка" >thirty.csv
expect 0 "$oko" import thirty.csv
expect 0 "$oko" signs --quiet --level school --out anchored.csv
checks=$((checks + 1))
cmp -s before.csv anchored.csv && fail "a stratum of 34 schools changes nothing"
expect 0 "$oko" signs --quiet --explain 99
says out "с учётом других свидетельств"
says out "опорных школ 34"
says out "работ поднято над границей 11"
expect 0 "$oko" --lang en signs --quiet --explain 99
says out "Against the reference stratum"
expect 0 "$oko" analyze --quiet
expect 0 "$oko" report --quiet --out region.html
says region.html "опорных школ 34"
says region.html "работ поднято над границей 11"
expect 0 "$oko" signs --quiet --explain 99 --json
says out '"inflation"'
says out '"reference_schools": 34'
expect 0 "$oko" signs --quiet --explain sch990001 --json
says out '"level"'
expect 0 "$oko" signs --quiet --explain sch990001
says out "Группа входит в опорную"
expect 0 "$oko" signs --quiet --explain sch990048
says out "Обычное определено по опорной группе (семейства: "
expect 0 "$oko" signs --quiet --level school --recompute --threads 1 --out again.csv
same anchored.csv again.csv

# Withdrawn again: the digits of the whole region are back.
list 1 34 исключена >none.csv
expect 0 "$oko" import none.csv
expect 0 "$oko" show reference
says err "исключающих: 34"
expect 0 "$oko" signs --quiet --level school --out after.csv
same before.csv after.csv
expect 0 "$oko" db check
expect 0 "$oko" backup copy.db
expect 0 "$oko" --db copy.db show reference --json
says out '"basis": "none"'

# A head that may be anything: a list of signs, unless it is said to be a reference list.
printf 'Логин;Основание\nsch990002;наблюдатель\n' >open.csv
expect 0 "$oko" import --dry-run open.csv
says out "внешний список школ"
expect 0 "$oko" import --reference --dry-run open.csv
says out "опорная группа школ"
finish
