"""How the rows of a table are described, and the two ways along a description: `pack` to JSON values, `unpack` back.

A description accounts for every column of its table: it is carried as it is, as the name of another row, or within
another file; it is made from something else; or it stays behind for a reason. tests/transfer/test_descriptions.py
names the column that is in none of these.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models

from articles.models.fields import derived_fields
from articles.transfer.values import REQUIRED, Known, Values, default_of, plain


class Kind(enum.Enum):
    """The rows that others refer to, by what they are called in the files."""

    PERSON = "user name"
    PICTURE = "public id"
    SUBJECT = "slug of a subject"
    AUTHOR = "slug of an author"
    TAG = "key"
    TAG_BY_NAME = "name of a tag"
    ARTICLE = "folder"
    REVISION = "number of a revision of the same article"
    COMMENT = "number of a comment on the same article"


#: What rows are called, by their primary keys; and the primary keys by what they are called.
Names = Mapping[Kind, Mapping[int, Any]]
KnownRows = Mapping[Kind, Known]


class Shape(Protocol):
    """A value with a form of its own, as it stands in a column and as it stands in a file."""

    def pack(self, value: Any, names: Names) -> Any: ...

    def unpack(self, values: Values, key: str, known: KnownRows) -> Any: ...


class Field(Protocol):
    """One entry of a description: what it writes into an object, and the columns that it reads out of it."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def pack(self, row: models.Model, names: Names) -> Iterator[tuple[str, Any]]: ...

    def unpack(self, model: type[models.Model], values: Values, known: KnownRows) -> Iterator[tuple[str, Any]]: ...


@dataclass(frozen=True)
class Column:
    """A plain value. What stands at the column's default is left out."""

    name: str
    key: str = ""  # what it is called in the file, if not by its own name

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    def pack(self, row: models.Model, names: Names) -> Iterator[tuple[str, Any]]:  # noqa: ARG002  -- as others have it
        value = getattr(row, self.name)
        if value != default_of(_column(type(row), self.name)):
            yield self.key or self.name, plain(value)

    def unpack(self, model: type[models.Model], values: Values, known: KnownRows) -> Iterator[tuple[str, Any]]:  # noqa: ARG002
        yield self.name, values.column(_column(model, self.name), self.key or self.name)


@dataclass(frozen=True)
class Shaped:
    """A value with a form of its own, left out at the column's default too."""

    name: str
    shape: Shape

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    def pack(self, row: models.Model, names: Names) -> Iterator[tuple[str, Any]]:
        value = getattr(row, self.name)
        if value != default_of(_column(type(row), self.name)):
            yield self.name, self.shape.pack(value, names)

    def unpack(self, model: type[models.Model], values: Values, known: KnownRows) -> Iterator[tuple[str, Any]]:
        column = _column(model, self.name)
        default = default_of(column)
        if self.name not in values and default is not REQUIRED:
            yield self.name, default
            return
        value = self.shape.unpack(values, self.name, known)
        values.check_limits(column, self.name, value)
        yield self.name, value


@dataclass(frozen=True)
class Reference:
    """Another row, by what it is called. None is left out, and so is a row that stays behind where that may be."""

    name: str
    kind: Kind
    key: str = ""
    may_stay_behind: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    def pack(self, row: models.Model, names: Names) -> Iterator[tuple[str, Any]]:
        primary_key = getattr(row, f"{self.name}_id")
        if primary_key is not None and not (self.may_stay_behind and primary_key not in names[self.kind]):
            yield self.key or self.name, names[self.kind][primary_key]

    def unpack(self, model: type[models.Model], values: Values, known: KnownRows) -> Iterator[tuple[str, Any]]:
        key, is_number = self.key or self.name, self.kind in (Kind.REVISION, Kind.COMMENT)
        name = values.get(key, int if is_number else str, default_of(_column(model, self.name)), is_optional=True)
        yield f"{self.name}_id", None if name is None else known[self.kind].find(name, values.place)


@dataclass(frozen=True)
class Inside:
    """Where rows of other tables stand within the object: whoever packs or unpacks gives and reads them."""

    key: str

    columns: tuple[str, ...] = ()

    def pack(self, row: models.Model, names: Names) -> Iterator[tuple[str, Any]]:  # noqa: ARG002
        yield self.key, None

    def unpack(self, model: type[models.Model], values: Values, known: KnownRows) -> Iterator[tuple[str, Any]]:  # noqa: ARG002
        yield from ()


@dataclass(frozen=True)
class Table:
    """What is carried of the rows of a model, in the order in which it is written.

    `elsewhere` says of a column which file or other column it is made from; `left_behind` why it is not carried.
    """

    model: type[models.Model]
    fields: tuple[Field, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    left_behind: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the description accounts for; one that stands twice is in it twice."""
        carried = [name for each in self.fields for name in each.columns]
        return [*carried, *self.elsewhere, *self.left_behind]


def columns(*names: str) -> tuple[Column, ...]:
    return tuple(map(Column, names))


def pack(row: models.Model, table: Table, names: Names, **inside: Any) -> dict[str, Any]:
    """A row as a JSON object. `inside` are the values of the table's `Inside` fields; None is left out."""
    packed: dict[str, Any] = {}
    for each in table.fields:
        if isinstance(each, Inside):
            packed |= {each.key: inside[each.key]} if inside.get(each.key) is not None else {}
        else:
            packed |= each.pack(row, names)
    return packed


def packed(rows: models.QuerySet[Any], table: Table, names: Names) -> Iterator[dict[str, Any]]:
    """Rows that need nothing else, a few at a time in memory."""
    return (pack(row, table, names) for row in rows.iterator(chunk_size=1000))


def unpack(values: Values, table: Table, known: KnownRows) -> dict[str, Any]:
    """The fields of a row, for its model's constructor. What is `Inside` is left to be read; then call `finish`."""
    return {name: value for each in table.fields for name, value in each.unpack(table.model, values, known)}


def pack_names(rows: Iterable[models.Model], table: Table, names: Names) -> list[Any]:
    """Rows of a table with one field, as a list of that."""
    (only,) = table.fields
    return [value for row in rows for _key, value in only.pack(row, names)]


def unpack_names(values: Values, key: str, table: Table, known: KnownRows) -> list[dict[str, Any]]:
    """The fields of such rows, for their model's constructor."""
    (only,) = table.fields
    name = only.columns[0]
    return [
        dict(only.unpack(table.model, Values(f"{values.place}, {key} {number}", {name: value}), known))
        for number, value in enumerate(values.texts(key), 1)
    ]


def insert(row: models.Model) -> None:
    """Saves a row as `loaddata` does: it takes the values that it has, and makes none but those derived from them."""
    for derived in derived_fields(type(row)):
        derived.pre_save(row, add=True)
    row.save_base(raw=True, force_insert=True)


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    column: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return column
