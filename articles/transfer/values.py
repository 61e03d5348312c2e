"""Plain JSON values out of the files of an export: each is checked, and what is not as it should be is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from articles.transfer.errors import REMEDY, TransferError, damaged

REQUIRED: Any = object()
_KINDS: Mapping[str, type] = {
    "CharField": str,
    "TextField": str,
    "URLField": str,
    "BooleanField": bool,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "DateTimeField": str,
    "DateField": str,
}


def instant(value: dt.datetime | None) -> str | None:
    """As the files have it: in UTC."""
    return value.astimezone(dt.UTC).isoformat() if value else None


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, dt.datetime):
        return instant(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def default_of(column: models.Field[Any, Any]) -> Any:
    """What a missing value stands for; REQUIRED where it has to be there."""
    if column.default is dict or column.default is list:
        return column.default()
    if callable(column.default) and column.default is not NOT_PROVIDED:
        return REQUIRED
    if column.has_default() or column.null:
        return column.get_default()
    return "" if column.blank and column.empty_strings_allowed else REQUIRED


class Values:
    """One JSON object of a file. Every value that is not what it should be is a TransferError with its place."""

    def __init__(self, place: str, data: Any) -> None:
        self.place = place
        if not isinstance(data, dict):
            raise damaged(place, "expected an object")
        self._data = data
        self._used: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def keys(self) -> list[str]:
        return list(self._data)

    def get(self, key: str, kind: type, default: Any = REQUIRED, *, is_optional: bool = False) -> Any:
        """A value of that type; `is_optional` takes null too. A truth value is no number."""
        self._used.add(key)
        value = self._data.get(key, default)
        if value is REQUIRED:
            self.refuse(key, "it is missing")
        fits = isinstance(value, kind) and (kind is object or not isinstance(value, bool) or kind is bool)
        if not fits and not (value is None and is_optional):
            self.refuse(key, f"expected {_called(kind)}, found {_called(type(value))}")
        return value

    def column(self, column: models.Field[Any, Any], key: str) -> Any:
        """A value that the column takes: of its type, its choices, its length and its range."""
        if isinstance(column, models.DateField) and column.has_default() and key not in self:
            return column.get_default()
        kind = _KINDS.get(column.get_internal_type(), object)
        value = self.get(key, kind, default_of(column), is_optional=column.null)
        if isinstance(column, models.DateTimeField) and value is not None:
            return self._instant(key, value)
        if isinstance(column, models.DateField) and value is not None:
            return self._day(key, value)
        choices = [choice for choice, _label in column.flatchoices] if column.choices else []
        if choices and value not in [*choices, *([""] if column.blank else [])]:
            self.refuse(key, f"{value!r} is not one of {', '.join(map(str, choices))}")
        self.check_limits(column, key, value)
        return value

    def check_limits(self, column: models.Field[Any, Any], key: str, value: Any) -> None:
        """Refuses what is too long for the column, or beyond its range: not every database does that."""
        try:
            column.run_validators(value)
        except ValidationError as error:
            self.refuse(key, " ".join(error.messages).rstrip("."))

    def text(self, key: str, default: Any = REQUIRED) -> str:
        value: str = self.get(key, str, default)
        return value

    def number(self, key: str) -> int:
        value: int = self.get(key, int)
        return value

    def instant_or_none(self, key: str) -> dt.datetime | None:
        value: str | None = self.get(key, str, None, is_optional=True)
        return self._instant(key, value) if value is not None else None

    def texts(self, key: str, default: Any = REQUIRED) -> list[str]:
        values: list[str] = self.get(key, list, default)
        if not all(isinstance(value, str) for value in values):
            self.refuse(key, "expected a list of texts")
        return values

    def items(self, key: str, default: Any = REQUIRED) -> Iterator[Values]:
        """The objects of a list."""
        for number, value in enumerate(self.get(key, list, default), 1):
            yield Values(f"{self.place}, {key} {number}", value)

    def inner(self, key: str) -> Values:
        return Values(f"{self.place}, {key}", self.get(key, dict))

    def finish(self) -> None:
        """Refuses what nobody has asked for: words that would be lost."""
        for key in sorted(self._data.keys() - self._used):
            self.refuse(key, "this program knows nothing of the kind")

    def refuse(self, key: str, why: str) -> NoReturn:
        raise TransferError(f"{self.place} is damaged at “{key}”: {why}. {REMEDY}")

    def _instant(self, key: str, value: str) -> dt.datetime:
        try:
            found = dt.datetime.fromisoformat(value)
            if found.tzinfo is None:
                self.refuse(key, f"{value!r} has no time zone")
            return found.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.refuse(key, f"{value!r} is no instant")

    def _day(self, key: str, value: str) -> dt.date:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.refuse(key, f"{value!r} is no day")


def _called(kind: type) -> str:
    names = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}
    return names.get(kind, "null" if kind is type(None) else kind.__name__)


class Known(dict[Any, int]):
    """Primary keys by what the files call the rows."""

    def __init__(self, file: str, *, is_complete: bool = True) -> None:
        """`is_complete`: a name that is not in it is a mistake, and not of a row that is gone."""
        super().__init__()
        self.file, self.is_complete = file, is_complete

    def at(self, name: str | int, place: str) -> int:
        """Raises TransferError for a name that is not in it."""
        if name not in self:
            raise TransferError(f"{place} names “{name}”, which {self.file} does not have. {REMEDY}")
        return self[name]

    def find(self, name: str | int, place: str) -> int | None:
        """None for the name of a row that is gone. Raises TransferError where there are none such."""
        return self.at(name, place) if self.is_complete else self.get(name)
