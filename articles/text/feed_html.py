"""HTML of our pages for programs that show it elsewhere, such as feed readers."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin

import nh3

from articles.text import cleaning, syntax


def for_feeds(html: str, page: str) -> str:
    """HTML of `markdown.render` and of templates around it, sanitised by the same rules, with headings of two ranks.

    Addresses become absolute, as seen from `page` (itself absolute). What only our own pages can use is gone: copies of
    pictures, classes, roles.
    """
    return cleaning.clean(_cleaner(page), syntax.without_control_signs(html)).strip()


@lru_cache(maxsize=50)
def _cleaner(page: str) -> nh3.Cleaner:
    def absolute(_tag: str, name: str, value: str) -> str | None:
        if name not in ("href", "src"):
            return value
        try:
            return urljoin(page, value)
        except ValueError:  # no address, for instance https://[
            return None

    return nh3.Cleaner(
        tags={
            *("a", "br", "code", "del", "em", "img", "ins", "s", "small", "span", "strong"),
            *("blockquote", "figcaption", "figure", "h2", "h3", "hr", "li", "ol", "p", "pre", "ul"),
            *("table", "tbody", "td", "th", "thead", "tr"),
        },
        attributes={"a": {"href", "rel"}, "img": {"src", "width", "height", "alt"}, "ol": {"start"}},
        attribute_filter=absolute,
        tag_attribute_values={"span": {"lang": {"ko"}}, "th": {"scope": {"col"}}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
