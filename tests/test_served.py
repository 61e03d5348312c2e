"""The site behind a real gunicorn: what its log and its numbers say, and that a TERM tears nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles import states
from articles.models import PublishedFact
from tests import make
from tests.drill_hosts import wait_for
from tests.served import WORKERS, Server, answer_of, gunicorn

pytestmark = [
    pytest.mark.django_db(transaction=True),  # a copy is of what is committed
    pytest.mark.xdist_group("served"),
    pytest.mark.skipif(not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="copies a SQLite file"),
]

TOKEN = "a-token-that-nobody-guesses"


@pytest.mark.slow
def test_the_log_and_the_numbers_say_what_was_served(tmp_path: Path):
    make.live()
    with gunicorn(tmp_path, FANGUIDE_METRICS_TOKEN=TOKEN, FANGUIDE_PROXIES="1") as server:
        for _ in range(5):
            server.get("/")
        named = server.get("/search/?q=whispered", "X-Request-ID: edge-7", "X-Forwarded-For: 203.0.113.77")
        server.get("/review/Key-Of-A-Guest")  # leads on to the address with its last slash
        server.get("/review/Key-Of-A-Guest/")
        server.wait_for("/review/-/")
        refused = server.get("/metrics", "Authorization: Bearer a-guess")
        numbers = server.get("/metrics", f"Authorization: Bearer {TOKEN}")

        lines = [line for line in server.lines if line["logger"] == "fanguide.access"]
        [search] = [line for line in lines if line["route"] == "search"]
        assert "X-Request-ID: edge-7" in named
        assert (search["request_id"], search["path"], search["network"]) == ("edge-7", "/search/", "203.0.113.0/24")
        assert search["status"] == 200
        assert search["queries"] > 0
        assert len({line["request_id"] for line in lines}) == len(lines)
        assert [line["status"] for line in lines if line["path"].startswith("/review/")] == [301, 404]
        for untold in ("whispered", "Key-Of-A-Guest", "203.0.113.77", TOKEN):
            assert untold not in server.output

        assert refused.startswith("HTTP/1.1 401 ")
        assert 'fanguide_requests_total{route="home",status="2xx"} 5.0' in numbers, "of both workers together"
        assert 'fanguide_request_seconds_count{route="home"} 5.0' in numbers
        assert re.search(r'fanguide_database_queries_total\{route="home"\} [1-9]', numbers)
        assert re.search(r'fanguide_cache_reads_total\{outcome="miss"\} [1-9]', numbers)
        assert "Key-Of-A-Guest" not in numbers

        [folder] = tmp_path.glob("fanguide-metrics-*")
        server.process.terminate()
        server.process.wait(timeout=60)
        assert not folder.exists()


def children(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@pytest.mark.slow
def test_workers_are_forked_off_what_has_no_thread_and_no_connection_and_come_back(tmp_path: Path):
    make.live()
    with gunicorn(tmp_path, FANGUIDE_METRICS_TOKEN=TOKEN) as server:
        server.get("/")
        server.wait_for("Booting worker", WORKERS)
        pid = server.process.pid
        assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 1
        opened = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
        assert not [name for name in opened if "sqlite3" in name]

        first = children(pid)
        os.kill(min(first), signal.SIGKILL)
        server.wait_for("Booting worker", WORKERS + 1)
        assert [server.get("/").split(" ", 2)[1] for _ in range(4)] == ["200"] * 4
        second = children(pid)
        assert len(first & second) == WORKERS - 1

        server.process.send_signal(signal.SIGHUP)
        server.wait_for("Booting worker", 2 * WORKERS + 1)
        server.wait_for("Worker exiting|Worker .* exiting", WORKERS)
        assert server.get("/").startswith("HTTP/1.1 200 ")
        wait_for(lambda: not second & children(pid), "new workers alone")
        numbers = server.get("/metrics", f"Authorization: Bearer {TOKEN}")
        assert 'fanguide_requests_total{route="home",status="2xx"} 6.0' in numbers, "of workers that are gone as well"


def post(server: Server, path: str, fields: dict[str, str], *headers: str) -> tuple[socket.socket, bytes]:
    """A request that a worker has taken up, and the rest of it, which it waits for."""
    body = urlencode(fields).encode()
    form = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "Expect: 100-continue")
    opened = server.send("POST", path, *form, *headers)
    assert b"100 Continue" in opened.recv(25, socket.MSG_WAITALL)
    return opened, body


@pytest.mark.slow
def test_a_term_lets_a_publication_and_a_slow_page_come_to_their_end(tmp_path: Path):
    fact = PublishedFact.objects.filter(edition=make.live().editions.get()).first()
    article, editor, browser = make.approved(), make.editor(), Client()
    browser.force_login(editor)
    cookies = f"Cookie: sessionid={browser.cookies['sessionid'].value}; csrftoken={'c' * 32}"
    fields = {"csrfmiddlewaretoken": "c" * 32, "change": str(article.change)}
    move = reverse("admin:articles_article_move", kwargs={"pk": article.pk, "name": states.PUBLISH.name})

    with gunicorn(tmp_path) as server, closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        server.wait_for("Booting worker", WORKERS)
        other.execute("BEGIN IMMEDIATE")  # whoever wants to write waits for this
        waiting = [
            post(server, move, fields, cookies),
            post(server, reverse("vote", kwargs={"public_id": fact.public_id}), {}),
        ]
        for opened, body in waiting:
            opened.sendall(body)
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("Handling signal: term")
        assert [line for line in server.lines if line["logger"] == "fanguide.access"] == []
        other.execute("ROLLBACK")
        answers = [answer_of(opened).split(" ", 2)[1] for opened, _body in waiting]
        assert answers == ["302", "303"], server.output
        assert server.process.wait(timeout=60) == 0
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        editions = "SELECT count(*) FROM articles_edition WHERE article_id = ?"
        published = "SELECT count(*) FROM articles_publishedfact JOIN articles_edition e ON e.id = edition_id"
        assert other.execute(editions, [article.pk]).fetchone() == (1,)
        assert other.execute(f"{published} WHERE e.article_id = ?", [article.pk]).fetchone() == (3,)
        assert [line["message"] for line in server.lines if line["logger"] == "articles.history"] == [
            f"publish: article {article.pk}"
        ]
