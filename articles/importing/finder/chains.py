"""Series by their numbers: the heaviest run of lines whose numbers go up or down, step by step."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from articles.document import Numbering
from articles.importing.blocks import Block, Kind
from articles.importing.finder import shapes
from articles.importing.finder.shapes import Field, Mark


def chains(field: Field, marks: Sequence[Mark]) -> Iterator[tuple[list[Mark], Numbering]]:
    families: tuple[Callable[[Mark], bool], ...] = (
        lambda mark: mark.rank < shapes.BOLD,
        lambda mark: mark.rank == shapes.BOLD,
        lambda mark: mark.rank == shapes.LINE,
        lambda mark: mark.rank == shapes.ITEM,
        lambda _mark: True,
    )
    for family in families:
        members = [mark for mark in marks if family(mark)]
        if len(members) < 2:
            continue
        weights = _with_bodies(field, members)
        for step, numbering in ((1, Numbering.UP), (-1, Numbering.COUNTDOWN)):
            chain = _longest_chain(members, weights, step)
            if len(chain) >= 3 or (len(chain) == 2 and chain[0].rank <= shapes.BOLD):
                yield _with_gaps_filled(field, chain), numbering


def _with_bodies(field: Field, marks: Sequence[Mark]) -> list[float]:
    """The weights, raised where something stands between a mark and the next: contents and steps have nothing there."""
    following = [*(mark.index for mark in marks[1:]), len(field.blocks)]
    return [
        mark.weight + (0.4 if after > mark.index + 1 or mark.stop else 0.0)
        for mark, after in zip(marks, following, strict=True)
    ]


# From one number of a series to the next: as it should be, one or two left out. What each is worth.
_STEPS = ((1, 0.0), (2, -0.4), (3, -0.8))
_REPEATED = -0.6


def _longest_chain(marks: Sequence[Mark], weights: Sequence[float], step: int) -> list[Mark]:
    """The heaviest run of marks whose numbers go by `step`; a later start wins among equals (contents come first)."""
    best: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    back: list[int | None] = [None] * len(marks)
    totals = [0.0] * len(marks)
    for position, mark in enumerate(marks):
        value = mark.value if mark.value is not None else -1
        total = _start_worth(value, step)
        for score, previous in _predecessors(best, mark, value, step, marks, weights):
            if score > total:
                total, back[position] = score, previous
        if total == float("-inf"):
            continue
        totals[position] = total + weights[position]
        held = best[value].get(mark.shape)
        if held is None or totals[position] >= held[0]:
            best[value][mark.shape] = (totals[position], position)
    ends = [
        position
        for position, mark in enumerate(marks)
        if totals[position] > 0 and (step > 0 or (mark.value is not None and mark.value <= 2))
    ]
    last = max(ends, key=lambda position: (totals[position], position), default=None)
    chain = []
    while last is not None:
        chain.append(marks[last])
        last = back[last]
    return chain[::-1]


def _start_worth(value: int, step: int) -> float:
    if step < 0:
        return 0.0 if 2 <= value <= 1_000 else float("-inf")
    return {1: 0.0, 0: -0.3, 2: -0.7, 3: -1.2}.get(value, float("-inf"))


def _predecessors(
    best: dict[int, dict[str, tuple[float, int]]],
    mark: Mark,
    value: int,
    step: int,
    marks: Sequence[Mark],
    weights: Sequence[float],
) -> Iterator[tuple[float, int]]:
    for distance, worth in _STEPS:
        for shape, (score, position) in best.get(value - step * distance, {}).items():
            yield score + worth - _change_cost(shape, mark.shape), position
    held = best.get(value, {}).get(mark.shape)
    if held and mark.rank <= shapes.BOLD and weights[held[1]] > marks[held[1]].weight:
        yield held[0] + _REPEATED, held[1]


def _change_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    both = {one, other}
    return 0.25 if all(shape[0] == "h" for shape in both) or both == {"bold", "runin"} else 1.1


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
