"""The gate beside its peers: warm, from cold, and while an administrator saves."""

import shutil

from Gate.pairs import Bench, cells, memory, shares
from Parts.report import Table, percent

OTHER, OWN, ALONE = "nginx, `auth_request` to a second nginx", "nginx, `auth_request` to the gate", "the gate alone"
HEAD = ["requests a second, median", "of all", "p99, ms", "not 2xx"]


def measure(run):
    with Bench(run) as bench:
        bench.targets()
        bench.nginx()
        gate, alone = bench.gate(), bench.gate_at_port(18181)
        ways = [("nginx alone, `return 204`", 18080, "proxy"), (OTHER, 18081, "proxy"), (OWN, 18082, "proxy"),
                (ALONE, 18181, "direct")]
        if shutil.which("haproxy"):
            bench.gate("haproxy.sock")
            bench.haproxy("haproxy.sock")
            ways += [("HAProxy before nginx", 18090, "proxy"), ("HAProxy with the gate", 18091, "proxy")]
        if shutil.which("caddy"):
            bench.gate("caddy.sock")
            bench.caddy("caddy.sock")
            ways += [("Caddy before nginx", 18092, "proxy"), ("Caddy with the gate", 18093, "proxy")]
        for _, port, via in ways:
            bench.ask(port, via, seconds=3)
        turns = bench.alternate(ways)
        table = Table("", *HEAD)
        for name, _, _ in ways:
            found = cells(turns[name])
            if name == ALONE:
                table.add(name, *found, aim="60,000; 3 ms", isMet=found[0] >= 60_000 and found[2] < 3)
            else:
                table.add(name, *found)
            if name == OWN:
                share, all_shares = shares(turns, OWN, OTHER)
                table.add("… of the second nginx, pair by pair", percent(share), all_shares, aim="90 %", isMet=share >= 0.9)
        return [table, after_many(run, bench, gate, alone, sum(turn.count for turn in turns[ALONE]))]


def after_many(run, bench, gate, alone, answered):
    """The memory of two gates. The one that is asked directly is asked on until it has answered enough."""
    table = Table("", "resident, MB")
    while answered < run.size.requests:
        answered += bench.ask(18181, "direct", seconds=min(30, run.size.seconds * 5)).count
    megabytes = memory(alone)
    table.add(f"{ALONE}, after {answered:,} requests", megabytes, aim="70", isMet=megabytes < 70)
    table.add("the gate behind nginx", memory(gate))
    return table


def cold(run):
    """The first seconds of a gate, and those in which others work."""
    with Bench(run) as bench:
        bench.targets()
        bench.nginx()

        def start():
            gate = bench.gate("cold.sock")
            found = [bench.ask(18086, seconds=run.size.cold_seconds) for _ in range(2)]
            bench.stop(gate)
            return found

        first, second = run.quietly(start)
        bench.gate()
        bench.ask(18082, seconds=run.size.cold_seconds)
        before = bench.turn(18082)
        saving = bench.while_saving(18082, run.size.saving_seconds)
        table = Table("behind nginx", *HEAD)

        def add(name, turn, warm):
            table.add(name, *cells([turn]), aim=f"{warm / 2:,.0f} (half of the warm rate); 20 ms",
                      isMet=turn.rate >= warm / 2 and turn.p99 < 20)

        add(f"the first {run.size.cold_seconds} s after a start, {run.size.tokens:,} tokens", first, before.rate)
        table.add(f"the next {run.size.cold_seconds} s", *cells([second]))
        table.add("warm", *cells([before]))
        add(f"while an administrator saves every 5 s, for {run.size.saving_seconds} s", saving, before.rate)
        return [table]
