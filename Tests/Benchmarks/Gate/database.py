#!/usr/bin/env python3
"""Measures a store in PostgreSQL beside the same store in a folder, in alternating turns of one run.

    database.py POPSEC POPSEC-BENCH STORE [--pairs 3] [--seconds 5] [--tokens 10000] [--writers 20]

POPSEC is a release build, STORE a folder of `popsec-bench generate`, which gets widgets. The run makes a PostgreSQL server
of its own in a temporary folder (as the account postgres, where it is run by root), with the settings of Debian's package.
A round trip to it is that of a Unix socket, or 0.2 or 2 ms through a relay. Needs wrk, nginx and Debian's postgresql.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

from pairs import Bench, machine, memory, ratios

BIN = "/usr/lib/postgresql/15/bin"


class Database:
    def __init__(self, bench, work):
        self.bench, self.folder = bench, work
        os.mkdir(work, 0o755)
        self.account = []
        if os.getuid() == 0:
            shutil.chown(work, "postgres")
            self.account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        data = os.path.join(work, "data")
        subprocess.run(self.account + [f"{BIN}/initdb", "-D", data, "-U", "popsec", "-A", "trust", "-E", "UTF8",
                                       "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        bench.start(*self.account, f"{BIN}/postgres", "-D", data, "-k", work, "-c", "listen_addresses=",
                    "-c", "log_min_messages=fatal", socket=os.path.join(work, ".s.PGSQL.5432"))
        time.sleep(1)
        self.sql("postgres", "CREATE DATABASE popsec")

    def address(self, port=None):
        place = f"host=127.0.0.1&port={port}" if port else "host=" + self.folder.replace("/", "%2F")
        return f"postgresql://popsec@/popsec?{place}&sslmode=disable"

    def sql(self, database, text):
        return subprocess.run([f"{BIN}/psql", "-X", "-q", "-A", "-t", "-h", self.folder, "-U", "popsec", "-d", database, "-c",
                               text], check=True, capture_output=True, text=True).stdout.strip()

    def relay(self, port, microseconds):
        """A round trip of twice this number of microseconds."""
        self.bench.start(self.bench.options.bench, "relay", "--listen", str(port), "--to",
                         os.path.join(self.folder, ".s.PGSQL.5432"), "--delay", str(microseconds), port=port)
        return self.address(port)


def run(*words):
    began = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def warm(bench, port, tokens):
    """Asks until each token was decided once: each turn begins with the first token. Tells the rate of the first seconds."""
    first = bench.turn(port, "direct", seconds=3).rate
    bench.turn(port, "direct", seconds=min(120, 5 + round(1.3 * tokens / first)))
    print(f"The first 3 s of the gate at port {port}, when nothing is kept: {first:,.0f} requests a second.\n")


def rates(bench, ways, count, pairs, via="direct"):
    turns = {name: [] for name, _ in ways}
    bench.connections = count
    for _ in range(pairs):
        for name, port in ways:
            turns[name].append(bench.turn(port, via))
    bench.tell(turns)
    base = ways[0][0]
    for name, _ in ways[1:]:
        print(f"\n{count} connections, {name}, of the store in a folder: {ratios(turns, name, base)}.")
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("popsec")
    parser.add_argument("bench")
    parser.add_argument("store")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5, help="of each turn")
    parser.add_argument("--tokens", type=int, default=10_000)
    parser.add_argument("--writers", type=int, default=20)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    print(machine() + "\n")
    bench = Bench(options)
    subprocess.run([options.bench, "gate-targets", "--store", options.store, "--count", str(options.tokens), "--lua",
                    bench.path("targets.lua")], check=True, stdout=sys.stderr)
    database = Database(bench, bench.path("postgres"))
    keys = os.path.join(options.store, "keys")
    os.environ["POPSEC_KEYS"] = keys
    print(f"The copy into the database: {run(options.popsec, 'store', 'copy', options.store, database.address()):.1f} s; "
          f"its comparison: {run(options.popsec, 'store', 'compare', options.store, database.address()):.1f} s.\n")
    near, far = database.relay(18201, 100), database.relay(18202, 1_000)

    stores = [("in a folder", options.store, 18181), ("in PostgreSQL, Unix socket", database.address(), 18182),
              ("in PostgreSQL, 0.2 ms", near, 18183)]
    gates = []
    for _, store, port in stores:
        gates.append(bench.start(options.popsec, "gate", "--store", store, "--allow-seal-key", "--listen",
                                 f"127.0.0.1:{port}", "--trust", "127.0.0.1/32", port=port))
        warm(bench, port, options.tokens)
    for count in [32, 16]:
        rates(bench, [(name, port) for name, _, port in stores], count, options.pairs)
    print("Memory of the gates: " + ", ".join(f"{memory(gate):.0f} MB" for gate in gates) + ".\n")
    for gate in gates:
        bench.stop(gate)

    print("| a command, from its start to its end | in a folder | Unix socket | 0.2 ms | 2 ms |\n|---|---|---|---|---|")
    listing = subprocess.Popen([options.popsec, "api-user", "list", "--store", options.store, "-o", "jsonl"],
                               stdout=subprocess.PIPE, text=True)
    name = json.loads(listing.stdout.readline())["name"]
    listing.stdout.close()
    listing.wait()
    for words in [["api-user", "show", name], ["find", name], ["token", "list", name],
                  ["api-user", "describe", name, "--note", "measured"], ["audit", "list"]]:
        figures = []
        for store in [options.store, database.address(), near, far]:
            figures.append(statistics.median(run(options.popsec, *words, "--store", store) for _ in range(5)) * 1_000)
        shown = " ".join(words).replace(name, "NAME")
        print(f"| `{shown}` | " + " | ".join(f"{figure:.0f} ms" for figure in figures) + " |")

    script = bench.write("commit.sql", "SELECT pg_logical_emit_message(true, 'bench', 'commit');\n")
    bare = subprocess.run([f"{BIN}/pgbench", "-n", "-h", database.folder, "-U", "popsec", "-c", "1", "-T", "5", "-f", script,
                           "popsec"], check=True, capture_output=True, text=True).stdout
    print(f"\nA bare commit takes {re.search(r'latency average = ([0-9.]+)', bare)[1]} ms, one after another.")
    for label, store in [("Unix socket", database.address()), ("0.2 ms", near), ("2 ms", far)]:
        told = subprocess.run([options.bench, "changes", "--store", store, "--keys", keys, "--writers", str(options.writers)],
                              check=True, capture_output=True, text=True).stdout.strip()
        print(f"{label}: {told}")
    print(f"The audit log is verified in {run(options.popsec, 'audit', 'verify', '--store', database.address()):.1f} s.")
    if not bench.isQuiet:
        sys.exit("not to be quoted: others took more than a tenth of the processors")


if __name__ == "__main__":
    main()
