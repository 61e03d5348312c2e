"""The finder of the card series: which blocks of an article are the headings of its cards.

No line is judged alone. Every way in which the cards could be marked (numbers up or down, headings of one level, bold
lines, list items with a label …) gives a candidate series, and the whole of a series is weighed: how its marks look,
how many they are, how much of the text stands under them, whether something of higher rank cuts through it, and
whether its length is what the title promises.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.document import Numbering
from articles.importing import shapes
from articles.importing.blocks import Block, Kind, all_in, is_bold, squash
from articles.importing.shapes import Mark

_LEAST = 0.1
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
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

    @property
    def rank(self) -> int:
        return max(mark.rank for mark in self.marks)

    @property
    def shape(self) -> str:
        return Counter(mark.shape for mark in self.marks).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Field:
    """What the finder may look at: the blocks, and which of them are already something else (title, questions …).

    `promised` are the numbers in the title, `hinted` those in the words before the list.
    """

    blocks: Sequence[Block]
    taken: frozenset[int]
    promised: frozenset[int]
    hinted: frozenset[int]

    def free(self) -> Iterator[tuple[int, Block]]:
        return ((index, block) for index, block in enumerate(self.blocks) if index not in self.taken)


def find(field: Field) -> Series | None:
    """The best series, or None when nothing in the text is one."""
    loners = _loners(field)
    numbered = [
        mark for index, block in field.free() if (mark := shapes.numbered_mark(index, block, is_loner=index in loners))
    ]
    scale = _Scale(field)
    found = [series for chain, numbering in _chains(field, numbered) if (series := scale.weigh(chain, numbering))]
    members = {mark.index for series in found for mark in series.marks if series.score >= 0.2}
    for marks in _groups(field, loners):
        inside = sum(mark.index in members for mark in marks)
        if inside < 3 or inside * 3 < len(marks):
            series = scale.weigh(marks, Numbering.NONE)
            if series:
                found.append(series)
    best = max(found, key=lambda series: series.score, default=None)
    return best if best and best.score >= _LEAST else None


# --- numbered series --------------------------------------------------------------------------------------------------


def _chains(field: Field, marks: Sequence[Mark]) -> Iterator[tuple[list[Mark], Numbering]]:
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


# --- series without numbers -------------------------------------------------------------------------------------------


def _groups(field: Field, loners: frozenset[int]) -> Iterator[list[Mark]]:
    groups: dict[str, list[Mark]] = defaultdict(list)
    for index, block in field.free():
        if shapes.is_words(block):
            for mark in _unnumbered_marks(index, block, loners):
                groups[mark.shape].append(mark)
    groups["short"] = _alone_before_text(field, groups.pop("short", []))
    for marks in groups.values():
        marks = _without_repeats(field, marks)
        if len(marks) >= 3 or (len(marks) == 2 and marks[0].rank < shapes.BOLD):
            yield marks


def _unnumbered_marks(index: int, block: Block, loners: frozenset[int]) -> Iterator[Mark]:
    if block.kind is Kind.HEADING:
        bullet = shapes.typed_bullet(block)
        shape = f"bullet-h{block.level}" if bullet else f"h{block.level}"
        is_paragraph = len(block.text) > shapes.LONGEST_LINE or block.text.rstrip().endswith((".", "。"))
        yield Mark(index, shape, block.level, 0.9 if bullet else 0.5 if is_paragraph else 0.8)
        return
    if block.kind is Kind.ITEM and block.depth == 1:
        stop = shapes.bold_label(block)
        if stop:
            yield Mark(index, f"label-{block.group}", shapes.ITEM, 0.6, stop=stop)
        elif index in loners and len(block.text) <= shapes.LONGEST_HEADING:
            weight = 0.65 if all_in(block.spans, is_bold) else 0.5
            yield Mark(index, "loner", shapes.LINE, weight)
        return
    if block.kind is Kind.PARAGRAPH and not block.depth:
        yield from _paragraph_marks(index, block)


def _paragraph_marks(index: int, block: Block) -> Iterator[Mark]:
    if shapes.is_bold_line(block):
        yield Mark(index, "bold", shapes.BOLD, 0.7)
    elif stop := shapes.bold_label(block):
        yield Mark(index, "runin", shapes.BOLD, 0.5, stop=stop)
    if shapes.is_italic_line(block):
        yield Mark(index, "italic", shapes.ITALIC, 0.5)
    is_short = len(block.text) <= shapes.LONGEST_LINE
    if is_short and shapes.has_lead_emoji(block):
        yield Mark(index, "emoji", shapes.ITALIC, 0.65)
    if is_short and shapes.typed_bullet(block):
        yield Mark(index, "bullet", shapes.LINE, 0.6)
    if shapes.is_short_line(block):
        yield Mark(index, "short", shapes.LINE, 0.45)


def _loners(field: Field) -> frozenset[int]:
    """List items that are the only one of their list: a list whose items have paragraphs between them."""
    items = [index for index, block in field.free() if block.kind is Kind.ITEM and block.depth == 1]
    groups = Counter(field.blocks[index].group for index in items)
    return frozenset(
        index
        for index in items
        if groups[field.blocks[index].group] == 1 or not (_is_item(field, index - 1) or _is_item(field, index + 1))
    )


def _is_item(field: Field, index: int) -> bool:
    return 0 <= index < len(field.blocks) and field.blocks[index].kind is Kind.ITEM


def _alone_before_text(field: Field, marks: Sequence[Mark]) -> list[Mark]:
    """Short lines that stand over something longer; two short lines in a row are text."""
    indexes = {mark.index for mark in marks}
    return [
        mark
        for mark in marks
        if mark.index + 1 < len(field.blocks)
        and not indexes & {mark.index - 1, mark.index + 1}
        and field.blocks[mark.index + 1].kind is not Kind.HEADING
        and len(field.blocks[mark.index + 1].text) > len(field.blocks[mark.index].text)
    ]


def _without_repeats(field: Field, marks: list[Mark]) -> list[Mark]:
    """Headings that say the same in several cards ("Cast", "Our rating") are no cards."""
    said = Counter(squash(_label(field.blocks[mark.index], mark)) for mark in marks)
    return [mark for mark in marks if said[squash(_label(field.blocks[mark.index], mark))] < min(3, len(marks))]


def _label(block: Block, mark: Mark) -> str:
    return block.text[: mark.stop] if mark.stop else block.text


# --- weighing ---------------------------------------------------------------------------------------------------------


class _Scale:
    def __init__(self, field: Field) -> None:
        self._field = field
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
        score *= self._undivided(marks, numbering) * self._as_promised(len(marks))
        return Series(tuple(marks), numbering, score)

    def _sections(self, marks: Sequence[Mark]) -> tuple[float, float]:
        """The share of all words that stands under the marks, and the share of the marks that have any."""
        total = self._sums[-1] or 1
        covered = with_body = 0
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            stop = self._section_end(mark, after.index if after else len(self._field.blocks))
            covered += self._sums[stop] - self._sums[mark.index]
            with_body += shapes.has_body(self._field.blocks, mark, min(stop, mark.index + 6))
        return covered / total, with_body / len(marks)

    def _section_end(self, mark: Mark, limit: int) -> int:
        highest = 6 if mark.rank > 6 else mark.rank - 1
        for index in range(mark.index + 1, limit):
            if self._ranks[index] <= highest:
                return index
            if mark.rank == shapes.ITEM and not self._field.blocks[index].depth:
                return index
        return limit

    def _undivided(self, marks: Sequence[Mark], numbering: Numbering) -> float:
        """Less for a series that headings of a higher rank cut through, less still for one without numbers."""
        highest = min(6, max(mark.rank for mark in marks) - 1)
        inside = range(marks[0].index + 1, marks[-1].index)
        indexes = {mark.index for mark in marks}
        cuts = sum(self._ranks[index] <= highest and index not in indexes for index in inside)
        if marks[0].rank == shapes.ITEM:
            cuts += sum(
                not self._field.blocks[index].depth and shapes.is_words(self._field.blocks[index]) for index in inside
            )
        harm = 1.5 if numbering is Numbering.NONE else 0.7
        return 1 / (1 + harm * cuts / math.sqrt(len(marks)))

    def _as_promised(self, count: int) -> float:
        if count in self._field.promised:
            return 1.5
        return 1.2 if count in self._field.hinted else 1.0


def without(series: Series, marks: Iterable[Mark]) -> Series:
    gone = {mark.index for mark in marks}
    return dataclasses.replace(series, marks=tuple(mark for mark in series.marks if mark.index not in gone))
