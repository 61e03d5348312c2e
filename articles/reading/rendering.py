"""Pages rendered once for equal inputs, and the headers of everything public.

A public page is a function of what its queries gave: no clock, no reader, no session goes into it. So the finished
bytes are kept under those inputs themselves (not under a name that something would have to invalidate) and can never
be stale; a change of a tag's name makes other inputs.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from articles.reading.selectors.clock import PublicClock
from articles.reading.site import Site, site_of

#: Bytes of finished pages that each process keeps (their inputs take about as much again).
KEPT_BYTES = 16 * 1024 * 1024
#: And of those that only an answer of one reader makes (?seen=), however many answers somebody makes up.
KEPT_BYTES_OF_ANSWERS = 2 * 1024 * 1024


Value = TypeVar("Value")


class Page(NamedTuple):
    content: bytes
    etag: str

    @classmethod
    def of(cls, text: str) -> Page:
        content = text.encode()
        return cls(content, f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"')


class Memo(Generic[Value]):
    """The values asked for last, up to a total size. Made twice when two threads ask at once, kept once."""

    def __init__(self, limit: int, size: Callable[[Value], int] = lambda _value: 1) -> None:
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._left = limit
        self._size = size
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._left -= self._size(value)
            while self._left < 0:
                _key, dropped = self._values.popitem(last=False)
                self._left += self._size(dropped)
        return value


def _page_memo(limit: int) -> Memo[Page]:
    return Memo(limit, lambda page: len(page.content))


_pages = _page_memo(KEPT_BYTES)
_answers = _page_memo(KEPT_BYTES_OF_ANSWERS)


def cached_page(
    request: HttpRequest,
    template: str,
    inputs: Hashable,
    context: Callable[[Site], Mapping[str, Any]],
    clock: PublicClock,
    seen: int | None = None,
) -> HttpResponse:
    """A template's page. `context` is made from the site, `inputs` and `seen` alone, for what was not asked lately.

    `seen` is a reader's answer (reading.seen): pages that are made for one push out none that are made for all.
    """

    def make(site: Site) -> str:
        return render_to_string(template, {"site": site, "site_name": site.name, **context(site)})

    return cached_response(request, (template, inputs, seen), make, clock, memo=_answers if seen else _pages)


def cached_response(
    request: HttpRequest,
    inputs: Hashable,
    make: Callable[[Site], str],
    clock: PublicClock,
    content_type: str = "text/html; charset=utf-8",
    memo: Memo[Page] = _pages,
) -> HttpResponse:
    """The answer whose text `make` gives for the site and `inputs` alone."""
    site = site_of(request)
    key = (get_language(), site, inputs)
    page = memo.get(key, lambda: Page.of(make(site))) if not settings.DEBUG else Page.of(make(site))
    response = HttpResponse(page.content, content_type=content_type)
    response["ETag"] = page.etag
    return with_cache_headers(response, clock)


def with_cache_headers(response: HttpResponse, clock: PublicClock) -> HttpResponse:
    """Browsers ask each time (and get a 304), shared caches keep the answer until the next public event at most."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True, s_maxage=clock.seconds_left)
    return response


def permanent_redirect(url: str, clock: PublicClock) -> HttpResponse:
    """A permanent redirect that is asked for again: without a limit browsers keep it, even when it turns round."""
    return with_cache_headers(HttpResponsePermanentRedirect(url), clock)
