"""Finished public answers, kept in memory and given again until anything that readers see has changed.

A public answer depends on its address, on the state of the public site and on nothing else (rendering), and one short
query tells the state. So whoever asks for what was asked before costs that query alone, whatever the page took to
make. An answer can be stale only where an act changes what readers see without changing the stamp of the site
(models.public_state), which is what caches in front of the site are told by as well: tests/reading/test_purges.py.

The state is read before what an answer is made of: each view's first query reads it. Whatever is committed between
the two makes an answer newer than its state, never older.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from articles.reading import encodings, negotiation
from articles.reading.selectors import PublicClock, public_clock

#: Bytes that each process keeps, as they are sent, and of those the most that one answer may have.
ANSWER_BYTES, LARGEST = 8 * 1024 * 1024, 512 * 1024
#: What an answer takes beside its bytes, for its address and its headers.
_OVERHEAD = 3000
_SHARED_SECONDS = re.compile(r"s-maxage=\d+")

GetResponse = Callable[[HttpRequest], HttpResponse]


class CacheKey(NamedTuple):
    """All of a request that a public answer depends on. Views that would look at another header of it say so in Vary,
    and their answers are not kept.
    """

    origin: str
    path: str
    query: str
    language: str | None
    is_markdown: bool
    encoding: str

    @classmethod
    def of(cls, request: HttpRequest) -> CacheKey:
        return cls(
            f"{request.scheme}://{request.get_host()}",
            request.path,
            request.META.get("QUERY_STRING", ""),
            translation.get_language(),
            negotiation.wants_markdown(request),
            encodings.wanted(request.headers.get("Accept-Encoding", "")),
        )


_VARIES_BY = frozenset({"accept", "accept-encoding"})


class CachedResponse(NamedTuple):
    content: bytes
    headers: Mapping[str, str]
    clock: PublicClock
    route: Any  # the ResolverMatch, by which log and metrics name what was asked

    def holds(self, clock: PublicClock) -> bool:
        until = self.clock.next_event
        return self.clock.state == clock.state and (until is None or clock.now < until)

    def response(self, clock: PublicClock) -> HttpResponse:
        response = HttpResponse(self.content, headers=dict(self.headers))
        seconds = (clock.ending(self.clock.next_event) if self.clock.next_event else clock).seconds_left
        response["Cache-Control"] = _SHARED_SECONDS.sub(f"s-maxage={seconds}", response["Cache-Control"])
        return response


class ResponseCache:
    """Those of one state; the first question in another one empties it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._kept: OrderedDict[CacheKey, CachedResponse] = OrderedDict()
        self._left = self._limit

    def __contains__(self, address: CacheKey) -> bool:
        return address in self._kept

    def get(self, address: CacheKey, clock: PublicClock) -> CachedResponse | None:
        with self._lock:
            found = self._kept.get(address)
            if found is None or found.holds(clock):
                if found:
                    self._kept.move_to_end(address)
                return found
            if found.clock.state != clock.state:
                self._forget()
            return None

    def keep(self, address: CacheKey, answer: CachedResponse) -> None:
        with self._lock:
            newest = next(reversed(self._kept.values()), None)
            if newest and newest.clock.state != answer.clock.state:
                self._forget()
            before = self._kept.pop(address, None)
            self._left += _size(before) if before else 0
            self._kept[address] = answer
            self._left -= _size(answer)
            while self._left < 0:
                _address, dropped = self._kept.popitem(last=False)
                self._left += _size(dropped)


def _size(answer: CachedResponse) -> int:
    return len(answer.content) + _OVERHEAD


cache = ResponseCache(ANSWER_BYTES)


def response_cache(get_response: GetResponse) -> GetResponse:
    """The middleware. It stands outside of sessions and log-ins, which no public answer looks at, and inside of what
    sets headers for all and answers conditional requests.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not settings.CACHE_RESPONSES:
            return get_response(request)
        address = CacheKey.of(request)
        if address in cache:
            clock = public_clock(timezone.now())
            if found := cache.get(address, clock):
                request.resolver_match = found.route
                return found.response(clock)
        return _encode_and_store(request, address, get_response(request))

    return middleware


def _encode_and_store(request: HttpRequest, address: CacheKey, response: HttpResponse) -> HttpResponse:
    """The response, encoded, and kept where it is a whole public answer that anybody may get."""
    clock: PublicClock | None = getattr(response, "clock", None)
    is_whole = response.status_code == 200 and request.method == "GET" and not response.streaming
    if clock is None or not is_whole or response.cookies:
        return response
    encodings.encode(response, address.encoding)
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    if clock.stamp is not None and varies <= _VARIES_BY and len(response.content) <= LARGEST:
        cache.keep(address, CachedResponse(response.content, dict(response.headers), clock, request.resolver_match))
    return response
