"""The parts of a Document. Each field stands here once, with its rule: models, forms, gate, export and comparison
follow these classes, and tests/document/test_fields.py names the file that forgot one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from articles.document import rules
from articles.document.rules import (
    LINE_LENGTH,
    Body,
    EmojiLine,
    FileName,
    Items,
    LanguageTag,
    Line,
    Number,
    PublicId,
    Slug,
    TagName,
    WebAddress,
)


class Numbering(enum.StrEnum):
    UP = "up"
    COUNTDOWN = "countdown"
    NONE = "none"


class Caveat(enum.StrEnum):
    """What readers are told beside a fact that stays: nothing, that it is disputed, or that it is true no longer."""

    NONE = ""
    DISPUTED = "disputed"
    OUTDATED = "outdated"


class SourceKind(enum.StrEnum):
    """What kind of source it is; empty where nobody has said."""

    UNKNOWN = ""
    PRIMARY = "primary"
    INTERVIEW = "interview"
    NEWS = "news"
    FAN_SITE = "fan-site"


#: The number of the episode (counted through all seasons; 1 for a film) after which something spoils nothing; None
#: spoils nothing at all.
SpoilerPoint = Annotated[int | None, Number(rules.FIRST_EPISODE, rules.LAST_EPISODE)]
TagNames = Annotated[tuple[str, ...], Items(rules.MOST_TAGS, TagName())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact can be looked up. Address or title may be empty, not both (see readiness).

    `excerpt` are the words of it that prove the fact, pasted by a person: plain text, of which readers see the
    beginning. Nothing is ever fetched. `archived_url` leads to a copy of it in an archive, for the day on which the
    source itself is gone.
    """

    url: Annotated[str, WebAddress()] = ""
    title: Annotated[str, Line(300)] = ""
    publisher: Annotated[str, Line(LINE_LENGTH)] = ""
    seen_on: dt.date | None = None
    kind: Annotated[SourceKind, Line(10)] = SourceKind.UNKNOWN
    excerpt: Annotated[str, Body(rules.EXCERPT_LENGTH)] = ""
    archived_url: Annotated[str, WebAddress()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A library picture as it was when the Document was made. `file` is a storage name that holds its content's digest.

    `alt` is empty only when `decorative`. The focal point is in hundredths of width and height, 0 to 100.
    """

    public_id: Annotated[str, PublicId()]
    file: Annotated[str, FileName()]
    width: Annotated[int, Number(1, 100_000)]
    height: Annotated[int, Number(1, 100_000)]
    alt: Annotated[str, Line(300)] = ""
    decorative: bool = False
    credit: Annotated[str, Line(LINE_LENGTH)] = ""
    licence: Annotated[str, Line(100)] = ""
    focal_x: Annotated[int, Number(0, 100)] = 50
    focal_y: Annotated[int, Number(0, 100)] = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One fact. `public_id` is empty until the card is first saved. `body` is Markdown.

    `picture` stands beside the heading: a picture's id out of the Document's `pictures`. A caveat has the day since
    when it holds, and a sentence of plain text (see readiness).
    """

    public_id: Annotated[str, PublicId()] = ""
    heading: Annotated[str, Line(LINE_LENGTH)] = ""
    emoji: Annotated[str, EmojiLine()] = ""
    picture: Annotated[str, PublicId()] = ""
    body: Annotated[str, Body()] = ""
    tags: TagNames = ()
    sources: Annotated[tuple[Source, ...], Items(rules.MOST_SOURCES)] = ()
    spoiler_after: SpoilerPoint = None
    safe_heading: Annotated[str, Line(LINE_LENGTH)] = ""
    check_on: dt.date | None = None
    caveat: Annotated[Caveat, Line(10)] = Caveat.NONE
    caveat_since: dt.date | None = None
    caveat_note: Annotated[str, Line(300)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """One question. `answer` is Markdown."""

    public_id: Annotated[str, PublicId()] = ""
    question: Annotated[str, Line(300)] = ""
    answer: Annotated[str, Body()] = ""
    spoiler_after: SpoilerPoint = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole article. `subject` and `authors` are slugs, `tags` names, `cover` a picture's id out of `pictures`.

    `language` is empty where the article is in the language of the site.
    """

    title: Annotated[str, Line(LINE_LENGTH)] = ""
    slug: Annotated[str, Slug()] = ""
    dek: Annotated[str, Line(300)] = ""
    language: Annotated[str, LanguageTag()] = ""
    introduction: Annotated[str, Body()] = ""
    cards: Annotated[tuple[Card, ...], Items(rules.MOST_CARDS)] = ()
    conclusion_heading: Annotated[str, Line(LINE_LENGTH)] = ""
    conclusion: Annotated[str, Body()] = ""
    faqs: Annotated[tuple[Faq, ...], Items(rules.MOST_FAQS)] = ()
    numbering: Numbering = Numbering.UP
    tags: TagNames = ()
    subject: Annotated[str, Slug()] = ""
    authors: Annotated[tuple[str, ...], Items(rules.MOST_AUTHORS, Slug())] = ()
    cover: Annotated[str, PublicId()] = ""
    pictures: Annotated[tuple[Picture, ...], Items(rules.MOST_PICTURES)] = ()

    def picture(self, public_id: str) -> Picture | None:
        return next((picture for picture in self.pictures if picture.public_id == public_id), None)

    def numbered_cards(self) -> Iterator[tuple[int | None, Card]]:
        """The cards in order with the number a reader sees: 1…n, n…1, or None."""
        total = len(self.cards)
        for index, card in enumerate(self.cards):
            if self.numbering is Numbering.NONE:
                yield None, card
            else:
                yield (total - index if self.numbering is Numbering.COUNTDOWN else index + 1), card


def column_names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a Card, Faq or Source that are one value each, and so one column of its row. Tuples (tags,
    sources) are rows of their own.
    """
    if kind not in _COLUMNS:
        hints = typing.get_type_hints(kind)
        names = (field.name for field in dataclasses.fields(kind))
        _COLUMNS[kind] = tuple(name for name in names if typing.get_origin(hints[name]) is not tuple)
    return _COLUMNS[kind]


_COLUMNS: dict[type[Any], tuple[str, ...]] = {}
