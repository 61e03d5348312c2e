"""Scripts of others: each with its licence and its source, and the text field's core small and out of the way."""

import brotli
import pytest

from tests.test_scripts import DESK, STATIC

VENDOR = DESK / "vendor"
MOST_BYTES = 95_000


def test_each_script_of_others_has_its_licence_and_a_line_that_says_where_it_is_from():
    told = (VENDOR / "README.md").read_text()
    for script in VENDOR.glob("*.js"):
        assert "Copyright" in script.with_suffix(".LICENSE").read_text()
        assert f"| `{script.name}` |" in told


@pytest.mark.slow
def test_the_core_of_the_text_field_stays_small():
    assert len(brotli.compress((VENDOR / "codemirror.js").read_bytes())) < MOST_BYTES


def test_the_door_to_the_text_field_loads_nothing_before_it_is_opened():
    assert STATIC.findall((DESK / "text" / "load-field.js").read_text()) == []


def test_what_the_text_field_imports_from_its_core_is_in_the_build_command():
    told = (VENDOR / "README.md").read_text()
    for module in (DESK / "text").glob("*.js"):
        text = module.read_text()
        if '"../vendor/codemirror.js"' not in text:
            continue
        imported = text.partition('} from "../vendor/codemirror.js"')[0].rpartition("import {")[2]
        for name in imported.replace(",", " ").split():
            assert f" {name}," in told or f" {name} }}" in told, f"{module.name} imports {name}"
