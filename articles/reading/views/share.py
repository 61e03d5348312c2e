"""Share pictures. Only what is in force is drawn, and only as it is now: any other digest leads to the present one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.reading import errors, selectors, sharing
from articles.reading.rendering import with_cache_headers
from articles.reading.selectors import PublicClock
from articles.reading.sharing import Sharing
from articles.reading.site import site_of
from articles.reading.views.service import FOR_EVER


@require_safe
def article(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    found = selectors.article_at(slug, timezone.now())
    if found is None:
        raise Http404
    edition, clock = found
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    now = sharing.of_article(site_of(request).name, edition.edition)
    if (slug, digest) != (edition.slug, now.digest):
        return _elsewhere(sharing.article_path(now, edition.slug), clock)
    return _shown(request, now)


@require_safe
def fact(request: HttpRequest, public_id: str, digest: str) -> HttpResponse:
    at = timezone.now()
    found = selectors.fact_at(public_id, at)
    if found is None:
        if selectors.was_fact_public(public_id, at):
            return errors.gone(request)
        raise Http404
    fact_, clock = found
    now = sharing.of_fact(site_of(request).name, fact_.edition.edition, public_id)
    if digest != now.digest:
        return _elsewhere(sharing.fact_path(now, public_id), clock)
    return _shown(request, now)


def _elsewhere(path: str, clock: PublicClock) -> HttpResponse:
    return with_cache_headers(HttpResponseRedirect(path), clock)


def _shown(request: HttpRequest, shared: Sharing) -> HttpResponse:
    picture = sharing.picture_of(shared)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # a JPEG is packed already: see `service.picture`
    response = HttpResponse(picture.data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    if picture.is_whole:
        response["Cache-Control"], response["ETag"] = FOR_EVER, f'"{shared.digest}"'
    else:
        response["Cache-Control"] = "public, max-age=60"
    return response
