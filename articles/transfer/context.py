"""What the parts of an export or import share: the files, and the names of rows in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from articles.models import Author, Picture, Subject, Tag
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, insert
from articles.transfer.folder import Origin, Target
from articles.transfer.summary import TransferSummary
from articles.transfer.values import Known, Values


def names_of_rows() -> dict[Kind, Mapping[int, Any]]:
    """What the rows that any article may name are called, by primary key."""
    return {
        Kind.PERSON: dict(User.objects.values_list("pk", "username")),
        Kind.PICTURE: dict(Picture.objects.values_list("pk", "public_id")),
        Kind.SUBJECT: dict(Subject.objects.values_list("pk", "slug")),
        Kind.AUTHOR: dict(Author.objects.values_list("pk", "slug")),
        Kind.TAG: dict(Tag.objects.values_list("pk", "key")),
    }


@dataclass
class ExportContext:
    """An export under way. `folders` are the names of the articles' folders by primary key, in its order."""

    target: Target
    summary: TransferSummary
    names: Mapping[Kind, Mapping[int, Any]]
    folders: Mapping[int, str]


@dataclass
class ImportedArticle:
    """An article that was imported, and the rows of it that later files may name."""

    folder: str
    primary_key: int
    revisions: Known
    comments: Known
    editions: dict[str, int] = field(default_factory=dict)  # primary keys by the file's name
    ends: dict[str, dt.datetime] = field(default_factory=dict)  # when each is over, by the file's name


def _known() -> dict[Kind, Known]:
    files = {
        Kind.PERSON: "people.json",
        Kind.PICTURE: "pictures.json",
        Kind.SUBJECT: "subjects.json",
        Kind.AUTHOR: "authors.json",
        Kind.TAG: "tags.json",
        Kind.TAG_BY_NAME: "tags.json",
        Kind.ARTICLE: "order.json",
    }
    return {kind: Known(file) for kind, file in files.items()}


@dataclass
class ImportContext:
    """An import under way."""

    origin: Origin
    summary: TransferSummary
    known: dict[Kind, Known] = field(default_factory=_known)
    articles: dict[str, ImportedArticle] = field(default_factory=dict)  # by the folder's name
    copies: dict[str, dict[str, Any]] = field(default_factory=dict)  # of the pictures' files, as in Picture.copies

    def values(self, file: str) -> Values:
        return Values(file, self.origin.json(file))

    def list(self, file: str) -> Iterator[Values]:
        """The objects of a file that is a list."""
        rows = self.origin.json(file)
        if not isinstance(rows, list):
            raise damaged(file, "expected a list")
        for number, row in enumerate(rows, 1):
            yield Values(f"{file}, entry {number}", row)

    def list_if_there(self, file: str) -> Iterator[Values]:
        """As `list`, of a file that exports of older programs do not have: they had no such rows."""
        if self.origin.holds(file):
            yield from self.list(file)

    def add(self, row: Model, kind: Kind, name: str, values: Values) -> None:
        """Saves a row, and remembers what the files call it."""
        if name in self.known[kind]:
            raise damaged(values.place, f"“{name}” stands in this file before")
        insert(row)
        self.known[kind][name] = row.pk
