#!/usr/bin/env bash
# Counts the instructions that check --batch takes for a line, by callgrind: instructions.sh POPSEC STORE
# POPSEC is a static release build, STORE a folder of `popsec-bench generate` after `gate-targets`. Needs valgrind and python3.
set -euo pipefail
popsec=$1 store=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$popsec" api-user list --store "$store" -o jsonl >"$work/users"

# Each line is about another API user, and about the two widgets in turn.
cat >"$work/lines.py" <<'END'
import itertools, json, sys
with open(sys.argv[1]) as users:
    for number, line in enumerate(itertools.islice(users, int(sys.argv[2]))):
        print(json.dumps({"apiUser": json.loads(line)["name"], "widget": "Widget %d" % (number % 2)}))
END

instructions() { # lines
  python3 "$work/lines.py" "$work/users" "$1" >"$work/lines"
  rm -f "$work"/out*
  valgrind --tool=callgrind --callgrind-out-file="$work/out" \
    "$popsec" check --batch "$work/lines" --store "$store" >"$work/answers" 2>"$work/errors"
  [ "$(wc -l <"$work/answers")" = "$1" ] || { cat "$work/errors" >&2; exit 1; }
  awk '/^summary:|^totals:/ { if ($2 > most) most = $2 } END { print most }' "$work/out"
}
few=$(instructions 200)
many=$(instructions 1200)
echo "| | instructions |"
echo "|---|---|"
echo "| a line of check --batch | $(((many - few) / 1000)) |"
