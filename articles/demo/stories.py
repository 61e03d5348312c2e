"""The demo's articles as data: each file is a Document and what became of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from articles.document import Card, Caveat, Document, Faq, Numbering, Source, SourceKind

CONTENT = Path(__file__).resolve().parent / "content"
SITE = CONTENT / "site.toml"
ID_LETTERS = "bcdfghjkmnpqrstvwxz"  # of the signs of public ids (see text.ids) those that may stand anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is drawn for an article when it is loaded."""

    motif: str
    alt: str
    decorative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is drawn for a card, which shows it as its picture `public_id`."""

    public_id: str
    thing: str
    alt: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """An editor's comment; `card` is a card's number in the file, None for the whole article."""

    text: str
    card: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChange:
    """New words for a card after publication; empty leaves them as they are."""

    number: int
    heading: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """What stood in a card before an update, and what stands there since: some words of its body."""

    number: int
    before: str
    after: str

    def undone(self, card: Card) -> Card:
        return replace(card, body=card.body.replace(self.after, self.before))

    def done(self, card: Card) -> Card:
        return replace(card, body=card.body.replace(self.before, self.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A change of the live article, with its kind and note for readers."""

    kind: str
    note: str
    cards: tuple[Rewording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a person says of a claim of a part: how they checked it, or why they set it aside."""

    place: str
    words: str
    remark: str
    set_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article. `state` is a row of replay.STEPS; `days_ago` is when it was published, or last touched.

    `document` has the words after all updates, as the file has them.
    """

    document: Document
    cover: Cover
    drawings: tuple[Drawing, ...]
    state: str
    days_ago: int
    note: str
    archive_note: str
    publish_in_days: int | None
    comments: tuple[Comment, ...]
    changes: tuple[CardChange, ...]
    updates: tuple[Update, ...]
    looked: tuple[Looked, ...]

    @property
    def first_document(self) -> Document:
        """The words that were published first."""
        cards = list(self.document.cards)
        for update in reversed(self.updates):
            for rewording in update.cards:
                cards[rewording.number - 1] = rewording.undone(cards[rewording.number - 1])
        return replace(self.document, cards=tuple(cards))


def read_site() -> dict[str, Any]:
    """Subjects, authors and tags as the file names them."""
    return tomllib.loads(SITE.read_text(encoding="utf-8"))


def read_stories(today: dt.date) -> list[Story]:
    """All articles, the oldest first; days are counted from `today`."""
    files = sorted(path for path in CONTENT.glob("*.toml") if path != SITE)
    stories = [_story(tomllib.loads(path.read_text(encoding="utf-8")), today) for path in files]
    return sorted(stories, key=lambda story: -story.days_ago)


def public_id(*names: object) -> str:
    """An id made of names, so that a demo fact has the same address on every machine."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in digest[:10])


def _story(data: Mapping[str, Any], today: dt.date) -> Story:
    waiting = data.get("waiting", {})
    changes = waiting.get("cards") or data.get("later", {}).get("cards", [])
    return Story(
        document=_document(data, today),
        cover=Cover(**data["cover"]),
        drawings=tuple(_drawings(data["slug"], data["cards"])),
        state="live-waiting" if waiting else data["state"],
        days_ago=data["published_days_ago"] if "published_days_ago" in data else data.get("days_ago", 0),
        note=data.get("note", ""),
        archive_note=data.get("archive_note", ""),
        publish_in_days=waiting.get("publish_in_days", data.get("publish_in_days")),
        comments=tuple(Comment(text=row["text"], card=row.get("card")) for row in data.get("comments", [])),
        changes=tuple(CardChange(**row) for row in changes),
        updates=tuple(map(_update, data.get("updates", []))),
        looked=tuple(Looked(**row) for row in data.get("looked", [])),
    )


def _update(data: Mapping[str, Any]) -> Update:
    cards = tuple(Rewording(**row) for row in data["cards"])
    return Update(kind=data["kind"], note=data.get("note", ""), cards=cards)


def _drawings(slug: str, cards: Sequence[Mapping[str, Any]]) -> Iterator[Drawing]:
    for number, card in enumerate(cards, 1):
        if drawing := card.get("drawing"):
            yield Drawing(public_id=public_id(slug, "drawing", number), title=card["heading"], **drawing)


def _document(data: Mapping[str, Any], today: dt.date) -> Document:
    slug = data["slug"]
    return Document(
        title=data["title"],
        slug=slug,
        dek=data["dek"],
        introduction=data["introduction"],
        cards=tuple(_cards(slug, data["cards"], today)),
        conclusion_heading=data["conclusion_heading"],
        conclusion=data["conclusion"],
        faqs=tuple(Faq(public_id=public_id(slug, "faq", n), **row) for n, row in enumerate(data["faqs"], 1)),
        numbering=Numbering(data["numbering"]),
        tags=tuple(data["tags"]),
        subject=data["subject"],
        authors=tuple(data["authors"]),
        cover=public_id(slug, "cover"),
    )


def _cards(slug: str, rows: Sequence[Mapping[str, Any]], today: dt.date) -> Iterator[Card]:
    for number, row in enumerate(rows, 1):
        fields = dict(row)
        check_in, doubted = fields.pop("check_on_days", None), fields.pop("caveat_days_ago", None)
        caveat_since = fields.pop("caveat_since", None)
        has_drawing = fields.pop("drawing", None) is not None
        yield Card(
            public_id=public_id(slug, "card", number),
            picture=public_id(slug, "drawing", number) if has_drawing else "",
            check_on=today + dt.timedelta(days=check_in) if check_in is not None else None,
            caveat=Caveat(fields.pop("caveat", "")),
            caveat_since=caveat_since if doubted is None else today - dt.timedelta(days=doubted),
            tags=tuple(fields.pop("tags", ())),
            sources=tuple(_source(source, today) for source in fields.pop("sources", ())),
            **fields,
        )


def _source(row: Mapping[str, Any], today: dt.date) -> Source:
    fields = dict(row)
    kind = SourceKind(fields.pop("kind", ""))
    return Source(seen_on=today - dt.timedelta(days=fields.pop("seen_days_ago")), kind=kind, **fields)
