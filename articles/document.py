"""The Document: one article as plain values, and the comparison of two of them.

The importer's answer, a revision, an edition's source, an export and a comparison all speak this shape. Nothing
here knows the database: what an article refers to is named by things that never change (a subject's and an author's
slug, a tag's name, a picture's id), and pictures come along as they were when the Document was made.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = 1


class DocumentError(ValueError):
    """A stored or uploaded Document that this code cannot read; the message is a sentence naming the place."""


class Numbering(enum.StrEnum):
    UP = "up"
    COUNTDOWN = "countdown"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact can be looked up. Address or title may be empty, not both (see readiness)."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    seen_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A library picture as it was when the Document was made. `file` is a storage name that holds its content's digest.

    `alt` is empty only when `decorative`. The focal point is in hundredths of width and height, 0 to 100.
    """

    public_id: str
    file: str
    width: int
    height: int
    alt: str = ""
    decorative: bool = False
    credit: str = ""
    licence: str = ""
    focal_x: int = 50
    focal_y: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One fact. `public_id` is empty until the card is first saved. `body` is Markdown.

    `spoiler_after` is the number of the episode (counted through all seasons; 1 for a film) after which the fact
    spoils nothing; None spoils nothing at all.
    """

    public_id: str = ""
    heading: str = ""
    emoji: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    spoiler_after: int | None = None
    safe_heading: str = ""
    check_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """One question. `answer` is Markdown; `spoiler_after` as for a card."""

    public_id: str = ""
    question: str = ""
    answer: str = ""
    spoiler_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole article. `subject` and `authors` are slugs, `tags` names, `cover` a picture's id out of `pictures`."""

    title: str = ""
    slug: str = ""
    dek: str = ""
    introduction: str = ""
    cards: tuple[Card, ...] = ()
    conclusion_heading: str = ""
    conclusion: str = ""
    faqs: tuple[Faq, ...] = ()
    numbering: Numbering = Numbering.UP
    tags: tuple[str, ...] = ()
    subject: str = ""
    authors: tuple[str, ...] = ()
    cover: str = ""
    pictures: tuple[Picture, ...] = ()

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


# --- JSON -------------------------------------------------------------------------------------------------------------


def to_json(document: Document) -> dict[str, Any]:
    """Plain JSON values. A field at its default is left out, so that a new field changes no old Document."""
    return {"schema": SCHEMA_VERSION, **_pack(document)}


def from_json(data: Mapping[str, Any]) -> Document:
    """The Document again; raises DocumentError for another schema version, an unknown field or a wrong type."""
    if not isinstance(data, Mapping):
        raise DocumentError("A Document is a JSON object.")
    version = data.get("schema")
    if version != SCHEMA_VERSION:
        raise DocumentError(f"This Document has schema version {version!r}; this program reads {SCHEMA_VERSION}.")
    return typing.cast("Document", _unpack(Document, {k: v for k, v in data.items() if k != "schema"}, "document"))


def item_to_json(item: Card | Faq) -> dict[str, Any]:
    """One card or question, as it stands within a Document."""
    packed: dict[str, Any] = _pack(item)
    return packed


def card_from_json(data: Mapping[str, Any]) -> Card:
    """Raises DocumentError, as `from_json`."""
    return typing.cast("Card", _unpack(Card, data, "card"))


def faq_from_json(data: Mapping[str, Any]) -> Faq:
    return typing.cast("Faq", _unpack(Faq, data, "question"))


