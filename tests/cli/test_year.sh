#!/usr/bin/env bash
# Roadmap, events, notes and tasks at the command line.
. "$(dirname "$0")/lib.sh"
export OKO_DB=w.db
printf 'level;code;name;parent\nregion;R;Регион;\nmunicipality;M;Муниципалитет;R\nschool;S1;Школа 1;M\nschool;S2;Школа 2;M\n' >units.csv
expect 0 "$oko" units import units.csv
person() { "$oko" --quiet user add "$1" --role "$2" --unit "$3" --password-stdin <<<"Длинный пароль $1 7" >/dev/null 2>err || fail "user $1: $(cat err)"; }
person op operator R
person sch school S1

# An empty system says what comes first.
expect 0 "$oko" tasks --as op
says out '[x] Загрузить регистр школ'
says out '[ ] Загрузить файлы результатов'
expect 0 "$oko" --lang en tasks --as sch
says out 'No tasks.'

# The built-in roadmap: made once, seen by each level, written as three kinds of file.
expect 4 "$oko" roadmap show --as op
expect 0 "$oko" roadmap seed --as op
expect 0 "$oko" roadmap seed --as op
expect 77 "$oko" roadmap seed --as sch
expect 0 "$oko" roadmap show --as op
[[ $(grep -c '31' out) -eq 14 ]] || fail "not 14 rows"
expect 0 "$oko" --json roadmap show --as sch
says out '"level": "school"'
expect 0 "$oko" --json roadmap show --unit S2
says out '"code": "S2"'
for kind in xlsx docx html; do
    expect 0 "$oko" roadmap export "map.$kind" --state --as op
    [[ -s map.$kind ]] || fail "map.$kind is empty"
done
says map.html 'Уровень образовательной организации'
says map.html 'Запланировано'
expect 0 "$oko" roadmap copy 2027 --as op
says out '2027-2029'
expect 5 "$oko" roadmap copy 2027 --as op

# An event goes its way; a note goes on paper.
expect 0 "$oko" event add S1 --title Собрание type=parents from=2026-03-05 place=школа audience='{"text": "родители"}' --as sch
event=$("$oko" --json event list --as sch | sed -n 's/.*"id": \([0-9]*\),*$/\1/p' | head -n 1)
expect 0 "$oko" tasks --as sch
says out 'Дополнить черновик мероприятия'
expect 0 "$oko" event act "$event" plan --as sch
expect 0 "$oko" event act "$event" hold held_on=2026-03-05 participants=20 --as sch
expect 0 "$oko" note add S1 --title Самоанализ text="Критерии согласованы." --as sch
note=$("$oko" --json note list --as sch | sed -n 's/.*"id": \([0-9]*\),*$/\1/p' | head -n 1)
expect 0 "$oko" note export "$note" note.html --as sch
says note.html 'Критерии согласованы.'
expect 0 "$oko" note export "$note" note.docx --as sch
finish
