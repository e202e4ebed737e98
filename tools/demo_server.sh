# The server of the demonstration, in the background: start, reuse, stop, and whether somebody has worked in its database.
# Sourced by ./start and its test; these are set before: program (absolute path), demo (folder with oko.db), first_port.
# shellcheck shell=bash

# The file demo/server.pid: number of the process, its port.
server_pid() { cut -d' ' -f1 "$demo/server.pid" 2>/dev/null || true; }
server_port() { cut -d' ' -f2 "$demo/server.pid" 2>/dev/null || true; }

# Is the process of the pid file alive, and ours? Numbers are given again: what runs must be `oko … DEMO/oko.db serve`.
server_runs() {
    local pid
    pid=$(server_pid)
    [[ -n $pid && -r /proc/$pid/cmdline ]] || return 1
    [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == "$program --db $(realpath "$demo")/oko.db serve "* ]]
}

# Is it the program as it is on the disk now? A program that was built anew is another file.
server_is_current() { [[ $(readlink "/proc/$(server_pid)/exe") == "$(realpath "$program")" ]]; }

# server_get PATH: the answer of the server, head and body; without curl, which need not be there.
server_get() {
    local port
    port=$(server_port)
    timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" "$2" >&3 && cat <&3' \
        - "$port" "$1" 2>/dev/null
}
server_answers() { server_get /api/v1/health | head -n 1 | grep -q ' 200 '; }

stop_server() {
    local pid i
    pid=$(server_pid)
    if server_runs; then
        kill -TERM "$pid"
        for ((i = 0; i < 150; i++)); do
            server_runs || break
            sleep 0.1
        done
        ! server_runs || kill -KILL "$pid"
    fi
    rm -f "$demo/server.pid"
}

# Starts it on the first free port from first_port on, unless the one that runs will do. Prints nothing; the port is in
# demo/server.pid.
start_server() {
    local port pid i
    if server_runs && server_is_current && server_answers; then
        return 0
    fi
    stop_server
    for ((port = first_port; port < first_port + 50; port++)); do
        : >"$demo/server.url"
        setsid "$program" --db "$(realpath "$demo")/oko.db" serve --listen "127.0.0.1:$port" \
            >"$demo/server.url" 2>"$demo/server.log" </dev/null &
        pid=$!
        for ((i = 0; i < 300; i++)); do
            [[ ! -s $demo/server.url ]] || break
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        if [[ -s $demo/server.url ]]; then
            disown "$pid"
            echo "$pid $port" >"$demo/server.pid"
            rm -f "$demo/server.url"
            return 0
        fi
        # Not because the port is taken: another port will not help.
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    cat "$demo/server.log" >&2
    kill "$pid" 2>/dev/null || true
    rm -f "$demo/server.url"
    return 1
}

# State of the database as far as people can change it: revision of the data, last line of the log that is no look.
demo_state() {
    "$program" --db "$demo/oko.db" db info --json | sed -n 's/.*"revision": \([0-9]*\).*/revision \1/p'
    "$program" --quiet --db "$demo/oko.db" audit list --limit 1000 |
        awk '!found && $1 ~ /^[0-9]+$/ && $0 !~ / [a-z-]+\.(list|get|proof) / && $0 !~ / session\./ { found = 1; print "line", $1 }'
}

# Notes the state of a demonstration that has just been made, then tells whether somebody has worked in it since.
note_demo_state() { demo_state >"$demo/.untouched"; }
demo_is_used() { [[ -f $demo/.untouched && -f $demo/oko.db && $(demo_state) != "$(cat "$demo/.untouched")" ]]; }
