"""The table of contents: a run of short lines each of which stands again further down, over words of its own."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from articles.importing.blocks import Block, Kind, squash
from articles.importing.finder import shapes, words
from articles.importing.finder.numbers import leading_number

_LEAST = 3


def find_contents(blocks: Sequence[Block]) -> set[int]:
    """The blocks of every table of contents, with the heading over it."""
    places: dict[str, list[int]] = defaultdict(list)
    names = [_names(block) for block in blocks]
    for index, of_block in enumerate(names):
        for name in of_block:
            places[name].append(index)
    again = {
        index: at
        for index, block in enumerate(blocks)
        if _is_line(block) and (at := _further_down(index, names[index], places)) is not None and _may_head(blocks, at)
    }
    found: set[int] = set()
    for run in _runs(blocks, again):
        if len(run) >= _LEAST and _stand_apart(blocks, sorted(again[index] for index in run)):
            found.update(_with_surroundings(blocks, run, {again[index] for index in run}))
    return found


def _is_line(block: Block) -> bool:
    if block.kind not in (Kind.ITEM, Kind.PARAGRAPH) or not 0 < len(block.text) <= shapes.LONGEST_HEADING:
        return False
    text = block.text.rstrip()
    return block.kind is Kind.ITEM or not words.ends_sentence(text) or text.endswith(("!", "！", "?", "？", "؟"))


def _names(block: Block) -> set[str]:
    """What a block may be called: its words, with and without number, or its bold label alone."""
    if not shapes.is_words(block):
        return set()
    text = shapes.heading_text(block)
    stop = shapes.bold_label(block) if block.kind in (Kind.PARAGRAPH, Kind.ITEM) else 0
    if stop:
        text = text[:stop]
    if len(text) > shapes.LONGEST_HEADING:
        return set()
    number = leading_number(text)
    return {squash(text), squash(text[number.stop :]) if number else ""} - {""}


def _further_down(index: int, names: set[str], places: dict[str, list[int]]) -> int | None:
    later = {at for name in names for at in places[name][bisect_right(places[name], index) :][:1]}
    return min(later, default=None)


def _may_head(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands over words of its own: an item that several lists share does not."""
    if index + 1 >= len(blocks) or shapes.bold_label(blocks[index]):
        return True
    block, following = blocks[index], blocks[index + 1]
    return block.kind is not Kind.ITEM or (following.kind is not Kind.ITEM and following.kind is not Kind.HEADING)


def _runs(blocks: Sequence[Block], again: dict[int, int]) -> Iterator[list[int]]:
    """Lines that stand again, one after the other but for single others; a run ends where one of it stands again."""
    run: list[int] = []
    stop = len(blocks)
    for index in sorted(again):
        if run and (index >= stop or index > run[-1] + 2 or not _is_between(blocks, run[-1] + 1, index)):
            yield run
            run, stop = [], len(blocks)
        run.append(index)
        stop = min(stop, again[index])
    yield run


def _is_between(blocks: Sequence[Block], start: int, stop: int) -> bool:
    return all(_is_line(block) for block in blocks[start:stop])


def _stand_apart(blocks: Sequence[Block], indexes: Sequence[int]) -> bool:
    """Whether words stand between the lines further down: items that several lists share are no contents."""
    apart = sum(after > before + 1 for before, after in itertools.pairwise(indexes))
    labelled = sum(shapes.bold_label(blocks[index]) > 0 for index in indexes)
    return apart + labelled >= 0.7 * (len(indexes) - 1)


def _with_surroundings(blocks: Sequence[Block], run: Sequence[int], targets: set[int]) -> Iterator[int]:
    """The run, the rest of the list that it stands in (up to what it names), and the heading over it."""
    yield from range(run[0], run[-1] + 1)
    for at, step in ((run[-1] + 1, 1), (run[0] - 1, -1)):
        index = at
        while 0 <= index < len(blocks) and index not in targets and _of_one_list(blocks[index], blocks[run[0]]):
            yield index
            index += step
        while step < 0 <= index and (blocks[index].kind is Kind.RULE or words.is_contents_heading(blocks[index].text)):
            yield index
            index -= 1


def _of_one_list(one: Block, other: Block) -> bool:
    return one.kind is other.kind is Kind.ITEM and one.group == other.group
