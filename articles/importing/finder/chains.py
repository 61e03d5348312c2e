"""Series by their numbers: the heaviest run of lines whose numbers go up or down, step by step.

How a number is written and what carries it may change on the way, at a price: ten numbers in a row outweigh that
half of them stand in headings and half in bold lines.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from articles.document import Numbering
from articles.importing.blocks import Block, Kind
from articles.importing.finder import shapes
from articles.importing.finder.marks import Mark
from articles.importing.finder.shapes import Field

_BODY = 0.4
# From one number of a series to the next: as it should be, one or two left out. What each is worth.
_STEPS = ((1, 0.0), (2, -0.4), (3, -0.8))
_REPEATED = -0.6
_RESTARTED = -0.3
_NEVER = float("-inf")
_MOST_STYLES = 6

Chain = tuple[list[Mark], Numbering]
_Key = tuple[str, str]


def chains(field: Field, marks: Sequence[Mark]) -> Iterator[Chain]:
    """The best chain up and down among the marks of each carrier, of each style of number, and of all."""
    for belongs in _families(marks):
        members = [mark for mark in marks if belongs(mark)]
        if len({mark.index for mark in members}) < 2:
            continue
        for step, numbering in ((1, Numbering.UP), (-1, Numbering.COUNTDOWN)):
            chain = _Search(field, members, step).longest()
            if len(chain) >= 3 or (len(chain) == 2 and chain[0].rank <= shapes.BOLD):
                yield _with_gaps_filled(field, chain), numbering


def _families(marks: Sequence[Mark]) -> Iterator[Callable[[Mark], bool]]:
    yield lambda mark: mark.rank < shapes.BOLD
    yield lambda mark: mark.rank == shapes.BOLD
    yield lambda mark: mark.rank in (shapes.CAPS, shapes.LINE)
    yield lambda mark: mark.rank == shapes.ITEM
    yield lambda _mark: True
    for style, count in Counter(mark.style for mark in marks).most_common(_MOST_STYLES):
        if 3 <= count < len(marks):
            yield lambda mark, style=style: mark.style == style  # type: ignore[misc]


class _Search:
    """The heaviest chain of marks by dynamic programming: for each value the best chains that end with it."""

    def __init__(self, field: Field, marks: Sequence[Mark], step: int) -> None:
        self._field = field
        self._marks = marks
        self._step = step
        self._weights = self._with_bodies()
        self._best: dict[int, dict[_Key, tuple[float, int]]] = defaultdict(dict)
        self._ended: dict[_Key, tuple[float, int]] = {}  # the best chain that a group of cards may end with

    def longest(self) -> list[Mark]:
        """A later start wins among equals: contents come first."""
        back: list[int | None] = [None] * len(self._marks)
        totals = [_NEVER] * len(self._marks)
        waiting: list[int] = []
        for position, mark in enumerate(self._marks):
            if waiting and self._marks[waiting[0]].index != mark.index:
                self._settle(waiting, totals)
                waiting = []
            value = mark.value or 0
            total = _start_worth(value, self._step)
            for score, previous in self._predecessors(mark, value):
                if score > total:
                    total, back[position] = score, previous
            if total > _NEVER:
                totals[position] = total + self._weights[position]
                waiting.append(position)
        ends = [
            (totals[at] + _end_worth(mark.value or 0, self._step), at)
            for at, mark in enumerate(self._marks)
            if totals[at] > 0
        ]
        last = max(ends, default=(0.0, None))[1]
        chain = []
        while last is not None:
            chain.append(self._marks[last])
            last = back[last]
        return chain[::-1]

    def _settle(self, positions: Sequence[int], totals: Sequence[float]) -> None:
        """Offers the chains that end in one block to the blocks after it."""
        for position in positions:
            mark = self._marks[position]
            key = mark.shape, mark.style
            best = self._best[mark.value or 0]
            if key not in best or totals[position] >= best[key][0]:
                best[key] = totals[position], position
            may_end = self._step > 0 or (mark.value or 0) <= 1
            if may_end and totals[position] >= self._ended.get(key, (_NEVER,))[0]:
                self._ended[key] = totals[position], position

    def _predecessors(self, mark: Mark, value: int) -> Iterator[tuple[float, int]]:
        key = mark.shape, mark.style
        for distance, worth in _STEPS:
            for other, (score, position) in self._best.get(value - self._step * distance, {}).items():
                yield score + worth - _change_cost(other, key), position
        held = self._best.get(value, {}).get(key)
        if held and mark.rank <= shapes.BOLD and self._weights[held[1]] > self._marks[held[1]].weight:
            yield held[0] + _REPEATED, held[1]
        ended = self._ended.get(key)
        if ended and (value == 1 or self._step < 0) and self._begins_group(mark, self._marks[ended[1]]):
            yield ended[0] + _RESTARTED, ended[1]

    def _begins_group(self, mark: Mark, last: Mark) -> bool:
        """Whether a heading over several cards stands between: then numbers may begin again."""
        between = range(max(last.index + 1, mark.index - 3), mark.index)
        if any(shapes.rank(self._field.blocks[index]) < mark.rank for index in between):
            return True
        return len(between) > 1 and shapes.is_short_line(self._field.blocks[mark.index - 1])

    def _with_bodies(self) -> list[float]:
        """The weights, raised where something stands between a mark and the next, as under no step of a list.

        It does under the last of several steps; but that has another one right before it.
        """
        indexes = sorted({mark.index for mark in self._marks})
        following = dict(zip(indexes, [*indexes[1:], len(self._field.blocks)], strict=True))
        return [
            mark.weight
            + (_BODY if following[mark.index] > mark.index + 1 or mark.stop else 0.0)
            - (_BODY / 4 if mark.index - 1 in following else 0.0)
            for mark in self._marks
        ]


def _start_worth(value: int, step: int) -> float:
    """A list begins with 1; with 11 when it is the second half of one. A countdown begins anywhere."""
    if step < 0:
        return 0.0 if 2 <= value <= 1_000 else _NEVER
    return {1: 0.0, 0: -0.3, 2: -0.7}.get(value, -1.2 if value <= 1_000 else _NEVER)


def _end_worth(value: int, step: int) -> float:
    return 0.0 if step > 0 or value <= 2 else -1.2


def _change_cost(one: _Key, other: _Key) -> float:
    """What it costs that a mark is carried, or its number written, in another way than the one before."""
    cost = 0.0
    if one[0] != other[0]:
        both = {one[0], other[0]}
        cost = 1.1 if "item" in both and both != {"item", "loner"} else 0.2
    if one[1] != other[1]:
        cost += 0.1 if is_alike(one[1], other[1]) else 0.8
    return cost


_DIGITS = frozenset(("auto", "dot", "paren", "hash", "colon", "dash", "keycap", "circled", "line"))


def is_alike(one: str, other: str) -> bool:
    """Whether two styles are one, or both are digits with some sign: "1." and "2)", "9️⃣" and "🔟".

    There are circled numbers up to 20 (or 50): a list goes on with "21" alone.
    """
    return one == other or {one, other} <= _DIGITS or (one, other) in (("circled", "space"), ("space", "circled"))


def _with_gaps_filled(field: Field, chain: list[Mark]) -> list[Mark]:
    """Where one number is missing and one heading of the same kind stands there without a number, it is that card."""
    filled = [chain[0]]
    for before, after in itertools.pairwise(chain):
        missing = abs((after.value or 0) - (before.value or 0)) == 2
        if missing and before.shape == after.shape and before.rank <= shapes.BOLD:
            between = [
                Mark(index, before.shape, before.rank, before.weight)
                for index in range(before.index + 1, after.index)
                if index not in field.taken and _shape(field.blocks[index]) == before.shape
            ]
            filled += between if len(between) == 1 else []
        filled.append(after)
    return filled


def _shape(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return f"h{block.level}"
    return "bold" if shapes.is_bold_line(block) else ""
