"""Where the demo serves, and what it starts."""

import io
import itertools
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.demo import DemoError, Server


@pytest.mark.parametrize(
    ("addrport", "host", "port", "origin"),
    [
        ("8000", "127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("127.0.0.1:81", "127.0.0.1", 81, "http://127.0.0.1:81"),
        ("[::1]:8000", "[::1]", 8000, "http://[::1]:8000"),
        ("fans.example:8000", "fans.example", 8000, "http://fans.example:8000"),
        ("0.0.0.0:8000", "0.0.0.0", 8000, "http://localhost:8000"),
    ],
)
def test_addresses_are_read(addrport, host, port, origin):
    server = Server.at(addrport)
    assert (server.host, server.port, server.origin) == (host, port, origin)


@pytest.mark.parametrize(
    "addrport", ["", "here", "127.0.0.1", "127.0.0.1:", ":8000", "8000:", "1:2:3", "0", "65536", "-1"]
)
def test_other_addresses_are_refused_with_an_example(addrport):
    with pytest.raises(DemoError, match=r"such as 127\.0\.0\.1:8000"):
        Server.at(addrport)


@pytest.fixture
def started(monkeypatch):
    """What took the place of this process, and the hosts that it will answer to."""
    calls = []
    monkeypatch.setenv("FANGUIDE_HOSTS", "")
    monkeypatch.setattr(os, "execv", lambda path, command: calls.append((path, command, os.environ["FANGUIDE_HOSTS"])))
    monkeypatch.setattr("articles.demo.serving.connections.close_all", lambda: None)
    return calls


@pytest.mark.django_db
def test_a_port_in_use_is_told_before_anything_is_set_up(started):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Nothing can be served at 127.0.0.1:{port}"):
            call_command("demo", f"127.0.0.1:{port}")
    assert not started
    assert not User.objects.exists()


def test_gunicorn_takes_the_place_of_the_command(started, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    Server("192.0.2.7", 8001).run()
    [(path, command, hosts)] = started
    assert path == sys.executable
    assert command[:4] == [sys.executable, "-m", "gunicorn", "fanguide.wsgi:application"]
    options = dict(itertools.pairwise(command))
    assert options["--bind"] == "192.0.2.7:8001"
    assert options["--workers"] == "2"
    assert hosts.split() == ["localhost", "127.0.0.1", "192.0.2.7"]


@pytest.mark.slow
def test_connections_on_which_nothing_is_said_keep_nobody_waiting(unused_port: int, tmp_path: Path):
    """As a browser opens them ahead of need."""
    serve = f"import django; django.setup(); from articles.demo import Server; Server('127.0.0.1', {unused_port}).run()"
    environment = {"FANGUIDE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fanguide.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", serve], cwd=settings.BASE_DIR, env=os.environ | environment
    ) as process:
        try:
            while not is_open(unused_port):
                assert process.poll() is None
                time.sleep(0.1)
            with ExitStack() as silent:
                for _ in range(8):
                    silent.enter_context(socket.create_connection(("127.0.0.1", unused_port)))
                with urllib.request.urlopen(f"http://127.0.0.1:{unused_port}/healthz", timeout=20) as answer:
                    assert answer.status == 200
        finally:
            process.terminate()


def is_open(port: int) -> bool:
    with socket.socket() as trial:
        return not trial.connect_ex(("127.0.0.1", port))


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]"])
def test_served_everywhere_it_answers_to_every_name(started, host):
    Server(host, 8001).run()
    assert started[0][2] == "*"


@pytest.mark.slow
@pytest.mark.django_db
def test_it_serves_after_setting_up_unless_told_not_to(started, quick_covers, unused_port):
    call_command("demo", f"127.0.0.1:{unused_port}", stdout=io.StringIO())
    assert len(started) == 1
    call_command("demo", f"127.0.0.1:{unused_port}", "--no-serve", stdout=io.StringIO())
    assert len(started) == 1


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]
