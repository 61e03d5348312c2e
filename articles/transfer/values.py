"""Between rows and plain JSON values. What stands at its field's default is left out; what comes back is checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from articles.transfer.errors import TransferError

_REQUIRED: Any = object()
_KINDS: Mapping[str, type] = {
    "CharField": str,
    "TextField": str,
    "URLField": str,
    "BooleanField": bool,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "DateTimeField": str,
}


def pack(row: models.Model, *names: str) -> dict[str, Any]:
    """The named plain fields of a row."""
    values = {}
    for name in names:
        value = getattr(row, name)
        if value != _default(_field(type(row), name)):
            values[name] = instant(value) if isinstance(value, dt.datetime) else value
    return values


def instant(value: dt.datetime | None) -> str | None:
    return value.astimezone(dt.UTC).isoformat() if value else None


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return field


def _default(field: models.Field[Any, Any]) -> Any:
    """What a missing value stands for; _REQUIRED where it has to be said."""
    if field.default is dict or field.default is list:
        return field.default()
    if callable(field.default) and field.default is not NOT_PROVIDED:
        return _REQUIRED
    if field.has_default() or field.null:
        return field.get_default()
    return "" if field.blank and field.empty_strings_allowed else _REQUIRED


class Values:
    """One JSON object of a file. Every value that is not what it should be is a TransferError with its place."""

    def __init__(self, place: str, data: Any) -> None:
        self.place = place
        if not isinstance(data, dict):
            raise TransferError(f"{place} is damaged: expected an object.")
        self._data = data
        self._used: set[str] = set()

    def fields(self, model: type[models.Model], *names: str) -> dict[str, Any]:
        """The named plain fields of a row, as `pack` gave them."""
        return {name: self._read(_field(model, name), name) for name in names}

    def _read(self, field: models.Field[Any, Any], name: str) -> Any:
        kind = _KINDS.get(field.get_internal_type(), object)
        value = self.get(name, kind, _default(field), is_optional=field.null)
        choices = [choice for choice, _label in field.flatchoices] if field.choices else []
        if choices and value not in [*choices, *([""] if field.blank else [])]:
            self.refuse(name, f"{value!r} is not one of {', '.join(map(str, choices))}")
        if isinstance(field, models.DateTimeField) and value is not None:
            return self._instant(name, value)
        return value

    def get(self, name: str, kind: type, default: Any = _REQUIRED, *, is_optional: bool = False) -> Any:
        self._used.add(name)
        value = self._data.get(name, default)
        if value is _REQUIRED:
            self.refuse(name, "it is missing")
        fits = isinstance(value, kind) and (kind is object or not isinstance(value, bool) or kind is bool)
        if not fits and not (value is None and is_optional):
            self.refuse(name, f"expected {kind.__name__}, found {type(value).__name__}")
        return value

    def text(self, name: str, default: Any = _REQUIRED) -> str:
        value: str = self.get(name, str, default)
        return value

    def text_or_none(self, name: str, default: Any = None) -> str | None:
        value: str | None = self.get(name, str, default, is_optional=True)
        return value

    def number(self, name: str) -> int:
        value: int = self.get(name, int)
        return value

    def number_or_none(self, name: str, default: Any = None) -> int | None:
        value: int | None = self.get(name, int, default, is_optional=True)
        return value

    def instant(self, name: str) -> dt.datetime:
        return self._instant(name, self.text(name))

    def instant_or_none(self, name: str) -> dt.datetime | None:
        value = self.text_or_none(name)
        return self._instant(name, value) if value is not None else None

    def day_or_none(self, name: str) -> str | None:
        """A day stays a text, as JSON columns have it."""
        value = self.text_or_none(name)
        try:
            return dt.date.fromisoformat(value).isoformat() if value is not None else None
        except ValueError:
            self.refuse(name, f"{value!r} is no day")

    def texts(self, name: str, default: Any = _REQUIRED) -> list[str]:
        values: list[str] = self.get(name, list, default)
        if not all(isinstance(value, str) for value in values):
            self.refuse(name, "expected a list of texts")
        return values

    def numbers(self, name: str, default: Any = _REQUIRED) -> list[int]:
        values: list[int] = self.get(name, list, default)
        if not all(type(value) is int for value in values):
            self.refuse(name, "expected a list of numbers")
        return values

    def names(self) -> list[str]:
        return list(self._data)

    def items(self, name: str, default: Any = _REQUIRED) -> Iterator[Values]:
        for number, value in enumerate(self.get(name, list, default), 1):
            yield Values(f"{self.place}, {name} {number}", value)

    def inner(self, name: str) -> Values:
        return Values(f"{self.place}, {name}", self.get(name, dict))

    def finish(self) -> None:
        """Refuses what nobody has asked for: words that would be lost."""
        for name in sorted(self._data.keys() - self._used):
            self.refuse(name, "this program knows nothing of the kind")

    def refuse(self, name: str, why: str) -> NoReturn:
        raise TransferError(f"{self.place} is damaged at “{name}”: {why}.")

    def _instant(self, name: str, value: str) -> dt.datetime:
        try:
            found = dt.datetime.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"{value!r} is no instant")
        if found.tzinfo is None:
            self.refuse(name, f"{value!r} has no time zone")
        return found


class Known(dict[str, Any]):
    """Rows by the name that the files call them by."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def at(self, name: str, place: str) -> Any:
        if name not in self:
            raise TransferError(f"{place} names “{name}”, which {self.file} does not have.")
        return self[name]

    def at_all(self, names: list[str], place: str) -> list[Any]:
        return [self.at(name, place) for name in names]

    def maybe(self, name: str | None, place: str) -> Any:
        return None if name is None else self.at(name, place)
