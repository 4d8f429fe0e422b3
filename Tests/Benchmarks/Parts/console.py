"""The console's keys beside those of other programs, and what many consoles take."""

import json
import os
import statistics
import subprocess
import tempfile
import threading
import time

from Gate.pairs import names
from Parts.report import Sizes, Table, Trouble, number, rows
from Parts.running import Command
from Parts.terminal import Terminal

PEERS = ["less", "nnn", "tig", "mc"]
PAGE = 12
# Seconds after which a console that nobody used has given memory back.
REST = 12
# Milliseconds or bytes: of the first number, and of the second where there is one.
AIMS = {
    "start to first complete screen, ms": (15,), "start to first complete screen, bytes": (4_000,),
    "`j` within the page, ms p50 / p99": (0.5, 1.5), "`j` within the page, bytes p50": (220,), "page down, ms p50 / p99": (0.8,),
    "page down, bytes p50": (2_000,), "filter, rows of a letter, ms p50 / max": (None, 10),
    "idle for 3 s, bytes": (0,), "peak memory, MB": (30,),
}


def measure(run):
    with tempfile.TemporaryDirectory(prefix="popsec-bench-") as work:
        return [keys(run, work), ours(run, work), granting(run, work)]


def keys(run, work):
    """popsec-bench plays the keys, in each round all programs in turn. The run's store counts as the one it would make."""
    count = Sizes(run.store).accounts
    os.symlink(run.store, os.path.join(work, f"store-{count}"))
    output = run.quietly(lambda: Command(
        run.bench, "run", "--count", str(count), "--runs", str(run.size.rounds), "--against", ",".join(PEERS), "--folder", work,
        "--popsec", run.popsec)).output
    # A table of calls of the store within the process follows.
    first = output[output.index("|"):].partition("\n\n")[0]
    programs = [cell.strip() for cell in first.splitlines()[0].strip("|").split("|")][2:]
    table = Table("80x24, warm", *programs)
    subject = ""
    for name, _, *cells in rows(first):
        # A row whose name begins with … continues the one above.
        name, subject = (f"{subject},{name[1:]}", subject) if name.startswith("…") else (name, name.rpartition(", ")[0])
        limits = AIMS.get(name, ())
        # The first program is the main menu, and the second one the list.
        values = [number(part) for part in cells[0 if name.startswith("start") else 1].split(" / ")]
        aims = [(value, limit) for value, limit in zip(values, limits) if limit is not None and value is not None]
        table.add(name, *cells, aim=" / ".join("–" if limit is None else f"{limit:,}" for limit in limits),
                  isMet=all(value <= limit for value, limit in aims) if aims else None)
    return table


class Console(Terminal):
    """popsec on the list of API users, or at another place of a store."""

    def __init__(self, run, work, store, place="security/api-users"):
        folder = os.path.join(work, "state/popsec")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "place.json"), "w") as file:
            json.dump({store: place}, file)
        super().__init__([run.popsec, "--resume"], {
            "HOME": work, "XDG_STATE_HOME": os.path.join(work, "state"), "POPSEC_STORE": store, "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "PATH": os.environ["PATH"],
            **{name: os.environ[name] for name in ["POPSEC_KEYS"] if name in os.environ}})
        if self.read(0.4)[0] is None:
            raise Trouble("the console shows nothing", f"POPSEC_STORE={store} {run.popsec} --resume")


