#!/usr/bin/env bash
# oko serve --tls-cert --tls-key with a certificate made on the spot: what is encrypted, what is refused.
. "$(dirname "$0")/../cli/lib.sh"
for program in curl openssl; do
    command -v "$program" >/dev/null || {
        echo "$program is absent: skipped"
        exit 77
    }
done
db=$scratch/t.db
server=0
trap '[[ $server -ne 0 ]] && kill -9 $server 2>/dev/null; rm -rf "$scratch"' EXIT
certificate() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
certificate one
certificate two
echo "a rather long password" >pw
expect 0 "$oko" --db "$db" user add boss --role operator --password-stdin <pw

# ---- what can't work is said at the start ----
for wrong in "--tls-cert one.pem --tls-key two.key" "--tls-cert one.pem --tls-key absent.key" "--tls-cert pw --tls-key one.key"; do
    checks=$((checks + 2))
    # shellcheck disable=SC2086
    timeout 20 "$oko" --db "$db" serve --listen 127.0.0.1:0 $wrong >out 2>err
    code=$?
    [[ $code -ne 0 && $code -ne 124 ]] || fail "$wrong: exit $code"
    grep -q TLS err || fail "$wrong: $(cat err)"
done

# ---- it works ----
"$oko" --db "$db" serve --listen 127.0.0.1:0 --tls-cert one.pem --tls-key one.key >url 2>log &
server=$!
for _ in $(seq 100); do
    [[ -s url ]] && break
    sleep 0.1
done
port=$(grep -oE '[0-9]+/?$' url | tr -d /)
checks=$((checks + 6))
[[ $(cat url) == https://* ]] || fail "the printed address: $(cat url)"
curl -s --max-time 20 --cacert one.pem -D head "https://127.0.0.1:$port/api/v1/health" | grep -q '"ok"' || fail "health by TLS: $(cat log)"
grep -qi '^strict-transport-security' head || fail "no Strict-Transport-Security: $(cat head)"
curl -s --max-time 20 --cacert two.pem "https://127.0.0.1:$port/api/v1/health" >/dev/null && fail "a foreign certificate is believed"
curl -s --max-time 20 "http://127.0.0.1:$port/api/v1/health" | grep -q '"ok"' && fail "plain text is answered"
curl -s --max-time 20 --tls-max 1.1 --cacert one.pem "https://127.0.0.1:$port/api/v1/health" >/dev/null && fail "TLS 1.1 is spoken"
curl -s --max-time 20 --cacert one.pem -D head -o body -H 'Content-Type: application/json' \
    -d '{"login":"boss","password":"a rather long password"}' "https://127.0.0.1:$port/api/v1/session"
checks=$((checks + 1))
grep -i '^set-cookie' head | grep -q Secure || fail "the cookie is not Secure: $(cat head body)"
kill -TERM $server
wait $server
server=0
finish
