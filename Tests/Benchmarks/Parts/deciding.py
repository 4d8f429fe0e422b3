"""Checks in batches, and decide() by itself."""

import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

from Gate.pairs import names
from Parts.report import Table, Trouble, number, percent, rows
from Parts.running import Command

CORE = 0
# Distinct questions.
FEW = 200


def batch(run):
    """A third of the lines is allowed, and the others are denied with their fix."""
    with tempfile.TemporaryDirectory(prefix="popsec-bench-") as work:
        mixed, allowed = mixture(run, work)
        checks = [run.quietly(lambda: check(run, write(work, mixed))) for _ in range(run.size.rounds)]
        table = Table("on one core", "lines a second, median", "of all", "CPU a line, µs")
        rate = statistics.median(len(mixed) / found.seconds for found in checks)
        table.add(f"{len(mixed):,} mixed lines, {percent(1 - allowed)} denied with their fixes", rate,
                  spread(len(mixed) / found.seconds for found in checks), micros(checks, len(mixed)),
                  aim="50,000", isMet=rate >= 50_000)

        few = write(work, [mixed[index % FEW] for index in range(len(mixed) * 10)])
        found = [run.quietly(lambda: warm_rate(run, few)) for _ in range(run.size.rounds)]
        rate = statistics.median(found)
        table.add(f"{FEW} questions again and again, after the first second", rate, spread(found), aim="150,000",
                  isMet=rate >= 150_000)
        return [table]


def mixture(run, work):
    """Lines about random API users in a random order, and which part of them is allowed: a third, where the store has enough."""
    subprocess.run([run.bench, "gate-targets", "--store", run.store, "--count", "1", "--lua", os.path.join(work, "targets")],
                   check=True, stdout=sys.stderr)
    chance = random.Random(1)
    everybody = names(run, None)
    connectors = ["Business Central", "Salesforce", "Warehouse"]
    lines = []
    for _ in range(run.size.lines * 6):
        line = {"apiUser": chance.choice(everybody)}
        kind = chance.randrange(4)
        if kind < 2:
            line["widget"] = f"Widget {chance.randrange(3)}"
        else:
            line.update(api=True, connector=chance.choice(connectors), list=f"List {chance.randrange(1, 41)}")
        if kind % 2:
            line["company"] = chance.choice(["MX", "US", "CA", "ES"])
        lines.append(json.dumps(line, ensure_ascii=False))
    answers = [json.loads(line).get("decision") for line in check(run, write(work, lines)).output.splitlines()]
    allowed = [line for line, answer in zip(lines, answers) if answer == "allow"][:run.size.lines // 3]
    denied = [line for line, answer in zip(lines, answers) if answer == "deny"][:run.size.lines - len(allowed)]
    chosen = allowed + denied
    chance.shuffle(chosen)
    return chosen, len(allowed) / len(chosen)


def write(work, lines):
    path = os.path.join(work, "lines")
    with open(path, "w") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def check(run, path):
    return run.command("check", "--batch", path, "--store", run.store, core=CORE)


def warm_rate(run, path):
    """Lines a second, without those of the first second, in which the caches warm; of a shorter run its second half."""
    began, times = time.monotonic(), []
    process = subprocess.Popen([run.popsec, "check", "--batch", path, "--store", run.store], stdout=subprocess.PIPE,
                               preexec_fn=lambda: os.sched_setaffinity(0, {CORE}))
    answered = 0
    while text := os.read(process.stdout.fileno(), 1 << 20):
        answered += text.count(b"\n")
        times.append((time.monotonic() - began, answered))
    if process.wait() or not answered:
        raise Trouble(f"check --batch ended with {process.returncode}, after {answered:,} lines", "its own words are above")
    end = times[-1][0]
    first, before = next(((moment, count) for moment, count in times if moment >= min(1, end / 2)), times[0])
    return (answered - before) / max(end - first, 1e-6)


def spread(rates):
    found = [f"{rate:,.0f}" for rate in rates]
    return ", ".join(found) if len(found) > 1 else ""


def micros(commands, count):
    return statistics.median(command.cpu for command in commands) / count * 1e6


def decide(run):
    """decide() alone by popsec-bench, and the same policies in other engines where Python has them."""
    aims = {"5 teams": (1_000, 3), "999 teams": (50_000, None)}
    output = run.quietly(lambda: Command(run.bench, "decide", "--store", run.store)).output
    alone, through = Table("`decide()` alone", "ns p50", "ns p99", "allocations"), Table("through the store", "µs")
    for name, *told in rows(output):
        if len(told) == 1:
            through.add(name, *map(number, told))
            continue
        p50, p99, count = map(number, told)
        most, allocations = next((aim for words, aim in aims.items() if f"in {words} " in name), (None, None))
        alone.add(name, p50, p99, int(count), aim="" if most is None else f"{most:,} ns" + (
            f", {allocations} allocations" if allocations else ""),
                  isMet=None if most is None else p50 < most and (allocations is None or count <= allocations))
    tables = [alone, through]
    if all(importlib.util.find_spec(name) for name in ["casbin", "cedarpy"]):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Deciding/others.py")
        others = Table("policies", "casbin, µs p50", "p99", "cedarpy, µs p50", "p99")
        for row in rows(run.quietly(lambda: Command(sys.executable, path)).output):
            others.add(*row)
        tables.append(others)
    return tables
