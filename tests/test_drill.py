"""The drill (drill.py), short: two hosts, and all that breaks. By hand it runs for a minute."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.canary_word import CANARY
from tests.container import ROOT
from tests.drill_people import Ferry, leaks, torn_or_old, words

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
        (words(6, 1), True),  # written, and in nobody's hands yet
        (words(4, 1) + words(3, 1), True),  # torn
        (words(3, 0), True),  # of another article
        (words(3, 1) + CANARY.title(), True),
        ("A page without its words", True),
    ],
)
def test_the_drill_knows_a_wrong_page(text: str, is_wrong: bool):
    ferries = [Ferry(0, 1, "ferry-0", sent=9), Ferry(1, 2, "ferry-1", tried=6, sent=5)]
    assert bool([*leaks(text, ferries), *torn_or_old(text, ferries[1], 3)]) is is_wrong


@pytest.mark.parametrize("seconds", [pytest.param(20, marks=in_the_lane_of_postgresql)])
def test_no_page_is_wrong_no_act_is_lost_and_all_heals_by_itself(seconds: int):
    command = [sys.executable, "-m", "tests.drill", "--seconds", str(seconds), "--readers", "3"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert "wrong pages: 0" in run.stdout
    assert "PostgreSQL is out of reach" in run.stdout
