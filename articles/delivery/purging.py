"""Telling a cache which groups to forget, as it wants to hear it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.conf import settings

from articles.delivery.requests import Message


def purges(url: str, names: Sequence[str]) -> Iterator[Message]:
    """The requests that have the cache at this address forget the groups of these names. Forgetting twice does no
    harm.
    """
    make, most = _CACHES[settings.CACHE_GROUPS_FIELD]
    for start in range(0, len(names), most):
        yield make(url, names[start : start + most])


def _with_field(method: str, field: str, separator: str, quote: str = "") -> Callable[[str, Sequence[str]], Message]:
    def make(url: str, names: Sequence[str]) -> Message:
        return Message(method, url, {field: separator.join(f"{quote}{name}{quote}" for name in names), **_token(field)})

    return make


def _token(field: str) -> Mapping[str, str]:
    """A Varnish knows us by our address; who wants to, asks for a token too."""
    if not settings.CACHE_PURGE_TOKEN:
        return {}
    if field == "Surrogate-Key":
        return {"Fastly-Key": settings.CACHE_PURGE_TOKEN}
    return {"Authorization": f"Bearer {settings.CACHE_PURGE_TOKEN}"}


def _cloudflare(url: str, names: Sequence[str]) -> Message:
    body = json.dumps({"tags": list(names)}).encode()
    return Message("POST", url, {"Content-Type": "application/json", **_token("Cache-Tag")}, body)


#: By the field that answers name their groups in: what makes a request, and how many groups one takes.
_CACHES: Mapping[str, tuple[Callable[[str, Sequence[str]], Message], int]] = {
    "Cache-Groups": (_with_field("PURGE", "Cache-Group-Invalidation", ", ", '"'), 64),
    "xkey": (_with_field("PURGE", "xkey-purge", " "), 64),  # docs/varnish.vcl
    "Surrogate-Key": (_with_field("POST", "Surrogate-Key", " "), 256),  # Fastly: /service/ID/purge
    "Cache-Tag": (_cloudflare, 30),  # Cloudflare: /zones/ID/purge_cache
}
