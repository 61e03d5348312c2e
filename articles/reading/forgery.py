"""Requests that another site makes its visitors' browsers send. Readers' forms have no token: it takes a cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def is_cross_site(request: HttpRequest) -> bool:
    """As far as the browser says; those that say nothing are believed."""
    if sender := request.headers.get("Sec-Fetch-Site"):
        return sender not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    return origin is not None and origin not in own
