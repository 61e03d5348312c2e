"""The rules of the fields of a Document: how long a text, how high a number, how many items.

Each field of `shapes` carries its rule. The models take their columns' lengths from there, the forms take them from
the models, and the gate checks whatever comes in by them: a limit is written once.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping
from dataclasses import dataclass

from articles.text import languages

#: In characters. A body of 2,000 is a long one.
LINE_LENGTH = 200
BODY_LENGTH = 200_000
EXCERPT_LENGTH = 5_000
SLUG_LENGTH = 100
ID_LENGTH = 16
URL_LENGTH = 500
TAG_LENGTH = 100
EMOJI_LENGTH = 40

MOST_CARDS = 1000
MOST_FAQS = 200
MOST_TAGS = 100
MOST_SOURCES = 50
MOST_AUTHORS = 20
MOST_PICTURES = 5000

#: Episodes are counted through all seasons; a small column (16 bits) ends here.
FIRST_EPISODE, LAST_EPISODE = 1, 32_767


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line."""

    most: int


@dataclass(frozen=True, slots=True)
class Body:
    """Markdown of any number of lines."""

    most: int = BODY_LENGTH


@dataclass(frozen=True, slots=True)
class EmojiLine:
    """Nothing but emoji."""

    most: int = EMOJI_LENGTH


@dataclass(frozen=True, slots=True)
class PublicId:
    """A permanent id as `text.ids` makes them."""

    most: int = ID_LENGTH


@dataclass(frozen=True, slots=True)
class Slug:
    """The last part of an address as `text.slugs` makes it."""

    most: int = SLUG_LENGTH


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address that begins with https:// or http://."""

    most: int = URL_LENGTH


@dataclass(frozen=True, slots=True)
class TagName:
    """A name of a tag. Its key (`text.keys`) may be longer than it, and has the same limit."""

    most: int = TAG_LENGTH


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """A language as BCP 47 writes it: see `text.languages`."""

    most: int = languages.LONGEST


@dataclass(frozen=True, slots=True)
class FileName:
    """The storage name of a picture."""

    most: int = 200


@dataclass(frozen=True, slots=True)
class Number:
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Items:
    """A tuple of at most so many; `each` is the rule of one text in it, None for values with fields of their own."""

    most: int
    each: Line | Slug | TagName | None = None


Rule = Line | Body | EmojiLine | PublicId | Slug | WebAddress | TagName | LanguageTag | FileName | Number | Items
_RULES = typing.get_args(Rule)


@functools.cache
def rules(kind: type) -> Mapping[str, Rule]:
    """The rules of the fields of a Document or a part of it, by name; a field without limits is missing."""
    hints = typing.get_type_hints(kind, include_extras=True)
    found = {
        name: [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, _RULES)]
        for name, hint in hints.items()
    }
    return {name: own[0] for name, own in found.items() if own}


def longest(kind: type, name: str) -> int:
    """The most characters or items that a field takes. Raises KeyError for a field without a rule."""
    return rules(kind)[name].most
