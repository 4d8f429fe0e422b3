"""The instructions of what is done most, beside the counts that are kept."""

import os
import re

from Parts.report import Table, Trouble
from Parts.running import Command

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../instructions.sh")


def measure(run):
    # It ends with 1 where a count is too great, which the table says, too.
    output = Command(SCRIPT, run.popsec, run.bench, expected=(0, 1)).output
    found = re.findall(r"^(.*): (\d+), kept (\d+), (\S+) %$", output, re.M)
    if not found:
        raise Trouble("instructions.sh counted nothing", f"{SCRIPT} {run.popsec} {run.bench} says why")
    table = Table("", "instructions", "kept", "difference")
    for name, count, kept, difference in found:
        # The script's own parts: time passes while the console's keys are pressed.
        part = 25 if name.startswith("console") else 5
        table.add(name, int(count), int(kept), f"{difference} %", aim=f"at most {part} % more", isMet=float(difference) <= part)
    return [table]
