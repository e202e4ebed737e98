#!/usr/bin/env bash
# Every message key that a C source names exists in both languages.
# Looked for in src/: whole string literals of the form "module.what[.detail]" (arguments, tables, reason fields);
# a literal that ends in a dot or holds a % is a prefix or a pattern and is left out.
set -euo pipefail
root=${2:?usage: test_texts.sh PROGRAM SOURCE_DIR}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Keys of one language: the strings before a colon at the outer level of each flat file that hold a dot.
keys() {
    cat "$root"/reference/text/"$1"/*.json | grep -oE '"[a-z0-9_]+(\.[a-z0-9_-]+)+"[[:space:]]*:' | tr -d '": \t' | sort -u
}
keys ru > "$work/ru"
keys en > "$work/en"
[ "$(wc -l < "$work/ru")" -ge 20 ] || { echo "only $(wc -l < "$work/ru") keys found: the test looks in the wrong place"; exit 1; }

failed=0
if ! diff "$work/ru" "$work/en" > "$work/diff"; then
    echo "keys that stand in one language only (< ru, > en):"
    grep '^[<>]' "$work/diff"
    failed=1
fi

# Modules are the names of the catalogue files and whatever stands before the first dot of their keys.
modules=$({ ls "$root"/reference/text/ru | sed 's/\.json$//'; sed 's/\..*//' "$work/ru"; } | sort -u | paste -sd'|')
# "units.csv" and the like are names of files, not keys.
grep -rnoE --include='*.c' --include='*.h' "\"($modules)(\.[a-z0-9_]+)+\"" "$root/src" |
    grep -vE '\.(json|csv|xlsx|html|svg|db|sql|txt)"$' > "$work/uses" || true
sed -E 's/^.*:"([^"]*)"$/\1/' "$work/uses" | sort -u > "$work/used"
[ -s "$work/used" ] || { echo "no key found in src/: the test looks in the wrong place"; exit 1; }
# Operations of the API have names of the same form.
sed -n 's/^ *operationId: //p' "$root/api/openapi.yaml" | cat - "$work/ru" | sort -u > "$work/known"
comm -23 "$work/used" "$work/known" > "$work/missing"
if [ -s "$work/missing" ]; then
    echo "keys used in src/ that are in no catalogue:"
    while read -r key; do grep -m1 -F "\"$key\"" "$work/uses" | sed "s|^$root/||"; done < "$work/missing"
    failed=1
fi

# A literal key given to the error record or the catalogue directly, whatever its module.
# The call and its key may stand on two lines.
find "$root/src" -name '*.c' -print0 | xargs -0 cat | tr '\n' ' ' |
    grep -oE '(oko_error_set|oko_text_(get|has|make|fill))\([^;"]*"[a-z0-9_]+(\.[a-z0-9_]+)+"' |
    grep -oE '"[^"]*"$' | tr -d '"' | sort -u > "$work/direct"
comm -23 "$work/direct" "$work/ru" > "$work/missing"
if [ -s "$work/missing" ]; then
    echo "keys given to oko_error_set or oko_text_… that are in no catalogue:"
    sed 's/^/  /' "$work/missing"
    failed=1
fi
exit $failed
