"""What a running site tells of itself, and what it does not."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from articles import states, workflow
from fanguide.telemetry import logs, requests, tracing
from fanguide.telemetry.privacy import network_of
from tests import make

# --- a site of these pages --------------------------------------------------------------------------------------------


def slow(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s AS answer", ["somebody's words"])
    return HttpResponse("slow")


def broken(_request: HttpRequest, token: str) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [path("slow", slow, name="slow"), path("broken/<token>", broken, name="broken")]
handler500 = "articles.reading.errors.server_error"


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lines of the log as production writes them, access log and timed queries included."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    handler.setFormatter(logs.JsonFormatter())
    handler.addFilter(logs.HideSecrets())
    handler.addFilter(logs.FaultsOfAskers())
    monkeypatch.setattr(requests, "_reporters", [requests.log_access])
    root, django = logging.getLogger(), logging.getLogger("django")
    root.addHandler(handler)
    django.addHandler(handler)
    yield lines
    root.removeHandler(handler)
    django.removeHandler(handler)


@contextmanager
def timed() -> Iterator[None]:
    """The connection as it is in a process that serves."""
    with connection.execute_wrapper(requests.timed):
        yield


# --- ids --------------------------------------------------------------------------------------------------------------


def asked_with(request_id: str) -> str:
    answered = requests.request_ids(lambda _request: HttpResponse())(
        RequestFactory().get("/", headers={"X-Request-ID": request_id})
    )
    return answered.headers["X-Request-ID"]


@pytest.mark.parametrize("given", ["edge-7", "01J9:ab/c+d=", "x" * 100])
def test_the_id_of_a_proxy_of_ours_is_kept(given: str, settings):
    settings.PROXIES = 1
    assert asked_with(given) == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 101, "ünï", 'a"b', "a\nb", "a,b"])
def test_an_id_that_cannot_stand_in_a_log_is_replaced(given: str, settings):
    settings.PROXIES = 1
    assert asked_with(given) != given
    assert len(asked_with(given)) == 32


def test_nobody_else_names_a_request(settings):
    settings.PROXIES = 0
    assert asked_with("edge-7") != "edge-7"
    assert asked_with("edge-7") != asked_with("edge-7")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_and_its_access_line_have_the_id_that_was_answered_and_no_secret(out: list[str]):
    answer = Client(raise_request_exception=False).get("/broken/key-of-a-guest?q=whispered")
    error, access = (json.loads(line) for line in out)
    assert error["request_id"] == access["request_id"] == answer.headers["X-Request-ID"]
    assert error["level"] == "ERROR"
    assert "a fault of ours" in error["exception"]
    assert (access["path"], access["route"], access["status"]) == ("/broken/-", "broken", 500)
    assert "key-of-a-guest" not in "".join(out)
    assert "whispered" not in "".join(out)


@pytest.mark.django_db
def test_what_anybody_may_bring_about_is_no_error(out: list[str]):
    assert Client().get("/facts/?" + "&".join(f"a{number}" for number in range(3_000))).status_code == 400
    told, access = (json.loads(line) for line in out)
    assert told["level"] == "WARNING"
    assert "exception" not in told
    assert access["status"] == 400


@pytest.mark.django_db
def test_a_wish_for_what_is_not_offered_is_no_error(out: list[str]):
    assert Client().get("/oembed?format=xml").status_code == 501
    [access] = (json.loads(line) for line in out)
    assert access["status"] == 501


def test_after_the_answer_no_line_belongs_to_the_request(out: list[str]):
    Client().get("/healthz")
    logging.getLogger("articles").error("later")
    assert "request_id" not in json.loads(out[-1])


@pytest.mark.django_db
def test_a_streamed_answer_is_told_when_it_has_ended(out: list[str]):
    make.live()
    answer = Client().get("/api/facts.jsonl")
    assert answer.streaming
    assert out == []
    assert answer.getvalue()
    [access] = (json.loads(line) for line in out)
    assert access["request_id"] == answer.headers["X-Request-ID"]
    assert access["bytes"] is None


@pytest.mark.django_db
def test_a_path_forges_no_line(out: list[str]):
    Client().get("/healthz%0A2026 ERROR forged")
    assert all("\n" not in json.loads(line).get("path", "") for line in out)
    formatter = logs.LineFormatter("{message}", style="{")
    record = logging.LogRecord("a", logging.INFO, "", 0, "GET %s", ("/x",), None)
    assert formatter.format(record) == "GET /x"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unknown", ""),
        ("203.0.113.77:5000", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address: str, network: str):
    assert network_of(address) == network


# --- acts -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_act_is_a_line_without_its_person_once_it_is_committed(
    out: list[str], caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.INFO, logger="articles.history")
    editor, ready = make.editor(name="kim"), make.approved(title="A secret title")
    with django_capture_on_commit_callbacks() as callbacks:
        workflow.make(states.PUBLISH, ready, by=editor, change=ready.change)
        for _ in range(2):
            with pytest.raises(workflow.WorkflowError):
                workflow.make(states.PUBLISH, ready, by=editor, change=ready.change)
    assert out == []
    for callback in callbacks:
        callback()
    acts = [json.loads(line) for line in out]
    assert [(act["act"], act.get("refused"), act["article"]) for act in acts] == [
        ("publish", None, ready.pk),
        ("refused", "publish", ready.pk),
        ("refused", "publish", ready.pk),
    ]
    assert "kim" not in "".join(out)
    assert "secret" not in "".join(out)


# --- the database -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_slow_query_is_named_without_its_values(out: list[str], settings, monkeypatch):
    settings.SLOW_QUERY_MS = 500
    now = iter(range(100))
    monkeypatch.setattr(requests.time, "perf_counter", lambda: next(now))
    with timed():
        answer = Client().get("/slow")
    line, access = (json.loads(line) for line in out)
    assert (line["level"], line["logger"], line["route"]) == ("WARNING", "fanguide.slow_queries", "slow")
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["ms"] == 1000
    assert line["sql"].startswith("SELECT ")
    assert "somebody" not in "".join(out)
    assert (access["queries"], access["database_ms"]) == (1, 1000)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("limit", [0, 60_000])
def test_other_queries_are_only_counted(out: list[str], settings, limit: int):
    settings.SLOW_QUERY_MS = limit
    with timed():
        Client().get("/slow")
    [access] = (json.loads(line) for line in out)
    assert access["queries"] == 1


@pytest.mark.django_db
def test_a_statement_of_a_request_ends_in_time(settings):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such limit")
    settings.STATEMENT_SECONDS = 1
    wrappers = [*connection.execute_wrappers]
    try:
        requests.on_connection(connection=connection)
        requests.on_connection(connection=connection)
        assert connection.execute_wrappers == [*wrappers, requests.timed]
        with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
            connection.cursor().execute("SELECT pg_sleep(60)")
    finally:
        connection.execute_wrappers[:] = wrappers
        connection.cursor().execute("RESET statement_timeout")


# --- traces -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    bodies: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_collector_gets_requests_without_what_readers_searched_for(collector, monkeypatch):
    instrumentation = pytest.importorskip("opentelemetry.instrumentation.django")
    from opentelemetry import trace

    origin, bodies = collector
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", origin)
    monkeypatch.setenv("OTEL_SERVICE_NAME", "fans")
    tracing.start()
    tracing.send()
    try:
        answer = Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": "a-rare-browser"}).get(
            "/search/?q=whispered"
        )
        trace.get_tracer_provider().shutdown()
    finally:
        instrumentation.DjangoInstrumentor().uninstrument()
    sent = b"".join(bodies)
    assert b"fans" in sent
    assert b"search/" in sent
    assert answer.headers["X-Request-ID"].encode() in sent
    for untold in (b"whispered", b"203.0.113.77", b"a-rare-browser"):
        assert untold not in sent


def test_a_collector_without_the_packages_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(ImproperlyConfigured, match=r"OTEL_EXPORTER_OTLP_ENDPOINT is set, .* install the `otel` extra"):
        tracing.start()


@pytest.mark.parametrize("variables", [{}, {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_TRACES_EXPORTER": "none"}])
def test_without_a_collector_nothing_is_imported(variables, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    tracing.start()


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_token_there_are_no_numbers():
    assert Client().get("/metrics").status_code == 404


@pytest.mark.django_db
def test_acts_and_refusals_are_counted(caplog):
    caplog.set_level(logging.INFO, logger="articles.history")
    from fanguide.telemetry import metrics

    def counted() -> tuple[float, float]:
        acts, refusals = metrics.ACTS.labels("publish"), metrics.REFUSALS.labels("publish")
        return acts._value.get(), refusals._value.get()

    before, counter = counted(), metrics.ActCounter()
    logger = logging.getLogger("articles.history")
    logger.addHandler(counter)
    try:
        logger.info("publish", extra={"fields": {"act": "publish", "article": 1}})
        logger.info("refused", extra={"fields": {"act": "refused", "refused": "publish", "article": 1}})
        logger.info("something else")
    finally:
        logger.removeHandler(counter)
    assert counted() == (before[0] + 1, before[1] + 1)
