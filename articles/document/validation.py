"""The gate: what comes in from outside passes `validate` before it is stored, by whatever way it came.

Signs that an output cannot hold are mended (see `text.signs`), slugs are made to be some, malformed ids are dropped, so
that new ones are made. Anything else that breaks a rule of its field (`document.rules`) is a Fault, and nothing of it
is stored.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from articles.document import rules
from articles.document.labels import FIELD_LABELS
from articles.document.rules import (
    Body,
    EmojiLine,
    FileName,
    Items,
    LanguageTag,
    Number,
    PublicId,
    Rule,
    Slug,
    TagName,
    WebAddress,
)
from articles.document.shapes import Card, Document, Faq, Picture, Source
from articles.document.sizes import excess
from articles.text import emoji, keys, languages, signs, slugs
from articles.text.ids import PUBLIC_ID_PATTERN
from articles.text.messages import TranslatableMessage, _

Value = TypeVar("Value")

_FILE = re.compile(r"(?:[\w-]+/)*[\w-]+\.[a-z0-9]{2,5}", re.ASCII)
_SLUG = re.compile(slugs.PATTERN)
_NEVER_IN_AN_ADDRESS = re.compile(r"[\s<>\"`\\^{}|]")


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is "details", "card 3", "card:ID" or "card 3, sources 1", for programs; `field` the name of the field.

    `message` is for people: the place where several could be meant, the field, and the sentence.
    """

    place: str
    field: str
    sentence: TranslatableMessage

    @property
    def message(self) -> TranslatableMessage:
        named = FIELD_LABELS.get(self.field, self.field)
        names = [*_place_names(self.place), named]
        start = names[-1]
        for name in reversed(names[:-1]):
            start = _("%(outer)s, %(inner)s", outer=name, inner=start)
        return _("%(field)s: %(sentence)s", field=start, sentence=self.sentence)


class InvalidError(ValueError):
    """What came in breaks the rules. `message`, and str(), is the first fault and, if there are more, how many."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.first, self.faults = faults[0], faults
        self.message = self.first.message
        if len(faults) > 1:
            self.message = _("%(first)s There are %(count)s faults in all.", first=self.message, count=len(faults))
        super().__init__(self.message)


def validate(value: Value) -> Value:
    """A Document, or a part of one, as it can be stored; raises InvalidError."""
    mended = mend(value)
    found = tuple(faults(mended))
    if found:
        raise InvalidError(found)
    return mended


# --- mending ----------------------------------------------------------------------------------------------------------


def mend(value: Value) -> Value:
    """The value with signs mended and with no id that is malformed, or that something in it has already."""
    made: Value = _mended(value)
    return typing.cast("Value", _with_own_ids(made)) if isinstance(made, Document) else made


def _mended(value: Any) -> Any:
    kinds = _rules_of(value)
    changed = {}
    for field in dataclasses.fields(value):
        now = getattr(value, field.name)
        new = _mended_field(now, kinds.get(field.name)) if now else now  # most are empty
        if new is not now and new != now:
            changed[field.name] = new
    return dataclasses.replace(value, **changed) if changed else value


def _mended_field(value: Any, rule: Rule | None) -> Any:
    if isinstance(value, str):
        if isinstance(rule, PublicId):
            return value if re.fullmatch(PUBLIC_ID_PATTERN, value) else ""
        if isinstance(rule, Slug):
            return value if _SLUG.fullmatch(value) else slugs.slug(value, rule.most)
        text = signs.body(value) if isinstance(rule, Body) else signs.line(value)
        return f"https://{text}" if isinstance(rule, WebAddress) and text.startswith("www.") else text
    if isinstance(value, tuple):
        each = rule.each if isinstance(rule, Items) else None
        return tuple(_mended_field(item, each) if isinstance(item, str) else _mended(item) for item in value)
    return value


def _with_own_ids(document: Document) -> Document:
    """Of two cards or questions with one id the later one loses it."""
    seen: set[str] = set()

    def own(item: Any) -> Any:
        if item.public_id in seen:
            return dataclasses.replace(item, public_id="")
        seen.update(filter(None, [item.public_id]))
        return item

    return dataclasses.replace(document, cards=tuple(map(own, document.cards)), faqs=tuple(map(own, document.faqs)))


# --- faults -----------------------------------------------------------------------------------------------------------


def faults(value: Any, place: str = "") -> Iterator[Fault]:
    """What breaks the rules in a Document or a part of one, in its order."""
    place = place or _place(value)
    kinds = _rules_of(value)
    for field in dataclasses.fields(value):
        now, rule = getattr(value, field.name), kinds.get(field.name)
        if now is None or now == "" or now == ():
            continue
        for sentence in _of_field(now, rule):
            yield Fault(place, field.name, sentence)
        if isinstance(now, tuple):
            yield from _of_items(now, field.name, place)
    if isinstance(value, Document) and (too_much := excess(value)):
        yield Fault(place, "cards", too_much)


def _of_items(items: tuple[Any, ...], name: str, place: str) -> Iterator[Fault]:
    for number, item in enumerate(items, 1):
        if isinstance(item, Card | Faq | Source | Picture):
            where = _place(item, number) if isinstance(item, Card | Faq) else f"{place}, {name} {number}"
            yield from faults(item, where)


def _rules_of(value: Any) -> Mapping[str, Rule]:
    """A part of an article that has no class of its own here, such as its details, follows the Document's rules."""
    kind: type = type(value)
    return rules.rules(kind) or rules.rules(Document)


