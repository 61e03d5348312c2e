"""gunicorn with the configuration of the package: as an installed site names it, and as it finds it in a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ("-c", "python:fanguide.gunicorn_settings")
#: Names of functions and places, which each process has elsewhere.
ELSEWHERE = {"config", "chdir", "pythonpath"}


def settings_of(folder: Path, data: Path, *options: str) -> dict[str, str]:
    """What gunicorn makes of its command line in a folder; it loads the site then."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "GUNICORN_"))}
    command = [sys.executable, "-m", "gunicorn", *options, "--print-config", "fanguide.wsgi"]
    environment = {"PYTHONPATH": str(ROOT), "FANGUIDE_DATA": str(data)}
    run = subprocess.run(command, cwd=folder, env=clean | environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    pairs = [line.partition("=") for line in run.stdout.splitlines() if " = " in line]
    return {name.strip(): value.strip() for name, _is, value in pairs}


@pytest.mark.slow
def test_a_checkout_and_an_installed_site_are_served_alike(tmp_path: Path):
    bare, named = settings_of(tmp_path, tmp_path), settings_of(tmp_path, tmp_path, *PACKAGE)
    found = settings_of(ROOT, tmp_path)
    written = {name for name in named if named[name] != bare[name]} - ELSEWHERE
    assert written >= {"logconfig_dict", "on_exit", "control_socket_disable"}
    assert {name: found[name] for name in written} == {name: named[name] for name in written}
    assert {name for name in found if found[name] != bare[name]} - ELSEWHERE == written
