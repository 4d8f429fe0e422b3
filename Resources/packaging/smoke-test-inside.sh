#!/bin/bash
# What smoke-test.sh does within its Debian. Each thing that is tried is said in a line.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
store=/var/lib/popsec
tried=0
work=$(mktemp -d)
said=$work/said
trap 'rm -rf "$work"' EXIT

ok() { tried=$((tried + 1)); echo "ok $tried - $1"; }
fail() { echo "not ok - $1" >&2; exit 1; }
# has TEXT FILE: whether a file has a text.
has() { grep -qF -- "$1" "$2" || { cat "$2" >&2; fail "there is no '$1' in what was said"; }; }
# exits STATUS COMMAND…: what the command says stands in the file $said.
exits() {
  local wanted=$1 status=0
  shift
  "$@" > "$said" 2>&1 || status=$?
  [ "$status" = "$wanted" ] || { cat "$said" >&2; fail "'$*' ended with $status, not with $wanted"; }
}
as() { runuser -u "$1" -- "${@:2}"; }
install() { apt-get install -y --no-install-recommends --allow-downgrades "$1"; }

# Install the version before, on a machine that knows nothing of popsec.
if [ "$ISOLATED" = yes ]; then
  apt-get update > /dev/null
else
  for account in popsec-notify popsec-gate popsec-support popsec; do userdel "$account" 2> /dev/null || true; done
  groupdel popsec 2> /dev/null || true
  rm -rf "$store" /etc/ssh/sshd_config.d/popsec.conf
fi
exits 0 install /packages/before.deb
has "next, run popsec setup as root" "$said"
[ "$(stat -c '%U:%G %a' "$store")" = "popsec:popsec 700" ] || fail "the store's folder is $(stat -c '%U:%G %a' "$store")"
for account in popsec popsec-support popsec-gate popsec-notify; do id "$account" > /dev/null; done
id -nG popsec-gate | grep -qw www-data || fail "popsec-gate is not of the group www-data"
ok "it installs with its dependencies, and makes accounts and folder"

ldd /usr/bin/popsec > "$said"
if grep -q 'not found' "$said"; then cat "$said" >&2; fail "a library is missing"; fi
popsec --version > "$said"
has "schema" "$said"
ok "the program runs: $(tr '\n' ' ' < "$said")"

if command -v systemd-analyze > /dev/null; then
  exits 0 systemd-analyze verify --man=no popsec-gate.service popsec-gate.socket popsec-notify.service popsec-notify.timer \
    popsec-notify.path
  [ ! -s "$said" ] || { cat "$said" >&2; fail "systemd-analyze has something to say of the units"; }
  ok "systemd-analyze finds nothing wrong with the units"
fi

# Set up: without a terminal and without options nothing is made; with options a store is.
exits 64 popsec setup --no-ssh --no-gate
has "add --administrator NAME" "$said"
[ ! -e "$store/popsec.db" ] || fail "a store was made all the same"
exits 77 as www-data popsec setup --no-ssh
exits 0 popsec setup --administrator Ada --no-ssh
has "made a store at $store" "$said"
has "no systemd runs here" "$said"
exits 0 popsec setup --no-ssh --no-gate
has "was there, and is left as it is" "$said"
[ "$(stat -c '%U:%G %a' "$store" "$store/keys/seal.key" | tr '\n' ' ')" = "popsec:popsec 2770 popsec:popsec 600 " ] \
  || fail "the rights of the store are not popsec's"
ok "popsec setup makes a store, and does no harm again"

# A store that was half given to its account is given to it by the next setup.
chown root "$store/keys/lookup.key"
exits 0 popsec setup --no-ssh --no-gate
has "gave the store at $store to popsec" "$said"
[ "$(stat -c %U "$store/keys/lookup.key")" = popsec ] || fail "a key stayed root's"
ok "popsec setup mends what an interrupted one left"

# Over SSH, where sshd can be had.
if [ ! -x /usr/sbin/sshd ]; then
  exits 69 popsec setup --no-gate --administrator Ada
  has "there is no sshd" "$said"
  apt-get install -y --no-install-recommends openssh-server openssh-client > /dev/null 2>&1 || true
