"""A real Varnish with the file that docs/ ships, for one test, in front of a server on this machine."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

VCL = Path(__file__).resolve().parents[2] / "docs" / "varnish.vcl"
#: Seconds: it compiles the file with a C compiler.
_STARTS_WITHIN = 90


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_hit(self) -> bool:
        """Varnish names the request that filled its cache beside this one."""
        return " " in self.headers["x-varnish"]


@dataclass(frozen=True)
class Varnish:
    port: int
    host: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body or None, {"Host": self.host, **kind, **headers})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


def require_varnish() -> None:
    """What a machine lacks is skipped with a loud line, and fails in CI."""
    modules = shutil.which("varnishd") and any(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so"))
    if not modules:
        sentence = "NO VARNISH (apt install varnish varnish-modules): nothing was shown about caches before the site."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)


@contextmanager
def running_varnish(backend: str, folder: Path) -> Iterator[Varnish]:
    """In front of the server at `backend`; what it writes lies in the folder."""
    require_varnish()
    parts, port = urlsplit(backend), _free_port()
    text = VCL.read_text("utf-8").replace('"8000"', f'"{parts.port}"')
    (folder / "site.vcl").write_text(text, "utf-8")
    command = ["varnishd", "-F", "-j", "none", "-n", str(folder / "varnish"), "-a", f"127.0.0.1:{port}"]
    command += ["-f", str(folder / "site.vcl"), "-s", "malloc,32m"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait_for(port, process, folder / "log")
            yield Varnish(port, parts.netloc)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _try in range(_STARTS_WITHIN * 10):
        if process.poll() is not None:
            pytest.fail(f"Varnish does not take docs/varnish.vcl: {log.read_text()}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
    pytest.fail("Varnish did not start.")
