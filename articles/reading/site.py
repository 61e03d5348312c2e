"""How the site calls itself: its name and its public origin."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest


class Site(NamedTuple):
    name: str
    origin: str  # without a slash at its end

    def full(self, path: str) -> str:
        """An absolute address; what is absolute already (pictures may live elsewhere) or empty stays as it is."""
        return f"{self.origin}{path}" if path.startswith("/") else path


def site_of(request: HttpRequest) -> Site:
    """FANGUIDE_SITE_URL, or without it the host that was asked."""
    return Site(settings.SITE_NAME, settings.SITE_URL or f"{request.scheme}://{request.get_host()}")
