"""The Atom feed (RFC 4287) of the newest articles."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.reading import selectors
from articles.reading.outputs import made, without_forbidden_signs, writable
from articles.reading.rendering import cached_response
from articles.reading.rows import Author
from articles.reading.selectors import FeedEntry
from articles.reading.site import Site

ENTRIES = 20


@require_safe
def articles_atom(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    entries = selectors.feed_entries(clock.now, ENTRIES)
    return cached_response(request, atom_text, (entries,), clock, content_type=Feed.content_type)


class Feed(Atom1Feed):
    """Django's, with all authors of an entry, and with a date that does not run while there is no entry."""

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", author.name)
            if author.slug:  # an article without a byline has the site for its author, which has no page
                handler.addQuickElement("uri", item["site"].full(author.url))
            handler.endElement("author")


def permanent_id(entry: FeedEntry) -> str:
    """Names the article by how it first appeared, which stays true when it gets another slug, host or database."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{entry.first_slug} {entry.first_seen.isoformat()}").urn


def item_of(site: Site, entry: FeedEntry) -> dict[str, Any]:
    """What the feed says of one article."""
    row = entry.row
    return {
        "title": without_forbidden_signs(row.title, row),
        "link": site.full(row.url),
        "description": without_forbidden_signs(row.dek, row),
        "unique_id": permanent_id(entry),
        "pubdate": row.published_at,
        "updateddate": row.modified_at,
        "authors": [_clean(author) for author in writable(entry.authors)] or [Author(site.name, "")],
        "site": site,
    }


def _clean(author: Author) -> Author:
    return author._replace(name=without_forbidden_signs(author.name, author))


def atom_text(site: Site, entries: tuple[FeedEntry, ...]) -> str:
    feed = Feed(
        title=site.name,
        link=site.full(reverse("home")),
        feed_url=site.full(reverse("articles-atom")),
        feed_guid=site.full(reverse("articles-atom")),
        description="",
        subtitle=_("New lists of facts"),
        language=get_language(),
    )
    for item in made(partial(item_of, site), entries):
        feed.add_item(**item)
    return feed.writeString("utf-8")