fi
if [ -x /usr/sbin/sshd ]; then
  ssh-keygen -q -t ed25519 -N '' -f /root/ada
  exits 0 as popsec popsec user key add Ada --key-file - --store "$store" < /root/ada.pub
  exits 0 popsec setup --no-gate
  has "asks popsec about popsec and popsec-support" "$said"
  mkdir -p /run/sshd
  ssh-keygen -A > /dev/null
  ip link set lo up 2> /dev/null || true
  /usr/sbin/sshd -o Port=2022 -o ListenAddress=127.0.0.1 -o PidFile=/run/smoke-sshd.pid
  # sshd goes into the background before it listens, and writes this file afterwards.
  for _ in $(seq 600); do [ ! -s /run/smoke-sshd.pid ] || break; sleep 0.1; done
  exits 0 ssh -p 2022 -i /root/ada -o StrictHostKeyChecking=no -o LogLevel=ERROR popsec@127.0.0.1 user list
  has Ada "$said"
  kill "$(cat /run/smoke-sshd.pid)"
  ok "Ada comes in over SSH with her key"
else
  echo "# there is no sshd to be had: coming in over SSH is not tried"
fi

# The manual's example of a security file is one.
if command -v man > /dev/null; then man -w popsec > /dev/null; fi
exits 0 as popsec popsec apply --yes - --store "$store" \
  < <(zcat /usr/share/man/man5/popsec-security-file.5.gz | sed -n '/^\.Bd/,/^\.Ed/{/^\./!p}')
exits 0 as popsec popsec config check - \
  < <(zcat /usr/share/man/man5/popsec-config.5.gz | sed -n '/^\.Bd/,/^\.Ed/{/^\./!p}')
for page in 1/popsec.1 1/popsec-setup.1 1/popsec-gate.1 7/popsec.7; do
  [ -e "/usr/share/man/man$page.gz" ] || [ "$ISOLATED" = yes ] || fail "there is no $page"
done
bash -n /usr/share/bash-completion/completions/popsec
ok "the examples of popsec-security-file(5) and popsec-config(5) are right"

# A gate that runs.
start_gate() {
  mkdir -p /run/popsec-gate
  chown popsec-gate:popsec /run/popsec-gate
  chmod 0755 /run/popsec-gate
  setpriv --reuid popsec-gate --regid popsec --init-groups popsec gate --store "$store" --socket-group www-data \
    2> "$work/gate.log" &
  gate=$!
  for _ in $(seq 100); do
    [ -S /run/popsec-gate/gate.sock ] && return
    sleep 0.1
  done
  cat "$work/gate.log" >&2
  fail "the gate doesn't listen"
}
# ask PATH [forward]: what the gate answers, by the socket; forward as Traefik or Caddy would ask about the target on
# standard input, where no other process sees a Token ID.
ask() {
  perl -MIO::Socket::UNIX -e '
    my $path = shift;
    my $target = @ARGV ? <STDIN> : undef;
    my $socket = IO::Socket::UNIX->new(Peer => "/run/popsec-gate/gate.sock") or die "no gate\n";
    my %headers = (Host => "x", Connection => "close");
    %headers = (%headers, "X-Forwarded-Method" => "GET", "X-Forwarded-Proto" => "https",
      "X-Forwarded-Host" => "portal.example.com", "X-Forwarded-Uri" => $target) if defined $target;
    print $socket "GET $path HTTP/1.1\r\n", (map { "$_: $headers{$_}\r\n" } keys %headers), "\r\n";
    print while <$socket>;' "$@"
}
start_gate
ask /healthz > "$said"
has "200 OK" "$said"
printf '%s' /widgets/sales | ask /auth/forward forward > "$said"
has "HTTP/1.1 401" "$said"
secret=$(as popsec popsec token reveal "Portal Mexico" portal --store "$store")
printf '%s' "/widgets/sales?token=$secret" | ask /auth/forward forward > "$said"
has "HTTP/1.1 200" "$said"
ask /metrics > "$said"
has 'popsec_build_info{version="' "$said"
ok "the gate lets a token through, and nobody without one"

