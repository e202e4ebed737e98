#!/usr/bin/env bash
# Every kind of broken file gives its own exit code and a sentence, and changes nothing.
. "$(dirname "$0")/lib.sh"
make_world
export OKO_DB=world.db
good=world/2021-04-MA.xlsx
expect 0 "$oko" import world/2021-05-MA.xlsx
"$oko" show procedures --json >before.json

# broken CODE FILE TEXT: the import fails with this code, says the text, names the file, changes nothing.
broken() {
    expect "$1" "$oko" --lang ru import "$2" --procedure 2021-04-MA
    [[ -s err ]] || fail "$2: nothing was said"
    says err "$(basename "$2")"
    says err "$3"
    expect "$1" "$oko" --lang en --json import "$2" --procedure 2021-04-MA
    says err '{"error":{'
    "$oko" show procedures --json >now.json
    same before.json now.json
}

broken 4 nothing.xlsx "не найден"
mkdir folder.xlsx
broken 65 folder.xlsx "папк"
: >empty.xlsx
broken 65 empty.xlsx "пуст"
head -c 20000 /dev/urandom >noise.xlsx
printf '\x00\x01\x02' | cat - noise.xlsx >noise2.xlsx
broken 65 noise2.xlsx ""
head -c $(($(stat -c %s $good) / 2)) $good >torn.xlsx
broken 65 torn.xlsx "обрыва"
# OLE2 heads: an old .xls, and a workbook under a password.
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >old.xls
head -c 4096 /dev/zero >>old.xls
broken 65 old.xls ""
printf 'just some words\nwithout a table\n' >words.csv
broken 65 words.csv ""
if command -v zip >/dev/null; then
    echo hello >a.txt
    zip -q notabook.xlsx a.txt
    broken 65 notabook.xlsx "книг"
    # Far more bytes than the archive has: stopped before they are unpacked.
    if command -v unzip >/dev/null; then
        mkdir bomb && unzip -q $good -d bomb
        sheet=$(find bomb/xl/worksheets -name '*.xml' | head -n 1)
        head -c 300000000 /dev/zero | tr '\0' ' ' >>"$sheet"
        (cd bomb && zip -q -r ../bomb.xlsx .)
        rm -rf bomb
        broken 66 bomb.xlsx ""
    fi
fi
# Results are not a register.
expect 65 "$oko" units import $good
says err "$(basename $good)"
# The right file under the wrong procedure.
expect 5 "$oko" import $good --procedure 2021-04-RU
says err "2021-04-RU"
# An unknown procedure: a description to edit on standard output, the explanation on standard error.
cp $good 2031-04-XX.xlsx
expect 6 "$oko" import 2031-04-XX.xlsx
says out '"procedures"'
says err "oko procedures add"
cp out form.json
expect 0 "$oko" procedures add form.json
cp $good anything.xlsx
expect 6 "$oko" import anything.xlsx
# No right to read: only when there are rights to lack.
if [[ $(id -u) != 0 ]]; then
    cp $good secret.xlsx
    chmod 000 secret.xlsx
    broken 77 secret.xlsx "прав"
elif command -v setpriv >/dev/null; then
    chmod 755 "$scratch"
    cp $good secret.xlsx && chmod 600 secret.xlsx
    mkdir open && chmod 777 open
    setpriv --reuid 65534 --clear-groups "$oko" --db open/t.db import secret.xlsx >out 2>err
    [[ $? -eq 77 ]] || fail "no permission: exit code is not 77: $(cat err)"
    checks=$((checks + 1))
fi
# A database that is not one.
cp $good notadb.db
expect 70 "$oko" --db notadb.db show procedures
expect 70 "$oko" --db notadb.db import $good
cmp -s notadb.db $good || fail "a foreign file was changed"
# Among several files the good ones go in.
expect 65 "$oko" import torn.xlsx world/2021-05-RU.xlsx
says err "torn.xlsx"
expect 0 "$oko" show procedure 2021-05-RU
# A full disk: only where a small file system can be made.
if unshare -rm true 2>/dev/null; then
    mkdir small
    unshare -rm bash -c "
        mount -t tmpfs -o size=800k none small || exit 99
        '$oko' --db small/t.db import $good; code=\$?
        rm -f small/filler
        '$oko' --db small/t.db db check >/dev/null || exit 98
        exit \$code" >out 2>err
    code=$?
    if [[ $code -eq 99 ]]; then
        echo "no small file system can be made here: a full disk is not tried"
    else
        checks=$((checks + 1))
        [[ $code -eq 73 ]] || fail "a full disk: exit code $code: $(tail -n 2 err)"
    fi
fi
# Output that can't be written is no success; a reader that has enough is no fault.
if [[ -w /dev/full ]]; then
    for command in "procedures" "procedures template 2021-04-MA" "signs --level class"; do
        checks=$((checks + 1))
        # shellcheck disable=SC2086 # the words of the command
        "$oko" $command >/dev/full 2>err && fail "$command to a full disk: exit code 0"
        [[ -s err ]] || fail "$command to a full disk: nothing was said"
    done
fi
"$oko" signs --level class 2>err | head -n 1 >/dev/null
if grep -q '^oko:' err; then fail "a closed pipe: $(cat err)"; fi
# Who may only read sees the evidence that was computed.
if unshare -rm true 2>/dev/null; then
    mkdir medium
    expect 0 unshare -rm bash -c "
        mount -t tmpfs none medium && cp world.db medium/ && mount -o remount,ro medium || exit 99
        '$oko' --db medium/world.db --quiet signs --level class"
    says out "procedure,"
fi
finish
