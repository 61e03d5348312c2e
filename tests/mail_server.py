"""A mail server on this machine that remembers what it was given, and refuses what it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """`refusal`: what it answers to a letter that it does not take, such as "451 later"; empty: it takes all."""

    port: int = 0
    refusal: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    found = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            recipients: list[str] = []
            while line := self.rfile.readline():
                word = line.decode().strip().upper()
                if word.startswith("RCPT"):
                    recipients.append(line.decode().strip().partition(":")[2].strip("<>"))
                if word == "QUIT":
                    self.say("221 bye")
                    return
                if word == "DATA":
                    self.say("354 go on")
                    self.take(recipients)
                else:
                    self.say("250 well")

        def take(self, recipients: list[str]) -> None:
            data = b""
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                data += line.removeprefix(b".")
            if found.refusal:
                self.say(found.refusal)
                return
            letter = message_from_bytes(data, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            found.letters.append(letter)
            found.recipients.append(recipients)
            self.say("250 taken")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()
