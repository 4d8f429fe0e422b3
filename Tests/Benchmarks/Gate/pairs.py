#!/usr/bin/env python3
"""Measures the gate beside its peers, in alternating turns of one run, and prints the tables of Resources/docs/figures.md.

    pairs.py POPSEC POPSEC-BENCH STORE [--pairs 5] [--seconds 8] [--work-seconds 60]

POPSEC is a release build, STORE a folder of `popsec-bench generate`, which is changed: it gets widgets, and saves of an
administrator. Needs nginx and wrk; HAProxy and Caddy are measured where they are installed.

A turn in which other programs took more than a tenth of the processors is repeated. Where that does not help, the figure
has a mark, and the run ends with an error: such a figure is not to be quoted.
"""

import argparse
import atexit
import itertools
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
MOST_OTHERS = 0.10
TRIES = 3
PROXIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../Resources/proxies")
ASKING = """proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass_request_body off;
  proxy_set_header Content-Length ""; proxy_set_header X-Original-URI $request_uri;
  proxy_set_header X-Original-Method $request_method; proxy_set_header X-Original-Host $host;
  proxy_set_header X-Real-IP $remote_addr; proxy_buffer_size 32k; proxy_buffers 4 32k;"""


class Processors:
    """The time of the processors that others than this run took."""

    def __init__(self):
        self.began, self.busy, self.own = time.monotonic(), self._busy(), self._own()

    def others(self):
        elapsed = time.monotonic() - self.began
        ticks = (self._busy() - self.busy) - (self._own() - self.own)
        return max(0.0, ticks / TICK / elapsed / CORES)

    @staticmethod
    def _busy():
        # Work of the network's interrupts is not counted, because nobody can tell for whom it is done.
        user, nice, system, _, _, _, _, steal = map(int, open("/proc/stat").readline().split()[1:9])
        return user + nice + system + steal

    @staticmethod
    def _own():
        """The ticks of this process, of those that descend from it and run, and of those that have ended."""
        parents, ticks = {}, {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                fields = open(f"/proc/{entry}/stat").read().rpartition(")")[2].split()
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


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = tempfile.mkdtemp(prefix="popsec-bench-")
        os.chmod(self.work, 0o755)
        self.running = []
        self.isQuiet = True
        self.connections = 32
        atexit.register(self.end)

    def end(self):
        for process in reversed(self.running):
            process.terminate()
            process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.work, name)

    def start(self, *arguments, port=None, socket=None):
        log = open(self.path(f"log-{len(self.running)}"), "w")
        process = subprocess.Popen(arguments, stdout=log, stderr=log)
        self.running.append(process)
        deadline = time.monotonic() + 60
        while not is_listening(port, socket):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{arguments[0]} does not listen: {open(log.name).read()[-2000:]}")
            time.sleep(0.02)
        return process

    def stop(self, process):
        self.running.remove(process)
        process.terminate()
        process.wait()

    def gate(self, name="gate.sock", more=()):
        path = self.path(name)
        return self.start(
            self.options.popsec, "gate", "--store", self.options.store, "--allow-seal-key", "--listen",
            "unix:" + path, *more, socket=path)

    # Peers

    def nginx(self):
        temporary = "".join(f"{kind}_temp_path {self.work}/{kind}; "
                            for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        asking = [(18081, "http://other"), (18082, "http://gate/auth/nginx"), (18086, "http://cold/auth/nginx")]
        servers = "".join(f"""
  server {{
    listen 127.0.0.1:{port};
    location / {{ auth_request /ask; try_files /none @ok; }}
    location @ok {{ return 204; }}
    location = /ask {{ internal; proxy_pass {target}; {ASKING} }}
  }}""" for port, target in asking)
        text = f"""daemon off; worker_processes auto; pid {self.work}/pid; error_log {self.work}/error.log; user root;
events {{ worker_connections 1024; }}
http {{
  access_log off; {temporary}
  upstream gate {{ server unix:{self.path("gate.sock")}; keepalive 64; }}
  upstream cold {{ server unix:{self.path("cold.sock")}; keepalive 64; }}
  upstream other {{ server 127.0.0.1:18083; keepalive 64; }}
  server {{ listen 127.0.0.1:18080; return 204; }}
  server {{ listen 127.0.0.1:18083; return 204; }}{servers}
}}
"""
        self.start("nginx", "-c", self.write("nginx.conf", text), port=18080)

    def haproxy(self):
        text = open(os.path.join(PROXIES, "haproxy.cfg")).read()
        for was, becomes in [
                ("unix@/run/popsec-gate/gate.sock", "unix@" + self.path("gate.sock")),
                ("bind :443 ssl crt /etc/haproxy/portal.pem", "bind 127.0.0.1:18091"),
                ("127.0.0.1:8080", "127.0.0.1:18080"), ("  user haproxy\n  group haproxy\n", ""),
                ("/etc/haproxy/popsec.lua", os.path.join(PROXIES, "popsec.lua")), ("  log global\n", "")]:
            assert was in text, was
            text = text.replace(was, becomes)
        text += "\nfrontend plain\n  bind 127.0.0.1:18090\n  default_backend application\n"
        self.start("haproxy", "-db", "-f", self.write("haproxy.cfg", text), port=18090)

    def caddy(self):
        text = open(os.path.join(PROXIES, "Caddyfile")).read()
        text = re.sub(r"\tlog \{\n\t\toutput file.*?\n\t\}\n", "", text, flags=re.S)
        for was, becomes in [
                ("unix//run/popsec-gate/gate.sock", "unix/" + self.path("gate.sock")),
                ("127.0.0.1:8080", "127.0.0.1:18080"), ("\n{\n", "\n{\n\tadmin off\n"),
                ("\nportal.example.com {", "\nhttp://bench.example.com:18093 {")]:
            assert was in text, was
            text = text.replace(was, becomes, 1)
        text += "\nhttp://bench.example.com:18092 {\n\treverse_proxy 127.0.0.1:18080\n}\n"
        self.start("caddy", "run", "--config", self.write("Caddyfile", text), "--adapter", "caddyfile", port=18093)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    # Turns

    def turn(self, port, via="proxy", seconds=None):
        """Requests a second, p99 in milliseconds, answers that were not 2xx, and whether it was quiet enough."""
        for _ in range(TRIES):
            processors = Processors()
            printed = subprocess.run(
                ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds or self.options.seconds}s", "--latency", "-s",
                 self.path("targets.lua"), f"http://127.0.0.1:{port}"],
                env=dict(os.environ, VIA=via), capture_output=True, text=True, check=True).stdout
            others = processors.others()
            if others <= MOST_OTHERS:
                break
            print(f"others took {others:.0%} of the processors", file=sys.stderr)
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
        return Turn(float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1]),
                    milliseconds(re.search(r"^\s+99%\s+(\S+)", printed, re.M)[1]), int(bad[1]) if bad else 0,
                    others <= MOST_OTHERS)

    def alternate(self, ways):
        """So many turns of each way, one after the other in each round."""
        turns = {name: [] for name, _, _ in ways}
        for _ in range(self.options.pairs):
            for name, port, via in ways:
                turns[name].append(self.turn(port, via))
        return turns

    def tell(self, turns):
        print("| | requests a second, median | of all | p99, ms | not 2xx |\n|---|---|---|---|---|")
        for name, found in turns.items():
            isQuiet = all(turn.isQuiet for turn in found)
            self.isQuiet &= isQuiet
            rates = [turn.rate for turn in found]
            spread = ", ".join(f"{rate:,.0f}" for rate in rates)
            print(f"| {name} | {statistics.median(rates):,.0f}{'' if isQuiet else ' (not quiet)'} | {spread} "
                  f"| {statistics.median(turn.p99 for turn in found):.1f} | {sum(turn.bad for turn in found)} |")


