#!/usr/bin/env bash
# The contract and the flows say the same: roles of the operations of every kind of record, and the names of its actions.
# Usage: test_flows.sh PROGRAM SOURCE_DIR.
set -euo pipefail
program=$1
source_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v jq >/dev/null || { echo "jq is absent"; exit 77; }
printf 'level;code;name;parent\nregion;R;R;\nmunicipality;M;M;R\n' >"$work/units.csv"
export OKO_DB=$work/oko.db
"$program" --quiet units import "$work/units.csv" >/dev/null
"$program" api GET /openapi.json >"$work/contract.json"

# One line per kind: what the flows say.
jq -r '.kinds | to_entries[] | .key as $k | .value as $f |
    ($f.actions | map(.roles) | add // [] | unique | join(",")) as $acting |
    "\($k) list \($f.read.roles | unique | join(","))",
    (if ($f.create.roles | length) > 0 then "\($k) create \($f.create.roles | unique | join(","))" else empty end),
    (if ($f.edit.roles | length) > 0 then "\($k) change \($f.edit.roles | unique | join(","))" else empty end),
    (if ($f.actions | length) > 0 then "\($k) act \($acting)",
        "\($k) names \($f.actions | map(.name) | unique | join(","))" else empty end)' \
    "$source_dir/reference/cycle/flows.json" | sort >"$work/flows"

# The same from the contract.
jq -r '.paths[] | .[] | select(type == "object" and has("x-oko-record")) | ."x-oko-record" as $k |
    (.operationId | sub("^.*\\."; "")) as $verb | select($verb | IN("list", "create", "change", "act")) |
    "\($k) \($verb) \(."x-oko-roles" | unique | join(","))",
    (if $verb == "act" then
        "\($k) names \(.parameters[] | select(.name? == "action") | .schema.enum | unique | join(","))" else empty end)' \
    "$work/contract.json" | sort >"$work/contract"

[ "$(wc -l <"$work/flows")" -ge 40 ] || { echo "the test looks in the wrong place"; exit 1; }
diff "$work/flows" "$work/contract" && echo "the contract and the flows agree"
