#!/bin/sh
# Makes a standby safe to be promoted. Run this on the standby, as the account of its server, right before the promotion:
# by hand, or as Patroni's pre_promote.
#
# A gate trusts a primary for as long as a lease (the setting gate.lease) after a standby has confirmed a commit. So this
# standby first stops confirming, and then waits until the last lease has run out that rests on its confirmations. When it
# takes changes afterwards, no gate answers by the former primary any more.
#
# Where more than one standby confirms (synchronous_standby_names), run this on each of them before one is promoted.
#
#   before-promotion.sh [DATABASE]      the database of the store; popsec where none is named
#
# psql finds the server as always: PGHOST, PGPORT, PGUSER. The account must be a superuser of the database.
set -eu
database=${1:-popsec}
# Patroni hands over arguments of its own.
case $database in on_*|*' '*) database=popsec ;; esac

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" -c "$1"; }

if [ "$(ask 'SELECT pg_is_in_recovery()')" != t ]; then
  echo 'before-promotion.sh: this server is no standby' >&2
  exit 1
fi
seconds=$(ask "SELECT value FROM popsec.setting WHERE key = 'gate.lease' AND account_id IS NULL")
seconds=${seconds:-5}

ask "ALTER SYSTEM SET primary_conninfo = ''" > /dev/null
ask 'SELECT pg_reload_conf()' > /dev/null
while [ "$(ask 'SELECT count(*) FROM pg_stat_wal_receiver')" != 0 ]; do sleep 0.1; done
# One second more covers the speed of different clocks.
sleep $((seconds + 1))
# This takes effect with the next reload, when the server is a primary, or is to be a standby again.
ask 'ALTER SYSTEM RESET primary_conninfo' > /dev/null
