#!/usr/bin/env bash
# Measures the gate with wrk, and nginx with and without it, in one run: gate.sh POPSEC POPSEC-BENCH STORE
# STORE is a folder of `popsec-bench generate`. Needs nginx and wrk; prints a Markdown table.
set -euo pipefail
popsec=$1 bench=$2 store=$3
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
seconds=${SECONDS_EACH:-10}
"$bench" gate-targets --store "$store" --count 10000 --lua "$work/targets.lua" >&2

"$popsec" gate --store "$store" --allow-seal-key --listen "unix:$work/gate.sock" 2>"$work/gate.log" &
gate=$!
"$popsec" gate --store "$store" --allow-seal-key --listen 127.0.0.1:18181 --trust 127.0.0.1/32 2>"$work/tcp.log" &
alone=$!

temporary=""
for kind in client_body proxy fastcgi uwsgi scgi; do temporary+="${kind}_temp_path $work/$kind; "; done
asking='proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass_request_body off;
  proxy_set_header Content-Length ""; proxy_set_header X-Original-URI $request_uri;
  proxy_set_header X-Original-Method $request_method; proxy_set_header X-Original-Host $host;
  proxy_set_header X-Real-IP $remote_addr; proxy_buffer_size 32k; proxy_buffers 4 32k;'
cat >"$work/nginx.conf" <<END
daemon off; worker_processes auto; pid $work/pid; error_log $work/error.log; user root;
events { worker_connections 1024; }
http {
  access_log off; $temporary
  upstream gate { server unix:$work/gate.sock; keepalive 64; }
  upstream other { server 127.0.0.1:18083; keepalive 64; }
  server { listen 127.0.0.1:18080; return 204; }
  server { listen 127.0.0.1:18083; return 204; }
  server {
    listen 127.0.0.1:18081;
    location / { auth_request /ask; try_files /none @ok; }
    location @ok { return 204; }
    location = /ask { internal; proxy_pass http://other; $asking }
  }
  server {
    listen 127.0.0.1:18082;
    location / { auth_request /ask; try_files /none @ok; }
    location @ok { return 204; }
    location = /ask { internal; proxy_pass http://gate/auth/nginx; $asking }
  }
}
END
nginx -c "$work/nginx.conf" &
sleep 2

measure() { # name, port, VIA
  VIA=$3 wrk -t1 -c32 -d"${seconds}s" --latency -s "$work/targets.lua" "http://127.0.0.1:$2" >"$work/out"
  awk -v name="$1" '/99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF }
    END { printf "| %s | %d | %s | %d |\n", name, rate, p99, bad }' "$work/out"
}
echo "| | requests/s | p99 | not 2xx |"
echo "|---|---|---|---|"
measure "nginx alone, \`return 204\`" 18080 proxy
measure "nginx, auth_request to a second nginx that returns 204" 18081 proxy
measure "nginx, auth_request to the gate" 18082 proxy
measure "the gate alone" 18181 direct
for process in $gate $alone; do
  awk '/VmRSS/ { print "gate memory: " $2 / 1024 " MB" }' "/proc/$process/status"
done
"$bench" revocation --store "$store" --socket "$work/gate.sock"
