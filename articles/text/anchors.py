"""Where a run of words stands in a text that has changed since: by the words, what stood around them, and where.

As the TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model (sections 4.2.4 and 4.2.5): the
exact words, some characters before and after them to tell equal runs apart, and the offset at which they began.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.text import matching

#: Characters of context that are kept on each side.
CONTEXT = 32
#: The share of the words' letters that has to be there still for words that were edited to count as the same.
MOST_OF_THEM = 0.6
#: Characters. Longer runs are found as they are, or not at all.
LONGEST_EDITED = 2000
#: Pairs of equal words, one of the run and one of the text, each of which is compared several times: 2,000 signs of
#: Korean prose have some 40,000. Of words that repeat without end there would be millions, and a minute's work.
MOST_PAIRS = 60_000
_NEARBY = 400
_MOST_PLACES = 1000
#: A word, or one sign of a script that writes words without spaces or ties particles to them.
_WORDS = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """`quoted` is never empty; `before` and `after` have at most CONTEXT characters; `start` counts code points."""

    quoted: str
    before: str = ""
    after: str = ""
    start: int | None = None


def anchor(text: str, start: int, stop: int) -> Anchor:
    """The anchor of text[start:stop]; ValueError for a run that is empty or not in the text."""
    if not 0 <= start < stop <= len(text):
        raise ValueError(f"No words stand from {start} to {stop}.")
    return Anchor(text[start:stop], text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT], start)


def find(text: str, wanted: Anchor) -> Span | None:
    """Where the words stand now; None when they are gone.

    Where they stand exactly in several places, the one whose surroundings fit best, and of equal ones the nearest.
    Else the words near their old place of which most are there still: those are not `quoted` any more.
    """
    return _exact(text, wanted) or _edited(text, wanted)


def _exact(text: str, wanted: Anchor) -> Span | None:
    places = list(_places(text, wanted))
    if not places:
        return None
    size = len(wanted.quoted)

    def rank(start: int) -> tuple[int, int]:
        stop = start + size
        fit = _common_end(text[max(0, start - CONTEXT) : start], wanted.before)
        fit += _common_end(text[stop : stop + CONTEXT][::-1], wanted.after[::-1])
        return fit, -abs(start - (wanted.start or 0))

    best = max(places, key=rank)
    return best, best + size


def _places(text: str, wanted: Anchor) -> Iterable[int]:
    """Where the exact words begin: the first ones of very many, and the one at the offset in any case."""
    at = wanted.start
    if at is not None and text.startswith(wanted.quoted, at):
        yield at
    start = text.find(wanted.quoted)
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(wanted.quoted, start + 1)


def _common_end(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)


# --- words that were edited -------------------------------------------------------------------------------------------


def _edited(text: str, wanted: Anchor) -> Span | None:
    if len(wanted.quoted) > LONGEST_EDITED:
        return None
    middle = _old_place(text, wanted)
    first = max(0, middle - _NEARBY)
    window = text[first : middle + 2 * len(wanted.quoted) + _NEARBY]
    old = [found[0] for found in _WORDS.finditer(wanted.quoted)]
    now = list(_WORDS.finditer(window))
    counts = Counter(found[0] for found in now)
    if sum(counts[word] for word in old) > MOST_PAIRS:
        return None
    blocks = _together(matching.matches(old, [found[0] for found in now], ends_belong_together=False), len(old))
    there = sum(len(word) for block in blocks for word in old[block.a : block.a + block.size])
    if not old or there < MOST_OF_THEM * sum(map(len, old)):
        return None
    last = blocks[-1]
    return first + now[blocks[0].b].start(), first + now[last.b + last.size - 1].end()


def _old_place(text: str, wanted: Anchor) -> int:
    """Where the words began, by what stood around them if that is there, else by their offset."""
    offset = wanted.start or 0
    after_it = (at + len(wanted.before) for at in _all(text, wanted.before))
    before_it = (max(0, at - len(wanted.quoted)) for at in _all(text, wanted.after))
    return min([*after_it, *before_it], key=lambda at: abs(at - offset), default=min(offset, len(text)))


def _all(text: str, part: str) -> Iterable[int]:
    """Where a part of the text begins; nowhere for one that is too short to mean a place."""
    start = text.find(part) if len(part) >= CONTEXT // 4 else -1
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(part, start + 1)


def _together(blocks: Sequence[matching.Match], size: int) -> Sequence[matching.Match]:
    """The equal runs around the longest one that stand about as far from one another as they did."""
    if not blocks:
        return []
    slack = size // 2 + 3
    low = high = max(range(len(blocks)), key=lambda at: blocks[at].size)
    while low and _gap(blocks[low - 1], blocks[low]) <= slack:
        low -= 1
    while high + 1 < len(blocks) and _gap(blocks[high], blocks[high + 1]) <= slack:
        high += 1
    return blocks[low : high + 1]


def _gap(one: matching.Match, other: matching.Match) -> int:
    """How many words came between the two runs."""
    return (other.b - one.b - one.size) - (other.a - one.a - one.size)
