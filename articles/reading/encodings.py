"""Public answers as they are sent: packed once, and kept so (reading.response_cache).

Django's GZipMiddleware packs each answer anew, and adds bytes at random so that the length tells nothing of secrets
that stand beside the words of an attacker (BREACH). A public answer has no secrets.
"""

from __future__ import annotations

import gzip
import re

import brotli
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

#: In the order in which they are preferred. About as quick as each other, and Brotli is a sixth smaller.
BROTLI, GZIP, PLAIN = "br", "gzip", ""
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
#: Below that nothing is won (GZipMiddleware has the same bound).
_FEWEST_BYTES = 200
#: Pictures are packed already.
_PACKABLE = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|image/svg\+xml")
_NOT_WANTED = re.compile(r"q\s*=\s*0(?:\.0{0,3})?\s*$", re.IGNORECASE)


def wanted(accepted: str) -> str:
    """By an Accept-Encoding (RFC 9110, 12.5.3), as far as it names an encoding and does not rule it out."""
    named = {}
    for each in accepted.lower().split(","):
        name, _semicolon, weight = each.partition(";")
        named[name.strip()] = not _NOT_WANTED.search(weight)
    return next((encoding for encoding in (BROTLI, GZIP) if named.get(encoding)), PLAIN)


def encode(response: HttpResponse, encoding: str) -> None:
    """Packs the content where that makes it smaller. The ETag becomes weak: it names the words, not the bytes."""
    is_packed = response.has_header("Content-Encoding") or not _PACKABLE.match(response["Content-Type"])
    if is_packed or len(response.content) < _FEWEST_BYTES:
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    packed = _packed(response.content, encoding)
    if len(packed) >= len(response.content):
        return
    response.content = packed
    response["Content-Encoding"] = encoding
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(packed))
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def _packed(content: bytes, encoding: str) -> bytes:
    if encoding == BROTLI:
        found: bytes = brotli.compress(content, quality=_BROTLI_QUALITY)
        return found
    return gzip.compress(content, _GZIP_LEVEL, mtime=0) if encoding == GZIP else content