class Turn:
    def __init__(self, rate, p99, bad, isQuiet):
        self.rate, self.p99, self.bad, self.isQuiet = rate, p99, bad, isQuiet


def milliseconds(text):
    """A time as wrk writes it."""
    shape = re.fullmatch(r"([\d.]+)(us|ms|s|m|h)", text)
    if not shape:
        sys.exit(f"wrk tells a time that can't be read: {text}")
    return float(shape[1]) * {"us": 0.001, "ms": 1, "s": 1e3, "m": 60e3, "h": 3600e3}[shape[2]]


def is_listening(port, path):
    import socket
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as probe:
        try:
            probe.connect(path or ("127.0.0.1", port))
            return True
        except OSError:
            return False


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) / 1024


def ratios(turns, one, other):
    shares = [a.rate / b.rate for a, b in zip(turns[one], turns[other])]
    return f"{statistics.median(shares):.0%} ({', '.join(f'{share:.0%}' for share in shares)})"


def machine():
    model = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())
    load = open("/proc/loadavg").read().split()[0]
    return f"{time.strftime('%Y-%m-%d')}, {model[1] if model else 'unknown processor'}, {CORES} cores, load {load} before"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("popsec")
    parser.add_argument("bench")
    parser.add_argument("store")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8, help="of each turn")
    parser.add_argument("--tokens", type=int, default=10_000)
    parser.add_argument("--work-seconds", type=int, default=60, help="for which an administrator saves every 5 s")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    print(machine() + "\n")
    bench = Bench(options)
    subprocess.run([options.bench, "gate-targets", "--store", options.store, "--count", str(options.tokens), "--lua",
                    bench.path("targets.lua")], check=True, stdout=sys.stderr)
    bench.nginx()

    cold = bench.gate("cold.sock")
    first = [bench.turn(18086, seconds=10), bench.turn(18086, seconds=10)]
    bench.tell({"behind nginx, the first 10 s after a start": first[:1], "the next 10 s": first[1:]})
    bench.stop(cold)

    gate = bench.gate()
    alone = bench.start(options.popsec, "gate", "--store", options.store, "--allow-seal-key", "--listen",
                        "127.0.0.1:18181", "--trust", "127.0.0.1/32", port=18181)
    nginx, own = "nginx, `auth_request` to a second nginx", "nginx, `auth_request` to the gate"
    ways = [("nginx alone, `return 204`", 18080, "proxy"), (nginx, 18081, "proxy"), (own, 18082, "proxy"),
            ("the gate alone", 18181, "direct")]
    if shutil.which("haproxy"):
        bench.haproxy()
        ways += [("HAProxy before nginx", 18090, "proxy"), ("the same, with the gate", 18091, "proxy")]
    if shutil.which("caddy"):
        bench.caddy()
        ways += [("Caddy before nginx", 18092, "proxy"), ("the same, with the gate ", 18093, "proxy")]
    for _, port, via in ways:
        bench.turn(port, via, seconds=3)
    turns = bench.alternate(ways)
    print()
    bench.tell(turns)
    print(f"\nThe gate behind nginx, of a second nginx, by pairs: {ratios(turns, own, nginx)}.")

    print()
    bench.tell({"behind nginx, while an administrator saves every 5 s": [busy(bench, options)]})
    print(f"\nMemory at the end: {memory(gate):.0f} MB behind the proxies, {memory(alone):.0f} MB alone.\n", flush=True)
    subprocess.run([options.bench, "revocation", "--store", options.store, "--socket", bench.path("gate.sock")], check=True)
    if not bench.isQuiet:
        sys.exit("not to be quoted: others took more than a tenth of the processors")


def busy(bench, options):
    """A turn in which a description of an API user is changed every five seconds."""
    listing = subprocess.Popen([options.popsec, "api-user", "list", "--store", options.store, "-o", "jsonl"],
                               stdout=subprocess.PIPE, text=True)
    names = [json.loads(line)["name"] for line in itertools.islice(listing.stdout, 200)]
    listing.stdout.close()
    listing.wait()
    script = 'store=$1 popsec=$2; shift 2; for name in "$@"; do "$popsec" api-user describe "$name" --note "$RANDOM" ' \
             '--store "$store" >/dev/null; sleep 5; done'
    saving = subprocess.Popen(["bash", "-c", script, "save", options.store, options.popsec, *names])
    try:
        return bench.turn(18082, seconds=options.work_seconds)
    finally:
        saving.terminate()
        saving.wait()


if __name__ == "__main__":
    main()
