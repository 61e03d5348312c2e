"""The sitemap (sitemaps.org, with Google's extension for pictures): an index, and pieces of a bounded size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from articles.models.cache_groups import (
    ARTICLES,
    AUTHOR_NAMES,
    AUTHORS,
    FACTS,
    SUBJECT_NAMES,
    SUBJECTS,
    TAG_NAMES,
    TAGS,
    Group,
)
from articles.models.site_pages import SitePage
from articles.reading import groups, selectors
from articles.reading.outputs import log_left_out, without_forbidden_signs
from articles.reading.rendering import with_cache_headers
from articles.reading.selectors import PublicClock, SitemapEntry
from articles.reading.site import Site, site_of

#: Addresses in one piece: a few milliseconds to make. The protocol's limit is 50,000.
PER_PIECE = 1_000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PICTURES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
#: By section, what its pieces list: names stand in them as slugs.
_LISTS: Mapping[str, tuple[Group, ...]] = {
    "articles": (ARTICLES,),
    "facts": (FACTS,),
    "subjects": (SUBJECTS, SUBJECT_NAMES),
    "tags": (TAGS, TAG_NAMES),
    "authors": (AUTHORS, AUTHOR_NAMES),
}
_ALL_LISTS = tuple(group for lists in _LISTS.values() for group in lists)
_OWN_PAGES = (
    *("home", "articles", "facts", "tags", "subjects", "authors", "corrections", "follow", "api"),
    *SitePage.Slug.values,
)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index. It gives no dates: a piece changes when a page leaves it too, which no page's date says."""
    clock, site = selectors.public_clock(timezone.now()), site_of(request)
    pieces = [("pages", 1)]
    for kind in selectors.SITEMAP_KINDS:
        pieces += [(kind, number) for number in range(1, _count_pieces(kind, clock) + 1)]
    paths = [reverse("sitemap-part", args=piece) for piece in pieces]
    lines = [f"<sitemap><loc>{escape(site.full(path))}</loc></sitemap>\n" for path in paths]
    return _xml(f"{_XML}<sitemapindex {_SCHEMA}>\n{''.join(lines)}</sitemapindex>\n", clock, *_ALL_LISTS)


@require_safe
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """One piece: pages of one kind, or, as "pages", those without a row in the database."""
    clock, site = selectors.public_clock(timezone.now()), site_of(request)
    if section == "pages" and number == 1:
        return _xml(_piece(site, [SitemapEntry(reverse(name)) for name in _OWN_PAGES]), clock)
    if section not in selectors.SITEMAP_KINDS or not 1 <= number <= _count_pieces(section, clock):
        raise Http404

    def make() -> str:
        stop = number * PER_PIECE
        return _piece(site, selectors.sitemap_entries(section, clock.now, stop - PER_PIECE, stop))

    text = clock.cached_large(f"sitemap/{site.origin}/{section}/{number}", make)
    return _xml(text, clock, *_LISTS[section])


def _count_pieces(kind: str, clock: PublicClock) -> int:
    return -(-selectors.count_sitemap(kind, clock) // PER_PIECE)


def _piece(site: Site, entries: Iterable[SitemapEntry]) -> str:
    """Each address once."""
    lines = {entry.path: _url(site, entry) for entry in entries}
    text = f"{_XML}<urlset {_SCHEMA} {_PICTURES}>\n{''.join(lines.values())}</urlset>\n"
    return without_forbidden_signs(text, "a piece of the sitemap")


def _url(site: Site, entry: SitemapEntry) -> str:
    picture = f"<image:image><image:loc>{escape(site.full(entry.picture))}</image:loc></image:image>"
    shown = picture if entry.picture else ""
    return f"<url><loc>{escape(site.full(entry.path))}</loc>{_lastmod(entry.path, entry.changed_at)}{shown}</url>\n"


def _lastmod(path: str, changed: dt.datetime | None) -> str:
    try:
        return f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    except OverflowError as error:  # an instant at the end of all time, in a zone to the east
        log_left_out(f"the last change of {path}", error)
        return ""


def _xml(text: str, clock: PublicClock, *lists: Group) -> HttpResponse:
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    return with_cache_headers(response, clock, groups.of_page((), lists))
