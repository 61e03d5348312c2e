"""The door for gunicorn and every other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from fanguide.proxies import warn_at_the_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")

application = get_wsgi_application()

warn_at_the_start()
