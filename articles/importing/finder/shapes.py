"""How a block looks, as far as it can make a series: its shape, its rank, and the heading that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block, Hint, Kind, all_in, is_bold, is_italic, lead_in, plain
from articles.importing.finder.numbers import Number, leading_number
from articles.importing.finder.words import ends_sentence
from articles.text import emoji

LONGEST_HEADING = 200
LONGEST_LINE = 120

# What outranks what: a heading of level 1 to 6, then these.
BOLD, ITALIC, LINE, ITEM = 7, 8, 9, 10

_TYPED_BULLET = re.compile(r"\s*[•‣▪◦●○·►▶➤✓✔★☆➡→]\s*(?=\S)")
# Where a run-in heading ends: "Label: text", "Label - text", "Label – text".
_LABEL_END = re.compile(r"\s*[:：]\s+(?=\S)|[:：](?=[^\x00-\x7f])|\s+[-–—]\s+(?=\S)|\s?—\s?(?=\S)")
_SENTENCE = re.compile(r"[^.!?。！？]{2,140}?[.!?。！？]+[\"”’»」』)]?(?:\s+|(?<=[。！？]))(?=\S)")
_BODY_SEPARATOR = re.compile(r"\s*(?:[:：]|[-–—](?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One block as the heading of a card. `stop`: where a run-in heading ends in the plain text; 0 for all of it."""

    index: int
    shape: str
    rank: int
    weight: float
    number: Number | None = None
    value: int | None = None
    stop: int = 0


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


def is_words(block: Block) -> bool:
    return block.kind not in (Kind.RULE, Kind.PICTURE) and block.hint not in (Hint.ASIDE, Hint.BYLINE, Hint.CONTENTS)


def rank(block: Block) -> int:
    if block.kind is Kind.HEADING:
        return block.level or 6
    if block.kind is Kind.PARAGRAPH and is_bold_line(block):
        return BOLD
    return ITEM if block.kind is Kind.ITEM else LINE


def is_bold_line(block: Block) -> bool:
    return (
        block.kind is Kind.PARAGRAPH
        and block.depth == 0
        and len(block.text) <= LONGEST_HEADING
        and all_in(block.spans, is_bold)
    )


def is_italic_line(block: Block) -> bool:
    return (
        block.kind is Kind.PARAGRAPH
        and block.depth == 0
        and len(block.text) <= LONGEST_LINE
        and all_in(block.spans, is_italic)
        and block.hint is not Hint.CAPTION
    )


def is_short_line(block: Block) -> bool:
    """A line that could be a heading in plain text: short, of one piece, and no sentence."""
    text = block.text.strip()
    if block.kind is not Kind.PARAGRAPH or block.depth or block.hint is not Hint.NONE or not text or "\n" in text:
        return False
    if len(text) > LONGEST_LINE or not any(char.isalpha() for char in text) or text[0] in "—–-(#@":
        return False
    return not ends_sentence(text) or text.endswith(("!", "?", "！", "？"))


def bold_label(block: Block) -> int:
    """Where the bold words that a block begins with end; 0 when there are none or no words after them."""
    stop = lead_in(block.spans, is_bold)
    text = plain(block.spans)
    return stop if stop and len(text[:stop].strip()) <= LONGEST_LINE and text[stop:].strip() else 0


def typed_bullet(block: Block) -> int:
    found = _TYPED_BULLET.match(block.text)
    return found.end() if found else 0


def has_lead_emoji(block: Block) -> bool:
    text = block.text.strip()
    return (
        bool(text)
        and not text[0].isalnum()
        and not text[0].isascii()
        and emoji.split(text[:40])[0] != text[:40].strip()
    )


# --- marks ------------------------------------------------------------------------------------------------------------

_STYLE_WEIGHT = {"space": 0.8, "alone": 0.8, "roman": 0.9, "colon": 0.9, "dash": 0.95}


def numbered_mark(index: int, block: Block, *, is_loner: bool = False) -> Mark | None:
    """The block as a member of a numbered series, or None."""
    if not is_words(block) or block.depth > 1 or block.kind not in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM):
        return None
    if block.depth and block.kind is not Kind.ITEM:
        return None
    text = block.text
    number = leading_number(text)
    value = number.value if number else block.number
    if value is None:
        return None
    style = _STYLE_WEIGHT.get(number.style, 1.0) if number else 1.0
    if block.kind is Kind.HEADING:
        return Mark(index, f"h{block.level}", block.level, style, number, value)
    if is_bold_line(block):
        return Mark(index, "bold", BOLD, 0.95 * style, number, value)
    if block.kind is Kind.ITEM:
        return _numbered_item(index, block, number, value, is_loner=is_loner)
    stop = bold_label(block)
    if stop and (number is None or number.stop <= stop):
        return Mark(index, "runin", BOLD, 0.85 * style, number, value, stop)
    if number is None or (number.style in ("space", "roman") and len(text) > 80):
        return None
    if number.style == "space":
        style = 0.5
    return Mark(index, "line", LINE, _line_weight(text) * style, number, value)


def _numbered_item(index: int, block: Block, number: Number | None, value: int, *, is_loner: bool) -> Mark | None:
    if block.number is None and block.marker in ("-", "*", "•") and number is not None and number.style == "space":
        return None
    stop = bold_label(block)
    is_bold_item = all_in(block.spans, is_bold)
    if is_loner and not stop:
        return Mark(index, "loner", LINE, 0.9 if is_bold_item else 0.7, number, value)
    if stop or is_bold_item:
        return Mark(index, "item", ITEM, 0.75, number, value, stop)
    return Mark(index, "item", ITEM, 0.6 if len(block.text) <= LONGEST_LINE else 0.5, number, value)


def _line_weight(text: str) -> float:
    if len(text) <= LONGEST_LINE:
        return 0.8
    return 0.55 if len(text) <= LONGEST_HEADING else 0.4


def label_end(text: str, start: int) -> int:
    """Where the label of a long run-in line ends ("Label: text", or its first sentence); len(text) when it is short."""
    found = _LABEL_END.search(text, start, start + LONGEST_LINE)
    if found and found.start() > start + 1:
        return found.start()
    if len(text) - start <= LONGEST_HEADING:
        return len(text)
    sentence = _SENTENCE.match(text, start)
    if sentence:
        return len(text[: sentence.end()].rstrip())
    space = text.rfind(" ", start, start + LONGEST_LINE)
    return space if space > start else start + LONGEST_LINE


def body_start(text: str, stop: int) -> int:
    """Where the text after a label begins: without the colon or dash that only divides them."""
    found = _BODY_SEPARATOR.match(text, stop)
    return found.end() if found else stop + len(text[stop:]) - len(text[stop:].lstrip())


def has_body(blocks: Sequence[Block], mark: Mark, following: int) -> bool:
    """Whether words stand between a mark and the next one (or in the mark's own block, after its label)."""
    if mark.stop or len(blocks[mark.index].text) > LONGEST_HEADING:
        return True
    return any(is_words(block) and bool(block.text.strip()) for block in blocks[mark.index + 1 : following])
