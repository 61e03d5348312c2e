"""The door for gunicorn and every other WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from fanguide.proxies import warn_at_the_start
from fanguide.telemetry import requests, tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")

tracing.start()  # it adds a middleware
application = get_wsgi_application()

requests.start()
if settings.METRICS_TOKEN:
    from fanguide.telemetry import metrics

    metrics.start()
warn_at_the_start()
