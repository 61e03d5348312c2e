"""The door for gunicorn and every other WSGI server."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from fanguide.proxies import warn_at_the_start
from fanguide.telemetry import requests, tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")

tracing.start()  # it adds a middleware
_django = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - the views, here and not in each worker at its first request

requests.start()
if settings.METRICS_TOKEN:
    from fanguide.telemetry import metrics

    metrics.start()
warn_at_the_start()

from articles.delivery import background  # noqa: E402 - models are there from here on


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's, in a process that sends traces, and what waits in the outbox, from its first request on: threads of
    the process that this module was imported in are not there in those that are forked off.
    """
    tracing.send()
    background.start()
    return _django(environ, start_response)
