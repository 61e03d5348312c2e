"""The scripts of public pages: few bytes, one file per behaviour, and nothing that keeps a page from coming back."""

import re
from pathlib import Path

import brotli
from django.conf import settings

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
MOST_BYTES = 10 * 1024  # as they are sent
#: On one page each.
OF_ONE_PAGE = {"follow.js", "narrow.js"}
#: Loaded by import() when they are used, so a page does not pay for them.
LATER = sorted((Path(settings.BASE_DIR) / "static" / "js" / "later").glob("*.js"))
MOST_LATER_BYTES = 4 * 1024


def test_all_scripts_together_stay_small():
    sent = [brotli.compress(script.read_bytes()) for script in SCRIPTS if script.name not in OF_ONE_PAGE]
    assert sum(map(len, sent)) <= MOST_BYTES


def test_no_script_keeps_a_page_out_of_the_back_forward_cache_or_sets_a_cookie():
    for script in SCRIPTS:
        found = re.findall(r"\b(?:before)?unload\b|document\.cookie|XMLHttpRequest|fetch\(", script.read_text())
        assert found == [], script.name


def test_storage_is_touched_where_it_is_known_that_it_may_be_forbidden():
    """scheme.js runs before the first paint, so it cannot wait for a module such as kept.js."""
    assert [script.name for script in SCRIPTS if "localStorage" in script.read_text()] == ["kept.js", "scheme.js"]


def test_every_script_says_first_what_it_does():
    assert all(script.read_text().startswith("/* ") for script in SCRIPTS)


def test_what_is_loaded_later_stays_small_and_lets_a_page_come_back():
    assert LATER
    for script in LATER:
        text = script.read_text()
        assert len(text.encode()) <= MOST_LATER_BYTES, script.name
        assert text.startswith("/* ")
        assert not re.search(r"\b(?:before)?unload\b|document\.cookie|XMLHttpRequest|localStorage", text), script.name
        assert "fetch(" not in text or 'addEventListener("pagehide"' in text, f"{script.name}: end what is under way."
