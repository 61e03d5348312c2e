"""Pages of a list: twenty rows each, and an end to how deep anybody can page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.encoding import escape_uri_path

from articles.reading.negotiation import page_path

PER_PAGE = 20
#: Deeper pages would cost more and more and help nobody: narrower questions do.
MOST_PAGES = 500
MOST_ROWS = PER_PAGE * MOST_PAGES


def page_number(request: HttpRequest) -> int:
    """The page that `?page=` asks for, 1 without it. Raises Http404 for what is no page number."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) > 0):
        raise Http404
    return int(text)


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list and the ways to the others. `count` is exact up to MOST_ROWS.

    `until` stands in the addresses of the pages after the first, for a list that must not move while it is read.
    """

    number: int
    count: int
    path: str
    query: str = ""
    per_page: int = PER_PAGE
    until: str = ""

    @property
    def last(self) -> int:
        return max(1, min(MOST_PAGES, -(-self.count // self.per_page)))

    @property
    def start(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def stop(self) -> int:
        return self.start + self.per_page

    @property
    def is_truncated(self) -> bool:
        """There are more rows than can be paged through."""
        return self.count > MOST_PAGES * self.per_page

    def url(self, number: int) -> str:
        until = f"&until={self.until}" if self.until else ""
        parts = [self.query, f"page={number}{until}" if number > 1 else ""]
        query = "&".join(filter(None, parts))
        return f"{self.path}?{query}" if query else self.path

    @property
    def here(self) -> str:
        return self.url(self.number)

    @property
    def newer(self) -> str:
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def older(self) -> str:
        return self.url(self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """The first, the last and those around this page; (0, "") stands for two or more that are left out."""
        shown = [n for n in range(1, self.last + 1) if n in (1, self.last) or abs(n - self.number) <= 1]
        links: list[tuple[int, str]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before == 2:
                links.append((number - 1, self.url(number - 1)))
            elif number - before > 2:
                links.append((0, ""))
            links.append((number, self.url(number)))
        return links


def paginate(request: HttpRequest, count: int, query: str = "", per_page: int = PER_PAGE, until: str = "") -> Paging:
    """The page that was asked for. Raises Http404 when the list ends before it."""
    found = Paging(page_number(request), count, escape_uri_path(page_path(request.path)), query, per_page, until)
    if found.number > found.last:
        raise Http404
    return found
