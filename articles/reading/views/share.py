"""Share pictures. Only what is in force is drawn, and only as it is now: any other digest leads to the present one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.reading import errors, groups, selectors, sharing
from articles.reading.outputs import path_or_404
from articles.reading.rendering import with_cache_headers
from articles.reading.selectors import FoundFact, PublicClock
from articles.reading.sharing import ShareImage
from articles.reading.site import site_of
from articles.reading.views.of_fact import of_fact
from articles.reading.views.service import FOR_EVER


@require_safe
def article(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    found = selectors.article_at(slug, slug, timezone.now())
    if found is None:
        raise Http404
    edition, clock = found
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    current = sharing.of_article(site_of(request).name, edition.edition)
    if (slug, digest) != (edition.slug, current.digest):
        return _redirect_to_current(path_or_404("share-article", edition.slug, current.digest), clock, edition)
    return _picture(request, current, edition)


@require_safe
@of_fact
def fact(request: HttpRequest, found: FoundFact, clock: PublicClock, digest: str) -> HttpResponse:
    current = sharing.of_fact(site_of(request).name, found.edition.edition, found.public_id)
    if digest != current.digest:
        return _redirect_to_current(sharing.fact_path(current, found.public_id), clock, found)
    return _picture(request, current, found)


@require_safe
def subject(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    found, clock = selectors.subject_at(slug, timezone.now())
    current = sharing.of_subject(site_of(request).name, found.name)
    return _of_reference(request, "share-subject", (slug, digest), (found, current), clock)


@require_safe
def tag(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    found, clock = selectors.tag_at(slug, timezone.now())
    current = sharing.of_tag(site_of(request).name, found.name)
    return _of_reference(request, "share-tag", (slug, digest), (found, current), clock)


@require_safe
def author(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    found, clock = selectors.author_at(slug, timezone.now())
    current = sharing.of_author(site_of(request).name, found.author.name)
    return _of_reference(request, "share-author", (slug, digest), (found, current), clock)


@require_safe
def site(request: HttpRequest, digest: str) -> HttpResponse:
    current = sharing.of_site(site_of(request).name)
    if digest != current.digest:
        return _redirect_to_current(reverse("share-site", args=[current.digest]), PublicClock(timezone.now()), ())
    return _picture(request, current, ())


def _of_reference(
    request: HttpRequest, name: str, asked: tuple[str, str], found: tuple[Any, ShareImage], clock: PublicClock
) -> HttpResponse:
    """`asked` is a slug and a digest, `found` the tag, subject or author and its present picture."""
    owner, current = found
    if asked != (owner.slug, current.digest):
        return _redirect_to_current(path_or_404(name, owner.slug, current.digest), clock, owner)
    return _picture(request, current, owner)


def _redirect_to_current(path: str, clock: PublicClock, of: Any) -> HttpResponse:
    return with_cache_headers(HttpResponseRedirect(path), clock, groups.of_page(of))


def _picture(request: HttpRequest, shared: ShareImage, of: Any) -> HttpResponse:
    """`of` is what it shows, by whose change caches forget it: what was taken down is no picture either."""
    picture = sharing.load_or_draw(shared)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # a JPEG is packed already: see `service.picture`
    response = HttpResponse(picture.data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    groups.name_in(response, groups.of_page(of))
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    if picture.is_whole:
        response["Cache-Control"], response["ETag"] = FOR_EVER, f'"{shared.digest}"'
    else:
        response["Cache-Control"] = "public, max-age=60"
    return response
