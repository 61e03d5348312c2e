"""Where the cards end: the conclusion with or without a heading, and members of a series that are no cards after all.

What all the other cards have in common tells it: how each begins, how each ends, how many paragraphs it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block, Hint, Kind, squash
from articles.importing.finder import shapes, trimming, words
from articles.importing.finder.numbers import sure_number
from articles.importing.finder.questions import Questions
from articles.importing.finder.series import Series

_LABEL = re.compile(r":\s|：")


@dataclass(frozen=True, slots=True)
class Ending:
    """`start`: the first block after the cards. `heading`: the conclusion's heading; `split` where its text runs on."""

    series: Series
    start: int
    heading: int | None = None
    split: int = 0


def find_ending(blocks: Sequence[Block], found: Series, asked: Questions | None, promise: frozenset[int]) -> Ending:
    trimmed = trimming.without_background(blocks, found, _stop(blocks, found, asked), promise)
    stop = _stop(blocks, trimmed, asked)
    if trimmed.last != found.last:
        dropped = next(mark.index for mark in found.marks if mark.index > trimmed.last)
        return Ending(trimmed, dropped, dropped)
    ending = _ending(blocks, trimmed, stop)
    if ending is not None:
        return ending
    after = asked.stop if asked and asked.stop > trimmed.last else len(blocks)
    if after < len(blocks):
        ending = _said(blocks, trimmed, range(after, len(blocks)))
        return ending or Ending(trimmed, after, after if shapes.is_heading_like(blocks[after]) else None)
    return Ending(trimmed, stop)


def _stop(blocks: Sequence[Block], found: Series, asked: Questions | None) -> int:
    return asked.start if asked and asked.start > found.last else len(blocks)


def _ending(blocks: Sequence[Block], found: Series, stop: int) -> Ending | None:
    tail = range(found.last + 1, stop)
    said = _said(blocks, found, tail)
    if said:
        return said
    for heading in (_heading_of_rank, _short_line_heading):
        index_or_none = heading(blocks, found, tail)
        if index_or_none is not None:
            return Ending(found, index_or_none, index_or_none)
    for start in (_after_list, _after_rule, _after_common_end, _closing_words, _beyond_common_length):
        index_or_none = start(blocks, found, tail)
        if index_or_none is not None:
            return Ending(found, index_or_none)
    return None


def _said(blocks: Sequence[Block], found: Series, tail: range) -> Ending | None:
    """A heading, or words before a colon, that call what follows the conclusion."""
    for index in tail:
        block = blocks[index]
        if shapes.is_heading_like(block) and words.is_conclusion_heading(_unnumbered(block.text)):
            return Ending(found, index, index)
        split = words.conclusion_run_in(block.text) if block.kind is Kind.PARAGRAPH else 0
        if split:
            return Ending(found, index, index, split)
    return None


def _unnumbered(text: str) -> str:
    number = sure_number(text)
    return text[number.stop :] if number else text


# --- a heading of the conclusion --------------------------------------------------------------------------------------


