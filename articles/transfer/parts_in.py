"""The rendered words of an edition: their shape checked, their HTML sanitised again, their references made keys.

The tables say how each field of models.parts is read; tests/document/test_fields.py names one that is missing here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from articles.models import Correction
from articles.models.parts import CoverPart, Parts, current
from articles.text import markdown
from articles.transfer.rows_in import ImportContext
from articles.transfer.values import Values

#: Gives the value of a field; raises TransferError for one that is not what it should be.
Reader = Callable[[Values, str, ImportContext], Any]
Table = Mapping[str, Reader]

_COVER = {"width": int, "height": int, "alt": str, "credit": str, "licence": str}
_FOCUS = ("focal_x", "focal_y")


def read_cover(values: Values) -> CoverPart | None:
    if values.get("cover", object, None) is None:
        return None
    cover = values.inner("cover")
    read: dict[str, Any] = {"url": cover.text("url"), "file": cover.text("file", "")}
    read |= {name: cover.get(name, kind) for name, kind in _COVER.items()}
    read |= {name: cover.get(name, int, 50) for name in _FOCUS}
    read |= {"widths": cover.numbers("widths", []), "formats": cover.texts("formats", [])}
    cover.finish()
    return cast("CoverPart", read)


def read_parts(values: Values, coming: ImportContext) -> Parts:
    """In the shape of models.parts, whatever version wrote them."""
    read = _read(values, PARTS, coming)
    try:
        return current(read)
    except ValueError as error:
        values.refuse("version", str(error))


def _read(values: Values, table: Table, coming: ImportContext) -> dict[str, Any]:
    read = {name: reader(values, name, coming) for name, reader in table.items()}
    values.finish()
    return read


# --- how a field is read ----------------------------------------------------------------------------------------------


def _text(values: Values, name: str, _coming: ImportContext) -> str:
    return values.text(name)


def _html(values: Values, name: str, _coming: ImportContext) -> str:
    return str(markdown.sanitise(values.text(name)))


def _number(values: Values, name: str, _coming: ImportContext) -> int | None:
    return values.number_or_none(name)


def _day(values: Values, name: str, _coming: ImportContext) -> str | None:
    return values.day_or_none(name)


def _instant(values: Values, name: str, _coming: ImportContext) -> str:
    return values.instant(name).astimezone(dt.UTC).isoformat()


def _instant_or_none(values: Values, name: str, _coming: ImportContext) -> str | None:
    found = values.instant_or_none(name)
    return found.astimezone(dt.UTC).isoformat() if found else None


def _kind(values: Values, name: str, _coming: ImportContext) -> str:
    kind: str = values.fields(Correction, name)[name]
    return kind


def _tags(values: Values, name: str, coming: ImportContext) -> list[int]:
    return [tag.pk for tag in coming.tags.at_all(values.texts(name), values.place)]


def _authors(values: Values, name: str, coming: ImportContext) -> list[int]:
    return [author.pk for author in coming.authors.at_all(values.texts(name), values.place)]


def _web_address(values: Values, name: str, _coming: ImportContext) -> str:
    """A source stands in a link, where an address can be a program. What is relative leads to this site."""
    url = values.text(name)
    try:
        return url if urlsplit(url.strip()).scheme.lower() in ("", "http", "https") else ""
    except ValueError:
        return ""


def _version(values: Values, name: str, _coming: ImportContext) -> int:
    version: int = values.get(name, int, 1)
    return version


def _items(table: Table) -> Reader:
    def read(values: Values, name: str, coming: ImportContext) -> list[dict[str, Any]]:
        return [_read(item, table, coming) for item in values.items(name)]

    return read


SOURCE: Table = {"url": _web_address, "title": _text, "publisher": _text, "seen_on": _day}
CARD: Table = {
    "id": _text,
    "anchor": _text,
    "slug": _text,
    "number": _number,
    "heading": _text,
    "safe_heading": _text,
    "emoji": _text,
    "body": _html,
    "spoiler_after": _number,
    "check_on": _day,
    "tags": _tags,
    "sources": _items(SOURCE),
    "changed_at": _instant_or_none,
}
FAQ: Table = {"id": _text, "anchor": _text, "question": _text, "answer": _html, "spoiler_after": _number}
CORRECTION: Table = {
    "place": _text,
    "id": _text,
    "anchor": _text,
    "heading": _text,
    "spoiler_after": _number,
    "old": _text,
    "new": _text,
    "kind": _kind,
    "at": _instant,
    "note": _text,
}


def _corrections(values: Values, name: str, coming: ImportContext) -> list[dict[str, Any]]:
    """Version 1 knew of none."""
    return _items(CORRECTION)(values, name, coming) if name in values.names() else []


PARTS: Table = {
    "version": _version,
    "introduction": _html,
    "conclusion_heading": _text,
    "conclusion": _html,
    "cards": _items(CARD),
    "faqs": _items(FAQ),
    "tags": _tags,
    "authors": _authors,
    "corrections": _corrections,
}
