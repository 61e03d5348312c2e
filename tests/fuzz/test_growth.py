"""The work of every room grows with the length of its text. A few pieces by default, many in CI.

By hand, all of them, with pairs of pieces and for as long as wanted: `python -m tests.fuzz`, see growth.py.
"""

from __future__ import annotations

import itertools
import random

import pytest

from tests.fuzz import growth, targets
from tests.fuzz.growth import PIECES, Shape, grown_too_fast, shapes
from tests.sampling import sampled

LENGTH = 8_000
#: Found by the fuzzer once, each for a kind: what they have in common is held here whatever is sampled.
FOUND = (
    ("check", Shape("\\")),  # a run of signs in which a letter was looked for from each of them
    ("words", Shape("==")),
    ("merge", Shape("[")),  # equal signs, compared pair by pair again and again
    ("compare", Shape("](")),
    ("compare html", Shape("[")),
    ("signs", Shape("\u200b")),  # the text before each invisible sign was copied
    ("compare articles", Shape("a")),  # each card looked at all before it
    ("signs", Shape(" ")),  # spaces before a break that never comes, looked for from each of them
    ("search", Shape("e\u0301")),  # a word before a hyphen, likewise
    ("excerpt", Shape("(A). ")),  # at each full stop every pair of brackets was looked at
    ("html of ours", Shape("\u00ab")),  # nh3 looked for a no-break space from each of them
    ("foreign html", Shape("&laquo;")),
    ("foreign html", Shape("<ol>")),  # and through all open elements at each tag
    ("excerpt", Shape("(", "]")),  # at each closing bracket all that are open
)
_ALL = [(name, Shape(piece)) for name in targets.TARGETS for piece in PIECES]
CASES = [*FOUND, *sampled(random.Random("growth").sample(_ALL, 150), 12)]


@pytest.mark.parametrize(("name", "shape"), CASES, ids=repr)
def test_the_work_grows_with_the_length_of_the_text(name: str, shape: Shape):
    found = grown_too_fast(name, shape, LENGTH)
    if found and found.large < growth.TOO_LONG:
        found = grown_too_fast(name, shape, 4 * LENGTH)  # what is bounded has reached its bound by then
    assert found is None


@pytest.mark.slow
def test_what_grows_too_fast_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(targets.TARGETS, "square", lambda text: [text.count("b") for _ in range(len(text) // 4)])
    monkeypatch.setitem(targets.TARGETS, "line", lambda text: [text.count("b") for _ in range(40)])
    monkeypatch.setattr(growth, "NOTICEABLE", 0.001)
    assert grown_too_fast("square", Shape("a"), 24_000)
    assert not grown_too_fast("line", Shape("a"), 24_000)


def test_shapes_are_of_the_length_that_is_asked_for():
    for shape in itertools.islice(shapes(""), 3 * len(PIECES) + 200):
        length = random.Random(repr(shape)).randrange(1, 300)
        assert len(shape.text(length)) == length + len(shape.end)
