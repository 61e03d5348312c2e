"""Forms of JSON values, each with both ways: from a column into a file, and checked out of a file into a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from articles import document
from articles.document.rules import LINE_LENGTH
from articles.text import ids, markdown, signs, slugs
from articles.transfer.fields import Kind, KnownRows, Names, Shape
from articles.transfer.folder import PICTURE_FILE
from articles.transfer.values import REQUIRED, Values

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "name of a picture file": PICTURE_FILE,
    "public id": re.compile(ids.PUBLIC_ID_PATTERN),
    "part of an address": re.compile(slugs.PATTERN),
    "day, month or year": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "name of a place on a page": re.compile(rf"(fact|question)-{ids.PUBLIC_ID_PATTERN}"),
}


class AsItIs:
    """What stands in the column stands in the file."""

    def pack(self, value: Any, names: Names) -> Any:  # noqa: ARG002  -- as other shapes have it
        return value


@dataclass(frozen=True)
class Text(AsItIs):
    """A text; `pattern` is a name out of _PATTERNS that it has to match, unless it is empty and may be that."""

    pattern: str = ""
    may_be_empty: bool = True
    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> str:  # noqa: ARG002
        text = _fit(values.text(key, self.default))
        if not text.strip():
            return text if self.may_be_empty else values.refuse(key, "it is empty")
        if self.pattern and not _PATTERNS[self.pattern].fullmatch(text):
            values.refuse(key, f"{text[:80]!r} is no {self.pattern}")
        return text


def _fit(text: str) -> str:
    """Without the signs that no output can hold; a text that has none of them stays exactly as it is."""
    return text if signs.is_fit(text) else signs.body(text)


@dataclass(frozen=True)
class Html(AsItIs):
    """HTML that readers get: it is sanitised again, for a file can be changed."""

    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> str:  # noqa: ARG002
        return str(markdown.sanitise(_fit(values.text(key, self.default))))


@dataclass(frozen=True)
class WebAddress(AsItIs):
    """The address of a source. It stands in a link, where an address can be a program: such a one is left out."""

    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> str:  # noqa: ARG002
        url = values.text(key, self.default)
        try:
            return url if urlsplit(url.strip()).scheme.lower() in ("", "http", "https") else ""
        except ValueError:
            return ""


@dataclass(frozen=True)
class Number(AsItIs):
    """A whole number within its limits; null where `is_optional`."""

    least: int = 0
    most: int = 1_000_000
    is_optional: bool = False
    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> int | None:  # noqa: ARG002
        value: int | None = values.get(key, int, self.default, is_optional=self.is_optional)
        if value is not None and not self.least <= value <= self.most:
            values.refuse(key, f"it is not between {self.least} and {self.most}")
        return value


class Day(AsItIs):
    """A day or null. It stays a text, as JSON columns have it."""

    def unpack(self, values: Values, key: str, known: KnownRows) -> str | None:  # noqa: ARG002
        value: str | None = values.get(key, str, None, is_optional=True)
        try:
            return dt.date.fromisoformat(value).isoformat() if value is not None else None
        except ValueError:
            values.refuse(key, f"{value!r} is no day")


@dataclass(frozen=True)
class Instant(AsItIs):
    """An instant as a text, in UTC; null where `is_optional`."""

    is_optional: bool = False

    def unpack(self, values: Values, key: str, known: KnownRows) -> str | None:  # noqa: ARG002
        found = values.instant_or_none(key)
        if found is None and not self.is_optional:
            values.refuse(key, "it is missing")
        return found.isoformat() if found else None


@dataclass(frozen=True)
class Choice(AsItIs):
    """One of these texts."""

    choices: Sequence[str]
    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> str:  # noqa: ARG002
        value = values.text(key, self.default)
        if value not in self.choices:
            values.refuse(key, f"{value!r} is not one of {', '.join(self.choices)}")
        return value


@dataclass(frozen=True)
class Texts(AsItIs):
    """A list of texts, each of one line."""

    default: Any = REQUIRED
    longest: int = LINE_LENGTH

    def unpack(self, values: Values, key: str, known: KnownRows) -> list[str]:  # noqa: ARG002
        texts = list(map(_fit, values.texts(key, self.default)))
        if any(len(text) > self.longest for text in texts):
            values.refuse(key, f"a text in it has more than {self.longest} characters")
        return texts


@dataclass(frozen=True)
class Numbers(AsItIs):
    """A list of whole numbers above 0."""

    default: Any = REQUIRED

    def unpack(self, values: Values, key: str, known: KnownRows) -> list[int]:  # noqa: ARG002
        numbers: list[int] = values.get(key, list, self.default)
        if not all(type(value) is int and value > 0 for value in numbers):
            values.refuse(key, "expected a list of whole numbers above 0")
        return numbers


class DocumentJson(AsItIs):
    """A whole Document, as the gate lets it through; its cards and questions have their ids."""

    def unpack(self, values: Values, key: str, known: KnownRows) -> dict[str, Any]:  # noqa: ARG002
        try:
            value = document.validate(document.from_json(values.get(key, dict)))
        except (document.DocumentError, document.InvalidError) as error:
            values.refuse(key, str(error).rstrip("."))
        ids = [card.public_id for card in value.cards] + [faq.public_id for faq in value.faqs]
        if not all(ids):
            values.refuse(key, "a card or question in it has no id, or that of another")
        return document.to_json(value)


class Json(AsItIs):
    """An object, of which whoever unpacks it says what it has to hold."""

    def unpack(self, values: Values, key: str, known: KnownRows) -> dict[str, Any]:  # noqa: ARG002
        content: dict[str, Any] = values.get(key, dict)
        return content


@dataclass(frozen=True)
class Rows:
    """A list of primary keys, as what the rows are called. Rows that are gone are shown nowhere, and not carried."""

    kind: Kind

    def pack(self, value: Sequence[int], names: Names) -> list[str]:
        return [names[self.kind][key] for key in value if key in names[self.kind]]

    def unpack(self, values: Values, key: str, known: KnownRows) -> list[int]:
        return [known[self.kind].at(name, values.place) for name in values.texts(key)]


@dataclass(frozen=True)
class Object:
    """An object with these fields and no others."""

    fields: Mapping[str, Shape]

    def pack(self, value: Mapping[str, Any], names: Names) -> dict[str, Any]:
        return {key: shape.pack(value[key], names) for key, shape in self.fields.items()}

    def unpack(self, values: Values, key: str, known: KnownRows) -> dict[str, Any]:
        return self.unpack_all(values.inner(key), known)

    def unpack_all(self, values: Values, known: KnownRows) -> dict[str, Any]:
        read = {key: shape.unpack(values, key, known) for key, shape in self.fields.items()}
        values.finish()
        return read


@dataclass(frozen=True)
class ObjectOrNone:
    """Such an object, or nothing: then nothing has to stand there."""

    of: Object

    def pack(self, value: Mapping[str, Any] | None, names: Names) -> dict[str, Any] | None:
        return self.of.pack(value, names) if value else None

    def unpack(self, values: Values, key: str, known: KnownRows) -> dict[str, Any] | None:
        found = values.get(key, dict, None, is_optional=True)
        return self.of.unpack(values, key, known) if found else None


@dataclass(frozen=True)
class Objects:
    """A list of such objects."""

    each: Object
    default: Any = REQUIRED

    def pack(self, value: Sequence[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
        return [self.each.pack(item, names) for item in value]

    def unpack(self, values: Values, key: str, known: KnownRows) -> list[dict[str, Any]]:
        return [self.each.unpack_all(item, known) for item in values.items(key, self.default)]
