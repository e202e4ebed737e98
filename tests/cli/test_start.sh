#!/usr/bin/env bash
# What ./start does with the server of the demonstration: starts it once, on a free port, tells an untouched database from
# one that was worked in, and stops only what it started.
. "$(dirname "$0")/lib.sh"
. "$source_dir/tools/demo_server.sh"
program=$scratch/bin/oko demo=$scratch/demo first_port=$((20000 + RANDOM % 20000))
blocker=0
trap 'stop_server; [[ $blocker -eq 0 ]] || kill $blocker; rm -rf "$scratch"' EXIT
mkdir bin demo
cp "$oko" bin/oko
is() { # EXPECTED ACTUAL WHAT
    checks=$((checks + 1))
    [[ $1 == "$2" ]] || fail "$3: $2 instead of $1"
}
yes_no() { if "$@"; then echo yes; else echo no; fi; }

make_world
expect 0 "$oko" --db demo/oko.db units import world/units.csv
echo "a rather long password" >pw
expect 0 "$oko" --db demo/oko.db user add boss --role operator --password-stdin <pw
note_demo_state
is no "$(yes_no demo_is_used)" "used at once"

# The first port is taken by something else: the next one is used.
"$oko" --db other.db serve --listen "127.0.0.1:$first_port" >url 2>/dev/null &
blocker=$!
for _ in $(seq 100); do [[ -s url ]] && break; sleep 0.1; done
is no "$(yes_no server_runs)" "runs before it was started"
start_server || fail "start_server"
is yes "$(yes_no server_runs)" "runs"
is yes "$(yes_no server_answers)" "answers"
[[ $(server_port) -gt $first_port ]] || fail "port $(server_port), first $first_port"
pid=$(server_pid)
start_server || fail "start_server again"
is "$pid" "$(server_pid)" "the one that runs is used again"

# Another program of the same name takes its place.
cp "$oko" bin/new && mv bin/new bin/oko
start_server || fail "start_server after a build"
is yes "$(yes_no test "$pid" != "$(server_pid)")" "a new program, a new process"
is yes "$(yes_no server_answers)" "answers after a build"

# Looking changes nothing; a change does.
token=$("$oko" --db demo/oko.db token add boss test --write 2>/dev/null)
note_demo_state
expect 0 "$oko" --db demo/oko.db api GET /cases
is no "$(yes_no demo_is_used)" "used by a look"
expect 0 "$oko" --db demo/oko.db user disable boss
is yes "$(yes_no demo_is_used)" "used by a change"
note_demo_state
expect 0 "$oko" --db demo/oko.db import world/2021-05-MA.xlsx
is yes "$(yes_no demo_is_used)" "used by an import"

# A process number that has gone to somebody else is left alone.
stop_server
is no "$(yes_no server_runs)" "runs after its stop"
echo "$blocker $first_port" >demo/server.pid
is no "$(yes_no server_runs)" "somebody else's process"
stop_server
is yes "$(yes_no kill -0 "$blocker")" "somebody else's process lives"
finish
