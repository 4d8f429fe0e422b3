"""Takes what popsec notify hands over: receiver.py http|smtp FOLDER

It listens on a free port of 127.0.0.1, which it writes to FOLDER/port, and appends what it took to FOLDER/taken, a JSON
object a line. FOLDER/answer has the status that it answers with, where it is to answer another than that all is well.
"""

import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import socketserver
import sys
import time

kind, folder = sys.argv[1], sys.argv[2]


def path(name):
    return os.path.join(folder, name)


def answer(usual):
    try:
        with open(path("answer")) as file:
            return file.read().strip() or usual
    except FileNotFoundError:
        return usual


def take(what):
    with open(path("taken"), "a") as file:
        file.write(json.dumps(what) + "\n")


def is_signed(headers, body):
    """As https://www.standardwebhooks.com has it, from the side of whoever receives."""
    with open(path("secret")) as file:
        key = base64.b64decode(file.read().strip().removeprefix("whsec_"))
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        return False
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [part.split(",", 1) for part in headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(text, expected) for version, text in given)


class Webhook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status = int(answer("204"))
        take({
            "id": self.headers["webhook-id"], "type": self.headers["content-type"],
            "signed": is_signed(self.headers, body), "event": json.loads(body), "status": status,
        })
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink")
        recipients = []
        while line := self.rfile.readline():
            verb = line.split(b":")[0].strip().upper()
            if verb.startswith((b"EHLO", b"HELO")):
                self.say("250 sink")
            elif verb == b"RCPT TO":
                recipients.append(line.decode().split(":", 1)[1].strip())
                self.say(answer("250") + " so it is")
            elif verb == b"DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.removeprefix(b"."))
                mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                take({
                    "to": recipients, "subject": mail["subject"], "id": mail["x-popsec-event"],
                    "text": mail.get_content(), "longest": max(map(len, lines)),
                })
                self.say("250 taken")
            elif verb == b"QUIT":
                return self.say("221 good bye")
            else:
                self.say("250 fine")


handler = {"http": Webhook, "smtp": Mail}[kind]
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
    with open(path("port.part"), "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(path("port.part"), path("port"))
    server.serve_forever()
