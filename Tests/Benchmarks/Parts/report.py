"""Tables in Markdown whose rows have an aim, and what is said about the machine and the store."""

import os
import platform
import re
import sqlite3
import subprocess
import time

from Parts.processors import CORES


class Trouble(Exception):
    """Why something can't be measured, and what may help."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


class Table:
    """A table with an aim for some of its rows."""

    def __init__(self, *head):
        self.head, self.rows = head, []

    def add(self, *cells, aim="", isMet=None):
        """A row. `isMet` is None where there is no aim, or where it can't be told."""
        verdict = "" if isMet is None else "met" if isMet else "**not met**"
        cells += ("",) * (len(self.head) - len(cells))
        self.rows.append([*cells, aim, verdict])

    def text(self):
        lines = [[*self.head, "aim", ""], *self.rows]
        if not any(row[-2] for row in self.rows):
            lines = [line[:-2] for line in lines]
        lines.insert(1, ["---"] * len(lines[0]))
        return "\n".join("| " + " | ".join(shown(cell) for cell in line) + " |" for line in lines)


def shown(value):
    """A text as it is, and a number with three digits, or all of those before the point."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, int) or value >= 99.5 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def percent(part):
    return f"{part * 100:.0f} %"


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def rows(markdown):
    """The cells of the rows of a table that another program printed, without its head."""
    found = [[cell.strip() for cell in line.strip().strip("|").split("|")]
             for line in markdown.splitlines() if line.startswith("|")]
    return [row for index, row in enumerate(found)
            if not is_rule(row) and not (index + 1 < len(found) and is_rule(found[index + 1]))]


def is_rule(row):
    return all(re.fullmatch(":?-+:?", cell) for cell in row)


def number(text):
    """A number as popsec-bench shows it; None where there is none."""
    found = re.match(r"[\d,]+(\.\d+)?", text)
    return float(found[0].replace(",", "")) if found else None


def machine():
    """The machine, and what it does already."""
    model = re.search(r"model name\s*: (.*)", contents("/proc/cpuinfo"))
    memory = int(re.search(r"MemTotal:\s+(\d+)", contents("/proc/meminfo"))[1]) / 1024 / 1024
    name = re.search(r'^PRETTY_NAME="?([^"\n]*)', contents("/etc/os-release"), re.M)
    load = contents("/proc/loadavg").split()[0]
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {model[1] if model else 'unknown processor'}, {CORES} cores, "
            f"{memory:.0f} GB, {name[1] if name else 'unknown distribution'}, {platform.system()} {platform.release()} "
            f"{platform.machine()}; load {load} before")


def version(popsec):
    """The program by its own words, with the commit of which it was made."""
    told = subprocess.run([popsec, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()
    return re.sub(r"([0-9a-f]{12})[0-9a-f]{28}", r"\1", ", ".join(" ".join(line.split()) for line in told))


class Sizes:
    """What a store holds. Its file is only read."""

    def __init__(self, store):
        path = os.path.join(store, "popsec.db")
        try:
            # Read in one go, so that a large store is not looked through twice.
            database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            count = lambda table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            self.accounts, self.tokens, self.rows = count("account"), count("token"), count("audit")
            database.close()
        except sqlite3.Error as error:
            raise Trouble(f"{store} can't be read as a store: {error}",
                          f"make one: popsec-bench generate --count 1000000 --store {store}") from error
        self.megabytes = os.stat(path).st_size / 1e6

    def text(self):
        return (f"{self.accounts:,} users, {self.tokens:,} tokens, {self.rows:,} rows of the audit log, "
                f"{self.megabytes:,.0f} MB")


def contents(path):
    with open(path) as file:
        return file.read()
