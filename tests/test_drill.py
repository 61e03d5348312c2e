"""The drill (drill.py), short: two hosts, and all that breaks. By hand it runs for a minute."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.container import ROOT
from tests.drill_hosts import Host
from tests.drill_people import Ferry, Seen, _judge, words

in_the_lane_of_postgresql = [
    pytest.mark.slow,
    pytest.mark.django_db,  # the drill makes a database of its own
    pytest.mark.skipif(not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="wants PostgreSQL"),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="NOT TRIED: redis-server is not installed"),
]


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        (words(3, 1) + words(3, 1), False),
        (words(5, 1), False),
        (words(2, 1), True),  # older than what was acknowledged
        (words(6, 1), True),  # never written
        (words(4, 1) + words(3, 1), True),  # torn
        (words(3, 2), True),  # of another article
        ("A page without its words", True),
    ],
)
def test_the_drill_knows_a_wrong_page(text: str, is_wrong: bool, tmp_path):
    seen = Seen()
    _judge(Host("a.example", tmp_path, {}), Ferry(1, 1, "ferry-1", tried=5), 200, text, 3, seen)
    assert bool(seen.wrong) is is_wrong


@pytest.mark.parametrize("seconds", [pytest.param(20, marks=in_the_lane_of_postgresql)])
def test_no_page_is_wrong_no_act_is_lost_and_all_heals_by_itself(seconds: int):
    command = [sys.executable, "-m", "tests.drill", "--seconds", str(seconds), "--readers", "3"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert "wrong pages: 0" in run.stdout
    assert "PostgreSQL is out of reach" in run.stdout
