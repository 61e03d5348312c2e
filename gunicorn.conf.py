"""How gunicorn serves the site; gunicorn reads it by itself when it is started in this folder.

It has no access log of its own here: the site's has more and tells less of its readers.
"""

import os
import shutil
from typing import Any

from fanguide.telemetry import folders, logs

logconfig_dict = logs.configuration()
timeout = 30
graceful_timeout = 30  # seconds in which what is being answered comes to its end, after a TERM

if os.environ.get("FANGUIDE_METRICS_TOKEN"):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folders.of_metrics()


def on_exit(_server: Any) -> None:
    if os.environ.get("FANGUIDE_METRICS_TOKEN"):
        shutil.rmtree(folders.of_metrics(), ignore_errors=True)
