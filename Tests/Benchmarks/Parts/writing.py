"""Changes of many at once, and of one."""

import json
import os
import re
import subprocess
import tempfile
import threading
import time
import uuid

from Parts.report import Table, percentile, shown
from Parts.running import Command


def measure(run):
    with tempfile.TemporaryDirectory(prefix="popsec-bench-") as work:
        return [applying(run, work), adding(run), bulk(run, work)]


def applying(run, work):
    """A security file of many API users: its plan, its effect, and the audit log afterwards."""
    size, store, path = run.size, generated(run, work, "applied", 1), os.path.join(work, "security.json")
    with open(path, "w") as file:
        json.dump({"popsec": 1, "apiUsers": [user(number) for number in range(size.applied)]}, file)
    table = Table(f"{size.applied:,} API users with a team, a grant and a token each", "s", "CPU, s")
    # Of fewer, as in a quick run, as much less is asked.
    part = size.applied / 100_000

    def add(name, command, most):
        table.add(name, command.seconds, command.cpu, aim=f"{most * part:.3g} s",
                  isMet=command.seconds < most * part)

    # 2 says that there is something to do.
    add("`plan`", run.quietly(lambda: run.command("plan", path, "--store", store, expected=(2,))), 3)
    add("`apply`", run.quietly(lambda: run.command("apply", path, "--yes", "--store", store), again=False), 20)
    verified = run.quietly(lambda: run.command("audit", "verify", "--store", store, "-o", "json"))
    count = json.loads(verified.output)["rows"]
    rate = count / verified.seconds
    table.add(f"`audit verify` of {count:,} rows: {rate:,.0f} a second", verified.seconds, verified.cpu,
              aim="500,000 a second", isMet=rate >= 500_000)
    return table


def user(number):
    team = number % 120 + 1
    return {"name": f"Applied {number:06}", "teams": [f"Team {['North', 'South', 'Delta'][team % 3]} {team}"],
            "grants": [{"connector": "Business Central", "roles": ["User"], "companies": ["MX"],
                        "lists": [f"List {number % 40 + 1}"]}],
            "tokens": [{"name": "portal"}]}


def adding(run):
    """One API user more by a command, in the store of the run."""
    def times():
        return [run.command("api-user", "add", f"Added {uuid.uuid4()}", "--store", run.store).seconds * 1_000
                for _ in range(run.size.commands)]

    found = run.quietly(times)
    table = Table(f"{run.size.commands} times in the run's store", "ms p50", "p99", "worst")
    p50 = percentile(found, 0.5)
    table.add("`api-user add`, from the start of the command to its end", p50, percentile(found, 0.99), max(found), aim="40 ms",
              isMet=p50 < 40)
    return table


def bulk(run, work):
    """The same for many, while somebody else writes one change after the other."""
    store = generated(run, work, "bulk", run.size.bulk)
    table = Table(f"`api-user bulk ACTION --all` of {run.size.bulk:,}", "s", "CPU, s",
                  "somebody else's change meanwhile, s at worst")
    most = 30 * run.size.bulk / 500_000
    for words in [["disable"], ["enable"], ["set-expiry", "--expires", "90d"]]:
        def act():
            with Others(run, store) as others:
                return run.command("api-user", "bulk", *words, "--all", "--yes", "--store", store), others

        command, others = run.quietly(act, again=False)
        hasAim = words[0] != "set-expiry"
        worst = max(others.seconds)
        isTold = bool(re.search("others|nobody else", command.output))
        table.add(f"`{words[0]}`", command.seconds, command.cpu,
                  f"{shown(worst)} of {len(others.seconds)}" + (", told before" if isTold else ""),
                  aim=f"{most:.3g} s; 1 s, or told before" if hasAim else "1 s, or told before",
                  isMet=(not hasAim or command.seconds < most) and (worst < 1 or isTold))
    return table


class Others:
    """Somebody who adds one API user after the other."""

    def __init__(self, run, store):
        self.run, self.store, self.seconds, self.isOver = run, store, [], False
        self.thread = threading.Thread(target=self.write)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.isOver = True
        self.thread.join()

    def write(self):
        while not self.isOver:
            began = time.monotonic()
            # That the store was busy for too long is an answer, too.
            subprocess.run([self.run.popsec, "api-user", "add", f"Meanwhile {uuid.uuid4()}", "--store", self.store],
                           capture_output=True)
            self.seconds.append(time.monotonic() - began)


def generated(run, work, name, count):
    store = os.path.join(work, name)
    Command(run.bench, "generate", "--count", str(count), "--store", store)
    return store
