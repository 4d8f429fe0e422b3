#!/bin/sh
# Makes a standby safe to be promoted. Run this on the standby, as the account of its server, right before the promotion:
# by hand, or as Patroni's pre_promote (patroni.yml).
#
# A gate trusts a primary for as long as a lease (the setting gate.lease) after a standby has confirmed a commit. So this
# standby first stops confirming, and then waits until the last lease has run out that rests on its confirmations. When it
# takes changes afterwards, no gate decides by the former primary any more.
#
# Where more than one standby confirms (synchronous_standby_names), run this on each of them before one is promoted.
#
#   before-promotion.sh [DATABASE]      the database of the store; popsec where none is named
#
# psql finds the server as always: PGHOST, PGPORT, PGUSER. The account must be a superuser of the database. Where the
# script fails or is stopped, the standby follows its primary again.
set -eu
database=${1:-popsec}

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" -c "$1"; }

if [ "$(ask 'SELECT pg_is_in_recovery()')" != t ]; then
  echo 'before-promotion.sh: this server is no standby' >&2
  exit 1
fi

# The address of the primary may hold a password, so that it never becomes an argument. Patroni keeps the address in
# another file, and what ALTER SYSTEM has set would count more than that file.
former=$(ask "SELECT CASE WHEN sourcefile LIKE '%/postgresql.auto.conf'
  THEN format('ALTER SYSTEM SET primary_conninfo = %L', setting) ELSE 'ALTER SYSTEM RESET primary_conninfo' END
  FROM pg_settings WHERE name = 'primary_conninfo'")
put_back() { printf '%s;\n' "$former" | psql -X -q -v ON_ERROR_STOP=1 -d "$database" -f -; }
reload() { ask 'SELECT pg_reload_conf()' > /dev/null; }
trap 'put_back; reload' EXIT
trap 'exit 1' INT TERM HUP

is_receiving() { [ "$(ask "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walreceiver'")" != 0 ]; }
# What was received last may be the beginning of a record, which is never applied. Then the server waits for the rest.
is_applied() {
  [ "$(ask "SELECT coalesce(pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn(), true) OR EXISTS (
    SELECT FROM pg_stat_activity WHERE backend_type = 'startup' AND wait_event = 'RecoveryRetrieveRetryInterval')")" = t ]
}
# How far the standby has received, and the seconds of the lease, which may be changed by what is applied later.
state() {
  ask "SELECT pg_last_wal_receive_lsn(),
    (SELECT value::int FROM popsec.setting WHERE key = 'gate.lease' AND account_id IS NULL)"
}

while true; do
  # In each round, because Patroni writes the settings anew when somebody changes one of them.
  ask "ALTER SYSTEM SET primary_conninfo = ''" > /dev/null
  reload
  while is_receiving; do sleep 0.1; done
  # This wakes the server, which otherwise applies the rest of what it has received only after a while.
  reload
  before=$(state)
  seconds=${before#*|}
  # One second more covers the speed of different clocks.
  sleep $((${seconds:-5} + 1))
  # A receiver that had begun to connect may have confirmed something meanwhile. Then the time begins anew.
  if [ "$(state)" = "$before" ] && is_applied && ! is_receiving; then break; fi
done

# The next reload is that of a primary, for which the address has no meaning, or of a standby that follows again.
trap - EXIT
put_back
