"""Where a picture of a page really is: lazy pages name it in other attributes, or carry it in themselves."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborNode

from articles.importing.readers import markup

_LARGEST = 20 * 1024 * 1024
_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_NAMED = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file", "data-full-url")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(r"(?:blank|spacer|placeholder|pixel|transparent|lazy)[\w-]*\.(?:gif|png|svg)", re.IGNORECASE)
_CANDIDATE = re.compile(r"(?P<address>[^\s,]\S*[^\s,])(?:\s+(?P<size>\d+(?:\.\d+)?)[wx])?\s*(?:,|$)")


def addresses(node: LexborNode, given: dict[str, str]) -> Iterator[str]:
    """The addresses under which the picture may be had, the best first. A point that counts readers has none."""
    if given.get("width") == "1" and given.get("height") == "1":
        return
    yield from (given[name].strip() for name in _NAMED if given.get(name, "").strip())
    source = given.get("src", "").strip()
    is_real = bool(source) and not source.startswith("data:") and not _PLACEHOLDER.search(source)
    if is_real:
        yield source
    for name in _SETS:
        yield from _largest(given.get(name, ""))
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        for other in parent.iter():
            if other.tag == "source":
                yield from _largest(markup.attributes(other).get("srcset", ""))
    if source and not is_real:
        yield source


def _largest(candidates: str) -> list[str]:
    found = [
        (float(each["size"] or 0), each["address"])
        for each in _CANDIDATE.finditer(candidates[:5_000])
        if not each["address"].startswith("data:")
    ]
    return [max(found)[1]] if found else []


def embedded(address: str) -> tuple[bytes, str] | None:
    """The picture that stands in a data address, and the ending of its name; None for anything else."""
    head, _, body = address[5:].partition(",")
    kind, *options = head.lower().split(";")
    ending = _KINDS.get(kind.strip())
    if ending is None or len(body) > _LARGEST:
        return None
    try:
        data = base64.b64decode(body, validate=False) if "base64" in options else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None
    return (data, ending) if len(data) >= 100 else None
