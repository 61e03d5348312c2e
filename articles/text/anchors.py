"""Where a run of words stands in a text that has changed since: by the words themselves and what stood around them.

As the TextQuoteSelector of the W3C Web Annotation Data Model (section 4.2.4): the exact words, with some characters
before and after them to tell equal runs apart.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Characters of context that are kept on each side.
CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """`quoted` is never empty; `before` and `after` have at most CONTEXT characters."""

    quoted: str
    before: str = ""
    after: str = ""


def anchor(text: str, start: int, stop: int) -> Anchor:
    """The anchor of text[start:stop]; ValueError for a run that is empty or not in the text."""
    if not 0 <= start < stop <= len(text):
        raise ValueError(f"No words stand from {start} to {stop}.")
    return Anchor(text[start:stop], text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT])


def find(text: str, wanted: Anchor) -> tuple[int, int] | None:
    """Where the words stand now; of several places the one whose surroundings fit best. None when they are gone."""
    best: tuple[int, int] | None = None
    best_fit = -1
    start = text.find(wanted.quoted)
    while start >= 0:
        stop = start + len(wanted.quoted)
        fit = _common_end(text[max(0, start - CONTEXT) : start], wanted.before)
        fit += _common_end(text[stop : stop + CONTEXT][::-1], wanted.after[::-1])
        if fit > best_fit:
            best, best_fit = (start, stop), fit
        start = text.find(wanted.quoted, start + 1)
    return best


def _common_end(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
