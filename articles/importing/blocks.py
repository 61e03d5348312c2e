"""The run of blocks: what every reader makes of its format, and all that the finder and the builder look at.

A block is a heading, a paragraph, a list item and so on, in the order of the source. Its words are spans: text with
its emphasis and link. Everything is cut by offsets of the plain text, so that a number, an emoji or an attribution can
be taken off without losing the emphasis around it.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style. A picture is a span with `picture` set; its text is the alt text, not visible."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    href: str = ""
    picture: str = ""

    def with_text(self, text: str) -> Span:
        return Span(text, self.bold, self.italic, self.struck, self.code, self.href, self.picture)


Spans = tuple[Span, ...]


class Kind(enum.StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    PICTURE = "picture"
    RULE = "rule"


class Hint(enum.StrEnum):
    """What the source's own markup says about a block, beyond its kind."""

    NONE = ""
    TITLE = "title"
    BYLINE = "byline"
    CAPTION = "caption"
    ATTRIBUTION = "attribution"
    QUESTION = "question"
    CONTENTS = "contents"
    WORD_LIST = "word list"  # `why` holds Word's list and level until `word.with_lists` has read them
    WORD_QUOTE = "word quote"
    ASIDE = "aside"  # navigation, comments, forms: on the page, not of the article


@dataclass(frozen=True, kw_only=True)  # no slots: the text is kept once it is asked for
class Block:
    """`level`: of a heading, 1 to 6. `depth`: how many lists the block stands in; an item of an outer list has 1.

    `marker` is the bullet or number as the source shows it (it is visible text); `number` its value. `group` tells
    one list of the source from the next. A quotation has `children` and an `attribution`; a table has `rows`, the
    first being its head.
    """

    kind: Kind
    spans: Spans = ()
    level: int = 0
    depth: int = 0
    marker: str = ""
    number: int | None = None
    group: int = 0
    hint: Hint = Hint.NONE
    why: str = ""
    children: tuple[Block, ...] = ()
    attribution: Spans = ()
    rows: tuple[tuple[Spans, ...], ...] = ()

    @functools.cached_property
    def text(self) -> str:
        """The visible words without the marker."""
        if self.kind is Kind.QUOTE:
            return "\n".join([*(child.text for child in self.children), *filter(None, [plain(self.attribution)])])
        if self.kind is Kind.TABLE:
            return "\n".join(" ".join(plain(cell) for cell in row) for row in self.rows)
        return plain(self.spans)

    @property
    def source(self) -> str:
        """The visible words with the marker: what the account answers for."""
        return f"{self.marker} {self.text}" if self.marker else self.text

    def with_spans(self, spans: Spans) -> Block:
        return dataclasses.replace(self, spans=spans)


def paragraph(text: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, spans=(Span(text),))


# --- spans ------------------------------------------------------------------------------------------------------------


def plain(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans if not span.picture)


def cut(spans: Spans, start: int, stop: int | None = None) -> Spans:
    """The spans between two offsets of the plain text. A picture has no width and stays with what follows it."""
    if len(spans) == 1 and not spans[0].picture:
        text = spans[0].text[start:stop]
        return (spans[0].with_text(text),) if text else ()
    found = []
    at = 0
    for span in spans:
        if span.picture:
            if at >= start and (stop is None or at < stop):
                found.append(span)
            continue
        end = at + len(span.text)
        low, high = max(start, at), end if stop is None else min(stop, end)
        if low < high:
            found.append(span if high - low == end - at else span.with_text(span.text[low - at : high - at]))
        at = end
    return tuple(found)


def trim(spans: Spans) -> Spans:
    """Without white space at both ends of the plain text."""
    text = plain(spans)
    inner = text.strip()
    if inner == text:
        return spans
    pictures = tuple(span for span in spans if span.picture)
    if not inner:
        return pictures
    start = len(text) - len(text.lstrip())
    if pictures:
        return _trim_around_pictures(spans, start, start + len(inner))
    return cut(spans, start, start + len(inner))


def _trim_around_pictures(spans: Spans, start: int, stop: int) -> Spans:
    found = []
    at = 0
    for span in spans:
        if span.picture:
            found.append(span)
            continue
        end = at + len(span.text)
        low, high = max(start, at), min(stop, end)
        if low < high:
            found.append(span if high - low == end - at else span.with_text(span.text[low - at : high - at]))
        at = end
    return tuple(found)


def lines(spans: Spans) -> list[Spans]:
    """The spans line by line; a line break is a newline in the text."""
    if not any("\n" in span.text for span in spans):
        return [spans]
    result: list[list[Span]] = [[]]
    for span in spans:
        if span.picture:
            result[-1].append(span)
            continue
        first, *rest = span.text.split("\n")
        if first:
            result[-1].append(span.with_text(first))
        result += ([span.with_text(piece)] if piece else [] for piece in rest)
    return [tuple(line) for line in result]


def all_in(spans: Spans, style: Callable[[Span], bool]) -> bool:
    """Whether every visible letter or digit is in a style (and there is one)."""
    if spans and not style(spans[0]) and spans[0].text[:1].isalnum() and not spans[0].picture:
        return False
    wordy = [span for span in spans if not span.picture and any(char.isalnum() for char in span.text)]
    return bool(wordy) and all(style(span) for span in wordy)


def lead_in(spans: Spans, style: Callable[[Span], bool]) -> int:
    """How many characters at the start are in a style; white space and pictures before them are passed over."""
    at = 0
    for span in spans:
        if span.picture:
            continue
        if not style(span) and span.text.strip():
            break
        at += len(span.text)
    return at if plain(spans)[:at].strip() else 0


def is_bold(span: Span) -> bool:
    return span.bold


def is_italic(span: Span) -> bool:
    return span.italic


_SQUASH = re.compile(r"[\W_]+")


def squash(text: str) -> str:
    """Letters and digits only, without case: to see whether two headings say the same."""
    return _SQUASH.sub("", text).casefold()
