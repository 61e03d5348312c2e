"""What is done to a reader's blocks before the finder looks at them, alike for all formats.

Lines that a line break only holds together are parted, a number that stands alone joins the heading under it,
broken emoji and doubled spaces are repaired (and reported), quotations find their speakers.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from articles.importing import quotes
from articles.importing.account import Repaired
from articles.importing.blocks import Block, Kind, Span, Spans, all_in, cut, is_bold, is_italic, lines, plain, trim
from articles.importing.finder.numbers import leading_number, lone_number, sure_number
from articles.text import emoji
from articles.text.messages import _

_DOUBLED = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_TYPED_BULLET = re.compile(r"\s*(?P<bullet>[•‣▪◦●○·►▶])\s*(?=\S)")
_TYPED_DASH = re.compile(r"\s*(?P<bullet>[-–—*+])\s+(?=\S)")
_ATTRIBUTION = re.compile(r"\s*[—–―~]\s*\S")


def prepare(blocks: Iterable[Block]) -> tuple[list[Block], list[Repaired]]:
    repaired: list[Repaired] = []
    parted = [piece for block in blocks for piece in _parted(_repaired(block, repaired))]
    for rule in (_with_mail_quotes, _with_tables, _with_underlined, _with_lone_numbers, quotes.find_quotations):
        parted = rule(parted)
    return parted, repaired


# --- repairs ----------------------------------------------------------------------------------------------------------


def _repaired(block: Block, repaired: list[Repaired]) -> Block:
    if block.kind is Kind.CODE:
        return block
    spans = _repaired_spans(block.spans, repaired)
    if not block.children and not block.rows and not block.attribution:
        return block if spans is block.spans else block.with_spans(spans)
    return dataclasses.replace(
        block,
        spans=spans,
        attribution=_repaired_spans(block.attribution, repaired),
        children=tuple(_repaired(child, repaired) for child in block.children),
        rows=tuple(tuple(_repaired_spans(cell, repaired) for cell in row) for row in block.rows),
    )


def _repaired_spans(spans: Spans, repaired: list[Repaired]) -> Spans:
    found = []
    changed = False
    for span in spans:
        text = _single_spaced(span.text, repaired)
        if not text.isascii():
            text, repairs = emoji.repair(text)
            repaired.extend(Repaired(repair.before, repair.after, repair.why) for repair in repairs)
        changed |= text != span.text
        found.append(span if text == span.text else span.with_text(text))
    return tuple(found) if changed else spans


def _single_spaced(text: str, repaired: list[Repaired]) -> str:
    if "  " not in text and "\u00a0" not in text and "\t" not in text:
        return text

    def single(found: re.Match[str]) -> str:
        around = text[max(0, found.start() - 12) : found.start()], text[found.end() : found.end() + 12]
        repaired.append(Repaired(found[0].join(around), " ".join(around), _("a doubled space")))
        return " "

    return _DOUBLED.sub(single, text)


# --- lines that are blocks --------------------------------------------------------------------------------------------


def _parted(block: Block) -> Iterator[Block]:
    """A block's lines and pictures, each its own block where it is more than a line of a paragraph."""
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM):
        yield block
        return
    rows = [line for line in lines(block.spans) if plain(line).strip() or any(span.picture for span in line)]
    if not rows:
        return
    if not any(_stands_alone(row) for row in rows[1:]) and not (len(rows) > 1 and _stands_alone(rows[0])):
        yield from _with_pictures_apart(block)
        return
    held: list[Span] = []
    is_first = True
    for row in rows:
        if _stands_alone(row) and held:
            yield from _with_pictures_apart(_piece(block, held, is_first=is_first))
            held, is_first = [], False
        held += [Span("\n"), *row] if held else row
        if _is_heading_line(row):
            yield from _with_pictures_apart(_piece(block, held, is_first=is_first))
            held, is_first = [], False
    if held:
        yield from _with_pictures_apart(_piece(block, held, is_first=is_first))


def _piece(block: Block, spans: Sequence[Span], *, is_first: bool) -> Block:
    piece = block.with_spans(tuple(spans))
    if is_first:
        return _typed_item(piece)
    if block.kind is Kind.ITEM:
        return _typed_item(dataclasses.replace(piece, kind=Kind.PARAGRAPH, marker="", number=None))
    return _typed_item(piece)


def _typed_item(block: Block) -> Block:
    """A line with a typed dash or bullet, among other lines of one paragraph, is a list item."""
    found = _TYPED_DASH.match(plain(block.spans)) or _TYPED_BULLET.match(plain(block.spans))
    if block.kind is not Kind.PARAGRAPH or found is None or found["bullet"] in "–—":
        return block
    spans = trim(cut(block.spans, found.end()))
    return dataclasses.replace(block, kind=Kind.ITEM, spans=spans, marker=found["bullet"], depth=block.depth + 1)


def _stands_alone(line: Spans) -> bool:
    text = plain(line)
    if not text.strip():
        return True  # a picture
    number = leading_number(text)
    is_numbered = number is not None and number.is_sure and number.style not in ("line", "colon", "roman")
    return bool(
        _is_heading_line(line) or is_numbered or _TYPED_BULLET.match(text) or _TYPED_DASH.match(text)
        or (_ATTRIBUTION.match(text) and len(text) < 100)
    )  # fmt: skip


def _is_heading_line(line: Spans) -> bool:
    return (all_in(line, is_bold) or all_in(line, is_italic)) and len(plain(line)) < 200


