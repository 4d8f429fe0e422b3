"""A store in PostgreSQL beside the same store in a folder, in alternating turns of one run.

The part makes a PostgreSQL server of its own in a temporary folder (as the account postgres, where it is run by root), with
the settings of Debian's package. A round trip to it is that of a Unix socket, or 0.2 or 2 ms through a relay.
"""

import os
import re
import shutil
import statistics
import subprocess
import time

from Gate.pairs import Bench, cells, memory, names, shares
from Parts.console import Console
from Parts.report import Table, number, percent
from Parts.running import Command

BIN = "/usr/lib/postgresql/15/bin"
# Of the rate of the store in a folder: by connections and store (issue 23).
KEPT = {(32, "in PostgreSQL, 0.2 ms"): 0.9, (16, "in PostgreSQL, 0.2 ms"): 0.7}


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
        self.bench.start(self.bench.run.bench, "relay", "--listen", str(port), "--to",
                         os.path.join(self.folder, ".s.PGSQL.5432"), "--delay", str(microseconds), port=port)
        return self.address(port)


def measure(run):
    with Bench(run) as bench:
        bench.targets()
        database = Database(bench, bench.path("postgres"))
        address, keys = database.address(), os.path.join(run.store, "keys")
        # Commands read the keys of the folder for the database, too.
        before = os.environ.get("POPSEC_KEYS")
        os.environ["POPSEC_KEYS"] = keys
        try:
            copying = copied(run, address)
            near, far = database.relay(18201, 100), database.relay(18202, 1_000)
            tables = gates(run, bench, [("in a folder", run.store, 18181), ("in PostgreSQL, Unix socket", address, 18182),
                                        ("in PostgreSQL, 0.2 ms", near, 18183)])
            places = [("Unix socket", address), ("0.2 ms", near), ("2 ms", far)]
            everywhere = [("in a folder", run.store), *places]
            tables += [keys_pressed(run, bench, everywhere), commands(run, everywhere),
                       changes(run, bench, database, keys, places)]
            verified = run.quietly(lambda: run.command("audit", "verify", "--store", address))
            copying.add("`audit verify` of the copy", verified.seconds)
            return [copying, *tables]
        finally:
            del os.environ["POPSEC_KEYS"]
            if before is not None:
                os.environ["POPSEC_KEYS"] = before


def copied(run, address):
    table = Table("", "s")
    for name, words in [("`store copy` of the folder into the database", "copy"), ("`store compare` of both", "compare")]:
        command = run.quietly(lambda: run.command("store", words, run.store, address), again=False)
        table.add(name, command.seconds)
    return table


def gates(run, bench, stores):
    """The gates on all stores, warm, with two numbers of connections."""
    running, first = [], {}
    for name, store, port in stores:
        running.append(bench.gate_at_port(port, store))
        # Asks until each token was decided once: each turn begins with the first token.
        first[name] = bench.ask(port, "direct", seconds=3).rate
        bench.ask(port, "direct", seconds=min(120, 5 + round(1.3 * run.size.tokens / max(first[name], 1))))
    tables = []
    for count in [32, 16]:
        bench.connections = count
        turns = bench.alternate([(name, port, "direct") for name, _, port in stores])
        table = Table(f"the gate alone, {count} connections", "requests a second, median", "of all", "p99, ms", "not 2xx",
                      "of the store in a folder")
        for name, _, _ in stores:
            share, told = shares(turns, name, stores[0][0])
            least = KEPT.get((count, name))
            table.add(name, *cells(turns[name]), f"{percent(share)} ({told})", aim=percent(least) if least else "",
                      isMet=share >= least if least else None)
        tables.append(table)
        for (_, _, port), gate, row in zip(stores, running, table.rows):
            row.insert(-2, gate_time(run, bench, port, gate))
        table.head += ("the gate's processor time a request, µs",)
    more = Table("", "the first 3 s, requests a second", "memory at the end, MB")
    for (name, _, _), gate in zip(stores, running):
        more.add(name, first[name], memory(gate))
        bench.stop(gate)
    return [*tables, more]


