"""What the parts of an import share: the files, and the rows that were made from them by the names in the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from articles.transfer.errors import TransferError
from articles.transfer.folder import Origin
from articles.transfer.summary import TransferSummary
from articles.transfer.values import Known, Values


@dataclass
class ImportedArticle:
    """An article that was made, and what later files may name of it: primary keys only, for there may be many."""

    folder: str
    article: int
    revisions: Known
    comments: Known
    editions: dict[str, int] = field(default_factory=dict)  # primary keys by the file's name
    ends: dict[str, dt.datetime] = field(default_factory=dict)  # when each is over, by the file's name


@dataclass
class ImportContext:
    """An import under way."""

    origin: Origin
    told: TransferSummary
    people: Known = field(default_factory=lambda: Known("people.json"))
    pictures: Known = field(default_factory=lambda: Known("pictures.json"))
    subjects: Known = field(default_factory=lambda: Known("subjects.json"))
    authors: Known = field(default_factory=lambda: Known("authors.json"))
    tags: Known = field(default_factory=lambda: Known("tags.json"))  # by key
    tags_by_name: Known = field(default_factory=lambda: Known("tags.json"))
    articles: dict[str, ImportedArticle] = field(default_factory=dict)  # by the folder's name

    def values(self, file: str) -> Values:
        return Values(file, self.origin.json(file))

    def list(self, file: str) -> Iterator[Values]:
        rows = self.origin.json(file)
        if not isinstance(rows, list):
            raise TransferError(f"{file} is damaged: expected a list.")
        for number, row in enumerate(rows, 1):
            yield Values(f"{file}, entry {number}", row)

    def person(self, values: Values, name: str) -> Any:
        return self.people.maybe(values.text_or_none(name), values.place)
