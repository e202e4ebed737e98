#!/usr/bin/env bash
# What the program says and does at its edges: documented options exist, counts name no single place, a partial register
# keeps the rest, an unknown procedure comes as a form to fill in, a list of schools is not any table.
. "$(dirname "$0")/lib.sh"
export OKO_DB=words.db
lacks() {
    checks=$((checks + 1))
    if grep -qF -e "$2" "$1"; then fail "«$2» in $1"; fi
}

# Every option that a document or a message names is known to some command.
"$oko" help --json | sed -n 's/^ *"name": "\([a-z-]*\)",$/\1/p' | sort -u >options
grep -ohE -e '--[a-z][a-z-]+' "$source_dir"/docs/formats/*.md "$source_dir"/docs/user/*.md "$source_dir"/README.md \
    "$source_dir"/reference/text/*/*.json | sed 's/^--//' | sort -u | grep -vxFf options >unknown
checks=$((checks + 1))
grep -vxE 'preset|install|no-install|fresh|stop|no-serve' unknown >unknown2
[[ -s unknown2 ]] && fail "options nobody knows: $(tr '\n' ' ' <unknown2)"

# A register told in parts.
cat >register.csv <<'TABLE'
level;code;name;parent;type;place;valid_from;login;oge
region;20;Область;;;;;;
municipality;20-01;Город;20;;town;;;
school;S1;Школа № 1;20-01;школа;town;2015;edu203389;200001
school;S2;Сельская школа;20-01;школа;village;;edu203392;
TABLE
expect 0 "$oko" units import register.csv
printf 'level;code;parent;login\nregion;20;;\nschool;S1;20-01;sch200001\n' >part.csv
expect 0 "$oko" units import part.csv
expect 0 "$oko" units show S1 --json
says out '"name": "Школа № 1"'
says out '"type": "school"'
says out '"valid_from": 2015'
says out '"alias": "sch200001"'
expect 0 "$oko" units show S1
says out 'вид: школа'
says out 'с 2015'
expect 0 "$oko" units list --level region
says out 'Область'
printf 'level;code;parent;cluster\nschool;S9;nowhere;\nschool;S1;20-01;A\n' >orphan.csv
expect 0 "$oko" units import orphan.csv
says out 'строка 2'
says out 'Вышестоящая единица не найдена'
lacks out '…'

# A list of schools: codes of any kind and a name find the school; any other table is not a list.
printf 'Код;Наименование ОО;Причина\n200001;;завышение\n;Сельская школа;завышение\nS1;;несоответствие\n' >list.csv
expect 0 "$oko" import list.csv --list "Список 2021" --region 20
expect 0 "$oko" units list --unconfirmed --level school
checks=$((checks + 1))
[[ $(tail -n +2 out | wc -l) -eq 0 ]] || fail "a school of the list was not recognised: $(cat out)"
expect 0 "$oko" units show S1 --json
lacks out '"alias": "S1"'
printf 'Код;Название;Причина\n1;Бумага;кончилась\n' >paper.csv
expect 65 "$oko" import paper.csv
printf 'Перечень ОО с признаками необъективности\nКод;Название\nS1;Школа № 1\n' >titled.csv
expect 0 "$oko" import titled.csv
says out 'внешний список'

# An unknown procedure: a form with open cut-offs. As it is, it is taken with a warning; half filled in, not at all.
printf 'школа;класс;код;итого;1 (2б);2 (3б)\nedu203389;4а;1;3;1;2\nedu203389;4а;2;5;2;3\nedu203389;4б;1;2;1;1\n' >2023-04-OM.csv
expect 6 "$oko" import 2023-04-OM.csv
cp out form.json
says form.json '"cutoffs"'
sed 's/"3": null/"3": 2/' form.json >half.json
expect 65 "$oko" procedures add half.json
expect 0 "$oko" procedures add form.json
says err 'cutoffs'
sed -e 's/"3": null/"3": 2/' -e 's/"4": null/"4": 3/' -e 's/"5": null/"5": 5/' form.json >full.json
expect 0 "$oko" procedures add full.json
empty err
expect 0 "$oko" import 2023-04-OM.csv
lacks out '…'
# A name that is no code becomes an alias, not a code.
cp 2023-04-OM.csv other.csv
expect 6 "$oko" import other.csv --procedure 'Окружающий мир'
says out '"YYYY-GG-SUBJECT"'

# A protocol of an exam is not offered the works of primary school.
printf 'SchoolCode;ClassCode;Surname;PrimaryMark;Mark5\n200001;9А;Иванов;16;4\n' >gia.csv
expect 6 "$oko" import gia.csv
says out '2022-09-MA'
lacks out '2021-04-MA'

# A file with some of the classes: what vanished is said, and what to do; a repeated code has a name for its kind.
printf 'школа;класс;код;итого\nedu203389;4а;7;3\nedu203389;4а;7;3\n' >2023-04-OM-part.csv
expect 0 "$oko" import 2023-04-OM-part.csv
says out '--add-classes'
says out 'повтор'
lacks out 'repeated'

# Help of a group is JSON too; a class with a number for a name is told from its grade.
expect 0 "$oko" help db --json
says out '"db check"'
printf 'школа;класс;код;итого\nedu203389;1;7;3\n' >2023-04-OM-number.csv
expect 0 "$oko" import 2023-04-OM-number.csv
expect 0 "$oko" units list --level class
says out '4-1'

# Errors: said once, without names of the code.
expect 65 "$oko" import /dev/null
[[ $(grep -o 'null' err | wc -l) -eq 1 ]] || fail "said twice: $(cat err)"
cp 2023-04-OM.csv 2021-04-MA.csv
expect 5 "$oko" import 2021-04-MA.csv
lacks err 'procedure'
expect 2 "$oko" units list --level планета
says err '--level'
mkdir folder.db
expect 70 "$oko" --db folder.db import 2023-04-OM.csv
lacks err '2023-04-OM.csv'

# For a school the index of the 2019 rules is the number of its signs.
printf 'школа;класс;код;итого\nedu203389;4а;1;3\nedu203389;4а;2;9\nedu203392;4а;1;7\nedu203392;4а;2;8\n' >2021-04-MA-totals.csv
expect 0 "$oko" import 2021-04-MA-totals.csv
expect 0 "$oko" analyze
expect 0 "$oko" show unit S1
says out 'Признаки правил 2019 года у школы'
lacks out 'Индекс объективности'
expect 0 "$oko" report --unit S1 --out school.xlsx
if command -v unzip >/dev/null; then
    unzip -p school.xlsx 'xl/worksheets/*.xml' >sheets
    says sheets 'Признаки правил 2019 года у школы'
    lacks sheets '<v>0</v></c><c r="E2" t="inlineStr"><is><t>titled.csv'
fi
finish