def _with_pictures_apart(block: Block) -> Iterator[Block]:
    """Pictures before and behind the words of a block as blocks of their own."""
    spans = block.spans
    if not any(span.picture for span in spans):
        yield block
        return
    words = [index for index, span in enumerate(spans) if not span.picture and span.text.strip()]
    if not words:
        yield from (_picture(span, block) for span in spans if span.picture)
        return
    first, last = words[0], words[-1]
    yield from (_picture(span, block) for span in spans[:first] if span.picture)
    yield block.with_spans(trim(spans[first : last + 1]))
    yield from (_picture(span, block) for span in spans[last + 1 :] if span.picture)


def _picture(span: Span, block: Block) -> Block:
    return Block(kind=Kind.PICTURE, spans=(span,), depth=block.depth)


# --- quotations as mails mark them ------------------------------------------------------------------------------------


def _with_mail_quotes(blocks: Sequence[Block]) -> list[Block]:
    """Lines that begin with ">", one after the other, are a quotation."""
    found: list[Block] = []
    for is_quoted, run in itertools.groupby(blocks, key=lambda block: block.kind is Kind.ITEM and block.marker == ">"):
        if not is_quoted:
            found += run
            continue
        rows = list(run)
        children = tuple(Block(kind=Kind.PARAGRAPH, spans=row.spans) for row in rows)
        found.append(Block(kind=Kind.QUOTE, children=children, marker=" ".join(">" for _row in rows)))
    return found


# --- tables that were pasted as text ----------------------------------------------------------------------------------


def _with_tables(blocks: Sequence[Block]) -> list[Block]:
    """Lines with the same number of tabs, one after the other, are the rows of a table."""
    found: list[Block] = []
    for tabs, run in itertools.groupby(blocks, key=_tabs):
        rows = list(run)
        if tabs and len(rows) >= 2:
            found.append(Block(kind=Kind.TABLE, rows=tuple(_cells(row.spans) for row in rows)))
        else:
            found += rows
    return found


def _tabs(block: Block) -> int:
    if block.kind is not Kind.PARAGRAPH or block.depth or len(block.text) > 500 or "\n" in block.text:
        return 0
    return block.text.strip().count("\t")


def _cells(spans: Spans) -> tuple[Spans, ...]:
    ends = [found.start() for found in re.finditer("\t", plain(spans))]
    return tuple(
        trim(cut(spans, start, stop))
        for start, stop in zip([0, *(end + 1 for end in ends)], [*ends, None], strict=True)
    )


# --- underlined headings ----------------------------------------------------------------------------------------------

_UNDERLINES = {"=": 1, "-": 2}  # as Markdown and reStructuredText have it; any other sign stands below them


def _with_underlined(blocks: Sequence[Block]) -> list[Block]:
    """A line of a plain text with a row of one sign under it, as long as itself, is a heading."""
    found: list[Block] = []
    for block in blocks:
        if block.kind is Kind.RULE and found and _underlines(block.marker, found[-1]):
            over = found.pop()
            marker = " ".join(filter(None, [over.marker, block.marker]))
            level = _UNDERLINES.get(block.marker[0], 3)
            found.append(dataclasses.replace(over, kind=Kind.HEADING, level=level, marker=marker))
        else:
            found.append(block)
    return found


def _underlines(sign: str, over: Block) -> bool:
    length = len(over.text)
    if over.kind is not Kind.PARAGRAPH or len(sign) < 3 or length > 200 or "\n" in over.text:
        return False
    wide = sum(char > "\u1100" for char in over.text)  # such letters are twice as wide
    is_long_enough = len(sign) >= 40 and length > len(sign)
    return len(set(sign)) == 1 and (is_long_enough or length - 2 <= len(sign) <= length + wide + 2)


# --- numbers that stand alone -----------------------------------------------------------------------------------------


def _with_lone_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Joins "7" and the heading in the next block, where a page sets its numbers on lines of their own."""
    alone = [
        index
        for index, block in enumerate(blocks[:-1])
        if block.kind in (Kind.PARAGRAPH, Kind.HEADING) and _is_lone(block) and _may_be_headed(blocks[index + 1])
    ]
    if len(alone) < 3 or not _count_on([blocks[index] for index in alone]):
        return list(blocks)
    joined = {index: _joined(blocks[index], blocks[index + 1]) for index in alone}
    headed = {index + 1 for index in alone}
    return [joined.get(index, block) for index, block in enumerate(blocks) if index not in headed]


def _joined(alone: Block, headed: Block) -> Block:
    number = lone_number(alone.text)
    marker = " ".join(filter(None, [alone.text.strip(), headed.marker]))
    return dataclasses.replace(headed, marker=marker, number=number.value if number else None)


def _count_on(blocks: Sequence[Block]) -> bool:
    """Whether most of the numbers go up or down by one, or begin again with 1."""
    values = [number.value for block in blocks if (number := lone_number(block.text))]
    steps = sum(abs(after - before) in (1, 2) or after == 1 for before, after in itertools.pairwise(values))
    return steps >= 0.7 * (len(values) - 1)


def _is_lone(block: Block) -> bool:
    number = lone_number(block.text)
    return number is not None and number.value <= 500


def _may_be_headed(block: Block) -> bool:
    """Whether a block may be what a number alone stands over: a line that has no number and is no sentence."""
    if _is_lone(block) or sure_number(block.text):
        return False
    if block.kind is Kind.HEADING:
        return True
    is_sentence = block.text.rstrip().endswith((".", "。")) and not all_in(block.spans, is_bold)
    return block.kind is Kind.PARAGRAPH and 0 < len(block.text) <= 120 and not is_sentence
