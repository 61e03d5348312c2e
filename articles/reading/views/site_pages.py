"""The pages about the site itself: about, contact, privacy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.site_pages import SitePage
from articles.reading import default_pages, groups, markdown_pages, structured
from articles.reading.page_meta import DESCRIPTION_LENGTH, page_meta
from articles.reading.rendering import cached_page
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.site_pages import WrittenPage, site_page
from articles.reading.site import Site
from articles.text import markdown

#: Their types at schema.org.
_TYPES: dict[str, str] = {SitePage.Slug.ABOUT: "AboutPage", SitePage.Slug.CONTACT: "ContactPage"}


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """No public event changes it, so its clock has none: browsers ask each time and see a change at once, shared
    caches see it when they are told, or when the time of the setting is over.
    """
    written = site_page(slug)
    clock = PublicClock(timezone.now())
    return cached_page(
        *(request, "reading/site_page.html", site_page_page, (slug, written), clock),
        lists=(groups.page(slug),),
        markdown=markdown_pages.text_page,
    )


def site_page_page(site: Site, slug: str, written: WrittenPage | None) -> dict[str, Any]:
    title = written.title if written else default_pages.default_title(slug, site.name)
    standard = default_pages.default_body(slug, site.name, counts_readers=site.counts_readers)
    body = written.body if written else standard
    html = markdown.trusted(written.html) if written else markdown.render(body)
    meta = page_meta(site, title, markdown.excerpt(body, DESCRIPTION_LENGTH), reverse(slug))
    return {
        "meta": structured.described(meta, structured.page(site, meta, _TYPES.get(slug, "WebPage"))),
        "title": markdown.inline(title),
        "html": html,
        "has_headings": "<h3" in html,
    }
