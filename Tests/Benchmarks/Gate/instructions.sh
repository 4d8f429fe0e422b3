#!/usr/bin/env bash
# Counts the instructions that the gate takes for a request, by callgrind, which does not depend on what else the machine
# does: instructions.sh POPSEC POPSEC-BENCH STORE
# POPSEC is a stripped static build, STORE a folder of `popsec-bench generate`. Needs valgrind and python3.
set -euo pipefail
popsec=$1 bench=$2 store=$3
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
"$bench" gate-targets --store "$store" --count 1000 --lua "$work/targets.lua" >&2

cat >"$work/ask.py" <<'END'
import socket, sys
path, lua, count, tokens = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
targets = [line.split('"')[1] for line in open(lua) if line.startswith('"')][:tokens]
gate = socket.socket(socket.AF_UNIX)
gate.connect(path)
for index in range(count):
    gate.sendall(("GET /auth/nginx HTTP/1.1\r\nHost: gate\r\nX-Original-URI: %s\r\nX-Original-Method: GET\r\n"
                  "X-Original-Host: bench.example.com\r\nX-Real-IP: 10.1.2.3\r\nUser-Agent: Mozilla/5.0\r\n"
                  "Accept: text/html\r\n\r\n" % targets[index % len(targets)]).encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"): answer += gate.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:20]
END

instructions() { # tokens, requests
  rm -f "$work/gate.sock"
  rm -f "$work"/out*
  # Only the thread that answers counts: the others write what was used, every few seconds of valgrind's slow time.
  valgrind --tool=callgrind --separate-threads=yes --callgrind-out-file="$work/out" \
    "$popsec" gate --store "$store" --allow-seal-key --threads 1 --listen "unix:$work/gate.sock" \
    >"$work/log" 2>"$work/errors" &
  local gate=$!
  until [ -S "$work/gate.sock" ]; do sleep 0.5; done
  python3 "$work/ask.py" "$work/gate.sock" "$work/targets.lua" "$2" "$1"
  kill "$gate"
  wait "$gate" || true
  awk '/^summary:|^totals:/ { if ($2 > most) most = $2 } END { print most }' "$work"/out-*
}
few=$(instructions 100 100)
again=$(instructions 100 3100)
more=$(instructions 1000 1000)
echo "| a request | instructions |"
echo "|---|---|"
echo "| that was asked before | $(((again - few) / 3000)) |"
echo "| of a token that was not asked about before | $(((more - few) / 900)) |"
