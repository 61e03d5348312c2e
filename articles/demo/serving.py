"""Serving as production does: gunicorn in the place of this process, so that Ctrl-C ends it."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import sys
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from articles.demo.errors import DemoError

DEFAULT_ADDRPORT = "127.0.0.1:8000"
WORKERS = 2
#: Of each worker. Browsers open connections before they know whether they need them, and a worker without threads waits
#: for the first word of each: two of them, and nobody is answered for half a minute. (In production nginx waits.)
THREADS = 16
_ADDRPORT = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):)?(?P<port>\d{1,5})")


@dataclass(frozen=True)
class Server:
    """`host` as it stands in an address: an IPv6 one in brackets."""

    host: str
    port: int

    @classmethod
    def at(cls, addrport: str) -> Server:
        """From "8000", "127.0.0.1:8000", "[::1]:8000" or "name:8000"."""
        found = _ADDRPORT.fullmatch(addrport)
        if found is None or not 0 < int(found["port"]) < 65536:
            raise DemoError(f"{addrport!r} is no address to serve at: write one such as 127.0.0.1:8000.")
        return cls(found["host"] or "127.0.0.1", int(found["port"]))

    @property
    def origin(self) -> str:
        return f"http://{'localhost' if self.is_everywhere else self.host}:{self.port}"

    @property
    def is_everywhere(self) -> bool:
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_unspecified
        except ValueError:
            return False

    def check_is_free(self) -> None:
        """Tries the port, so that nothing is set up for a server that cannot start."""
        try:
            family, kind, protocol, _name, address = socket.getaddrinfo(
                self.host.strip("[]"), self.port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
        except OSError as error:
            sentence = f"Nothing can be served at {self.host}:{self.port} ({error.strerror or error}): choose another"
            raise DemoError(f"{sentence} address, such as manage.py demo 127.0.0.1:{self.port % 60000 + 1}.") from error

    def run(self) -> None:
        """Does not come back."""
        os.environ["FANGUIDE_HOSTS"] = " ".join(self._hosts())
        connections.close_all()
        sys.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "fanguide.wsgi:application"]
        command += ["--chdir", str(settings.BASE_DIR), "--bind", f"{self.host}:{self.port}"]
        command += ["--workers", str(WORKERS), "--threads", str(THREADS)]
        command += ["--no-control-socket", "--log-level", "warning"]
        command += [] if settings.IS_CHECKOUT else ["--config", "python:fanguide.gunicorn_settings"]
        os.execv(sys.executable, command)  # noqa: S606  -- our own interpreter, without a shell

    def _hosts(self) -> list[str]:
        """The names that the site answers to: those of the settings, and the one that was asked for."""
        return ["*"] if self.is_everywhere else list(dict.fromkeys([*settings.ALLOWED_HOSTS, self.host]))
