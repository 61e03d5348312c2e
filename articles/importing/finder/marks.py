"""What may be the heading of a card: every block that begins with a number, by everything that can carry one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.blocks import Block, Kind, all_in, is_bold
from articles.importing.finder import shapes
from articles.importing.finder.number_words import COUNTERS
from articles.importing.finder.numbers import Number, leading_numbers, lone_number
from articles.importing.finder.shapes import Field

# How sure a way to write numbers is, for one line by itself; the series has the last word.
_STYLE_WEIGHT = {"space": 0.5, "line": 0.8, "roman": 0.9, "letter": 0.7, "colon": 0.9, "dash": 0.95, "words": 0.95}
_LONGEST_UNSURE = 80  # "3 Idiots" may be a heading; a paragraph that begins with "3 years later" is none


@dataclass(frozen=True, slots=True)
class Mark:
    """One block as the heading of a card.

    `shape` says what carries it, `style` how its number is written ("auto": by a list of the source). `stop` is where a
    run-in heading ends in the plain text; 0 for all of it.
    """

    index: int
    shape: str
    rank: int
    weight: float
    number: Number | None = None
    value: int | None = None
    stop: int = 0

    @property
    def style(self) -> str:
        if self.number is None:
            return "auto"
        return f"{self.number.style} {self.number.label}" if self.number.label else self.number.style


def numbered(field: Field, loners: frozenset[int]) -> list[Mark]:
    """Every block as a member of a numbered series, in every way in which its number can be read."""
    return [mark for index, block in field.free() for mark in _marks(field, index, block, is_loner=index in loners)]


def _marks(field: Field, index: int, block: Block, *, is_loner: bool) -> Iterator[Mark]:
    if not shapes.is_words(block) or block.depth > 1:
        return
    if block.depth and block.kind is Kind.PARAGRAPH:
        return
    for number in leading_numbers(shapes.heading_text(block)):
        if not _names_the_subject(number, field.title):
            mark = _mark(index, block, number, number.value, is_loner=is_loner)
            if mark:
                yield mark
    counted = lone_number(block.marker) if block.number is None else None
    value = counted.value if counted else block.number
    mark = None if value is None else _mark(index, block, None, value, is_loner=is_loner)
    if mark:
        yield mark


def _names_the_subject(number: Number, title: str) -> bool:
    """Whether the words before the number are the article's subject ("Toy Story 3:"): the title says them too."""
    label = number.label
    return bool(label) and label not in COUNTERS and label.isascii() and f" {label} " in title


def _mark(index: int, block: Block, number: Number | None, value: int, *, is_loner: bool) -> Mark | None:
    text = shapes.heading_text(block)
    weight = _STYLE_WEIGHT.get(number.style, 1.0) if number else 1.0
    if block.kind is Kind.HEADING:
        return Mark(index, f"h{block.level}", block.level, weight, number, value)
    if block.kind is Kind.TABLE:
        return Mark(index, "cell", shapes.BOLD, 0.9 * weight, number, value) if text else None
    if shapes.is_bold_line(block):
        return Mark(index, "bold", shapes.BOLD, 0.95 * weight, number, value)
    if block.kind is Kind.ITEM:
        return _item(index, block, number, value, is_loner=is_loner)
    stop = shapes.bold_label(block)
    if stop and (number is None or number.stop <= stop):
        return Mark(index, "runin", shapes.BOLD, 0.85 * weight, number, value, stop)
    if block.kind is not Kind.PARAGRAPH or (number is not None and not number.is_sure and len(text) > _LONGEST_UNSURE):
        return None
    shape, rank = ("caps", shapes.CAPS) if shapes.is_caps_line(block) else ("line", shapes.LINE)
    return Mark(index, shape, rank, _line_weight(text) * weight, number, value)


def _item(index: int, block: Block, number: Number | None, value: int, *, is_loner: bool) -> Mark | None:
    if block.number is None and number is not None and number.style == "space":
        return None  # "• 3 empty chairs"
    stop = shapes.bold_label(block)
    if stop and number is not None and number.stop > stop:
        stop = 0
    is_bold_item = all_in(block.spans, is_bold)
    if is_loner and not stop:
        return Mark(index, "loner", shapes.LINE, 0.9 if is_bold_item else 0.7, number, value)
    if stop or is_bold_item:
        return Mark(index, "item", shapes.ITEM, 0.75, number, value, stop)
    return Mark(index, "item", shapes.ITEM, 0.6 if len(block.text) <= shapes.LONGEST_LINE else 0.5, number, value)


def _line_weight(text: str) -> float:
    if len(text) <= shapes.LONGEST_LINE:
        return 0.8
    return 0.55 if len(text) <= shapes.LONGEST_HEADING else 0.4
