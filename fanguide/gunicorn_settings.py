"""How gunicorn serves the site: `gunicorn -c python:fanguide.gunicorn_settings fanguide.wsgi`. In a checkout it finds
gunicorn.conf.py, which is the same.

It has no access log of its own here: the site's has more and tells less of its readers.
"""

import os
import shutil
from typing import Any

from fanguide.telemetry import folders, logs

logconfig_dict = logs.configuration()
bind = os.environ.get("FANGUIDE_BIND", "127.0.0.1:8000")
timeout = 30
graceful_timeout = 30  # seconds in which what is being answered comes to its end, after a TERM
control_socket_disable = True  # it would lie in a home that the account of the site has not; TERM and HUP do

if os.environ.get("FANGUIDE_METRICS_TOKEN"):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folders.of_metrics()


def on_exit(_server: Any) -> None:
    if os.environ.get("FANGUIDE_METRICS_TOKEN"):
        shutil.rmtree(folders.of_metrics(), ignore_errors=True)
