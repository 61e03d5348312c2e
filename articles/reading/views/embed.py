"""Facts and articles on other sites: small pages for a frame, and the oEmbed answers (oembed.com) that name them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from articles.images import SHARE_SIZE
from articles.models.editions import Edition
from articles.reading import errors, frames, pages, selectors
from articles.reading.frames import Framed
from articles.reading.outputs import BROKEN, log_left_out, path_or_404
from articles.reading.page_meta import PageMeta
from articles.reading.rendering import cached_page, cached_response, permanent_redirect
from articles.reading.selectors import NO_NAMES, FoundEdition, FoundFact, PublicClock
from articles.reading.site import Site, site_of
from articles.reading.views.of_fact import of_fact
from articles.text.ids import PUBLIC_ID_PATTERN

EMBED_TEMPLATE = "reading/embed.html"
#: Seconds for which a reader of oEmbed may keep the answer: a fact may be taken down.
CACHE_AGE = 3600

_FACT_IN_ARTICLE = re.compile(rf"fact-({PUBLIC_ID_PATTERN})")
_MOST_DIGITS = 6
_NOTHING_HERE = "There is no fact or article at this address."


def framed_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose page any site may show in a frame, in which no script runs."""
    policy: dict[str, Any] = {"frame-ancestors": ["*"], "script-src": [NONE]}

    @require_safe
    @xframe_options_exempt
    @csp_replace(policy)
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return framed


@framed_page
@of_fact
def fact(request: HttpRequest, found: FoundFact, clock: PublicClock) -> HttpResponseBase:
    return cached_page(request, EMBED_TEMPLATE, fact_context, (found,), clock)


@framed_page
def article(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = selectors.article_at(slug, slug, timezone.now())
    if found is None:
        raise Http404
    edition, clock = found
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    if edition.slug != slug:
        return permanent_redirect(path_or_404("embed-article", edition.slug), clock, edition)
    return cached_page(request, EMBED_TEMPLATE, article_context, (edition,), clock)


def fact_context(site: Site, found: FoundFact) -> dict[str, Any]:
    return {"framed": frames.of_fact(site, found)}


def article_context(site: Site, found: FoundEdition) -> dict[str, Any]:
    return {"framed": frames.of_article(site, found.edition)}


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`?url=` names a fact in force, by its own address or its place in an article, or an article; else 404."""
    if (wanted := request.GET.get("format", "json")) != "json":  # 501 is the standard's status for its other format
        return _plain("Only format=json is given here.", 501 if wanted == "xml" else 400)
    name, key = _named(request.GET.get("url", ""), site_of(request))
    now = timezone.now()
    found: Any = None
    make: Callable[..., str] = fact_text
    if name == "fact":
        found = selectors.fact_at(key, now)
    elif name == "article":
        found, make = selectors.article_at(key, key, now), article_text
    if found is None or getattr(found[0], "kind", None) == Edition.Kind.REMOVAL:
        return _plain(_NOTHING_HERE, 404)
    thing, clock = found
    inputs = (thing, *(_pixels(request.GET.get(limit, "")) for limit in ("maxwidth", "maxheight")))
    try:
        response = cached_response(request, make, inputs, clock, content_type="application/json")
    except BROKEN as error:
        log_left_out(thing, error)
        return _plain(_NOTHING_HERE, 404)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _named(url: str, site: Site) -> tuple[str, str]:
    """ "fact" and its id, or "article" and its slug; both empty for every other address, ours or not."""
    try:
        parts = urlsplit(url)
        match = resolve(unquote(parts.path)) if parts.netloc == urlsplit(site.origin).netloc else None
    except (ValueError, Resolver404):
        return "", ""
    if match is None:
        return "", ""
    if match.url_name in ("article", "embed-article"):
        place = _FACT_IN_ARTICLE.fullmatch(parts.fragment)
        return ("fact", place[1]) if place else ("article", match.kwargs["slug"])
    return ("fact", match.kwargs["public_id"]) if match.url_name in ("fact", "fact-by-id", "embed") else ("", "")


def _pixels(text: str) -> int | None:
    """The limit in pixels; None for what is no number."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) or None if is_number else None


def fact_text(site: Site, found: FoundFact, most_width: int | None, most_height: int | None) -> str:
    """The answer as JSON. The limits are in CSS pixels, None where there is none."""
    meta = pages.fact_page(site, found, NO_NAMES)["meta"]
    path = reverse("embed", args=[found.public_id])
    return _answer(site, meta, path, frames.of_fact(site, found), most_width, most_height)


def article_text(site: Site, found: FoundEdition, most_width: int | None, most_height: int | None) -> str:
    edition = found.edition
    meta = pages.article_page(site, edition, NO_NAMES)["meta"]
    path = reverse("embed-article", args=[edition.slug])
    return _answer(site, meta, path, frames.of_article(site, edition), most_width, most_height)


def _answer(
    site: Site, meta: PageMeta, path: str, framed: Framed, most_width: int | None, most_height: int | None
) -> str:
    width = min(frames.FRAME_WIDTH, most_width or frames.FRAME_WIDTH)
    height = framed.height(width, site.name)
    height = min(height, most_height or height)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": meta.title,
        "provider_name": site.name,
        "provider_url": f"{site.origin}/",
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": frames.frame_html(site, path, meta.title, width, height),
    }
    limits = (most_width, most_height)
    if meta.image and all(most is None or most >= size for size, most in zip(SHARE_SIZE, limits, strict=True)):
        answer |= {"thumbnail_url": meta.image.url}
        answer |= {"thumbnail_width": meta.image.width, "thumbnail_height": meta.image.height}
    return json.dumps(answer, ensure_ascii=False)


def _plain(sentence: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"  # what is missing now may be there at its time
    return response