def _place(value: Any, number: int = 0) -> str:
    match value:
        case Card():
            return f"card:{value.public_id}" if value.public_id and not number else f"card {number or 1}"
        case Faq():
            return f"faq:{value.public_id}" if value.public_id and not number else f"question {number or 1}"
        case Document():
            return "details"
    return type(value).__name__.lower()


_NAMES_OF_PLACES = {
    "card": lambda number: _("card %(number)s", number=number),
    "question": lambda number: _("question %(number)s", number=number),
    "sources": lambda number: _("source %(number)s", number=number),
    "pictures": lambda number: _("picture %(number)s", number=number),
}


def _place_names(place: str) -> Iterator[TranslatableMessage]:
    for step in place.split(", "):
        kind, _space, number = step.partition(" ")
        if number and kind in _NAMES_OF_PLACES:
            yield _NAMES_OF_PLACES[kind](number)


def _of_field(value: Any, rule: Rule | None) -> Iterator[TranslatableMessage]:
    match rule:
        case Number():
            if value is not None and not rule.least <= value <= rule.most:
                yield _("Write a number from %(least)s to %(most)s.", least=rule.least, most=rule.most)
        case Items():
            if len(value) > rule.most:
                yield _("There are %(count)s; at most %(most)s can be kept.", count=len(value), most=rule.most)
            if rule.each is not None:
                for item in value[: rule.most]:
                    yield from _of_text(item, rule.each)
        case None:
            return
        case _:
            yield from _of_text(value, rule)


def _of_text(text: str, rule: Rule) -> Iterator[TranslatableMessage]:
    most = rule.most
    if len(text) > most or (isinstance(rule, TagName) and len(keys.key(text)) > most):
        yield _(
            "“%(start)s …” has %(count)s characters: use at most %(most)s.",
            start=text[:40],
            count=max(len(text), len(keys.key(text)) if isinstance(rule, TagName) else 0),
            most=most,
        )
        return
    if not text:
        return
    if isinstance(rule, FileName) and not _FILE.fullmatch(text):
        yield _("The library has no file with the name “%(name)s”.", name=text[:80])
    if isinstance(rule, WebAddress) and not _is_web_address(text):
        yield _("Write a whole web address, such as https://example.org/page.")
    if isinstance(rule, EmojiLine) and emoji.split(text)[0]:
        yield _("Only emoji belong here; words go into the heading.")
    if isinstance(rule, LanguageTag) and not languages.is_tag(text):
        yield _("Write the tag of a language, such as en, ko or zh-Hant.")
    if isinstance(rule, TagName) and not keys.key(text):
        yield _("A tag needs at least one letter or number.")


def _is_web_address(text: str) -> bool:
    """Whether a reader may be sent there: https or http, with a host and, if any, a port that there can be."""
    if _NEVER_IN_AN_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
