"""The drill (drill.py), short: two hosts, and all that breaks. By hand it runs for a minute."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.container import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,  # for the lane of PostgreSQL; the drill makes a database of its own
    pytest.mark.skipif(not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="wants PostgreSQL"),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="NOT TRIED: redis-server is not installed"),
]


def test_no_page_is_wrong_no_act_is_lost_and_all_heals_by_itself():
    command = [sys.executable, "-m", "tests.drill", "--seconds", "20", "--readers", "3"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert "wrong pages: 0" in run.stdout
    assert "PostgreSQL is out of reach" in run.stdout
