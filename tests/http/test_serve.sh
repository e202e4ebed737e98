#!/usr/bin/env bash
# The program `oko serve` itself: uploads become jobs, progress streams, cancel, memory, graceful stop, kill -9 and restart.
. "$(dirname "$0")/../cli/lib.sh"
command -v curl >/dev/null || {
    echo "curl is absent: skipped"
    exit 77
}
db=$scratch/t.db
server=0
trap '[[ $server -ne 0 ]] && kill -9 $server 2>/dev/null; rm -rf "$scratch"' EXIT

start() {
    : >url
    "$oko" --db "$db" serve --listen 127.0.0.1:0 >url 2>log &
    server=$!
    for _ in $(seq 100); do
        [[ -s url ]] && break
        sleep 0.1
    done
    url=$(cat url)
    [[ -n $url ]] || { fail "the server did not start: $(cat log)"; finish; }
}
api() { # METHOD PATH [curl options]
    local method=$1 path=$2
    shift 2
    curl -s --max-time 60 -X "$method" -H "Authorization: Bearer $token" "$@" "${url}api/v1$path"
}
member() { grep -oE "\"$1\":(\"[^\"]*\"|[0-9]+)" | head -n 1 | sed -E 's/^[^:]*:"?([^"]*)"?$/\1/'; }
wait_job() { # ID → its last state
    curl -sN --max-time 120 -H "Authorization: Bearer $token" "${url}api/v1/jobs/$1/events" >events
    grep '^data:' events | tail -n 1 | member state
}

make_world
echo "a rather long password" >pw
expect 0 "$oko" --db "$db" user add boss --role operator --password-stdin <pw
token=$("$oko" --db "$db" token add boss test --write 2>/dev/null)
start

# ---- uploads: raw and multipart, and what they leave behind ----
job=$(api POST "/imports?name=units.csv" --data-binary @world/units.csv -H 'Content-Type: application/octet-stream' | member id)
checks=$((checks + 1))
[[ $(wait_job "$job") == done ]] || fail "import of the register: $(cat events)"
for file in world/20*.xlsx; do
    api POST /imports -F "file=@$file" >/dev/null
done
job=$(api POST /imports -F file=@world/2021-05-RU.xlsx | member id)
checks=$((checks + 2))
[[ $(wait_job "$job") == done ]] || fail "import of results: $(cat events)"
[[ $(grep -c '^event: job' events) -ge 1 ]] || fail "no events"
checks=$((checks + 3))
[[ $(api GET /imports | member total) -ge 2 ]] || fail "imports are not listed"
[[ $(api GET '/units?level=school' | member total) -eq 24 ]] || fail "units: $(api GET '/units?level=school' | head -c 300)"
[[ -z $(find "$db.uploads" -type f) ]] || fail "files are left: $(find "$db.uploads")"
# A file that is none: the job fails and says why, without a path.
job=$(api POST "/imports?name=no.xlsx" --data-binary 'PK not a workbook' -H 'Content-Type: application/octet-stream' | member id)
checks=$((checks + 2))
[[ $(wait_job "$job") == failed ]] || fail "a broken file: $(cat events)"
grep -q "$scratch" events && fail "a path is told: $(cat events)"

# ---- analysis beside requests, then cancel ----
job=$(api POST /analyses -H 'Content-Type: application/json' -d '{"kind":"analyze","replicates":4000}' | member id)
for _ in $(seq 50); do
    [[ $(api GET "/jobs/$job" | member state) == running ]] && break
    sleep 0.1
done
checks=$((checks + 2))
api POST "/jobs/$job/cancel" | grep -q '"cancel":true' || fail "cancel is not told"
[[ $(wait_job "$job") == cancelled ]] || fail "not cancelled: $(cat events)"

# ---- memory: 200 MB go by ----
memory() { awk "/$1/ {print \$2}" "/proc/$server/status"; }
echo 5 2>/dev/null >"/proc/$server/clear_refs" || true # the peak is counted from here on
before=$(memory VmRSS)
head -c 200000000 /dev/zero | api POST "/imports?name=zeros.csv" -H 'Content-Type: application/octet-stream' -H 'Expect:' -T - >answer
peak=$(memory VmHWM)
checks=$((checks + 2))
[[ -n $(member id <answer) ]] || fail "a large upload: $(cat answer)"
[[ $((peak - before)) -lt 65536 ]] || fail "memory grew by $((peak - before)) KiB"
echo "upload of 200 MB: memory grew by $((peak - before)) KiB"
api POST "/jobs/$(member id <answer)/cancel" >/dev/null

# ---- graceful stop: what runs is taken up again after the restart ----
api POST /analyses -H 'Content-Type: application/json' -d '{"kind":"analyze","replicates":4000,"seed":5}' >answer
job=$(member id <answer)
for _ in $(seq 200); do
    [[ $(api GET "/jobs/$job" | member state) == running ]] && break
    sleep 0.1
done
kill -TERM $server
checks=$((checks + 2))
wait $server
[[ $? -eq 0 ]] || fail "SIGTERM: $(tail -n 3 log)"
server=0
start
state=$(api GET "/jobs/$job" | member state)
[[ $state == queued || $state == running ]] || fail "after the restart the job is «$state»"
api POST "/jobs/$job/cancel" >/dev/null
grep -qE "rather long|$token" log && fail "a secret stands in the log"

# ---- kill -9 under writes: what was answered is there, the chain holds ----
rounds=${KILL_ROUNDS:-3}
for round in $(seq "$rounds"); do
    : >acknowledged
    for writer in 1 2 3; do
        (
            for n in $(seq 200); do
                code=$(curl -s -o /dev/null -w '%{http_code}' --max-time 30 -H "Authorization: Bearer $token" \
                    -H 'Content-Type: application/json' -d "{\"title\":\"r$round-$writer-$n\",\"scope\":\"read\"}" \
                    "${url}api/v1/me/tokens")
                [[ $code == 201 ]] || exit 0
                echo "r$round-$writer-$n" >>acknowledged
            done
        ) &
        writers[writer]=$!
    done
    for _ in $(seq 300); do # on a busy machine the first answer takes its time
        [[ ! -s acknowledged ]] || break
        sleep 0.1
    done
    sleep "0.$((3 + RANDOM % 6))"
    kill -9 $server
    wait "${writers[@]}" $server 2>/dev/null
    checks=$((checks + 3))
    [[ -s acknowledged ]] || fail "nothing was written in round $round"
    "$oko" --db "$db" --json token list boss | grep -oE 'r[0-9]+-[0-9]+-[0-9]+' | sort >kept
    lost=$(sort acknowledged | comm -23 - kept)
    [[ -z $lost ]] || fail "acknowledged and lost: $lost"
    "$oko" --db "$db" audit verify >/dev/null || fail "the audit chain is broken after kill -9"
    start
done
kill -TERM $server
wait $server
server=0

# ---- the same operations without a server ----
expect 0 "$oko" --db "$db" api GET '/units?limit=1' --as boss
says out '"total":'
expect 4 "$oko" --db "$db" api GET /units/987654
expect 0 "$oko" --db "$db" api POST /users '{"login":"viewer","name":"V","role":"auditor"}'
expect 77 "$oko" --db "$db" api POST /users '{"login":"x1","name":"V","role":"auditor"}' --as viewer
finish
