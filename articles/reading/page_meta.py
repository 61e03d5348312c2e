"""The metadata in a page's head besides its title: description, canonical address, Open Graph."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.reading import sharing
from articles.reading.paging import Paging
from articles.reading.rows import Day
from articles.reading.sharing import Image
from articles.reading.site import Site
from articles.text import sentences

INDEXED = "index, follow, max-image-preview:large"
NOT_INDEXED = "noindex, follow"
#: Search engines and those who link show no more.
DESCRIPTION_LENGTH = 160


class FeedLink(NamedTuple):
    """A feed that tells what is new on a page: its title, its path, its media type."""

    title: str
    path: str
    kind: str


class PageMeta(NamedTuple):
    """Absolute addresses and plain text. `oembed` is where other sites learn how to show this page in a frame,
    `markdown` where the same is as Markdown (reading.rendering fills it), `copy_of` where its very words stand first:
    that is canonical for search engines then, while the page keeps its own address.
    """

    title: str
    description: str
    canonical: str
    kind: str = "website"
    robots: str = INDEXED
    image: Image | None = None
    published: Day | None = None
    modified: Day | None = None
    oembed: str = ""
    markdown: str = ""
    newer: str = ""
    older: str = ""
    data: SafeString | str = ""
    feeds: tuple[FeedLink, ...] = ()
    copy_of: str = ""


def page_meta(
    site: Site,
    title: str,
    description: str,
    path: str,
    *,
    kind: str = "website",
    robots: str = INDEXED,
    paging: Paging | None = None,
    image: Image | None = None,
    feeds: tuple[FeedLink, ...] = (),
) -> PageMeta:
    """The head of the page at `path`. From the second page of a list on, the title says which one it is. Without an
    `image` the site's own stands there.
    """
    if paging and paging.number > 1:
        title = gettext("%(title)s, page %(number)s") % {"title": title, "number": paging.number}
    return PageMeta(
        title=title,
        description=sentences.beginning(sentences.sentences(description), DESCRIPTION_LENGTH),
        canonical=site.full(path),
        kind=kind,
        robots=robots,
        image=image or sharing.site_image(site),
        newer=site.full(paging.newer) if paging else "",
        older=site.full(paging.older) if paging else "",
        feeds=feeds,
    )
