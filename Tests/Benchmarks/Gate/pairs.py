"""A gate and its peers that run for a while, and turns in which wrk asks them."""

import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from Parts.report import Trouble, percent

PROXIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../Resources/proxies")
ASKING = """proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass_request_body off;
  proxy_set_header Content-Length ""; proxy_set_header X-Original-URI $request_uri;
  proxy_set_header X-Original-Method $request_method; proxy_set_header X-Original-Host $host;
  proxy_set_header X-Real-IP $remote_addr; proxy_buffer_size 32k; proxy_buffers 4 32k;"""


class Bench:
    """Programs that are ended with the `with` in which they were started. What is measured in it is measured by a run."""

    def __init__(self, run):
        self.run = run
        self.work = tempfile.mkdtemp(prefix="popsec-bench-")
        os.chmod(self.work, 0o755)
        self.running, self.started = [], 0
        self.connections = 32

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.terminate()
            process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.work, name)

    def start(self, *arguments, port=None, socket=None):
        if is_listening(port, socket):
            raise Trouble(f"something else listens at {socket or f'port {port}'} already",
                          "end the other run, or wait for it: ss -ltnp tells who it is")
        self.started += 1
        log = open(self.path(f"log-{self.started}"), "w")
        process = subprocess.Popen(arguments, stdout=log, stderr=log)
        self.running.append(process)
        deadline = time.monotonic() + 60
        while not is_listening(port, socket):
            if process.poll() is not None or time.monotonic() > deadline:
                with open(log.name) as told:
                    raise Trouble(f"{arguments[0]} does not listen: {told.read()[-2000:].strip()}",
                                  "its words above tell why; each part can be run alone by --only")
            time.sleep(0.02)
        return process

    def stop(self, process):
        self.running.remove(process)
        process.terminate()
        process.wait()

    def gate(self, name="gate.sock", store=None):
        path = self.path(name)
        return self.start(
            self.run.popsec, "gate", "--store", store or self.run.store, "--allow-seal-key", "--listen",
            "unix:" + path, socket=path)

    def gate_at_port(self, port, store=None):
        """A gate that is asked without a proxy between."""
        return self.start(
            self.run.popsec, "gate", "--store", store or self.run.store, "--allow-seal-key", "--listen",
            f"127.0.0.1:{port}", "--trust", "127.0.0.1/32", port=port)

    def targets(self):
        """What is asked: the script for wrk. The store gets widgets for it, once."""
        subprocess.run([self.run.bench, "gate-targets", "--store", self.run.store, "--count", str(self.run.size.tokens),
                        "--lua", self.path("targets.lua")], check=True, stdout=sys.stderr)

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

    def haproxy(self, gate):
        """With a gate of its own, by the name of its socket, as each proxy below: two proxies ask differently, so that one gate
        would keep twice as many answers."""
        text = open(os.path.join(PROXIES, "haproxy.cfg")).read()
        for was, becomes in [
                ("unix@/run/popsec-gate/gate.sock", "unix@" + self.path(gate)),
                ("bind :443 ssl crt /etc/haproxy/portal.pem", "bind 127.0.0.1:18091"),
                ("127.0.0.1:8080", "127.0.0.1:18080"), ("  user haproxy\n  group haproxy\n", ""),
                ("/etc/haproxy/popsec.lua", os.path.join(PROXIES, "popsec.lua")), ("  log global\n", "")]:
            assert was in text, was
            text = text.replace(was, becomes)
        text += "\nfrontend plain\n  bind 127.0.0.1:18090\n  default_backend application\n"
        self.start("haproxy", "-db", "-f", self.write("haproxy.cfg", text), port=18090)

    def caddy(self, gate):
        text = open(os.path.join(PROXIES, "Caddyfile")).read()
        text = re.sub(r"\tlog \{\n\t\toutput file.*?\n\t\}\n", "", text, flags=re.S)
        for was, becomes in [
                ("unix//run/popsec-gate/gate.sock", "unix/" + self.path(gate)),
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

    def ask(self, port, via="proxy", seconds=None):
        """Requests for a time, whatever others do meanwhile."""
        printed = subprocess.run(
            ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds or self.run.size.seconds}s", "--latency", "-s",
             self.path("targets.lua"), f"http://127.0.0.1:{port}"],
            env=dict(os.environ, VIA=via), capture_output=True, text=True, check=True).stdout
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
        return Turn(float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1]),
                    milliseconds(re.search(r"^\s+99%\s+(\S+)", printed, re.M)[1]), int(bad[1]) if bad else 0,
                    int(re.search(r"(\d+) requests in", printed)[1]))

    def turn(self, port, via="proxy", seconds=None):
        """The same, as a figure."""
        return self.run.quietly(lambda: self.ask(port, via, seconds))

    def alternate(self, ways):
        """So many turns of each way, one after the other in each round."""
        turns = {name: [] for name, _, _ in ways}
        for _ in range(self.run.size.pairs):
            for name, port, via in ways:
                turns[name].append(self.turn(port, via))
        return turns

    def while_saving(self, port, seconds):
        """A turn in which a description of an API user is changed every five seconds."""
        script = 'store=$1 popsec=$2; shift 2; while :; do for name in "$@"; do "$popsec" api-user describe "$name" ' \
                 '--note "$RANDOM" --store "$store" >/dev/null; sleep 5; done; done'
        saving = subprocess.Popen(["bash", "-c", script, "save", self.run.store, self.run.popsec, *names(self.run, 200)])
        try:
            return self.run.quietly(lambda: self.ask(port, seconds=seconds), again=False)
        finally:
            saving.terminate()
            saving.wait()


class Turn:
    def __init__(self, rate, p99, bad, count):
        self.rate, self.p99, self.bad, self.count = rate, p99, bad, count


def cells(turns):
    """The cells of a row: the median rate, each rate, the median p99 and the number of answers that were not 2xx."""
    rates = [turn.rate for turn in turns]
    return (statistics.median(rates), ", ".join(f"{rate:,.0f}" for rate in rates) if len(rates) > 1 else "",
            statistics.median(turn.p99 for turn in turns), sum(turn.bad for turn in turns))


def milliseconds(text):
    """A time as wrk writes it."""
    shape = re.fullmatch(r"([\d.]+)(us|ms|s|m|h)", text)
    if not shape:
        raise Trouble(f"wrk tells a time that can't be read: {text}", "it is made for wrk 4")
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


def shares(turns, one, other):
    """The rates of one way as parts of those of another, turn by turn: the median, and all of them as a text."""
    found = [a.rate / b.rate for a, b in zip(turns[one], turns[other])]
    return statistics.median(found), ", ".join(map(percent, found))


def names(run, count):
    """The names of some API users."""
    listing = subprocess.Popen([run.popsec, "api-user", "list", "--store", run.store, "-o", "jsonl"],
                               stdout=subprocess.PIPE, text=True)
    found = [json.loads(line)["name"] for line in itertools.islice(listing.stdout, count)]
    listing.stdout.close()
    listing.wait()
    return found
