"""A Document as plain JSON values, and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import types
import typing
from collections.abc import Mapping
from typing import Any

from articles.document.shapes import Card, Document, Faq

SCHEMA_VERSION = 1

T = typing.TypeVar("T")


class DocumentError(ValueError):
    """A stored or uploaded Document that this code cannot read; the message is a sentence naming the place."""


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


def part_to_json(part: Any) -> dict[str, Any]:
    """Any value made of the kinds that a Document is made of: a dataclass of texts, numbers, days, tuples."""
    packed: dict[str, Any] = _pack(part)
    return packed


def part_from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """The reverse of `part_to_json` for a class of values; raises DocumentError, as `from_json`."""
    return typing.cast("T", _unpack(kind, data, kind.__name__.lower()))


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