def gate_time(run, bench, port, gate):
    def asked():
        before = processor_seconds(gate)
        count = bench.ask(port, "direct").count
        return (processor_seconds(gate) - before) / count * 1e6

    return run.quietly(asked)


def processor_seconds(process):
    folder, nanoseconds = f"/proc/{process.pid}/task", 0
    for thread in os.listdir(folder):
        with open(f"{folder}/{thread}/schedstat") as text:
            nanoseconds += int(text.read().split()[0])
    return nanoseconds / 1e9


def keys_pressed(run, bench, places):
    """Keys in the list of API users, from the key to the last byte that follows it. A filter's number of names comes long after
    the letter is drawn, so that its end is a longer silence."""
    table = Table("a key in the list of API users, ms p50 / worst", *[name for name, _ in places])
    consoles = [Console(run, bench.path(""), store) for _, store in places]
    try:
        for subject, before, keys, after, silence in [
                ("one row down", ["g"], ["j"] * 12, [], 0.1), ("a page down", ["g"], ["\x1b[6~"] * 12, [], 0.1),
                ("the last row", ["g"], ["G"], [], 0.1),
                ("a letter of the filter, with the number of names", ["/"], list("mex"), ["\x1b"], 1.5),
                ("the same where nothing is found", ["/"], list("qx"), ["\x1b"], 1.5)]:
            def pressed(console):
                times = []
                for _ in range(run.size.rounds):
                    for key in before:
                        console.press(key, silence=0.4)
                    times += [console.press(key, silence) for key in keys]
                    for key in after:
                        console.press(key, silence=0.4)
                times = [time for time in times if time is not None]
                return f"{statistics.median(times):.1f} / {max(times):.1f}"

            table.add(subject, *[run.quietly(lambda: pressed(console)) for console in consoles])
    finally:
        for console in consoles:
            console.__exit__()
    return table


def commands(run, places):
    table = Table("a command, from its start to its end, ms", *[name for name, _ in places])
    name = names(run, 1)[0]
    for words in [["api-user", "show", name], ["find", name], ["token", "list", name],
                  ["api-user", "describe", name, "--note", "measured"], ["audit", "list"]]:
        def times():
            return [statistics.median(run.command(*words, "--store", store).seconds for _ in range(5)) * 1_000
                    for _, store in places]

        table.add(f"`{' '.join(words).replace(name, 'NAME')}`", *run.quietly(times))
    return table


def changes(run, bench, database, keys, places):
    """Many writers at once: one audit chain is one commit after another."""
    table = Table(f"{run.size.writers} writers at once", "changes a second", "ms p50", "p99", "failed")
    script = bench.write("commit.sql", "SELECT pg_logical_emit_message(true, 'bench', 'commit');\n")
    bare = run.quietly(lambda: Command(f"{BIN}/pgbench", "-n", "-h", database.folder, "-U", "popsec", "-c", "1", "-T", "5", "-f",
                                       script, "popsec")).output
    latency = float(re.search(r"latency average = ([0-9.]+)", bare)[1])
    table.add("one writer, only commits, without popsec", 1_000 / latency, latency)
    for name, store in places:
        told = run.quietly(lambda: Command(run.bench, "changes", "--store", store, "--keys", keys, "--writers",
                                           str(run.size.writers))).output
        found = re.search(r"changes, (\S+) a second; (\S+) ms p50, (\S+) ms p99; failed (\d+)", told)
        rate, p50, p99 = map(number, found.groups()[:3])
        isAsked = name != "2 ms"
        table.add(name, rate, p50, p99, int(found[4]), aim="300" if isAsked else "",
                  isMet=rate >= 300 and found[4] == "0" if isAsked else None)
    return table
