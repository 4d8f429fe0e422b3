"""A program on a pseudo-terminal, looked at from outside."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

COLUMNS, ROWS = 80, 24


class Terminal:
    """A program in a session of its own, which ends with the `with`."""

    def __init__(self, words, environment):
        self.process, self.master = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(words[0], words, environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.process, signal.SIGHUP)
        os.close(self.master)
        os.waitpid(self.process, 0)

    def read(self, silence, patience=20):
        """Reads until nothing comes for so many seconds. Tells when the first and the last byte came, and how many there were."""
        first = last = None
        count, wait = 0, patience
        while select.select([self.master], [], [], wait)[0]:
            try:
                count += len(os.read(self.master, 65_536))
            except OSError:
                break
            last, wait = time.monotonic(), silence
            first = first or last
        return first, last, count

    def press(self, key, silence=0.03, patience=1):
        """The milliseconds until the last byte that a key caused; None where it caused none."""
        began = time.monotonic()
        os.write(self.master, key.encode())
        _, last, _ = self.read(silence, patience)
        return last and (last - began) * 1_000

    def threads(self, file):
        """The texts of a file of each thread."""
        folder, found = f"/proc/{self.process}/task", []
        for thread in os.listdir(folder):
            try:
                with open(f"{folder}/{thread}/{file}") as text:
                    found.append(text.read())
            except OSError:
                # A thread may end meanwhile.
                continue
        return found

    def cpu(self):
        """The milliseconds of processor time that its threads took."""
        return sum(int(text.split()[0]) for text in self.threads("schedstat")) / 1e6

    def wakeups(self):
        """How often its threads waited, each of which ended with a wake-up."""
        return sum(int(line.split()[1]) for text in self.threads("status") for line in text.splitlines()
                   if line.startswith("voluntary_ctxt_switches"))

    def proportional(self):
        """Its memory in MB, where what several processes share counts as parts (PSS)."""
        with open(f"/proc/{self.process}/smaps_rollup") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024
