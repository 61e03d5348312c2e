"""The finder of the card series: which blocks of an article are the headings of its cards.

No line is judged alone. Every way in which the cards could be marked (numbers up or down, headings of one level, bold
lines, list items with a label …) gives a candidate series, and the whole of a series is weighed: how its marks look,
how many they are, how much of the text stands under them, whether something of higher rank cuts through it, and
whether its length is what the title promises.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.document import Numbering
from articles.importing.finder import chains, groups, marks, shapes
from articles.importing.finder.marks import Mark
from articles.importing.finder.shapes import Field

_LEAST = 0.1
_LONGEST = 2_000
_OVER_A_CARD = 0.4  # what a heading right over a card's divides: it may stand over several, and has no words of its own


@dataclass(frozen=True)  # no slots: what is asked for at every block is kept
class Series:
    marks: tuple[Mark, ...]
    numbering: Numbering
    score: float

    @property
    def first(self) -> int:
        return self.marks[0].index

    @property
    def last(self) -> int:
        return self.marks[-1].index

    @functools.cached_property
    def rank(self) -> int:
        return max(mark.rank for mark in self.marks)

    @functools.cached_property
    def shape(self) -> str:
        return Counter(mark.shape for mark in self.marks).most_common(1)[0][0]


def find_readings(field: Field) -> list[Series]:
    """Every way to read the text as a series of cards, the likeliest first; none when nothing in it is one."""
    loners = groups.loners_of(field)
    numbered = marks.numbered(field, loners)
    scale = _Scale(field, numbered)
    chained = chains.chains(field, numbered)
    found = [series for chain, numbering in chained if (series := scale.weigh(chain, numbering))]
    members = {mark.index for series in found for mark in series.marks if series.score >= 0.2}
    for group in groups.groups(field, loners):
        inside = sum(mark.index in members for mark in group)
        if inside < 3 or inside * 3 < len(group):
            series = scale.weigh(group, Numbering.NONE)
            if series:
                found.append(series)
    ordered = sorted(found, key=lambda series: series.score, reverse=True)
    unlike = {tuple((mark.index, mark.stop) for mark in series.marks): series for series in reversed(ordered)}
    return sorted(
        (series for series in unlike.values() if series.score >= _LEAST), key=lambda series: series.score, reverse=True
    )


# --- weighing ---------------------------------------------------------------------------------------------------------


class _Scale:
    def __init__(self, field: Field, numbered: Sequence[Mark]) -> None:
        self._field = field
        self._numbered = numbered
        self._ranks = [
            shapes.rank(block) if index not in field.taken else 99 for index, block in enumerate(field.blocks)
        ]
        self._sums = [0]
        for index, block in enumerate(field.blocks):
            size = len(block.text) if index not in field.taken and shapes.is_words(block) else 0
            self._sums.append(self._sums[-1] + size)

    def weigh(self, marks: Sequence[Mark], numbering: Numbering) -> Series | None:
        if not marks or len(marks) > _LONGEST * 10:
            return None
        looks = sum(mark.weight for mark in marks) / len(marks)
        many = len(marks) / (len(marks) + 2)
        covered, with_body = self._sections(marks)
        score = looks * many * (0.25 + 0.75 * covered) * (0.35 + 0.65 * with_body)
        counted = 0.0 if numbering is Numbering.NONE else self._consistency(marks)
        score *= self._undivided(marks, 1 - counted) * self._as_promised(len(marks), counted) * (1 + counted)
        return Series(tuple(marks), numbering, score)

    def _sections(self, marks: Sequence[Mark]) -> tuple[float, float]:
        """The share of all words that stands under the marks, and the share of the marks that have any."""
        total = self._sums[-1] or 1
        covered = with_body = 0
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            stop = self._section_end(mark, after.index if after else len(self._field.blocks))
            covered += self._sums[stop] - self._sums[mark.index]
            with_body += shapes.has_body(self._field.blocks, mark.index, mark.stop, min(stop, mark.index + 6))
        return covered / total, with_body / len(marks)

    def _section_end(self, mark: Mark, limit: int) -> int:
        highest = 6 if mark.rank > 6 else mark.rank - 1
        for index in range(mark.index + 1, limit):
            if self._ranks[index] <= highest:
                return index
            if mark.rank == shapes.ITEM and not self._field.blocks[index].depth:
                return index
        return limit

    def _undivided(self, marks: Sequence[Mark], doubt: float) -> float:
        """Less for a series that headings of a higher rank cut through, unless its numbers go on across them."""
        highest = min(6, max(mark.rank for mark in marks) - 1)
        inside = range(marks[0].index + 1, marks[-1].index)
        indexes = {mark.index for mark in marks}
        cuts = sum(
            _OVER_A_CARD if index + 1 in indexes else 1.0
            for index in inside
            if self._ranks[index] <= highest and index not in indexes
        )
        if marks[0].rank == shapes.ITEM:
            cuts += sum(
                not self._field.blocks[index].depth and shapes.is_words(self._field.blocks[index]) for index in inside
            )
        return 1 / (1 + (0.2 + 1.3 * doubt) * cuts / math.sqrt(len(marks)))

    def _consistency(self, marks: Sequence[Mark]) -> float:
        """From 0 to 1: how many steps go on counting in one style, and more the more there are.

        Nobody counts by chance; less when the chain leaves out lines that look the same: then it picks what fits.
        """
        steps = list(itertools.pairwise(marks))
        good = sum(_goes_on(one, other) for one, other in steps)
        looks = {(mark.shape, mark.style) for mark in marks}
        first, last = marks[0].index, marks[-1].index
        alike = {
            mark.index for mark in self._numbered if first <= mark.index <= last and (mark.shape, mark.style) in looks
        }
        share = min(1.0, len(marks) / max(1, len(alike)))
        length = max(len(steps), abs((marks[-1].value or 0) - (marks[0].value or 0)), 1)
        return good / length * min(1.0, good / 4) * math.sqrt(share)

    def _as_promised(self, count: int, counted: float) -> float:
        """More for as many as the title says; titles are wrong more often than numbers that go on counting."""
        doubt = (1 - counted) ** 2
        if count in self._field.promised:
            return 1 + 0.5 * doubt
        return 1 + 0.2 * doubt if count in self._field.hinted else 1.0


def _goes_on(one: Mark, other: Mark) -> bool:
    if one.value is None or other.value is None or not chains.is_alike(one.style, other.style):
        return False
    return abs(other.value - one.value) == 1 or 1 in (one.value, other.value)


def without(series: Series, marks: Iterable[Mark]) -> Series:
    gone = {mark.index for mark in marks}
    return dataclasses.replace(series, marks=tuple(mark for mark in series.marks if mark.index not in gone))
