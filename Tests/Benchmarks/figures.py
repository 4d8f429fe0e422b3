#!/usr/bin/env python3
"""Measures popsec beside its peers, and prints the tables of Resources/docs/figures.md.

    figures.py POPSEC POPSEC-BENCH STORE [--only gate,cold,…] [--quick] [--even-busy]

POPSEC and POPSEC-BENCH are static release builds, STORE is a folder of `popsec-bench generate`. STORE is changed: it gets
widgets, saves of an administrator, and some API users.

What others take of the processors is measured with each figure. Where it is more than a tenth, the figure is taken again;
where that does not help, the part is refused, and the run ends with 1. With --even-busy its tables are printed, with a mark.

parts:
"""

import argparse
import os
import resource
import shutil
import signal
import sys
import time

# The folders are a part of the Swift package, which would wonder about compiled Python.
sys.dont_write_bytecode = True

from Gate import database
from Parts import console, counts, deciding, gate, revocation, writing
from Parts.processors import MOST_OTHERS, Processors
from Parts.report import Sizes, Trouble, machine, percent, version
from Parts.running import QUICK, Run, Size


class Part:
    def __init__(self, title, measure, minutes, needs=(), isSteady=False):
        self.title, self.measure, self.minutes, self.needs = title, measure, minutes, needs
        # Whether its figures are the same whatever others do.
        self.isSteady = isSteady


PARTS = {
    "gate": Part("The gate beside its peers", gate.measure, 9, ["nginx", "wrk"]),
    "cold": Part("The gate from cold, and while people work", gate.cold, 12, ["nginx", "wrk"]),
    "revocation": Part("From commit to denial", revocation.measure, 4),
    "batch": Part("check --batch", deciding.batch, 3),
    "decide": Part("decide()", deciding.decide, 1),
    "console": Part("The console", console.measure, 6),
    "writing": Part("Writing", writing.measure, 8),
    "database": Part("The store in PostgreSQL", database.measure, 12, ["nginx", "wrk", f"{database.BIN}/postgres"]),
    "instructions": Part("Instructions", counts.measure, 10, ["valgrind"], isSteady=True),
}


def main():
    options = arguments()
    chosen = [name for name in PARTS if name in options.only]
    check(options, chosen)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    print(f"{machine()}. {version(options.popsec)}. The store: {Sizes(options.store).text()}.\n", flush=True)
    refused = 0
    for name in chosen:
        run = Run(options.popsec, options.bench, options.store, QUICK if options.quick else Size())
        refused += not tell(PARTS[name], run, options)
    if refused:
        print(f"figures: {refused} of {len(chosen)} parts can't be quoted\n"
              f"hint: run them by --only{' without --quick' if options.quick else ''} when the machine does nothing else",
              file=sys.stderr)
    sys.exit(1 if refused else 0)


def arguments():
    parts = "\n".join(f"  {name:14}{part.title}, about {part.minutes} minutes" for name, part in PARTS.items())
    parser = argparse.ArgumentParser(description=__doc__ + parts, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("popsec")
    parser.add_argument("bench")
    parser.add_argument("store")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(PARTS), metavar="PARTS",
                        help="some of the parts, with commas between")
    parser.add_argument("--quick", action="store_true", help="try out whether all of it works: the figures say little")
    parser.add_argument("--even-busy", action="store_true", help="print the tables of a busy machine, too, with a mark")
    options = parser.parse_args()
    options.popsec, options.bench, options.store = map(os.path.abspath, [options.popsec, options.bench, options.store])
    return options


def check(options, chosen):
    """What would end the run later is told at once."""
    for name in options.only:
        if name not in PARTS:
            raise Trouble(f"there is no part “{name}”", f"the parts are {', '.join(PARTS)}")
    for program in [options.popsec, options.bench]:
        if not os.access(program, os.X_OK) or os.path.isdir(program):
            raise Trouble(f"{program} is no program", "swift build -c release --static-swift-stdlib makes it")
    for name in chosen:
        missing = [tool for tool in PARTS[name].needs if not shutil.which(tool)]
        if missing:
            raise Trouble(f"the part {name} needs {' and '.join(missing)}", "install them, or leave it out by --only")


def tell(part, run, options):
    """Measures a part and prints its tables. Tells whether they can be quoted."""
    print(f"## {part.title}\n", flush=True)
    began, whole = time.monotonic(), Processors()
    try:
        tables = part.measure(run)
    except Trouble as trouble:
        print(f"**Failed:** {trouble}\n", flush=True)
        print(f"figures: {trouble}\nhint: {trouble.hint}", file=sys.stderr)
        return False
    others = max(run.others, default=whole.others())
    took = f"Others took at most {percent(others)} of the processors; it took {time.monotonic() - began:.0f} s."
    isQuotable = part.isSteady or others <= MOST_OTHERS
    if not isQuotable and not options.even_busy:
        print(f"**Refused:** others took {percent(others)} of the processors, and {percent(MOST_OTHERS)} at most are let pass.\n",
              flush=True)
        return False
    marks = [] if isQuotable else [f"others took {percent(others)} of the processors"]
    marks += ["this was a quick run"] if options.quick else []
    for table in tables:
        if marks:
            print(f"**Not to be quoted:** {', and '.join(marks)}.\n")
        print(table.text() + "\n")
    print(took + (" These counts don't depend on that." if part.isSteady else "") + "\n", flush=True)
    return isQuotable and not options.quick


if __name__ == "__main__":
    # Whoever is ended ends what it started.
    for number in [signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        main()
    except Trouble as trouble:
        print(f"figures: {trouble}\nhint: {trouble.hint}", file=sys.stderr)
        sys.exit(64)
    except KeyboardInterrupt:
        sys.exit(130)
