"""What a setting needs beside the base of this program: said at the start, with the command that installs it."""

from __future__ import annotations

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

INSTALL = "pip install --require-hashes -r requirements-production.txt"


def require(setting: str, *modules: str) -> None:
    """Raises ImproperlyConfigured unless each of these modules is installed."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise ImproperlyConfigured(f"{setting} needs {' and '.join(missing)}, which is not installed: run {INSTALL}.")
