"""What all parts of a run share: the programs, the sizes, and the measuring of what others took."""

import dataclasses
import os
import subprocess
import sys
import tempfile
import time

from Parts.processors import MOST_OTHERS, Processors
from Parts.report import Trouble, percent


@dataclasses.dataclass(frozen=True)
class Size:
    """How much is measured."""

    pairs: int = 5
    # Of each turn.
    seconds: int = 8
    tokens: int = 10_000
    # After which the gate's memory is told.
    requests: int = 10_000_000
    cold_seconds: int = 10
    saving_seconds: int = 600
    # How often each thing is taken away.
    times: int = 1_000
    lines: int = 100_000
    rounds: int = 5
    consoles: int = 20
    # API users that are applied, and those with which something is done at once.
    applied: int = 100_000
    bulk: int = 500_000
    commands: int = 50
    writers: int = 20
    lists: int = 8_000
    tries: int = 3


QUICK = Size(pairs=1, seconds=2, tokens=1_000, requests=200_000, cold_seconds=3, saving_seconds=12, times=20, lines=3_000,
             rounds=1, consoles=5, applied=2_000, bulk=5_000, commands=5, writers=5, tries=1)


class Run:
    def __init__(self, popsec, bench, store, size):
        self.popsec, self.bench, self.store, self.size = popsec, bench, store, size
        self.others = []

    def quietly(self, measure, again=True):
        """What is measured, once more where others took too much of the processors meanwhile, and it can be repeated."""
        for left in reversed(range(self.size.tries if again else 1)):
            processors = Processors()
            found = measure()
            others = processors.others()
            if others > MOST_OTHERS:
                print(f"others took {percent(others)} of the processors{', so once more' if left else ''}", file=sys.stderr)
            else:
                break
        self.others.append(others)
        return found

    def command(self, *words, **options):
        return Command(self.popsec, *words, **options)


class Command:
    """A command that was run from its start to its end: what it took and told."""

    def __init__(self, *words, core=None, expected=(0,)):
        pin = None if core is None else lambda: os.sched_setaffinity(0, {core})
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            began = time.monotonic()
            process = subprocess.Popen(words, stdout=output, stderr=errors, preexec_fn=pin)
            _, status, use = os.wait4(process.pid, 0)
            self.seconds = time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            # What the system says of its memory counts this process, from which it was made (getrusage(2)).
            self.cpu = use.ru_utime + use.ru_stime
            output.seek(0)
            errors.seek(0)
            self.output, told = output.read().decode(), errors.read().decode()
        if process.returncode not in expected:
            told = " ".join(told.strip().splitlines()[-3:])
            raise Trouble(f"{os.path.basename(words[0])} {words[1]} ended with {process.returncode}: {told}",
                          "each part can be run alone by --only")
