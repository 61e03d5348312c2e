"""How a block looks, as far as it can make a series: its shape, its rank, and the heading that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block, Hint, Kind, Span, Spans, all_in, is_bold, is_italic, lead_in, plain, trim
from articles.importing.finder.words import ends_sentence
from articles.text import emoji

LONGEST_HEADING = 200
LONGEST_LINE = 120

# What outranks what: a heading of level 1 to 6, then these.
BOLD, ITALIC, LINE, ITEM = 7, 8, 9, 10
CAPS = ITALIC

_TYPED_BULLET = re.compile(r"\s*[•‣▪◦●○·►▶➤✓✔★☆➡→]\s*(?=\S)")
# Where a run-in heading ends: "Label: text", "Label - text", "Label – text".
_LABEL_END = re.compile(r"\s*[:：]\s+(?=\S)|[:：](?=[^\x00-\x7f])|\s+(?:--|[-–—])\s+(?=\S)|\s?—\s?(?=\S)")
_SENTENCE = re.compile(r"[^.!?。！？]{2,140}?[.!?。！？]+[\"”’»」』)]?(?:\s+|(?<=[。！？]))(?=\S)")
_BODY_SEPARATOR = re.compile(r"\s*(?:[:：]|(?:--|[-–—])(?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """What the finder may look at: the blocks, and which of them are already something else (title, questions …).

    `title` are the words of the title in lower case, each between spaces; `promised` the numbers in it, `hinted` those
    in the words before the list.
    """

    blocks: Sequence[Block]
    taken: frozenset[int]
    promised: frozenset[int]
    hinted: frozenset[int]
    title: str = ""

    def free(self) -> Iterator[tuple[int, Block]]:
        return ((index, block) for index, block in enumerate(self.blocks) if index not in self.taken)


def heading_spans(block: Block) -> Spans:
    """The words of a block as one heading: of a table that is a single row of short cells, cell after cell."""
    if block.kind is not Kind.TABLE:
        return block.spans
    if len(block.rows) != 1 or len(block.rows[0]) > 3 or len(block.text) > LONGEST_HEADING:
        return ()
    cells = [trim(cell) for cell in block.rows[0] if plain(cell).strip()]
    return tuple(span for at, cell in enumerate(cells) for span in ((Span("\n"), *cell) if at else cell))


def heading_text(block: Block) -> str:
    return plain(heading_spans(block)) if block.kind is Kind.TABLE else block.text


def is_words(block: Block) -> bool:
    return block.kind not in (Kind.RULE, Kind.PICTURE) and block.hint not in (Hint.ASIDE, Hint.BYLINE, Hint.CONTENTS)


def rank(block: Block) -> int:
    if block.kind is Kind.HEADING:
        return block.level or 6
    if block.kind is Kind.PARAGRAPH and is_bold_line(block):
        return BOLD
    if block.kind is Kind.ITEM:
        return ITEM
    return CAPS if is_caps_line(block) else LINE


def is_caps_line(block: Block) -> bool:
    """A short line in capitals, in a script that has them: the heading of a plain text."""
    text = block.text.strip()
    return is_short_line(block) and text == text.upper() and sum(char.isupper() for char in text) >= 3


def look(block: Block) -> str:
    """What a block looks like, as far as it may be a heading; "" when it may not."""
    if block.kind is Kind.HEADING:
        return f"h{block.level}"
    if is_bold_line(block):
        return "bold"
    if is_caps_line(block):
        return "caps"
    return "short" if is_short_line(block) else ""


def is_heading_like(block: Block) -> bool:
    return bool(look(block))


def body_look(block: Block) -> str:
    """What a block inside a text looks like, apart from a plain paragraph."""
    if block.kind in (Kind.ITEM, Kind.TABLE, Kind.QUOTE):
        return str(block.kind)
    if block.kind is Kind.PARAGRAPH and block.text.strip():
        if all(span.href or not span.text.strip() for span in block.spans):
            return "link"
        if is_italic_line(block) or block.hint is Hint.CAPTION:
            return "italic"
    return ""


def is_line_over_text(blocks: Sequence[Block], index: int, stop: int) -> bool:
    """In plain text: a short line over a longer paragraph."""
    if index + 1 >= stop or not is_short_line(blocks[index]) or len(blocks[index].text) > 80:
        return False
    following = blocks[index + 1]
    return (
        following.kind is Kind.PARAGRAPH
        and ends_sentence(following.text)
        and len(following.text) > 1.3 * len(blocks[index].text)
    )


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
    if (
        block.kind is not Kind.PARAGRAPH
        or block.depth
        or block.hint is not Hint.NONE
        or not text
        or "\n" in text
        or "\t" in text
    ):
        return False
    if len(text) > LONGEST_LINE or not any(char.isalpha() for char in text) or text[0] in "—–-(#@":
        return False
    return not ends_sentence(text) or text.endswith(("!", "?", "！", "？", "؟"))


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


def label_end(text: str, start: int) -> int:
    """Where the label of a long run-in line ends ("Label: text", or its first sentence); len(text) when it is short."""
    found = _LABEL_END.search(text, start, start + LONGEST_LINE)
    if found and found.start() > start + 1:
        return found.start()
    if len(text) - start <= LONGEST_HEADING:
        return len(text)
    sentence = sentence_end(text, start)
    if sentence < len(text):
        return sentence
    space = text.rfind(" ", start, start + LONGEST_LINE)
    return space if space > start else start + LONGEST_LINE


def sentence_end(text: str, start: int) -> int:
    """Where the first sentence of a line ends; len(text) when it has only one."""
    sentence = _SENTENCE.match(text, start)
    return len(text[: sentence.end()].rstrip()) if sentence else len(text)


def body_start(text: str, stop: int) -> int:
    """Where the text after a label begins: without the colon or dash that only divides them."""
    found = _BODY_SEPARATOR.match(text, stop)
    return found.end() if found else stop + len(text[stop:]) - len(text[stop:].lstrip())


def has_body(blocks: Sequence[Block], index: int, stop: int, following: int) -> bool:
    """Whether words stand between a heading and the next one (or in its own block, where it ends at `stop`)."""
    if stop or len(blocks[index].text) > LONGEST_HEADING:
        return True
    return any(is_words(block) and bool(block.text.strip()) for block in blocks[index + 1 : following])
