"""Series without numbers: lines that look alike, such as the headings of one level or list items with a label."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from articles.importing.blocks import Block, Kind, all_in, is_bold, squash
from articles.importing.finder import shapes
from articles.importing.finder.marks import Mark
from articles.importing.finder.shapes import Field


def groups(field: Field, loners: frozenset[int]) -> Iterator[list[Mark]]:
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
    if block.kind is Kind.TABLE and shapes.heading_text(block):
        yield Mark(index, "cell", shapes.BOLD, 0.5)
        return
    if block.kind is Kind.HEADING:
        bullet = shapes.typed_bullet(block)
        shape = f"bullet-h{block.level}" if bullet else f"h{block.level}"
        is_paragraph = len(block.text) > shapes.LONGEST_LINE or block.text.rstrip().endswith((".", "。"))
        yield Mark(index, shape, block.level, 0.9 if bullet else 0.5 if is_paragraph else 0.8)
        return
    if block.kind is Kind.ITEM and block.depth == 1:
        stop = shapes.bold_label(block)
        if stop:
            of_list = "" if index in loners else block.group  # Notion makes a list of every item
            yield Mark(index, f"label-{of_list}", shapes.ITEM, 0.6, stop=stop)
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
    if shapes.is_caps_line(block):
        yield Mark(index, "caps", shapes.CAPS, 0.6)


def loners_of(field: Field) -> frozenset[int]:
    """List items that are the only one of their list: a list whose items have paragraphs between them."""
    items = [index for index, block in field.free() if block.kind is Kind.ITEM and block.depth == 1]
    groups = Counter(field.blocks[index].group for index in items)
    return frozenset(
        index
        for index in items
        if groups[field.blocks[index].group] == 1 or not (_is_next(field, index, -1) or _is_next(field, index, 1))
    )


def _is_next(field: Field, index: int, step: int) -> bool:
    """Whether an item of the same list stands right before or after."""
    if not 0 <= index + step < len(field.blocks):
        return False
    one, other = field.blocks[index], field.blocks[index + step]
    return other.kind is Kind.ITEM and other.group == one.group and other.depth == one.depth


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