# Upgrade, with a store and a running gate.
before=$(as popsec popsec export --store "$store" | sha256sum)
exits 0 install /packages/present.deb
has "next, restart the gate" "$said"
[ "$(dpkg-query -W -f '${Version}' popsec)" = "$PRESENT" ] || fail "the version is not $PRESENT"
ask /healthz > "$said"
has "200 OK" "$said"
[ "$(as popsec popsec export --store "$store" | sha256sum)" = "$before" ] || fail "the upgrade changed the store"
kill "$gate"
wait "$gate" || fail "the gate ended with $?"
start_gate
ask /healthz > "$said"
has "200 OK" "$said"
ok "an upgrade leaves the store and a running gate alone, and says what is next"

# A store of an earlier version stays as it is until somebody has it brought up to date, and the gate goes on.
command -v sqlite3 > /dev/null || apt-get install -y --no-install-recommends sqlite3 > /dev/null 2>&1 || true
if command -v sqlite3 > /dev/null; then
  sql() { as popsec sqlite3 "$store/popsec.db" "$1"; }
  step=$(sql 'SELECT max(number) FROM migration')
  row=$(sql "SELECT quote(name) || ', ' || applied_at FROM migration WHERE number = $step")
  sql "DELETE FROM migration WHERE number = $step"
  exits 0 apt-get install -y --reinstall /packages/present.deb
  has "next, run popsec upgrade --check" "$said"
  [ "$(sql 'SELECT max(number) FROM migration')" = $((step - 1)) ] || fail "the installation changed the store"
  exits 69 as popsec popsec team list --store "$store"
  has "hint: popsec upgrade --check" "$said"
  [ "$(sql 'SELECT max(number) FROM migration')" = $((step - 1)) ] || fail "a command that lists changed the store"
  sql "INSERT INTO migration (number, name, applied_at) VALUES ($step, $row)"
  ok "a store of an earlier version is told of, and not brought up to date"
fi

# An older program is refused by name, before anything is replaced, and a newer one is taken.
exits 100 install /packages/before.deb
has "a downgrade is refused" "$said"
has "hint: keep version $PRESENT" "$said"
[ "$(dpkg-query -W -f '${Version} ${db:Status-Status}' popsec)" = "$PRESENT installed" ] || fail "a downgrade went through"
popsec --version > /dev/null
exits 0 install /packages/after.deb
exits 100 install /packages/present.deb
has "a downgrade is refused" "$said"
ok "a downgrade is refused by name, and leaves what is installed in order"

# Remove leaves the store; after that an older program is still refused.
kill "$gate"
wait "$gate" || true
exits 0 apt-get remove -y popsec
[ -e "$store/popsec.db" ] && [ -e "$store/keys/seal.key" ] || fail "removing took the store"
[ ! -e /usr/bin/popsec ] || fail "removing left the program"
exits 1 dpkg --install /packages/before.deb
has "a downgrade is refused" "$said"
exits 0 install /packages/after.deb
exits 0 as popsec popsec user list --store "$store"
has Ada "$said"
ok "removing leaves the store, and installing again finds it"

# Purge keeps the store where nobody is asked, and takes it where the answer is yes.
exits 0 apt-get purge -y popsec
has "the store and its keys stay in $store" "$said"
[ -e "$store/popsec.db" ] || fail "purging took the store"
[ ! -e /etc/ssh/sshd_config.d/popsec.conf ] || fail "purging left sshd asking"
exits 0 install /packages/present.deb
exits 0 as popsec popsec user list --store "$store"
has Ada "$said"
answer() {
  # A person at a terminal: the answer to the one question, by debconf's plainest front end.
  apt-get remove -y popsec > /dev/null 2>&1
  (sleep 2; echo "$1"; sleep 1) \
    | DEBIAN_FRONTEND=teletype script --quiet --return --command "dpkg --purge popsec" /dev/null > "$said" 2>&1
}
answer no
has "Delete popsec's store and its keys?" "$said"
[ -e "$store/popsec.db" ] || fail "a no took the store"
exits 0 install /packages/present.deb
answer yes
[ ! -e "$store" ] || { cat "$said" >&2; fail "a yes left the store"; }
ok "purging asks before it takes the store and its keys"

echo "smoke-test.sh: $tried passed, 0 failed"
