"""The site of nginx in docs/deploy/, in a real nginx before a real gunicorn: who asks how, and what is let through."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import make
from tests.container import ROOT
from tests.served import Server, gunicorn

pytestmark = [
    pytest.mark.django_db(transaction=True),  # a copy is of what is committed
    pytest.mark.slow,
    pytest.mark.xdist_group("served"),
    pytest.mark.skipif(not shutil.which("nginx"), reason="NOT TRIED: nginx is not installed (nginx-light)"),
    pytest.mark.skipif(not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="copies a SQLite file"),
]
NGINX = ROOT / "docs" / "deploy" / "nginx"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def write_configuration(folder: Path, site: int, plain: int, secure: int) -> Path:
    """The files of docs/deploy/nginx, with ports and places of this test."""
    subject = ["-subj", "/CN=guide.example", "-days", "1"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    make_key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *subject]
    subprocess.run(make_key, check=True, capture_output=True)
    places = {
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "/etc/nginx/certificates": str(folder),
        "/var/www/html": str(folder),
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site};",
    }
    text = "".join((NGINX / name).read_text("utf-8") for name in ("upstream.conf", "fanguide.conf"))
    for written, ours in places.items():
        assert written in text, written
        text = text.replace(written, ours)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    whole = folder / "nginx.conf"
    frame = f"daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{text}}}\n"
    whole.write_text(frame if folder.stat().st_uid else f"user root;\n{frame}")
    return whole


@contextmanager
def nginx(folder: Path, site: int) -> Iterator[tuple[int, int]]:
    """Its ports: the plain one, and that of HTTPS."""
    ports = free_port(), free_port()
    command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(write_configuration(folder, site, *ports))]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command)
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens at {port}")


def ask(port: int, method: str, path: str, *, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
    context = ssl._create_unverified_context()
    opened = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    opened.request(method, path, body, {"Host": "guide.example", **named})
    answer = opened.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    return answer


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[tuple[int, int, Server]]:
    make.live(slug="the-ferry")
    production = {
        "FANGUIDE_HOSTS": "guide.example",
        "FANGUIDE_SITE_URL": "https://guide.example",
        "FANGUIDE_PROXIES": "1",
    }
    production |= {"FANGUIDE_MODE": "production", "FANGUIDE_DEBUG": "False", "FANGUIDE_METRICS_TOKEN": "token" * 5}
    folder = tmp_path / "nginx"
    folder.mkdir()
    static = tmp_path / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    with gunicorn(tmp_path, **production) as server, nginx(folder, server.port) as (plain, secure):
        yield plain, secure, server


def logged(server: Server, path: str) -> dict[str, Any]:
    """The line of the log, which is written after the answer has gone."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := next((line for line in server.lines if line.get("path") == path), None):
            return found
        time.sleep(0.05)
    raise AssertionError(f"{path} is not in the log.")


def test_readers_come_by_https_and_are_counted_by_their_own_address(ports: tuple[int, int, Server]):
    plain, secure, server = ports
    opened = http.client.HTTPConnection("127.0.0.1", plain, timeout=60)
    opened.request("GET", "/articles/?a=1", headers={"Host": "guide.example"})
    led = opened.getresponse()
    assert (led.status, led.headers["Location"]) == (308, "https://guide.example/articles/?a=1")
    answer = ask(secure, "GET", "/robots.txt", X_Forwarded_For="203.0.113.77", X_Request_ID="mine")
    assert answer.status == 200, "nobody is sent to HTTPS who has come by it"
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"]), "no visitor chooses the id of a request"
    line = logged(server, "/robots.txt")
    assert line["network"] == "127.0.0.0/24", "what a visitor claims is not believed"
    assert ask(secure, "GET", "/metrics", Authorization="Bearer " + "token" * 5).status == 404


def test_a_picture_fits_and_what_is_larger_does_not(ports: tuple[int, int, Server]):
    _plain, secure, _server = ports
    at_the_desk = ask(secure, "POST", "/admin/login/", body=b"x" * 20_100_000)
    assert at_the_desk.status != 413, "it came to the site, which says what is wrong with it"
    assert ask(secure, "POST", "/admin/login/", body=b"x" * 30_000_000).status == 413
