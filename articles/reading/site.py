"""How the site calls itself: its name, its public origin, and what it is."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext


class Site(NamedTuple):
    name: str
    origin: str  # without a slash at its end
    own_description: str = ""
    counts_readers: bool = False

    @property
    def description(self) -> str:
        return self.own_description or gettext("Lists of facts for fans: dramas, films, bands and the people in them.")

    def full(self, path: str) -> str:
        """An absolute address; what is absolute already (pictures may live elsewhere) or empty stays as it is."""
        return f"{self.origin}{path}" if path.startswith("/") else path


def site_of(request: HttpRequest) -> Site:
    """FANGUIDE_SITE_URL, or without it the host that was asked."""
    origin = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    return Site(settings.SITE_NAME, origin, settings.SITE_DESCRIPTION, settings.COUNT_READERS)
