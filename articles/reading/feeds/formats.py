"""Entries as Atom (RFC 4287), RSS 2.0 with what feed readers agreed on beside it, and JSON Feed 1.1.

RSS has no place for the date of an update, for several authors and for a whole text: they stand there in the elements
of Atom, Dublin Core and the content module.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from articles.reading.feeds.entries import Entry
from articles.text import languages


class About(NamedTuple):
    """The feed itself. Addresses are absolute."""

    title: str
    description: str
    page: str
    address: str


def feed_text(suffix: str, about: About, entries: Iterable[Entry]) -> str:
    """The feed in the format "atom", "rss" or "json". The texts of entries are free of signs that XML forbids."""
    language = get_language() or ""
    entries = [entry._replace(language=_other_language(entry, language)) for entry in entries]
    if suffix == "json":
        return _json_text(about, language, entries)
    make: type[SyndicationFeed] = Atom if suffix == "atom" else Rss
    feed = make(
        title=about.title,
        link=about.page,
        feed_url=about.address,
        feed_guid=about.address,
        description=about.description,
        subtitle=about.description,
        language=language,
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description="",
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.tags,
            entry=entry,
        )
    return str(feed.writeString("utf-8"))


def _other_language(entry: Entry, language: str) -> str:
    """An entry says its language where that is another than the feed's."""
    return entry.language if languages.is_tag(entry.language) and entry.language != language else ""


class _Dated:
    """A feed whose date does not run while there is no entry."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # type: ignore[misc]


class Atom(_Dated, Atom1Feed):
    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        language = item["entry"].language
        return {**super().item_attributes(item), **({"xml:lang": language} if language else {})}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        entry: Entry = item["entry"]
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html", "xml:base": entry.url})
        for name, url in entry.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")


class Rss(_Dated, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        super().add_item_elements(handler, {**item, "description": escape(entry.summary, quote=False) or None})
        handler.addQuickElement("content:encoded", entry.html)
        for name, _url in entry.authors:
            handler.addQuickElement("dc:creator", name)
        if entry.language:
            handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))


def _json_text(about: About, language: str, entries: Iterable[Entry]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        "description": about.description,
        "home_page_url": about.page,
        "feed_url": about.address,
        "language": language,
        "items": [_without_empty(_json_item(entry)) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False)


def _json_item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.image,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [_without_empty({"name": name, "url": url}) for name, url in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
    }


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if each}
