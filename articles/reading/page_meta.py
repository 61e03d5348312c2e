"""The metadata in a page's head besides its title: description, canonical address, Open Graph."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.images import SHARE_SIZE
from articles.reading.paging import Paging
from articles.reading.site import Site

INDEXED = "index, follow, max-image-preview:large"
NOT_INDEXED = "noindex, follow"
#: Search engines and those who link show no more.
DESCRIPTION_LENGTH = 160


class Image(NamedTuple):
    """The share picture: an absolute address, and the words in it."""

    url: str
    alt: str
    width: int = SHARE_SIZE[0]
    height: int = SHARE_SIZE[1]


class PageMeta(NamedTuple):
    """Absolute addresses and plain text. `oembed` is where other sites learn how to show this page in a frame."""

    title: str
    description: str
    canonical: str
    kind: str = "website"
    robots: str = INDEXED
    image: Image | None = None
    oembed: str = ""
    newer: str = ""
    older: str = ""
    data: SafeString | str = ""


def page_meta(
    site: Site,
    title: str,
    description: str,
    path: str,
    *,
    kind: str = "website",
    robots: str = INDEXED,
    paging: Paging | None = None,
    data: SafeString | str = "",
) -> PageMeta:
    """The head of the page at `path`. From the second page of a list on, the title says which one it is."""
    if paging and paging.number > 1:
        title = gettext("%(title)s, page %(number)s") % {"title": title, "number": paging.number}
    return PageMeta(
        title=title,
        description=Truncator(description).chars(DESCRIPTION_LENGTH),
        canonical=site.full(path),
        kind=kind,
        robots=robots,
        newer=site.full(paging.newer) if paging else "",
        older=site.full(paging.older) if paging else "",
        data=data,
    )
