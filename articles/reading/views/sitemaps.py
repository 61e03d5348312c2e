"""The sitemap (sitemaps.org): one file, or an index of several when there is too much for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from articles.models.site_pages import SitePage
from articles.reading import selectors
from articles.reading.outputs import log_left_out, path_or_nothing
from articles.reading.rendering import with_cache_headers
from articles.reading.selectors import PublicClock
from articles.reading.selectors.prepared import NOW, prepared
from articles.reading.site import Site, site_of

#: The protocol's limit for one file.
PER_FILE = 50_000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OWN_PAGES = ("home", "articles", "facts", "tags", "subjects", "corrections", *SitePage.Slug.values)


class Section(NamedTuple):
    """Pages of one kind: `columns` are the arguments of the address `name`, then when the page was last changed."""

    name: str
    rows: Callable[[Any], QuerySet[Any]]  # at an instant, or at the parameter NOW
    columns: tuple[str, ...]
    changed: str = ""


_SECTIONS: Mapping[str, Section] = {
    "articles": Section("article", selectors.articles_in_force, ("slug",), "modified_at"),
    "facts": Section("fact", selectors.facts_in_force, ("public_id", "slug"), "edition__modified_at"),
    "subjects": Section("subject", selectors.public_subjects, ("slug",)),
    "tags": Section("tag", selectors.public_tags, ("slug",)),
    "authors": Section("author", selectors.public_authors, ("slug",)),
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    clock, site = selectors.public_clock(timezone.now()), site_of(request)
    counts = clock.cached("sitemap", lambda: [each.rows(clock.now).count() for each in _SECTIONS.values()])
    if sum(counts) + len(_OWN_PAGES) > PER_FILE:
        return _xml(_index(site, dict(zip(_SECTIONS, counts, strict=True))), clock)
    own = [(reverse(name), None) for name in _OWN_PAGES]
    found = [entry for section in _SECTIONS for entry in _entries(section, clock.now, 1)]
    return _xml(_urls(site, [*own, *found]), clock)


@require_safe
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """One file of the index. The pages without a row in the database are in the part "pages"."""
    clock, site = selectors.public_clock(timezone.now()), site_of(request)
    if section == "pages" and number == 1:
        return _xml(_urls(site, [(reverse(name), None) for name in _OWN_PAGES]), clock)
    if section not in _SECTIONS or number < 1:
        raise Http404
    entries = _entries(section, clock.now, number)
    if not entries:
        raise Http404
    return _xml(_urls(site, entries), clock)


def _entries(name: str, now: dt.datetime, number: int) -> list[tuple[str, dt.datetime | None]]:
    """The paths of one file, each once, with the instants of their last change. One query.

    Rows without an address are left out.
    """
    section, found = _SECTIONS[name], _rows(name, (number - 1) * PER_FILE, number * PER_FILE).rows(now=now)
    width = len(section.columns)
    paths = {
        path: row[width] if section.changed else None
        for row in found
        if (path := path_or_nothing(section.name, *row[:width]))
    }
    return list(paths.items())


@prepared
def _rows(name: str, start: int, stop: int) -> Any:
    section = _SECTIONS[name]
    columns = (*section.columns, *([section.changed] if section.changed else []))
    return section.rows(NOW).values_list(*columns)[start:stop]


def _urls(site: Site, entries: Iterable[tuple[str, dt.datetime | None]]) -> str:
    lines = [f"<url><loc>{escape(site.full(path))}</loc>{_lastmod(path, changed)}</url>\n" for path, changed in entries]
    return f"{_XML}<urlset {_SCHEMA}>\n{''.join(lines)}</urlset>\n"


def _lastmod(path: str, changed: dt.datetime | None) -> str:
    try:
        return f"<lastmod>{timezone.localtime(changed).isoformat()}</lastmod>" if changed else ""
    except OverflowError as error:  # an instant at the end of all time, in a zone to the east
        log_left_out(f"the last change of {path}", error)
        return ""


def _index(site: Site, counts: Mapping[str, int]) -> str:
    parts = [("pages", 1)]
    parts += [(name, number) for name, count in counts.items() for number in range(1, -(-count // PER_FILE) + 1)]
    lines = [
        f"<sitemap><loc>{escape(site.full(reverse('sitemap-part', args=part)))}</loc></sitemap>\n" for part in parts
    ]
    return f"{_XML}<sitemapindex {_SCHEMA}>\n{''.join(lines)}</sitemapindex>\n"


def _xml(text: str, clock: PublicClock) -> HttpResponse:
    return with_cache_headers(HttpResponse(text, content_type="application/xml; charset=utf-8"), clock)
