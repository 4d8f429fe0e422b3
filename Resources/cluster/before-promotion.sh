#!/bin/sh
# Makes a standby safe to be promoted. Run this on the standby, as the account of its server, right before the promotion:
# by hand, or as Patroni's pre_promote.
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

# The address of the primary may hold a password, so that it never becomes an argument.
former=$(ask "SELECT replace(setting, '''', '''''') FROM pg_settings WHERE name = 'primary_conninfo'")
put_back() { printf "ALTER SYSTEM SET primary_conninfo = '%s';\n" "$former" | psql -X -q -v ON_ERROR_STOP=1 -d "$database" -f -; }
trap 'put_back; ask "SELECT pg_reload_conf()" > /dev/null' EXIT
trap 'exit 1' INT TERM HUP

received() { ask "SELECT coalesce(pg_last_wal_receive_lsn()::text, 'none')"; }
is_receiving() { [ "$(ask "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walreceiver'")" != 0 ]; }

ask "ALTER SYSTEM SET primary_conninfo = ''" > /dev/null
ask 'SELECT pg_reload_conf()' > /dev/null
while true; do
  while is_receiving; do sleep 0.1; done
  end=$(received)
  # The setting may have been changed in what was received last.
  until [ "$(ask 'SELECT coalesce(pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn(), true)')" = t ]; do sleep 0.1; done
  seconds=$(ask "SELECT value::int FROM popsec.setting WHERE key = 'gate.lease' AND account_id IS NULL")
  # One second more covers the speed of different clocks.
  sleep $((${seconds:-5} + 1))
  # A receiver that had begun to connect may have confirmed something meanwhile. Then the time begins anew.
  if [ "$(received)" = "$end" ] && ! is_receiving; then break; fi
done

# The next reload is that of a primary, for which the address has no meaning, or of a standby that follows again.
trap - EXIT
put_back
