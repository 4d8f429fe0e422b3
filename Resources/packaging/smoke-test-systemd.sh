#!/usr/bin/env bash
# Tries the package under a systemd that runs, which smoke-test.sh can't: sets up a store, and has nginx ask the gate.
#
#   Resources/packaging/smoke-test-systemd.sh [PACKAGE]
#
# As root. Needs debootstrap and systemd-nspawn (systemd-container), and a machine whose control groups systemd can use.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(readlink -f "${1:-$(ls -t "$here"/../../.build/package/popsec_*_*.deb 2> /dev/null | head -n 1)}" || true)
[ -f "$package" ] || { echo "smoke-test-systemd.sh: there is no package" >&2; exit 66; }
[ "$(id -u)" = 0 ] || { echo "smoke-test-systemd.sh: only root can start a Debian" >&2; exit 77; }
work=$(mktemp -d)
debian=$work/debian
container=
# The container is ended before its folder is removed, and nothing is removed through a mount.
end() {
  [ -z "$container" ] || { pkill -KILL -P "$container"; kill -KILL "$container"; wait "$container"; } 2> /dev/null || true
  umount "$debian/proc" 2> /dev/null || true
  rm -rf --one-file-system "$work"
}
trap end EXIT
tried=0
ok() { tried=$((tried + 1)); echo "ok $tried - $1"; }
fail() { echo "not ok - $1" >&2; exit 1; }

mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null \
  | sed -n 's/^URIs: *\(http[^ ]*\/debian\)\/*$/\1/p; s/^deb \(http[^ ]*\/debian\)\/* .*/\1/p' | head -n 1 || true)
debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl,openssl,procps bookworm "$debian" ${mirror:+"$mirror"} \
  > "$work/said" 2>&1 || { tail -n 3 "$work/said" >&2; fail "debootstrap made no Debian"; }
cp /etc/resolv.conf "$debian/etc/resolv.conf"
cp -r /etc/apt/apt.conf.d "$debian/etc/apt/"
# A Debian without a machine's id takes its start for the first one. Systemd would then enable the gate before there is a store.
tr -d - < /proc/sys/kernel/random/uuid > "$debian/etc/machine-id"
cp "$package" "$debian/root/popsec.deb"
mount -t proc proc "$debian/proc"
chroot "$debian" env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  sh -c 'apt-get update && apt-get install -y --no-install-recommends nginx /root/popsec.deb' > "$work/said" 2>&1 \
  || { tail -n 3 "$work/said" >&2; fail "the package can't be installed"; }
umount "$debian/proc"

# A network of its own, in which nothing else listens.
systemd-nspawn --quiet --keep-unit --register=no --boot --private-network --directory "$debian" --machine popsec-smoke \
  > "$work/console" 2>&1 < /dev/null &
container=$!
inside() {
  nsenter --target "$(pgrep -P "$container" | head -n 1)" --mount --uts --ipc --net --pid -- /usr/bin/env --ignore-environment \
    HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "cd /; $1"
}
# becomes TEXT COMMAND: waits, for a minute at most, until a command in the container says a text.
becomes() {
  local tries=0
  until [ "$(inside "$2" 2> "$work/said")" = "$1" ]; do
    tries=$((tries + 1))
    [ $tries -lt 240 ] || { cat "$work/said" >&2; tail -n 5 "$work/console" >&2; fail "'$2' does not say '$1'"; }
    sleep 0.25
  done
}
becomes running 'systemctl is-system-running'
ok "a Debian with the package starts"

inside 'popsec setup --administrator Ada --no-ssh' > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "popsec setup fails"; }
becomes active 'systemctl is-active popsec-gate.service'
becomes enabled 'systemctl is-enabled popsec-gate.service'
ok "popsec setup makes a store, and has systemd start the gate"

becomes 200 'runuser -u www-data -- curl -s -o /dev/null -w "%{http_code}" --unix-socket /run/popsec-gate/gate.sock http://gate/healthz'
becomes 0 'runuser -u nobody -- curl -s --unix-socket /run/popsec-gate/gate.sock http://gate/healthz | wc -c'
ok "the proxy's account can ask the gate, and another account can't"

inside 'openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=portal.example.com \
    -keyout /etc/ssl/private/portal.key -out /etc/ssl/certs/portal.pem
  cp /usr/share/doc/popsec/examples/proxies/nginx.conf /etc/nginx/conf.d/popsec.conf
  cp /usr/share/doc/popsec/examples/proxies/try-application.conf /etc/nginx/conf.d/
  systemctl restart nginx' > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "nginx does not start"; }
asking='curl -sk -o /dev/null -w "%{http_code}" --resolve portal.example.com:443:127.0.0.1 https://portal.example.com/mx/sales'
becomes 401 "$asking"
ok "nginx asks the gate"

# A request that comes while the gate is away waits in the socket.
before=$(inside 'systemctl show --property MainPID --value popsec-gate.service')
inside "systemctl restart popsec-gate.service & for n in \$(seq 40); do $asking; echo; done | sort | uniq -c | tr -s ' '" > "$work/said"
[ "$(cat "$work/said")" = " 40 401" ] || { cat "$work/said" >&2; fail "requests were refused while the gate was restarted"; }
becomes active 'systemctl is-active popsec-gate.service'
[ "$(inside 'systemctl show --property MainPID --value popsec-gate.service')" != "$before" ] || fail "the gate was not restarted"
ok "no request is refused while the gate is restarted"

inside 'journalctl --output cat _SYSTEMD_UNIT=popsec-gate.service' > "$work/log"
[ -s "$work/log" ] || fail "the gate logs nothing"
# Swift's Dispatch says once for each start that the thread of its timers can't have a higher priority. The gate doesn't need one.
! grep -v -e '^{' -e '^Failed to set thread priority' "$work/log" || fail "the gate's log has lines that are not its own"
[ "$(grep -c '^Failed to set thread priority' "$work/log")" -le 2 ] || fail "the gate asks again and again for a priority"
! grep '"level":"error"' "$work/log" || fail "the gate's log has errors"
ok "the journal has the gate's own lines, and no error"
echo "$tried passed, 0 failed"
