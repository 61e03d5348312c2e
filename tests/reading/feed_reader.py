"""What a feed reader gets of a feed, in whichever format."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from django.test import Client

from articles import drafts, publishing
from articles.models import Article, Edition, Revision
from articles.publishing import UpdateNotice

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
FORMATS = ("atom", "rss", "json")
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)


class Read(NamedTuple):
    """What a feed reader gets of an entry."""

    id: str
    title: str
    url: str
    summary: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str


def read(client: Client, path: str) -> list[Read]:
    response = client.get(path)
    assert response.status_code == 200, path
    kind = response["Content-Type"]
    if kind == "application/feed+json; charset=utf-8":
        return [_of_json(item) for item in json.loads(response.content)["items"]]
    root = ET.fromstring(response.content)
    if kind == "application/rss+xml; charset=utf-8":
        return [_of_rss(item) for item in root.iter("item")]
    assert kind == "application/atom+xml; charset=utf-8"
    return [_of_atom(entry) for entry in root.iter(f"{ATOM}entry")]


def _of_json(item: dict[str, Any]) -> Read:
    when = [dt.datetime.fromisoformat(item[name]) for name in ("date_published", "date_modified")]
    authors = tuple(author["name"] for author in item["authors"])
    summary, html = item.get("summary", ""), item["content_html"]
    tags = tuple(item.get("tags", ()))
    return Read(item["id"], item["title"], item["url"], summary, html, *when, authors, tags, item.get("language", ""))


def _of_rss(item: ET.Element) -> Read:
    text = {name: item.findtext(name) or "" for name in ("guid", "title", "link", "description")}
    when = (parsedate_to_datetime(item.findtext("pubDate")), dt.datetime.fromisoformat(item.findtext(f"{ATOM}updated")))
    authors = tuple(each.text for each in item.iter(f"{DC}creator"))
    tags = tuple(each.text for each in item.iter("category"))
    language = item.findtext(f"{DC}language") or ""
    return Read(*text.values(), item.findtext(ENCODED), *when, authors, tags, language)


def _of_atom(entry: ET.Element) -> Read:
    when = [dt.datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated")]
    texts = [entry.findtext(f"{ATOM}{name}") for name in ("id", "title")]
    authors = tuple(each.text for each in entry.iter(f"{ATOM}name"))
    tags = tuple(each.get("term") for each in entry.iter(f"{ATOM}category"))
    url, language = entry.find(f"{ATOM}link").get("href"), entry.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    summary, html = entry.findtext(f"{ATOM}summary") or "", entry.findtext(f"{ATOM}content")
    return Read(*texts, url, summary, html, *when, authors, tags, language)


def titles(client: Client, path: str) -> list[str]:
    return [entry.title for entry in read(client, path)]


def update(edition: Edition, kind: str, **changes: Any) -> Edition:
    """The next version of an article: fields of its Document changed, as an update of that kind."""
    value = replace(edition.revision.document, **changes)
    article = Article.objects.get(pk=edition.article_id)
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)
    return publishing.publish(revision, notice=UpdateNotice(kind, "Counted again.") if kind else None)


def every_feed(edition: Edition) -> Iterator[str]:
    tag = edition.tags.first()
    owners = ["", f"tags/{tag.slug}/", f"subjects/{edition.subject.slug}/", f"authors/{edition.authors.get().slug}/"]
    for suffix in FORMATS:
        for content in ("articles", "facts"):
            yield from (f"/feeds/{owner}{content}.{suffix}" for owner in owners)


# --- what is in them --------------------------------------------------------------------------------------------------
