#!/usr/bin/env bash
# The man page is sound and names every command and option; the guide's commands exist.
. "$(dirname "$0")/lib.sh"
page=$source_dir/docs/man/oko.1

if command -v mandoc >/dev/null; then
    checks=$((checks + 1))
    mandoc -T lint -W warning "$page" || fail "mandoc -T lint"
    mandoc -T utf8 "$page" | sed 's/.\x08//g' >text
else
    echo "mandoc is absent: the page is not linted"
    sed -e 's/^\.[A-Z][a-z] //' -e 's/\bCm //g' "$page" >text
fi
tr '\n' ' ' <text | tr -s ' ' >flat

"$oko" help --json | sed '/"global_options"/q' >help.json
sed -n 's/^      "name": "\(.*\)",$/\1/p' help.json | while IFS= read -r name; do
    grep -qF -e "$name" flat || echo "command $name"
done >missing
sed -n 's/^          "name": "\(.*\)",$/\1/p' help.json | sort -u | while IFS= read -r name; do
    grep -qF -e "--$name" flat || grep -qF -e "-$name" flat || echo "option $name"
done >>missing
checks=$((checks + 2))
[[ -s missing ]] && fail "not in the man page: $(tr '\n' ';' <missing)"

# Commands of the guide, the README and the overview begin with a known command.
sed -n 's/^      "name": "\(.*\)",$/\1/p' help.json >names
for file in docs/user/commands.md README.md; do
    grep -ohE '^(    |`)?(build/release/)?oko [a-z]+( [a-z]+)?' "$source_dir/$file" | sed -E 's/^.*oko //' | sort -u |
        while IFS= read -r words; do
            grep -qxF -e "$words" names || grep -qxF -e "${words%% *}" names || echo "$file: oko $words"
        done
done >unknown
checks=$((checks + 1))
[[ -s unknown ]] && fail "unknown commands: $(cat unknown)"

# Every exit code of the page is one of the program's table and the other way round.
sed -n '/EXIT STATUS/,/EXAMPLES/p' "$page" | sed -n 's/^\.It \([0-9]*\)$/\1/p' | sort -n >page_codes
sed -n 's/^    { OKO_[A-Z_]*, "[a-z_]*", \([0-9]*\),.*/\1/p' "$source_dir/src/base/status.c" | sort -n >table_codes
[[ $(wc -l <table_codes) -ge 15 ]] || fail "the status table was not found"
same page_codes table_codes
finish
