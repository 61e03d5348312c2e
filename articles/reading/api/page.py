"""The page about the API, for people: what can be asked, with examples."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import structured
from articles.reading.api import openapi
from articles.reading.api.endpoints import CURSOR, DESCRIPTION, ENDPOINTS, FACTS, PER_ANSWER, Parameter
from articles.reading.page_meta import page_meta
from articles.reading.rendering import cached_page
from articles.reading.selectors import PublicClock
from articles.reading.site import Site


class Described(NamedTuple):
    """An endpoint as the page shows it; `url` is empty where an id has to be put into it first."""

    path: str
    url: str
    about: str
    parameters: tuple[Parameter, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """No public event changes it."""
    return cached_page(request, "reading/api.html", api_page, (), PublicClock(timezone.now()))


def api_page(site: Site) -> dict[str, Any]:
    facts, description = site.full(openapi.path_of(FACTS)), _("An open API: all facts as data, without an account.")
    meta = page_meta(site, _("For programs"), description, reverse("api"))
    return {
        "meta": structured.described(meta, structured.page(site, meta)),
        "endpoints": [
            Described(
                openapi.path_of(each),
                "" if each.is_about_one else openapi.path_of(each),
                str(each.about),
                tuple(one for one in each.parameters if one != CURSOR),
            )
            for each in ENDPOINTS
        ],
        "per_answer": PER_ANSWER,
        "example": f"curl '{facts}?tag=boats&tag=ghosts'",
        "walk": f"curl -i -H 'If-None-Match: \"…\"' '{facts}'",
        "description_url": openapi.path_of(DESCRIPTION),
    }