def _heading_of_rank(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """A heading after the last card that ranks with the cards' own, and that no other card has inside."""
    inside = {squash(block.text) for block in blocks[: found.last] if shapes.is_heading_like(block)}
    marks = {mark.index for mark in found.marks}
    others = {
        shapes.rank(block)
        for index, block in enumerate(blocks[found.first : found.last], found.first)
        if shapes.is_heading_like(block) and index not in marks and not _ends_open(block)
    }
    for index in tail:
        block = blocks[index]
        rank = shapes.rank(block)
        if rank > shapes.CAPS or not shapes.is_words(block) or squash(block.text) in inside or _ends_open(block):
            continue
        if rank < found.rank or (rank == found.rank and (rank not in others or rank <= 6)):
            return index
    return None


def _ends_open(block: Block) -> bool:
    return block.kind is not Kind.HEADING and block.text.rstrip().endswith((":", "：", ","))


def _short_line_heading(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """In plain text: the last short line over a longer paragraph, when hardly any other card has such a line inside."""
    if found.rank < shapes.LINE:
        return None
    spots = [index for index in tail[1:] if _is_line_over_text(blocks, index, tail.stop)]
    if not spots:
        return None
    asks = words.is_question(blocks[spots[-1]].text)
    alike = sum(
        any(
            _is_line_over_text(blocks, index, section.stop) and words.is_question(blocks[index].text) is asks
            for index in section
        )
        for section in _sections(found)
    )
    return spots[-1] if alike <= len(found.marks) // 4 else None


def _is_line_over_text(blocks: Sequence[Block], index: int, stop: int) -> bool:
    """ "Source: a diary" is a remark, no heading."""
    return shapes.is_line_over_text(blocks, index, stop) and not _LABEL.search(blocks[index].text)


# --- a conclusion without a heading -----------------------------------------------------------------------------------


def _first_words(blocks: Sequence[Block], indexes: range) -> int | None:
    return next((index for index in indexes if shapes.is_words(blocks[index]) and blocks[index].text.strip()), None)


def _after_list(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """When the cards are the items of a list, what stands after the list."""
    if found.rank != shapes.ITEM or not found.shape.startswith(("item", "label")):
        return None
    marks = {mark.index for mark in found.marks}
    inside = range(found.first, found.last)
    if any(not blocks[index].depth and shapes.is_words(blocks[index]) for index in inside if index not in marks):
        return None
    return next((index for index in tail if not blocks[index].depth and shapes.is_words(blocks[index])), None)


def _after_rule(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """After a dividing line, when the other cards have none inside (between cards they stand before the heading)."""
    sections = _sections(found)
    if any(_inner_rules(blocks, section) for section in sections):
        return None
    rules = [index for index in tail if blocks[index].kind is Kind.RULE]
    if not rules:
        return None
    return _first_words(blocks, range(rules[0] + 1, tail.stop))


def _inner_rules(blocks: Sequence[Block], section: range) -> bool:
    """Whether words stand behind a rule inside a card; pictures there belong to the next one."""
    rules = [index for index in section if blocks[index].kind is Kind.RULE]
    return bool(rules) and any(
        shapes.is_words(blocks[index]) and blocks[index].text.strip() for index in range(rules[0] + 1, section.stop)
    )


def _sections(found: Series) -> list[range]:
    """The inside of every card but the last."""
    return [range(mark.index + 1, after.index) for mark, after in zip(found.marks, found.marks[1:], strict=False)]


def _after_common_end(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """When all the other cards end alike (with a list, a table, a line that is a link), after that end."""
    sections = _sections(found)
    ends = [_end_look(blocks, section) for section in sections]
    common = {look for look, count in Counter(ends).items() if look and count >= max(2, 0.8 * len(ends))}
    if not common:
        return None
    matching = [index for index in tail if shapes.body_look(blocks[index]) in common]
    if not matching:
        return None
    return _first_words(blocks, range(matching[-1] + 1, tail.stop))


def _end_look(blocks: Sequence[Block], section: range) -> str:
    for index in reversed(section):
        if shapes.is_words(blocks[index]) and blocks[index].text.strip():
            return shapes.body_look(blocks[index])
    return ""


def _closing_words(blocks: Sequence[Block], _found: Series, tail: range) -> int | None:
    indexes = [index for index in tail if shapes.is_words(blocks[index]) and blocks[index].text.strip()]
    return next(
        (
            index
            for index in indexes[1:]
            if blocks[index].kind is Kind.PARAGRAPH and words.starts_closing(blocks[index].text)
        ),
        None,
    )


def _beyond_common_length(blocks: Sequence[Block], found: Series, tail: range) -> int | None:
    """When all the other cards have the same number of paragraphs and only the last one has more."""
    sections = _sections(found)
    lengths = {sum(_is_text(blocks[index]) for index in section) for section in sections}
    if len(sections) < 4 or len(lengths) != 1 or 0 in lengths:
        return None
    indexes = [index for index in tail if _is_text(blocks[index])]
    (length,) = lengths
    return indexes[length] if len(indexes) > length else None


def _is_text(block: Block) -> bool:
    return shapes.is_words(block) and bool(block.text.strip()) and block.hint is not Hint.CAPTION
