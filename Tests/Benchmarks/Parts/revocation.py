"""How soon the gate denies what was taken away."""

import json
import os
import socket
import subprocess
import threading
import time

from Gate.pairs import Bench
from Parts.report import Table, Trouble, number, rows
from Parts.running import Command


def measure(run):
    with Bench(run) as bench:
        bench.targets()
        bench.gate()
        output = run.quietly(lambda: Command(
            run.bench, "revocation", "--store", run.store, "--socket", bench.path("gate.sock"), "--times",
            str(run.size.times))).output
        table = Table(f"taken away, {run.size.times:,} times", "from commit to denial, ms p50", "p99", "worst",
                      "let through after the commit")
        for name, p50, p99, worst, late in rows(output):
            milliseconds = [number(cell) / 1_000 for cell in (p50, p99, worst)]
            table.add(words(name), *milliseconds, int(late), aim="p99 2 ms; 0", isMet=milliseconds[1] < 2 and late == "0")
    return [table, at_once(run)]


def words(name):
    """The name of a part as words: `tokenDisabled` is a token, disabled."""
    return "".join(f", {letter.lower()}" if letter.isupper() else letter for letter in name)


def at_once(run):
    """What puts a whole store back, or another one in its place, in a small store of its own."""
    table = Table("taken away at once", "the command, s", "from its start to denial, s", "from its end to denial, ms")
    with Bench(run) as bench:
        store, backup, lua = bench.path("store"), bench.path("backup"), bench.path("targets.lua")
        subprocess.run([run.bench, "generate", "--count", "2000", "--store", store], check=True, stderr=subprocess.DEVNULL)
        Command(run.bench, "gate-targets", "--store", store, "--count", "1", "--lua", lua)
        with open(lua) as file:
            target = next(line for line in file if line.startswith('"')).split('"')[1]
        user, token = whose(run, store, target.partition("token=")[2])
        run.command("token", "disable", user, token, "--store", store)
        run.command("backup", "--output", backup, "--store", store)
        subprocess.run(["cp", "-a", store, bench.path("other")], check=True)
        run.command("token", "enable", user, token, "--store", store)
        bench.gate(store=store)

        def told(name, take):
            with Asking(bench.path("gate.sock"), target) as asking:
                began = time.monotonic()
                take()
                ended = time.monotonic()
                denied = asking.wait()
            table.add(name, ended - began, denied - began, max(0.0, denied - ended) * 1_000)

        run.quietly(lambda: told("`restore --replace` of a backup in which the token is disabled", lambda: run.command(
            "restore", backup, "--replace", "--yes", "--store", store)), again=False)
        run.command("token", "enable", user, token, "--store", store)

        def replace():
            os.rename(store, bench.path("was"))
            os.rename(bench.path("other"), store)

        run.quietly(lambda: told("another store in its place, by two renames", replace), again=False)
    return table


def whose(run, store, token):
    """The names of the API user and of the token, as popsec tells them."""
    found = json.loads(subprocess.run([run.popsec, "token", "whois", "--store", store, "-o", "json"], input=token,
                                      capture_output=True, text=True, check=True).stdout)
    return found["account"], found["name"]


class Asking:
    """Asks the gate again and again, until it denies."""

    def __init__(self, path, target):
        self.gate = socket.socket(socket.AF_UNIX)
        self.gate.connect(path)
        self.request = (f"GET /auth/nginx HTTP/1.1\r\nHost: gate\r\nX-Original-URI: {target}\r\nX-Original-Method: GET\r\n"
                        "X-Original-Host: bench.example.com\r\nX-Real-IP: 10.1.2.3\r\n\r\n").encode()
        self.denied = None
        self.thread = threading.Thread(target=self.ask, daemon=True)
        if not self.is_allowed():
            raise Trouble("the gate denies a token that should open a widget", "the store of this part was made by popsec-bench")

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join(60)
        self.gate.close()

    def wait(self):
        self.thread.join(60)
        if self.denied is None:
            raise Trouble("the gate still lets a token through a minute after it was taken away", "that is an error of the gate")
        return self.denied

    def ask(self):
        while self.is_allowed():
            pass
        self.denied = time.monotonic()

    def is_allowed(self):
        self.gate.sendall(self.request)
        return self.gate.recv(65_536).startswith(b"HTTP/1.1 200 ")
