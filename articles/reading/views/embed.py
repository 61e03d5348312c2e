"""A fact to be shown on other sites: a small page for a frame, and the oEmbed answer (oembed.com) that names it."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from articles.images import SHARE_SIZE
from articles.reading import errors, pages, selectors
from articles.reading.outputs import BROKEN, log_left_out
from articles.reading.rendering import cached_page, cached_response
from articles.reading.selectors import NO_NAMES, FoundFact
from articles.reading.site import Site, site_of
from articles.text.ids import PUBLIC_ID_PATTERN

EMBED_TEMPLATE = "reading/embed.html"
#: The frame, in CSS pixels, where nobody says how much room there is. What is longer scrolls in it.
FRAME_SIZE = (560, 420)
#: Seconds for which a reader of oEmbed may keep the answer: a fact may be taken down.
CACHE_AGE = 3600

_FACT_IN_ARTICLE = re.compile(rf"fact-({PUBLIC_ID_PATTERN})")
_MOST_DIGITS = 6


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})  # type: ignore[arg-type]  # typed for views without arguments
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    found = selectors.fact_at(public_id, now)
    if found is None:
        if selectors.was_fact_public(public_id, now):
            return errors.gone(request)
        raise Http404
    fact, clock = found
    ids = pages.ids_in(fact.edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors)
    response = cached_page(
        request,
        EMBED_TEMPLATE,
        pages.fact_page,
        (fact, names),
        clock,
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`?url=` names a fact in force, by an address of its own or by its place in an article; else 404."""
    if request.GET.get("format", "json") != "json":
        return _plain("Only format=json is given here.", 501)
    public_id = _fact_named(request.GET.get("url", ""), site_of(request))
    found = selectors.fact_at(public_id, timezone.now()) if public_id else None
    if found is None:
        return _plain("There is no fact at this address.", 404)
    fact, clock = found
    most_width, most_height = (_pixels(request.GET.get(name, "")) for name in ("maxwidth", "maxheight"))
    inputs = (fact, most_width, most_height)
    try:
        response = cached_response(request, oembed_text, inputs, clock, content_type="application/json")
    except BROKEN as error:
        log_left_out(fact, error)
        return _plain("There is no fact at this address.", 404)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _fact_named(url: str, site: Site) -> str:
    """The fact's id; empty for every other address, ours or not."""
    try:
        parts = urlsplit(url)
        match = resolve(unquote(parts.path)) if parts.netloc == urlsplit(site.origin).netloc else None
    except (ValueError, Resolver404):
        return ""
    if match is None:
        return ""
    if match.url_name == "article":
        place = _FACT_IN_ARTICLE.fullmatch(parts.fragment)
        return place[1] if place else ""
    return str(match.kwargs["public_id"]) if match.url_name in ("fact", "fact-by-id", "embed") else ""


def _pixels(text: str) -> int | None:
    """The limit in pixels; None for what is no number."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) or None if is_number else None


def oembed_text(site: Site, fact: FoundFact, most_width: int | None, most_height: int | None) -> str:
    """The answer as JSON. The limits are in CSS pixels, None where there is none."""
    meta = pages.fact_page(site, fact, NO_NAMES)["meta"]
    limits = (most_width, most_height)
    width, height = (min(size, most or size) for size, most in zip(FRAME_SIZE, limits, strict=True))
    frame = {"src": site.full(reverse("embed", args=[fact.public_id])), "title": meta.title}
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": meta.title,
        "provider_name": site.name,
        "provider_url": f"{site.origin}/",
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": render_to_string("reading/_iframe.html", {**frame, "width": width, "height": height}).strip(),
    }
    if all(most is None or most >= size for size, most in zip(SHARE_SIZE, limits, strict=True)):
        answer |= {"thumbnail_url": meta.image.url}
        answer |= {"thumbnail_width": meta.image.width, "thumbnail_height": meta.image.height}
    return json.dumps(answer, ensure_ascii=False)


def _plain(sentence: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
