"""The pages about the site itself, as its editors wrote them."""

from __future__ import annotations

from typing import NamedTuple

from articles.models.site_pages import SitePage


class WrittenPage(NamedTuple):
    title: str
    body: str
    html: str


def site_page(slug: str) -> WrittenPage | None:
    """None until somebody has written one, and when it was emptied. One query."""
    found = SitePage.objects.filter(slug=slug).exclude(html="").order_by()
    row = found.values_list(*WrittenPage._fields).first()
    return WrittenPage._make(row) if row else None
