"""The request that is being answered: its id, how long it took, and what it asked of the database.

The middleware gives every request its id. What is told of it beyond that is for processes that serve (`start`, in
wsgi.py): a backup that asks thousands of pages of its own fills no log.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from fanguide.telemetry.privacy import network_of, shown_path

HEADER = "X-Request-ID"
_READABLE_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,100}")
_SHOWN_SQL = 2000  # characters

_access = logging.getLogger("fanguide.access")
_slow = logging.getLogger("fanguide.slow_queries")


@dataclass(slots=True, eq=False)
class Served:
    """A request until its answer is closed, which for a streamed one is after the last byte."""

    request: HttpRequest
    request_id: str
    status: int = 0
    size: int | None = None
    queries: int = 0
    database_seconds: float = 0.0
    began: float = field(default_factory=time.perf_counter)

    @property
    def route(self) -> str:
        """The name of the address's pattern; there are few of them, whatever is asked."""
        if self.request.resolver_match is not None:
            return self.request.resolver_match.view_name
        return "static" if self.request.path.startswith(settings.STATIC_URL) else "none"


#: Log lines of a request stand in many modules, none of which is given the request.
_current: ContextVar[Served | None] = ContextVar("served", default=None)
_reporters: list[Callable[[Served, float], None]] = []


def current_id() -> str:
    """The id of the request that this thread answers; empty when it answers none."""
    served = _current.get()
    return served.request_id if served else ""


def request_ids(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware: the id is that of our own proxy, where there is one that names it, else a new one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
        served = Served(request, given if _READABLE_ID.fullmatch(given) else uuid.uuid4().hex)
        _current.set(served)
        response = get_response(request)
        served.status = response.status_code
        served.size = None if response.streaming else len(response.content)
        response.headers[HEADER] = served.request_id
        return response

    return middleware


def start() -> None:
    """From here on this process tells what it serves."""
    report_to(log_access)
    logging.getLogger("articles.history").setLevel(logging.INFO)  # and metrics count its lines
    connection_created.connect(on_connection, dispatch_uid="telemetry")


def report_to(report: Callable[[Served, float], None]) -> None:
    """`report` is called with each request and the seconds that it took."""
    _reporters.append(report)


def _finish(**_kwargs: Any) -> None:
    """Django's own lines on an answer are written after the middleware and before this."""
    served = _current.get()
    if served is not None and served.status:
        seconds = time.perf_counter() - served.began
        for report in _reporters:
            report(served, seconds)
    _current.set(None)


request_finished.connect(_finish, dispatch_uid="telemetry")


def log_access(served: Served, seconds: float) -> None:
    path, request = shown_path(served.request), served.request
    fields = {
        "method": request.method,
        "path": path,
        "route": served.route,
        "status": served.status,
        "bytes": served.size,
        "ms": round(seconds * 1000, 1),
        "queries": served.queries,
        "database_ms": round(served.database_seconds * 1000, 1),
        "network": network_of(request.META.get("REMOTE_ADDR", "")),
    }
    _access.info("%s %s %d %.1f ms", request.method, path, served.status, seconds * 1000, extra={"fields": fields})


# --- the database -----------------------------------------------------------------------------------------------------


def on_connection(*, connection: Any, **_kwargs: Any) -> None:
    """Whose client has gone for longer than gunicorn waits for a worker is answered no more: its statement ends."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)
    if connection.vendor == "postgresql" and settings.STATEMENT_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{settings.STATEMENT_SECONDS:d}s'")


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Around each query, until its first row is there. Values are not told: they may be somebody's words."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.perf_counter() - began
        if served := _current.get():
            served.queries += 1
            served.database_seconds += seconds
            if settings.SLOW_QUERY_MS and seconds * 1000 >= settings.SLOW_QUERY_MS:
                _log_slow(sql, served.route, seconds)


def _log_slow(sql: str, route: str, seconds: float) -> None:
    shown = " ".join(sql.split())[:_SHOWN_SQL]
    fields = {"route": route, "ms": round(seconds * 1000, 1), "sql": shown}
    _slow.warning("A query of %s took %.0f ms: %s", route, seconds * 1000, shown, extra={"fields": fields})
