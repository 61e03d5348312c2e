"""What differs between two plain texts, with a little around it: the words before and after of a correction."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

#: Shorter texts, and lines of longer ones, are shown whole. In characters, as the others.
WHOLE = 240
AROUND = 60
MOST = 600
CUT = "…"
_SPACE = re.compile(r"\s")


def changed(old: str, new: str) -> tuple[str, str]:
    """Both texts; of longer ones the lines that differ, each cut to what changed in it. At most MOST characters each.

    A text that has nothing in the place where the other has something is empty.
    """
    old, new = old.strip(), new.strip()
    if old == new:
        return "", ""
    if max(len(old), len(new)) > WHOLE:
        pairs = [_cut(*pair) for pair in _lines_that_differ(old.splitlines(), new.splitlines())]
        old, new = ("\n".join(filter(None, side)) for side in zip(*pairs, strict=True))
    return shortened(old), shortened(new)


def shortened(text: str) -> str:
    """At most MOST characters, with a sign where something was left out."""
    if len(text) <= MOST:
        return text
    return f"{text[: _space_before(text, MOST - 1)].rstrip()}{CUT}"


def _lines_that_differ(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from zip_longest(old[a:b], new[c:d], fillvalue="")


def _cut(old: str, new: str) -> tuple[str, str]:
    """Two lines without what both begin and end with, but for some words."""
    if max(len(old), len(new)) <= WHOLE or not (old and new):
        return old, new
    same_before = _length_of_same(old, new)
    same_after = min(_length_of_same(old[::-1], new[::-1]), min(len(old), len(new)) - same_before)
    begin = _space_before(old, same_before - AROUND) if same_before > AROUND else 0
    rest = same_after - AROUND if same_after > AROUND else 0
    rest = len(old) - _space_after(old, len(old) - rest) if rest else 0
    return _between(old, begin, rest), _between(new, begin, rest)


def _length_of_same(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(text: str, begin: int, rest: int) -> str:
    words = text[begin : len(text) - rest].strip()
    return f"{CUT if begin else ''}{words}{CUT if rest else ''}"


def _space_before(text: str, place: int) -> int:
    """The end of the last whole word before a place; the place itself where words have no spaces."""
    found = max((match.start() for match in _SPACE.finditer(text, max(0, place - AROUND), place)), default=-1)
    return found if found > 0 else place


def _space_after(text: str, place: int) -> int:
    match = _SPACE.search(text, place, place + AROUND)
    return match.start() if match else place
