"""What others than this run took of the processors' time."""

import os
import time

TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
# A figure is not to be quoted where others took more.
MOST_OTHERS = 0.10
# Seconds.
SHORTEST = 1.0


class Processors:
    """The time of the processors that others took since this was made."""

    def __init__(self):
        self.began, self.busy, self.own = time.monotonic(), self._busy(), self._own()

    def others(self):
        # In a shorter time the kernel's ticks would say little. What others do then, they did before, too.
        time.sleep(max(0.0, SHORTEST - (time.monotonic() - self.began)))
        elapsed = time.monotonic() - self.began
        ticks = (self._busy() - self.busy) - (self._own() - self.own)
        return min(1.0, max(0.0, ticks / TICK / elapsed / CORES))

    @staticmethod
    def _busy():
        # Work of the network's interrupts is not counted, because nobody can tell for whom it is done.
        with open("/proc/stat") as file:
            user, nice, system, _, _, _, _, steal = map(int, file.readline().split()[1:9])
        return user + nice + system + steal

    @staticmethod
    def _own():
        """The ticks of this process, of those that descend from it and run, and of those that have ended."""
        parents, ticks = {}, {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry)] = int(fields[1])
            # Those of children that have ended, too: a server may start others for a while.
            ticks[int(entry)] = sum(map(int, fields[11:15]))
        ours = {os.getpid()}
        while True:
            more = {pid for pid, parent in parents.items() if parent in ours} - ours
            if not more:
                return sum(ticks.get(pid, 0) for pid in ours)
            ours |= more
