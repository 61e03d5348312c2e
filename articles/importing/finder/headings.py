"""The headings of the cards: without their numbers, and cut off where the text of the card runs on behind them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from articles.importing.blocks import Block, Kind, Span, cut, plain, trim
from articles.importing.finder import shapes
from articles.importing.finder.layout import LayoutBlock, Role
from articles.importing.finder.marks import Mark
from articles.importing.finder.series import Series


def label_ends(blocks: Sequence[Block], found: Series) -> dict[int, int]:
    """For series whose headings run into their text: where each heading ends."""
    runs_in = [mark for mark in found.marks if mark.rank in (shapes.ITEM, shapes.LINE) and not mark.stop]
    if not runs_in:
        return {}
    long = sum(len(blocks[mark.index].text) > shapes.LONGEST_HEADING for mark in runs_in)
    labelled = sum(
        shapes.label_end(blocks[mark.index].text, _number_stop(mark)) < len(blocks[mark.index].text) for mark in runs_in
    )
    marks = {mark.index for mark in found.marks}
    bodies = sum(
        shapes.has_body(blocks, mark.index, mark.stop, min(mark.index + 2, len(blocks))) and mark.index + 1 not in marks
        for mark in runs_in
    )
    sentences = {mark.index: shapes.sentence_end(blocks[mark.index].text, _number_stop(mark)) for mark in runs_in}
    divided = sum(end < len(blocks[index].text) for index, end in sentences.items())
    if bodies <= 1 and labelled < 0.7 * len(runs_in) <= divided:
        return sentences  # nothing stands under any of them: what each says first is its heading
    if long * 2 < len(runs_in) and (bodies * 2 > len(runs_in) or labelled < 0.7 * len(runs_in)):
        return {
            mark.index: shapes.label_end(blocks[mark.index].text, _number_stop(mark))
            for mark in runs_in
            if len(blocks[mark.index].text) > shapes.LONGEST_HEADING
        }
    return {mark.index: shapes.label_end(blocks[mark.index].text, _number_stop(mark)) for mark in runs_in}


def _number_stop(mark: Mark) -> int:
    return mark.number.stop if mark.number else 0


def card(block: Block, mark: Mark, stop: int) -> list[LayoutBlock]:
    """The heading of a card without its number (that becomes the marker), and what runs on behind it."""
    spans = shapes.heading_spans(block)
    text = plain(spans)
    end = stop or len(text)
    number = mark.number
    markers = [block.marker]
    if number and number.stop < end:
        markers.append(text[number.start : number.stop].strip())
        head = (*cut(spans, 0, number.start), *cut(spans, number.stop, end))
    elif mark.number is None and (bullet := shapes.typed_bullet(block)):
        markers.append(text[:bullet].strip())
        head = cut(spans, bullet, end)
    else:
        head = cut(spans, 0, end)
    rest_at = shapes.body_start(text, end) if stop and stop < len(text) else len(text)
    markers.append(text[end:rest_at].strip())
    head_text = plain(head).rstrip()
    if stop and head_text.endswith((":", "：")):
        head = cut(trim(head), 0, len(plain(trim(head))) - 1)
        markers.append(head_text[-1])
    heading = dataclasses.replace(
        block,
        kind=Kind.HEADING,
        spans=trim(head),
        marker=" ".join(filter(None, markers)),
        level=2,
        depth=0,
        number=None,
        rows=(),
    )
    entries = [LayoutBlock(heading, Role.CARD)]
    rest = trim(cut(spans, rest_at))
    if plain(rest).strip():
        entries.append(LayoutBlock(Block(kind=Kind.PARAGRAPH, spans=rest), Role.CARD_TEXT))
    return entries


def run_in(block: Block, stop: int, head: Role, rest: Role) -> list[LayoutBlock]:
    text = plain(block.spans)
    label = text[:stop].rstrip()
    sign = label[-1] if label.endswith((":", "：")) else ""
    heading = Block(kind=Kind.HEADING, spans=(Span(label.removesuffix(sign) if sign else label),), marker=sign, level=2)
    return [LayoutBlock(heading, head), LayoutBlock(block.with_spans(trim(cut(block.spans, stop))), rest)]