def ours(run, work):
    table = Table("popsec in the list of API users", "")

    def add(name, value, most, words=None):
        table.add(name, value, aim=words or str(most), isMet=value < most)

    with Console(run, work, run.store) as console:
        add("CPU of all threads for a `j` or `k`, ms", run.quietly(lambda: used(console, "j", "k")), 0.2)
        table.add("CPU of all threads for a page down or up, ms", run.quietly(lambda: used(console, "\x1b[6~", "\x1b[5~")))

        def idle():
            before = console.wakeups()
            console.read(10, 10)
            return (console.wakeups() - before) / 10

        add("wake-ups of all threads while idle, a second", run.quietly(idle), 1)
        late = run.quietly(lambda: [lateness(run, console) for _ in range(run.size.rounds)])
        add("another's change is on the screen, s after its command, at worst", max(late), 1)
    consoles = []
    try:
        for _ in range(run.size.consoles):
            consoles.append(Console(run, work, run.store))
        for seconds in [0, REST]:
            time.sleep(seconds)
            add(f"{len(consoles)} consoles at once, left alone for {seconds} s, MB (PSS)",
                sum(console.proportional() for console in consoles), 120 * len(consoles) / 20)
    finally:
        for console in consoles:
            console.__exit__()
    return table


def used(console, there, back):
    """The CPU of a key in ms, without what goes on by itself."""
    before, began = console.cpu(), time.monotonic()
    count = 0
    for _ in range(10):
        for key in [there] * PAGE + [back] * PAGE:
            console.press(key)
            count += 1
    taken, lasted = console.cpu() - before, time.monotonic() - began
    before = console.cpu()
    console.read(3, 3)
    return max(0.0, taken - (console.cpu() - before) / 3 * lasted) / count


def lateness(run, console):
    """The seconds from the end of a command that changes the first row until the console shows it."""
    name = names(run, 1)[0]
    console.press("g", silence=0.3)
    came = []
    reading = threading.Thread(target=lambda: came.append(console.read(0.2, 10)[0]))
    reading.start()
    user = json.loads(run.command("api-user", "show", name, "--store", run.store, "-o", "json").output)
    run.command("api-user", "disable" if user["enabled"] else "enable", name, "--store", run.store)
    ended = time.monotonic()
    reading.join()
    run.command("api-user", "enable" if user["enabled"] else "disable", name, "--store", run.store)
    console.read(1, 2)
    if came[0] is None:
        raise Trouble("the console does not show another's change within 10 s", f"of {name}, the first row")
    return max(0.0, came[0] - ended)


def granting(run, work):
    """Filtering the lists of a connector that has very many, on the page that grants them."""
    store, path = os.path.join(work, "granting"), os.path.join(work, "granting.json")
    subprocess.run([run.bench, "generate", "--count", "10", "--store", store], check=True, stderr=subprocess.DEVNULL)
    lists = [{"name": f"{word} {number:05}", "group": f"Group {number % 20}"} for number in range(run.size.lists // 4)
             for word in ["Sales Orders", "Ware", "Köln Ledger", "Report"]]
    with open(path, "w") as file:
        grant = {"connector": "Large", "roles": ["User"], "companies": ["MX"], "lists": [lists[0]["name"]]}
        json.dump({"popsec": 1, "apiUsers": [{"name": "Granted", "grants": [grant]}],
                   "catalogue": {"connectors": [{"name": "Large", "companies": ["MX"], "lists": lists}]}}, file)
    run.command("apply", path, "--yes", "--store", store)
    account = json.loads(run.command("api-user", "show", "Granted", "--store", store, "-o", "json").output)["id"]
    found = json.loads(run.command("catalogue", "list", "--store", store, "-o", "json").output)
    connector = next(thing["id"] for thing in found["connectors"] if thing["name"] == "Large")
    times = []
    with Console(run, work, store, f"security/api-users/{account}/connector/{connector}/lists") as console:
        def filtering():
            for text in ["ware", "000", "köln", "order"]:
                console.press("/", silence=0.25)
                for letter in text:
                    times.append(console.press(letter, silence=0.25))
                console.press("\x1b", silence=0.25)

        for _ in range(run.size.rounds):
            run.quietly(filtering, again=False)
    times = [time for time in times if time is not None]
    table = Table(f"granting among {len(lists):,} lists, {len(times)} letters", "ms p50", "worst")
    table.add("a letter of the filter", statistics.median(times), max(times), aim="10 at worst", isMet=max(times) < 10)
    return table
