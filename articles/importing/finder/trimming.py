"""Headings that look like cards and are none: background before and after the list, and headings over several cards.

What all the other cards have in common tells it: how each begins, how many the title says they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from articles.document import Numbering
from articles.importing.blocks import Block, Kind
from articles.importing.finder import shapes
from articles.importing.finder.marks import Mark
from articles.importing.finder.series import Series, without


def without_background(blocks: Sequence[Block], found: Series, limit: int, promise: frozenset[int]) -> Series:
    """The series without sections of background before and after it. `limit`: where its last section ends at most."""
    count = len(found.marks)
    if found.numbering is not Numbering.NONE or count < 4 or count in promise:
        return found
    looks = [_opening(blocks, mark, after) for mark, after in _with_ends(found, limit)]
    common, times = Counter(looks).most_common(1)[0]
    if common not in ("", "picture") and times >= 0.7 * count and times >= 3:
        odd = [mark for mark, after in _with_ends(found, limit) if common not in _looks(blocks, mark, after)]
        return without(found, _at_edges(found, odd))
    bodies = [set(_looks(blocks, mark, after)) for mark, after in _with_ends(found, limit)]
    if bodies[0] == {"item"} and {"item"} not in bodies[1:]:  # nothing but a list: what the article says in short
        return without(found, found.marks[:1])
    if count - 1 in promise:
        return without(found, found.marks[-1:])
    return found


def _with_ends(found: Series, limit: int) -> list[tuple[Mark, int]]:
    return list(zip(found.marks, [*(mark.index for mark in found.marks[1:]), limit], strict=True))


def _at_edges(found: Series, odd: Sequence[Mark]) -> list[Mark]:
    """The odd ones at the two ends, at most two at each: an odd one in the middle is a card like the others."""
    indexes = {mark.index for mark in odd}
    head = next((at for at, mark in enumerate(found.marks) if mark.index not in indexes), 0)
    tail = next((at for at, mark in enumerate(reversed(found.marks)) if mark.index not in indexes), 0)
    return [*found.marks[: min(head, 2)], *(found.marks[-min(tail, 2) :] if tail else ())]


def _opening(blocks: Sequence[Block], mark: Mark, stop: int) -> str:
    """How a card begins, apart from a plain paragraph."""
    return next(iter(_looks(blocks, mark, stop)), "")


def _looks(blocks: Sequence[Block], mark: Mark, stop: int) -> list[str]:
    """How every block of a card looks."""
    looks = []
    for block in blocks[mark.index + 1 : stop]:
        if block.kind is Kind.PICTURE:
            looks.append("picture")
        elif shapes.is_words(block) and block.text.strip():
            looks.append(shapes.body_look(block) or ("label" if shapes.bold_label(block) else ""))
    return looks


def group_headings(blocks: Sequence[Block], found: Series) -> list[int]:
    """Headings right over the heading of a card that rank higher; where numbers begin again, any short line there."""
    groups = []
    for before, mark in zip([None, *found.marks], found.marks, strict=False):
        index = mark.index - 1
        if index < 0 or (before is not None and index <= before.index) or not shapes.is_words(blocks[index]):
            continue
        begins_again = before is not None and mark.value == 1 and (before.value or 0) > 1
        is_higher = shapes.is_heading_like(blocks[index]) and shapes.rank(blocks[index]) < min(mark.rank, shapes.LINE)
        if is_higher or (begins_again and shapes.is_short_line(blocks[index])):
            groups.append(index)
    return groups if len(groups) > 1 else []
