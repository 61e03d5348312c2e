"""Traces by OpenTelemetry's own library, where its variables name a collector; it reads the rest of them itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from fanguide.telemetry.privacy import network_of, shown_path
from fanguide.telemetry.requests import current_id

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
#: What the library tells of a request, under its older names and its newer ones.
_PATHS = ("http.url", "http.target", "url.full", "url.path")
_ADDRESSES = ("net.peer.ip", "http.client_ip", "client.address", "network.peer.address")
_NOT_TOLD = ("url.query", "http.user_agent", "user_agent.original")


class _Sending:
    """What this process sends traces by: made ready by `start`, done by the first `send` in each process."""

    begin: Callable[[], None] | None = None
    process: int | None = None


def start() -> None:
    """Before Django builds its middleware. It sends nothing yet: see `send`.

    Raises ImproperlyConfigured where a collector is named and the packages are missing.
    """
    named = next((name for name in ENDPOINTS if os.environ.get(name)), "")
    if not named or os.environ.get("OTEL_TRACES_EXPORTER") == "none":
        return
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.django import DjangoInstrumentor
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ImproperlyConfigured(
            f"{named} is set, and a package is missing ({error.name}): install the `otel` extra, or unset the variable."
        ) from error
    os.environ.setdefault("OTEL_SERVICE_NAME", "fanguide")

    def begin() -> None:
        provider = TracerProvider()
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(provider)

    _Sending.begin = begin
    DjangoInstrumentor().instrument(response_hook=tell_no_more)


def send() -> None:
    """From here on this process sends, where `start` found a collector. The library has a thread for it, which a fork
    would lose: so each process that serves calls this, and may do so for every request.
    """
    if _Sending.begin and _Sending.process != os.getpid():
        _Sending.process = os.getpid()
        _Sending.begin()


def tell_no_more(span: Any, request: HttpRequest, _response: HttpResponse) -> None:
    """A trace says no more of a reader than the access log does."""
    told = getattr(span, "attributes", None) or {}
    for name in _PATHS:
        if name in told:
            span.set_attribute(name, shown_path(request))
    for name in _ADDRESSES:
        if name in told:
            span.set_attribute(name, network_of(str(told[name])))
    for name in _NOT_TOLD:
        if name in told:
            span.set_attribute(name, "")
    span.set_attribute("fanguide.request_id", current_id())
