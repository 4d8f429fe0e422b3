#!/usr/bin/env bash
# Counts the instructions of what is done most: the gate's two paths, a line of check --batch and a key of the console, by
# callgrind, which does not depend on what else the machine does: instructions.sh POPSEC POPSEC-BENCH [--keep]
# POPSEC is a static release build. The counts are compared with those in instructions.md beside this file: one that is more
# than a twentieth greater is an error; for the console a quarter, because time passes while its keys are pressed, and some
# of them share a frame. With --keep they are written there instead. Needs valgrind and python3.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
# Symbols cost valgrind minutes.
strip -o "$work/popsec" "$1"
strip -o "$work/popsec-bench" "$2"
popsec=$work/popsec bench=$work/popsec-bench
trap 'rm -rf "$work"' EXIT
# Few, because the counts are the same with a million but for SQLite's way down to a row.
"$bench" generate --count 2000 --store "$work/store" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

"$here/Gate/instructions.sh" "$popsec" "$bench" "$work/store" | tail -n +3 | sed 's/^| /| gate, a request /' >"$work/counts"
"$here/Deciding/instructions.sh" "$popsec" "$work/store" | tail -n +3 >>"$work/counts"
"$here/Console/instructions.sh" "$popsec" "$work/store" | tail -n +3 | sed 's/^| /| console, /' >>"$work/counts"

kept=$here/instructions.md
if [ "${3:-}" = --keep ]; then
  { echo "| | instructions |"; echo "|---|---|"; cat "$work/counts"; } >"$kept"
  cat "$kept"
  exit
fi
awk -F ' *[|] *' '
  FNR == 1 { file++ }
  file == 1 { kept[$2] = $3; next }
  {
    was = kept[$2]
    if (was + 0 == 0) { printf "%s: %d, and no count is kept of it\n", $2, $3; bad = 1; next }
    printf "%s: %d, kept %d, %+.1f %%\n", $2, $3, was, ($3 / was - 1) * 100
    part = $2 ~ /^console/ ? 0.25 : 0.05
    if ($3 > was * (1 + part)) bad = 1
    if ($3 < was * (1 - part)) print "  fewer: keep the new count by --keep"
  }
  END { if (bad) { print "there are more instructions than may be"; exit 1 } }
' "$kept" "$work/counts"
