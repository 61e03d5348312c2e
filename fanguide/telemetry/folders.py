"""The folder in which the workers of one gunicorn count together."""

import tempfile
from functools import cache


@cache
def of_metrics() -> str:
    """One in a process, also when gunicorn reads its configuration anew: numbers go on where they were."""
    return tempfile.mkdtemp(prefix="fanguide-metrics-")
