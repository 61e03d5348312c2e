"""What Prometheus reads at /metrics. Imported only where FANGUIDE_METRICS_TOKEN is set: it costs a start 0.1 seconds.

Several workers write into one folder, which gunicorn.conf.py makes: the client library's multiprocess mode.
"""

from __future__ import annotations

import functools
import logging
import os
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from fanguide.telemetry.requests import Served, report_to

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("fanguide_requests", "Answered requests, by route and class of status.", ["route", "status"])
SECONDS = Histogram("fanguide_request_seconds", "Time of an answer until its end.", ["route"], buckets=BUCKETS)
QUERIES = Counter("fanguide_database_queries", "Queries of requests.", ["route"])
DATABASE_SECONDS = Counter("fanguide_database_seconds", "Time of queries until their first row.", ["route"])
ACTS = Counter("fanguide_acts", "Lines of the history, such as publish, schedule, import.", ["act"])
REFUSALS = Counter("fanguide_refusals", "Moves that were refused.", ["act"])
CACHE_READS = Counter("fanguide_cache_reads", "Reads of the cache.", ["outcome"])
_HIT, _MISS = CACHE_READS.labels("hit"), CACHE_READS.labels("miss")


def start() -> None:
    """From here on this process counts."""
    report_to(count_request)
    logging.getLogger("articles.history").addHandler(ActCounter())
    count_cache_reads(type(caches["default"]))


def count_request(served: Served, seconds: float) -> None:
    route = served.route
    REQUESTS.labels(route, f"{served.status // 100}xx").inc()
    SECONDS.labels(route).observe(seconds)
    if served.queries:
        QUERIES.labels(route).inc(served.queries)
        DATABASE_SECONDS.labels(route).inc(served.database_seconds)


class ActCounter(logging.Handler):
    """The rooms of articles/ do not know who listens: they log an act, and it is counted here."""

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "fields", {})
        if refused := fields.get("refused"):
            REFUSALS.labels(refused).inc()
        elif act := fields.get("act"):
            ACTS.labels(act).inc()


def count_cache_reads(backend: type[BaseCache]) -> None:
    """Whichever backend the settings have chosen: each thread has an object of its own, so it is the class."""
    read = backend.get

    @functools.wraps(read)
    def get(self: BaseCache, key: Any, default: Any = None, version: int | None = None) -> Any:
        found = read(self, key, default, version)
        (_MISS if found is default else _HIT).inc()
        return found

    backend.get = get  # type: ignore[method-assign]


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All workers' numbers, for whoever has the token."""
    no_store = {"Cache-Control": "no-store"}
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer", **no_store})
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers=no_store)
