"""How gunicorn serves the site: `gunicorn -c python:fanguide.gunicorn_settings fanguide.wsgi`. In a checkout it finds
gunicorn.conf.py, which is the same.

It has no access log of its own here: the site's has more and tells less of its readers.

The site is loaded once, before the workers are forked off: it starts in the time of one and its code lies in memory
once. So nothing that a fork loses or may not share (threads, connections) may begin when fanguide.wsgi is imported;
tests/test_served.py looks. A worker that was killed is there again at once, of the program that was started: HUP gives
new workers and no newer program.
"""

import gc
import os
import shutil
from typing import Any

from fanguide.telemetry import folders, logs

logconfig_dict = logs.configuration()
bind = os.environ.get("FANGUIDE_BIND", "127.0.0.1:8000")
preload_app = True
timeout = 30
graceful_timeout = 30  # seconds in which what is being answered comes to its end, after a TERM
control_socket_disable = True  # it would lie in a home that the account of the site has not; TERM and HUP do

if os.environ.get("FANGUIDE_METRICS_TOKEN"):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folders.of_metrics()


def when_ready(_server: Any) -> None:
    """Just before the first worker is forked off. What is there stays: whoever looks through it for garbage would only
    copy the pages that it lies on.
    """
    gc.collect()
    gc.freeze()


def on_exit(_server: Any) -> None:
    if os.environ.get("FANGUIDE_METRICS_TOKEN"):
        shutil.rmtree(folders.of_metrics(), ignore_errors=True)
