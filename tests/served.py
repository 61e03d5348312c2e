"""A real gunicorn over a copy of what a test has written; for tests on SQLite, whose copy is one file."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "fanguide.sqlite3"

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.splitlines() if line.startswith("{") and line.endswith("}")]

    @property
    def output(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def wait_for(self, message: str, times: int = 1) -> str:
        """The last line of the log with such a message, once there are so many; AssertionError after a minute."""
        for _ in range(1200):
            found = [line["message"] for line in self.lines if re.search(message, line["message"])]
            if len(found) >= times:
                return found[-1]
            assert self.process.poll() is None, f"gunicorn has ended: {self.output}"
            time.sleep(0.05)
        raise AssertionError(f"{message!r} is not in the log: {self.output}")

    def send(self, method: str, path: str, *headers: str) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        head = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
        opened.sendall("\r\n".join([*head, "", ""]).encode())
        return opened

    def get(self, path: str, *headers: str) -> str:
        return answer_of(self.send("GET", path, *headers))


def answer_of(opened: socket.socket) -> str:
    with closing(opened):
        return b"".join(iter(lambda: opened.recv(65536), b"")).decode()


@contextmanager
def gunicorn(folder: Path, **variables: str) -> Iterator[Server]:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "fanguide.sqlite3")) as copy:
        connection.connection.backup(copy)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "OTEL_"))}
    environment = {
        "FANGUIDE_DATA": str(folder),
        "FANGUIDE_SECRET_KEY": settings.SECRET_KEY,
        "FANGUIDE_DEBUG": "True",  # shows pages without collected style sheets
        "FANGUIDE_LOG_FORMAT": "json",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "-m", "gunicorn", "fanguide.wsgi", "-w", str(WORKERS), "-b", "127.0.0.1:0"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--no-control-socket"], cwd=ROOT, env=clean | environment | variables, stdout=log, stderr=log
        )
    try:
        server = Server(process, folder)
        server.port = int(server.wait_for("Listening at").partition("127.0.0.1:")[2].split()[0])
        yield server
    finally:
        process.kill()
        process.wait()
