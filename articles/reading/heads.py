"""What stands in a page's head besides its title: description, canonical address, Open Graph."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.reading.paging import Paging
from articles.reading.rows import Cover
from articles.reading.site import Site

INDEXED = "index, follow, max-image-preview:large"
NOT_INDEXED = "noindex, follow"
#: Search engines and those who link show no more.
DESCRIPTION_LENGTH = 160


class Head(NamedTuple):
    """Absolute addresses and plain text."""

    title: str
    description: str
    canonical: str
    kind: str = "website"
    robots: str = INDEXED
    cover: Cover | None = None
    image_url: str = ""
    newer: str = ""
    older: str = ""
    data: SafeString | str = ""


def head(
    site: Site,
    title: str,
    description: str,
    path: str,
    *,
    kind: str = "website",
    robots: str = INDEXED,
    cover: Cover | None = None,
    paging: Paging | None = None,
    data: SafeString | str = "",
) -> Head:
    """The head of the page at `path`. From the second page of a list on, the title says which one it is."""
    if paging and paging.number > 1:
        title = gettext("%(title)s, page %(number)s") % {"title": title, "number": paging.number}
    return Head(
        title=title,
        description=Truncator(description).chars(DESCRIPTION_LENGTH),
        canonical=site.full(path),
        kind=kind,
        robots=robots,
        cover=cover,
        image_url=site.full(cover.url) if cover else "",
        newer=site.full(paging.newer) if paging else "",
        older=site.full(paging.older) if paging else "",
        data=data,
    )