def dumps(document: Document) -> str:
    """One canonical text for one Document: equal Documents give equal bytes."""
    return json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _pack(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _pack(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.default is dataclasses.MISSING or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, enum.StrEnum) else value


def _unpack(kind: Any, value: Any, place: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _unpack(typing.get_args(kind)[0], value, place)
    if origin is tuple:
        if not isinstance(value, list):
            raise DocumentError(f"{place}: expected a list.")
        (inner, _ellipsis) = typing.get_args(kind)
        return tuple(_unpack(inner, item, f"{place}[{index}]") for index, item in enumerate(value))
    if dataclasses.is_dataclass(kind):
        return _unpack_object(kind, value, place)
    return _unpack_plain(kind, value, place)


def _unpack_object(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise DocumentError(f"{place}: expected an object.")
    hints = _hints(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise DocumentError(f"{place}: unknown field {unknown[0]!r}.")
    try:
        return kind(**{name: _unpack(hints[name], item, f"{place}.{name}") for name, item in value.items()})
    except TypeError as error:
        raise DocumentError(f"{place}: a field is missing ({error}).") from error


def _unpack_plain(kind: Any, value: Any, place: str) -> Any:
    if kind is dt.date or (isinstance(kind, type) and issubclass(kind, enum.StrEnum)):
        read: Any = dt.date.fromisoformat if kind is dt.date else kind
        try:
            return read(value)
        except (TypeError, ValueError) as error:
            raise DocumentError(f"{place}: {value!r} is not allowed here.") from error
    if type(value) is not kind:
        raise DocumentError(f"{place}: expected {kind.__name__}, found {type(value).__name__}.")
    return value


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


# --- comparison -------------------------------------------------------------------------------------------------------


class Change(enum.StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A card or question in both Documents, by its `public_id`. Positions count from 1; None where it is missing.

    An item that was reworded and moved is CHANGED; MOVED is order alone, counted against the items common to both.
    """

    kind: Change
    public_id: str
    old: Card | Faq | None
    new: Card | Faq | None
    old_position: int | None
    new_position: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: tuple[FieldChange, ...]
    cards: tuple[ItemChange, ...]
    faqs: tuple[ItemChange, ...]

    @property
    def is_empty(self) -> bool:
        return not self.fields and all(item.kind is Change.SAME for item in (*self.cards, *self.faqs))


def compare(old: Document, new: Document) -> Comparison:
    """What changed between two Documents, card by card, in the new order with removed items last."""
    return Comparison(
        fields=_field_changes(old, new, skip={"cards", "faqs"}),
        cards=_item_changes(old.cards, new.cards),
        faqs=_item_changes(old.faqs, new.faqs),
    )


def _field_changes(old: Any, new: Any, skip: set[str] = frozenset()) -> tuple[FieldChange, ...]:  # type: ignore[assignment]
    names = (field.name for field in dataclasses.fields(old) if field.name not in skip)
    return tuple(
        FieldChange(name, getattr(old, name), getattr(new, name))
        for name in names
        if getattr(old, name) != getattr(new, name)
    )


def _item_changes(old: Sequence[Card | Faq], new: Sequence[Card | Faq]) -> tuple[ItemChange, ...]:
    before = {item.public_id: (position, item) for position, item in enumerate(old, 1)}
    after = {item.public_id for item in new}
    in_place = _longest_rising([before[item.public_id][0] for item in new if item.public_id in before])
    changes = []
    for position, item in enumerate(new, 1):
        if item.public_id not in before:
            changes.append(ItemChange(Change.ADDED, item.public_id, None, item, None, position))
            continue
        old_position, old_item = before[item.public_id]
        fields = _field_changes(old_item, item)
        kind = Change.CHANGED if fields else Change.SAME if old_position in in_place else Change.MOVED
        changes.append(ItemChange(kind, item.public_id, old_item, item, old_position, position, fields))
    changes += [
        ItemChange(Change.REMOVED, item.public_id, item, None, position, None)
        for position, item in enumerate(old, 1)
        if item.public_id not in after
    ]
    return tuple(changes)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The most items that kept their order among themselves; all others were moved around them."""
    longest: list[int] = []
    ending: list[list[int]] = []  # for each number, the longest rising run that ends there
    for number in numbers:
        before: list[int] = []
        for run in ending:
            if run[-1] < number and len(run) > len(before):
                before = run
        ending.append([*before, number])
        longest = max(longest, ending[-1], key=len)
    return set(longest)
