#!/bin/bash
# The arrow of the house: which folder of src/ may include which. The rule is read from the oko_layer(… USES …) lines
# of CMakeLists.txt, so there is one source. Usage: test_layers.sh PROGRAM SOURCE_DIR.
set -eu
source_dir=${2:-$(cd "$(dirname "$0")/../.." && pwd)}

# Prints "FILE:LINE: reason" for every violation in the tree $1; exit status 1 when there is one.
check_tree() {
    (
        cd "$1"
        find src -name '*.[ch]' | LC_ALL=C sort | xargs awk '
            # ---- CMakeLists.txt: allowed["domain"] = " base " ----
            FILENAME == "CMakeLists.txt" {
                if ($0 !~ /^oko_layer\(/) next
                line = $0
                sub(/^oko_layer\(/, "", line)
                sub(/\).*/, "", line)
                n = split(line, word, /[ \t]+/)
                layer = word[1]
                layers++
                allowed[layer] = " "
                uses = 0
                for (i = 2; i <= n; i++) {
                    if (word[i] == "USES") uses = 1
                    else if (word[i] == "EXTERNAL") uses = 0
                    else if (uses) allowed[layer] = allowed[layer] word[i] " "
                }
                next
            }
            function bad(reason) {
                print FILENAME ":" FNR ": " reason
                violations++
            }
            FNR == 1 {
                split(FILENAME, part, "/")
                here = part[2]
                if (here != "cli" && !(here in allowed)) bad("folder src/" here " is no layer of CMakeLists.txt")
            }
            # ---- our own headers ----
            /^[ \t]*#[ \t]*include[ \t]*"/ {
                target = $0
                sub(/^[^"]*"/, "", target)
                sub(/".*/, "", target)
                slash = index(target, "/")
                if (slash == 0) {
                    # made at build time (generated/…) or a file beside this one: no other layer
                    if (target ~ /\.h$/) bad("\"" target "\": write the folder, \"" here "/" target "\"")
                    next
                }
                there = substr(target, 1, slash - 1)
                if (there != here && here != "cli" && index(allowed[here], " " there " ") == 0)
                    bad(here " may not use \"" target "\"")
                if (there != here && there == "store" && target !~ /^store\/(store|records|people|values)\.h$/)
                    bad("the store is reached through its headers store.h, records.h, people.h, values.h, not \"" target "\"")
                if (there == "cli" && here != "cli") bad("nobody uses the command line: \"" target "\"")
                next
            }
            # ---- public headers: status.h is of base, simulate.h and the others of stats ----
            /^[ \t]*#[ \t]*include[ \t]*<oko\// {
                target = $0
                sub(/^[^<]*</, "", target)
                sub(/>.*/, "", target)
                owner = target == "oko/status.h" ? "base" : "stats"
                if (here != owner && here != "cli" && index(allowed[here], " " owner " ") == 0)
                    bad(here " may not use <" target ">, which is of " owner)
                next
            }
            # ---- stats is pure ----
            here == "stats" && /^[ \t]*#[ \t]*include[ \t]*</ {
                target = $0
                sub(/^[^<]*</, "", target)
                sub(/>.*/, "", target)
                if (target ~ /^(time\.h|sys\/.*|unistd\.h|fcntl\.h|sqlite3\.h|jansson\.h|zip\.h|expat\.h)$/)
                    bad("stats is pure: <" target ">")
            }
            here == "stats" && /(^|[^A-Za-z0-9_])(f?printf|fopen|fclose|fread|fwrite|fgets|fputs|puts|getenv|time|clock|clock_gettime)[ \t]*\(/ {
                if ($0 !~ /^[ \t]*(\*|\/\*|\/\/)/) bad("stats is pure: no input, output or clock")
            }
            END {
                if (layers < 5) {
                    print "CMakeLists.txt: no oko_layer lines found"
                    violations++
                }
                exit violations > 0
            }' CMakeLists.txt
    )
}

# ---- self-test: each planted violation must be found in a copy of the tree ----
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
mkdir "$temp/tree"
cp -r "$source_dir/CMakeLists.txt" "$source_dir/src" "$temp/tree/"

# plant FOLDER LINE: a file with this line must be named by the check
plant() {
    local file="$temp/tree/src/$1/planted_violation.c"
    mkdir -p "$(dirname "$file")"
    printf '/* planted */\n%s\n' "$2" >"$file"
    if ! check_tree "$temp/tree" 2>&1 | grep -q "^src/$1/planted_violation\.c:[12]: "; then
        echo "self-test: not found in src/$1: $2"
        exit 1
    fi
    rm "$file"
}
plant base '#include "domain/unit.h"'
plant domain '#include <oko/state.h>'
plant stats '#include "domain/unit.h"'
plant stats '#include <time.h>'
plant stats '#include <sqlite3.h>'
plant stats 'void f(void) { printf("x"); }'
plant analysis '#include "store/sqlite/engine.h"'
plant intake '  #  include "report/report.h"'
plant report '#include "cli/cli.h"'
plant demo '#include "store/store.h"'
plant cellar '#include "base/memory.h"'

# and what is allowed must not be found
printf '#include "base/memory.h"\n#include "store/store.h"\n#include <oko/state.h>\n#include <math.h>\n' \
    >"$temp/tree/src/analysis/planted_innocent.c"
if check_tree "$temp/tree" | grep planted_innocent; then
    echo "self-test: an allowed include was refused"
    exit 1
fi

# ---- the tree itself ----
if ! check_tree "$source_dir"; then
    exit 1
fi
echo "the arrow of the house holds"
