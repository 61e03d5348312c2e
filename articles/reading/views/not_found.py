"""The handler of 404: an address that is not found may be one of the site that this one took over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models.editions import Edition
from articles.reading import errors, groups
from articles.reading.api.answers import nothing_here, problem
from articles.reading.outputs import path_or_nothing
from articles.reading.rendering import permanent_redirect
from articles.reading.selectors.old_paths import event_at_old_path


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 404. Old paths are no pattern of URLs, so that they may lie anywhere, even among ours,
    and an address of ours that lacks only its last slash still gets that from Django.
    """
    found = event_at_old_path(request.path_info, timezone.now()) if request.method in ("GET", "HEAD") else None
    if found is None and request.path_info.startswith(reverse("api")):
        return problem(404, nothing_here())
    if found is None:
        return errors.not_found(request, exception)
    kind, slug, clock = found
    if kind == Edition.Kind.REMOVAL:
        return errors.gone(request, exception)
    path = path_or_nothing("article", slug)
    return permanent_redirect(path, clock, groups.article(slug)) if path else errors.not_found(request, exception)
