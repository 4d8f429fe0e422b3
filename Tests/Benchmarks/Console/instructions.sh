#!/usr/bin/env bash
# Counts the instructions that the console takes for a key, by callgrind, which does not depend on what else the machine
# does: instructions.sh POPSEC STORE
# POPSEC is a stripped static build, STORE a folder of `popsec-bench generate`, which is copied. Needs valgrind and python3.
# With KEEP=PREFIX the two profiles are kept, whose difference is 100 keys.
set -euo pipefail
popsec=$(realpath "$1") store=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -a "$store" "$work/store"
mkdir -p "$work/state/popsec"
printf '{"%s":"security/api-users"}' "$work/store" >"$work/state/popsec/place.json"

cat >"$work/press.py" <<'END2'
import fcntl, os, pty, select, signal, struct, sys, termios
work, keys, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
child, master = pty.fork()
if child == 0:
    environment = {"HOME": work, "XDG_STATE_HOME": work + "/state", "POPSEC_STORE": work + "/store",
                   "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    os.execvpe(command[0], command, environment)
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

def read(seconds):
    """Reads until nothing has come for that time, or the program is gone."""
    while select.select([master], [], [], seconds)[0]:
        try: os.read(master, 65536)
        except OSError: return

# Valgrind takes seconds to begin, minutes where it reads a program's symbols, and the list appears last.
select.select([master], [], [], 600)
read(8)
for key in keys:
    os.write(master, bytes([key]))
    select.select([master], [], [], 5)
    read(0.1)
os.kill(child, signal.SIGTERM)
read(60)
os.waitpid(child, 0)
END2

# The first thread is the one that has the terminal. The others look whether the store changed, as time passes.
instructions() { # the number of pairs of keys
  local keys
  keys=$(printf 'jk%.0s' $(seq "$1"))
  rm -f "$work"/out*
  python3 "$work/press.py" "$work" "$keys" valgrind --tool=callgrind --separate-threads=yes \
    --callgrind-out-file="$work/out" "$popsec" --resume
  awk '/^summary:|^totals:/ { if ($2 > most) most = $2 } END { print most }' "$work"/out-01
  [ -z "${KEEP:-}" ] || cp "$work"/out-01 "$KEEP-$1"
}
few=$(instructions 10)
many=$(instructions 60)
echo "| a key | instructions |"
echo "|---|---|"
echo "| \`j\` or \`k\` within the page | $(((many - few) / 100)) |"
