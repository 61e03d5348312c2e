"""What an edition keeps of its words, all of it JSON: the shape of `Edition.parts` and of `Edition.cover`.

Names and addresses of tags, authors and the subject are not in it: they are joined when a page is read. Whoever adds
something raises PARTS_VERSION, and says in `current` what the editions of before have in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from django.db import models

#: Version 1 is what has no number: it may lack `corrections` and the `changed_at` of a card.
#: Version 2 lacks the `picture` of a card, and version 3 its `caveat`, with the day and the note. Version 4 lacks the
#: `kind` and the `excerpt` of a source, and of a card how far its claims are proved.
#: Version 5 lacks the `archived_url` of a source, and version 6 the `as_of` of a card.
PARTS_VERSION = 7
#: Of the words of a claim that are marked for readers, in characters.
LONGEST_MARKED = 2_000


class SourcePart(TypedDict):
    url: str  # empty where it would be no address of the web
    title: str
    publisher: str
    seen_on: str | None  # an ISO day
    kind: str  # a document.SourceKind
    excerpt: str  # plain text: as much of it as readers see
    archived_url: str


class CoverPart(TypedDict):
    """A picture above an article or beside a fact's heading. `widths` and `formats` are the copies that are kept."""

    url: str
    file: str
    width: int
    height: int
    alt: str
    credit: str
    licence: str
    focal_x: int
    focal_y: int
    widths: list[int]
    formats: list[str]


class AsOfPart(TypedDict):
    """Something that a fact says and that is true only for a time."""

    claim: str  # its identity: see claims.identity
    day: str  # as of when it holds: an ISO day, month or year; "" where nobody says so


class CardPart(TypedDict):
    """A fact. `changed_at` is the ISO instant (UTC) since when its words are these; a typo does not move it, and it is
    None until the edition is published.
    """

    id: str
    anchor: str
    slug: str
    number: int | None  # None where there are no numbers
    heading: str
    safe_heading: str
    emoji: str
    picture: CoverPart | None
    body: str  # safe HTML
    spoiler_after: int | None
    check_on: str | None  # an ISO day
    caveat: str  # a document.Caveat
    caveat_since: str | None  # an ISO day
    caveat_note: str  # plain text
    tags: list[int]  # primary keys
    sources: list[SourcePart]
    changed_at: str | None
    claims_checked: int  # how many of its claims somebody had bound or ticked when the edition was made
    claims_checked_on: str | None  # an ISO day: the last of them
    unsourced: list[str]  # the words of claims that no source stated and nobody had checked
    marked_body: str  # the body with those marked; "" where there are none
    as_of: list[AsOfPart]


class FaqPart(TypedDict):
    id: str
    anchor: str
    question: str
    answer: str  # safe HTML
    spoiler_after: int | None


class CorrectionPart(TypedDict):
    """What an edition put right in one place: see publishing.corrections. An entry with a spoiler point is for the
    closed part of its card alone.
    """

    place: str  # as in a Problem
    id: str  # of a fact, else ""
    anchor: str  # where it stands in this edition, "" nowhere
    heading: str  # what may stand outside, "" where there is none
    spoiler_after: int | None
    old: str
    new: str
    kind: str  # an Edition.ChangeKind
    at: str  # an ISO instant
    note: str


class Parts(TypedDict):
    """A takedown has no parts: there `Edition.parts` is empty, and nobody reads it."""

    version: int
    introduction: str  # safe HTML, "" when there is none; so is the conclusion
    conclusion_heading: str
    conclusion: str
    cards: list[CardPart]
    faqs: list[FaqPart]
    tags: list[int]  # primary keys, in order; so are the authors
    authors: list[int]
    corrections: list[CorrectionPart]  # of this edition and all before it, newest first


def current(stored: Mapping[str, Any]) -> Parts:
    """Stored parts of any version in the shape of this one; the empty parts of a takedown stay empty.

    Raises ValueError for a version of a newer program.
    """
    version = stored.get("version", 1)
    if version > PARTS_VERSION:
        raise ValueError(f"These words are of version {version}; this program reads {PARTS_VERSION}.")
    if version == PARTS_VERSION or not stored:
        return cast("Parts", stored)
    of_cards: dict[str, Any] = {
        "changed_at": None,
        "picture": None,
        "caveat": "",
        "caveat_since": None,
        "caveat_note": "",
    }
    of_cards |= {"claims_checked": 0, "claims_checked_on": None, "unsourced": [], "marked_body": "", "as_of": []}
    of_sources = {"kind": "", "excerpt": "", "archived_url": ""}
    cards = [
        {**of_cards, **card, "sources": [{**of_sources, **source} for source in card["sources"]]}
        for card in stored["cards"]
    ]
    return cast("Parts", {"corrections": [], **stored, "cards": cards, "version": PARTS_VERSION})


class PartsField(models.JSONField):
    """Gives the parts of any version as those of this one."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return current(stored) if isinstance(stored, dict) else stored

    def deconstruct(self) -> Any:
        """To the database it is JSON like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
