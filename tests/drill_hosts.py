"""What the drill (drill.py) sets up and breaks: hosts, a Redis, a way to PostgreSQL that can be held up, a cache.

Everything is of its own: a database on the server that is there, processes that it started, ports that were free.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(true, what: str, seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about in {seconds:.0f} seconds")


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


class Host:
    """A gunicorn with two workers under a name of its own."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.name, self.port = name, free_port()
        self._log = folder / f"{name}.log"
        self._environment = {**environment, "FANGUIDE_HOSTS": name, "FANGUIDE_BIND": f"127.0.0.1:{self.port}"}
        self._environment |= {"FANGUIDE_DATA": str(folder / name), "WEB_CONCURRENCY": "2"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "fanguide.wsgi"],
                cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_for(lambda: listens(self.port), f"{self.name} listening")

    def kill(self) -> None:
        """Master and workers at once, as a machine that loses its power."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def said(self, pattern: str) -> int:
        return len(re.findall(pattern, self._log.read_text("utf-8", "replace")))


class Redis:
    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        wait_for(lambda: listens(self.port), "Redis listening")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


class Proxy:
    """The way to PostgreSQL: while it is held, bytes go in neither direction and nobody is told why."""

    def __init__(self, host: str, port: int) -> None:
        self._target, self.port = (host, port), free_port()
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()
        wait_for(lambda: listens(self.port), "the proxy listening")

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._open.set()
        self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection(*self._target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pass(reader, there[1]), self._pass(there[0], writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    def hold(self, seconds: float) -> None:
        self._loop.call_soon_threadsafe(self._open.clear)
        time.sleep(seconds)
        self._loop.call_soon_threadsafe(self._open.set)


class Cache:
    """Is asked to forget, and notes what and when; while it is dead it answers 503."""

    def __init__(self) -> None:
        self.is_dead = False
        self.dead_from = self.dead_until = 0.0  # monotonic
        self.refused = 0
        self.forgotten: list[tuple[float, set[str]]] = []
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_PURGE(self) -> None:
                cache.take(set(self.headers.get("xkey-purge", "").split()))
                self.send_response(503 if cache.is_dead else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_values: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, name="cache", daemon=True).start()

    def die(self) -> None:
        self.is_dead, self.dead_from = True, time.monotonic()

    def come_back(self) -> None:
        self.is_dead, self.dead_until = False, time.monotonic()

    def was_dead(self, at: float) -> bool:
        """Then, or in the second after it."""
        return self.dead_from - 1 <= at <= self.dead_until

    def take(self, names: set[str]) -> None:
        if self.is_dead:
            self.refused += 1
        else:
            self.forgotten.append((time.monotonic(), names))

    def seconds_until(self, name: str, since: float) -> float | None:
        """From a moment until it was next asked to forget this; None where it was not."""
        return next((at - since for at, names in self.forgotten if at >= since - 1 and name in names), None)
