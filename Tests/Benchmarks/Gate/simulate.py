#!/usr/bin/env python3
"""Simulates what gates ask of a store in PostgreSQL: requests, the questions that answer for all that wait, round trips.

    simulate.py [--gates 1] [--connections 32] [--round-trip 200] ...
    simulate.py --shared --check measured.txt
                                 compares with measured points: lines of gates, connections, round trip, rate
    simulate.py --shared --fit measured.txt
                                 finds the costs with which the worst of these points is off least

A request costs its gate the processor time `--request`, and then waits for the answer to a question that was sent after
the request came. A gate sends a question as soon as somebody waits and fewer than `--flying` questions are on their way.
The question costs its gate `--asking`, and the primary `--answering`. Clients send the next request when they have their
answer, as wrk does, and a request costs them `--client`. Times are microseconds. With `--shared`, clients, gates and
primary have the same processors, as on a machine where all are measured together; a question that goes through a relay,
which makes the round trip there, then costs them `--relay` on each of its two ways.
"""

import argparse
import heapq
import itertools
import math
import sys


class Clock:
    def __init__(self):
        self.now, self.events, self.order = 0.0, [], itertools.count()

    def after(self, delay, act):
        heapq.heappush(self.events, (self.now + delay, next(self.order), act))

    def run(self, until):
        while self.events and self.events[0][0] <= until:
            self.now, _, act = heapq.heappop(self.events)
            act()


class Processors:
    """Work is done in the order in which it came, by whichever processor is free first."""

    def __init__(self, clock, count):
        self.clock, self.free = clock, [0.0] * count
        self.busy = 0.0

    def work(self, duration, act):
        start = max(heapq.heappop(self.free), self.clock.now)
        heapq.heappush(self.free, start + duration)
        self.busy += duration
        self.clock.after(start + duration - self.clock.now, act)


class Gate:
    def __init__(self, clock, options, own, primary, clients):
        self.clock, self.options = clock, options
        self.own, self.primary, self.clients = own, primary, clients
        self.waiting, self.flying = [], 0
        self.answered = self.questions = 0
        for _ in range(options.connections):
            self.request()

    def request(self):
        self.clients.work(self.options.client, lambda: self.own.work(self.options.request, self.wait))

    def wait(self):
        self.waiting.append(self.request)
        self.ask()

    def ask(self):
        if self.flying >= self.options.flying or not self.waiting:
            return
        asked, self.waiting = self.waiting, []
        self.flying += 1
        self.questions += 1
        half = self.options.round_trip / 2
        relay = self.options.relay if self.options.shared and half else 0

        def travel(act):
            self.primary.work(relay, lambda: self.clock.after(half, act))

        def answered():
            self.flying -= 1
            self.answered += len(asked)
            for request in asked:
                request()
            self.ask()

        def at_primary():
            self.primary.work(self.options.answering, lambda: travel(answered))

        self.own.work(self.options.asking, lambda: travel(at_primary))


def simulate(options):
    clock = Clock()
    primary = Processors(clock, options.primary_cores)
    gates = []
    for _ in range(options.gates):
        own = primary if options.shared else Processors(clock, options.gate_cores)
        clients = primary if options.shared else Processors(clock, options.gate_cores)
        gates.append(Gate(clock, options, own, primary, clients))
    warm = options.seconds * 1e6 / 5
    clock.run(warm)
    before = sum(gate.answered for gate in gates), sum(gate.questions for gate in gates), primary.busy
    clock.run(warm + options.seconds * 1e6)
    answered = (sum(gate.answered for gate in gates) - before[0]) / options.seconds
    questions = (sum(gate.questions for gate in gates) - before[1]) / options.seconds
    load = (primary.busy - before[2]) / (options.seconds * 1e6 * options.primary_cores)
    return answered, questions, load


def points(file):
    """Measured points: gates, connections, round trip, rate."""
    with open(file) as lines:
        found = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return [(int(gates), int(connections), float(trip), float(rate)) for gates, connections, trip, rate in found]


def simulated(options, point):
    (options.gates, options.connections, options.round_trip, _) = point
    return simulate(options)[0]


def check(options):
    """Whether each simulated rate is within a fifth of the measured one."""
    print("| gates | connections | round trip | measured | simulated | |\n|---|---|---|---|---|---|")
    worst = 0.0
    for point in points(options.check):
        rate = simulated(options, point)
        off = rate / point[3] - 1
        worst = max(worst, abs(off))
        print(f"| {point[0]} | {point[1]} | {point[2]:.0f} µs | {point[3]:,.0f} | {rate:,.0f} | {off:+.0%} |")
    sys.exit(0 if worst <= 0.2 else 1)


def fit(options):
    """Changes one cost after the other, by less and less, as long as that helps."""
    measured = points(options.fit)
    names = ["request", "client", "asking", "answering", "relay"]

    def off():
        return max(abs(math.log(simulated(options, point) / point[3])) for point in measured)

    least, step = off(), 1.5
    while step > 1.04:
        isBetter = False
        for name, factor in itertools.product(names, [step, 1 / step]):
            before = getattr(options, name)
            setattr(options, name, before * factor)
            found = off()
            if found < least:
                least, isBetter = found, True
            else:
                setattr(options, name, before)
        if not isBetter:
            step = math.sqrt(step)
    print(" ".join(f"--{name} {getattr(options, name):.1f}" for name in names), f"is off by {math.expm1(least):.0%} at worst")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gates", type=int, default=1)
    parser.add_argument("--connections", type=int, default=32, help="of each gate")
    parser.add_argument("--round-trip", type=float, default=200)
    parser.add_argument("--request", type=float, default=16.3)
    parser.add_argument("--client", type=float, default=22.5)
    parser.add_argument("--asking", type=float, default=23.7)
    parser.add_argument("--answering", type=float, default=27.7)
    parser.add_argument("--relay", type=float, default=57)
    parser.add_argument("--flying", type=int, default=4)
    parser.add_argument("--gate-cores", type=int, default=2)
    parser.add_argument("--primary-cores", type=int, default=2)
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--seconds", type=float, default=1, help="of simulated time")
    parser.add_argument("--check", metavar="FILE")
    parser.add_argument("--fit", metavar="FILE")
    options = parser.parse_args()
    if options.fit:
        return fit(options)
    if options.check:
        check(options)
    rate, questions, load = simulate(options)
    print(f"{rate:,.0f} requests a second, {questions:,.0f} questions a second, {rate / max(questions, 1):.1f} requests a "
          f"question; the primary's processors are {load:.0%} busy")


if __name__ == "__main__":
    main()
