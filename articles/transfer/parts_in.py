"""The rendered words of an edition: their shape checked, their HTML sanitised again, their references made keys."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from articles.models import Correction
from articles.text import markdown
from articles.transfer.rows_in import ImportContext
from articles.transfer.values import Values

_COVER = {"width": int, "height": int, "alt": str, "credit": str, "licence": str}
_FOCUS = ("focal_x", "focal_y")


def read_cover(values: Values) -> dict[str, Any] | None:
    if values.get("cover", object, None) is None:
        return None
    cover = values.inner("cover")
    read: dict[str, Any] = {"url": cover.text("url"), "file": cover.text("file", "")}
    read |= {name: cover.get(name, kind) for name, kind in _COVER.items()}
    read |= {name: cover.get(name, int, 50) for name in _FOCUS}
    read |= {"widths": cover.numbers("widths", []), "formats": cover.texts("formats", [])}
    cover.finish()
    return read


def read_parts(parts: Values, coming: ImportContext) -> dict[str, Any]:
    """In the shape that `publishing.compose` gives them."""
    read = {
        "introduction": _html(parts, "introduction"),
        "conclusion_heading": parts.text("conclusion_heading"),
        "conclusion": _html(parts, "conclusion"),
        "cards": [_card(card, coming) for card in parts.items("cards")],
        "faqs": [_faq(faq) for faq in parts.items("faqs")],
        "tags": _keys(parts, coming),
        "authors": [row.pk for row in coming.authors.at_all(parts.texts("authors"), parts.place)],
    }
    if "corrections" in parts.names():
        read["corrections"] = [_correction(entry) for entry in parts.items("corrections")]
    parts.finish()
    return read


def _card(card: Values, coming: ImportContext) -> dict[str, Any]:
    read = {
        **{name: card.text(name) for name in ("id", "anchor", "slug")},
        "number": card.number_or_none("number"),
        **{name: card.text(name) for name in ("heading", "safe_heading", "emoji")},
        "body": _html(card, "body"),
        "spoiler_after": card.number_or_none("spoiler_after"),
        "check_on": card.day_or_none("check_on"),
        "tags": _keys(card, coming),
        "sources": [_source(source) for source in card.items("sources")],
    }
    if "changed_at" in card.names():
        read["changed_at"] = _instant(card, "changed_at")
    card.finish()
    return read


def _source(source: Values) -> dict[str, Any]:
    url = source.text("url")
    read = {
        "url": url if _leads_to_a_page(url) else "",
        **{name: source.text(name) for name in ("title", "publisher")},
        "seen_on": source.day_or_none("seen_on"),
    }
    source.finish()
    return read


def _faq(faq: Values) -> dict[str, Any]:
    read = {
        **{name: faq.text(name) for name in ("id", "anchor", "question")},
        "answer": _html(faq, "answer"),
        "spoiler_after": faq.number_or_none("spoiler_after"),
    }
    faq.finish()
    return read


def _correction(entry: Values) -> dict[str, Any]:
    read = {
        **{name: entry.text(name) for name in ("place", "id", "anchor", "heading")},
        "spoiler_after": entry.number_or_none("spoiler_after"),
        **{name: entry.text(name) for name in ("old", "new")},
        **entry.fields(Correction, "kind"),
        "at": _instant(entry, "at"),
        "note": entry.text("note"),
    }
    entry.finish()
    return read


def _instant(values: Values, name: str) -> str:
    return values.instant(name).astimezone(dt.UTC).isoformat()


def _html(values: Values, name: str) -> str:
    return str(markdown.sanitise(values.text(name)))


def _keys(values: Values, coming: ImportContext) -> list[int]:
    return [tag.pk for tag in coming.tags.at_all(values.texts("tags"), values.place)]


def _leads_to_a_page(url: str) -> bool:
    """A source stands in a link, where an address can be a program. What is relative leads to this site."""
    try:
        return urlsplit(url.strip()).scheme.lower() in ("", "http", "https")
    except ValueError:
        return False
