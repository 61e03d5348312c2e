"""Hangul in HTML: marked as Korean, and with its particles on the line of what they belong to."""

from __future__ import annotations

import re

import pytest

from articles.text import markdown


def kept(html: str) -> list[str]:
    return re.findall('<span class="keep">([^<]*)</span>', html)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("드라마 ‘미스터 션샤인’에 관한 사실", ["’에"]),
        ("“계절을 찍는다”라고 말했다", ["”라"]),
        ("《별》은 노래, 「밤」의 시", ["》은", "」의"]),
        ("The Glory(더 글로리)는", [")는"]),
        ("‘Mr. Sunshine’은 드라마", ["’은"]),
        ("“말”, 그리고 (뜻) 하나", []),
        ("“words” and (more)", []),
    ],
)
def test_no_line_ends_between_a_closing_mark_and_its_particle(text: str, parts: list[str]):
    for html in (markdown.inline(text), markdown.render(text)):
        assert kept(html) == parts
        assert re.sub("<[^>]*>", "", html).strip() == text
    assert markdown.sanitise(markdown.render(text)) == markdown.render(text)


def test_a_long_row_of_closing_marks_is_read_once():
    row = "”" * 100_000  # read from each of its marks, this would take minutes
    for text in (row, f"가{row} 나", f"{row}가"):
        assert re.sub("<[^>]*>", "", markdown.inline(text)) == text
