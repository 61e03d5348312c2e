"""Hostile texts: what people paste, programs write and attackers send, for every test that wants words back unharmed.

`hostile()` is the strategy. A place that cannot hold something says so: PostgreSQL and forms take no NUL, and half of
a character (a lone surrogate) lives in a str alone, never in UTF-8.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

T = TypeVar("T")

#: For tests of whole pages and databases, each example of which takes long; each undoes by itself what it has done.
SLOW = settings(
    max_examples=settings.default.max_examples // 5, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

NUL = "\x00"
HALVES = ("\ud800", "\udfff", "\udc80")
CONTROLS = ("\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\x7f", "\x85", "\x9c", "\ufffe", "\U0010ffff")
DIRECTIONS = ("\u202e", "\u202d", "\u202c", "\u2066", "\u2067", "\u2069", "\u200f", "\u061c")
UNSEEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u180e", "\u3164", "\U000e0041")
BREAKS = ("\r\n", "\r", "\n", "\n\n", "\u2028", "\u2029", "\t", " ", "\u00a0", "\u3000")
JOINED = ("👩‍⚕️", "🦸\u200d♂️", "1️⃣", "🇰🇷", "🇰", "e\u0301", "q" + "\u0323\u0307" * 40, "가", "\u1100\u1161", "ﷺ", "İ", "ß")
MARKUP = (
    *("<script>alert(1)</script>", "</script>", "</textarea>", "</title>", "<!--", "]]>", "<img src=x onerror=a()>"),
    *("&amp;", "&#0;", "&lt", "{{ 7|add:7 }}", "{% now 'Y' %}", "%(count)s", "%s", "{0}", "${7*7}", "\\", "\\u0000"),
    *("javascript:alert(1)", "//evil.example/", "../../etc/passwd", "' OR 1=1 --", '"', "'", "`", "“", "”"),
    *("## ", "+++", "---", "```", "> ", "- ", "1. ", "| a |\n|---|", "![](picture:p)", "[^1]", "[[sources]]", "= 1"),
)
LONG = ("ferry " * 1_707, "한" * 3_414, "x" * 10_240, "<b>" * 3_414, "**" * 5_120, "\n" * 10_240)

PIECES = (*CONTROLS, *DIRECTIONS, *UNSEEN, *BREAKS, *JOINED, *MARKUP)


def hostile(*, nul: bool = True, halves: bool = False, longest: int | None = None) -> st.SearchStrategy[str]:
    """Texts of pieces that break things, of any characters, and now and then of 10 KB. `longest` is in characters.

    `nul`: also with the sign U+0000. `halves`: also with lone surrogates, which no UTF-8 can hold.
    """
    pieces = st.sampled_from((*PIECES, *((NUL,) if nul else ()), *(HALVES if halves else ())))
    letters = st.characters(exclude_categories=[] if halves else ["Cs"], exclude_characters="" if nul else NUL)
    mixed = st.lists(st.one_of(pieces, st.text(letters, max_size=4)), max_size=12).map("".join)
    if longest is not None:
        return st.one_of(mixed, st.text(letters, max_size=longest)).map(lambda text: text[:longest])
    whole = st.tuples(mixed, st.sampled_from(LONG), mixed).map("".join)
    return st.one_of(mixed, mixed, st.text(letters, max_size=60), whole)


def every_field(
    kind: type[T], /, *, but: Collection[str] = (), **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[T]:
    """As st.builds of a dataclass; names a field without values, of whose loss nothing would tell."""
    missing = {field.name for field in dataclasses.fields(kind)} - {*fields, *but}  # type: ignore[arg-type]
    assert not missing, f"Say here what values {kind.__name__} takes for {missing}."
    return st.builds(kind, **fields)


def halved() -> st.SearchStrategy[str]:
    """Texts in which there is half a character at least."""
    around = hostile(halves=True, longest=20)
    return st.tuples(around, st.sampled_from(HALVES), around).map(" ".join)
