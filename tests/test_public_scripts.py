"""The scripts of public pages: few bytes, one file per behaviour, and nothing that keeps a page from coming back."""

import re
from pathlib import Path

from django.conf import settings

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
MOST_BYTES = 10 * 1024


def test_all_scripts_together_stay_small():
    assert sum(script.stat().st_size for script in SCRIPTS) <= MOST_BYTES


def test_no_script_keeps_a_page_out_of_the_back_forward_cache_or_sets_a_cookie():
    for script in SCRIPTS:
        found = re.findall(r"\b(?:before)?unload\b|document\.cookie|XMLHttpRequest|fetch\(", script.read_text())
        assert found == [], script.name


def test_storage_is_touched_in_one_place_which_knows_that_it_may_be_forbidden():
    assert [script.name for script in SCRIPTS if "localStorage" in script.read_text()] == ["kept.js"]


def test_every_script_says_first_what_it_does():
    assert all(script.read_text().startswith("/* ") for script in SCRIPTS)
