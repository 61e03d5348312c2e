"""What differs between two plain texts, with a little around it: the words before and after of a correction, and which
of them changed.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from articles.text import matching, word_runs
from articles.text.word_runs import Run

#: Shorter texts, and lines of longer ones, are shown whole. In characters, as the others.
WHOLE = 240
AROUND = 60
MOST = 600
CUT = "…"
_SPACE = re.compile(r"\s")


def changed(old: str, new: str, together: matching.Allowance | None = None) -> tuple[str, str]:
    """Both texts; of longer ones the lines that differ, each cut to what changed in it. At most MOST characters each.

    A text that has nothing in the place where the other has something is empty. `together`: see `word_diff.blocks`.
    """
    old, new = old.strip(), new.strip()
    if old == new:
        return "", ""
    if max(len(old), len(new)) > WHOLE:
        pairs = [_cut(*pair) for pair in _lines_that_differ(old.splitlines(), new.splitlines(), together)]
        old, new = ("\n".join(filter(None, side)) for side in zip(*pairs, strict=True))
    return shortened(old), shortened(new)


def shortened(text: str, most: int = MOST) -> str:
    """At most `most` characters, with a sign where something was left out."""
    if len(text) <= most:
        return text
    return f"{text[: _space_before(text, most - 1)].rstrip()}{CUT}"


def runs(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """The words that differ in what `changed` gave. Where both were cut, what only one has at its end was cut off the
    other: that is no change.
    """
    left, right = word_runs.of_texts(old, new)
    if len(left) > 1 and len(right) > 1 and left[-1].text == right[-1].text == CUT:
        if left[-2].is_different and not right[-2].is_different:
            left[-2] = dataclasses.replace(left[-2], is_different=False)
        elif right[-2].is_different and not left[-2].is_different:
            right[-2] = dataclasses.replace(right[-2], is_different=False)
    return left, right


def _lines_that_differ(
    old: Sequence[str], new: Sequence[str], together: matching.Allowance | None
) -> Iterator[tuple[str, str]]:
    a = c = 0
    same = matching.matches(old, new, matching.Allowance(of=together))
    for match in [*same, matching.Match(len(old), len(new), 0)]:
        yield from zip_longest(old[a : match.a], new[c : match.b], fillvalue="")
        a, c = match.a + match.size, match.b + match.size


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
