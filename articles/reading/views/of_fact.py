"""What the views about one fact have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.reading import errors, rows, selectors
from articles.reading.selectors import FoundFact
from articles.reading.stored_parts import card_in


def of_fact(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of `public_id` that gets the fact in force and the clock in its place. One that was taken down is 410, and
    one that never was public 404.
    """

    @wraps(view)
    def with_fact(request: HttpRequest, public_id: str, **more: Any) -> HttpResponseBase:
        now = timezone.now()
        found = selectors.fact_at(public_id, now)
        if found is not None:
            return view(request, *found, **more)
        if selectors.was_fact_public(public_id, now):
            return errors.gone(request)
        raise Http404

    return with_fact


def number_and_heading(fact: FoundFact) -> tuple[int | None, str]:
    """The fact's number, and the heading that may be shown to those who have not opened it."""
    card = card_in(fact.edition.edition.parts, fact.public_id)
    words = (card["heading"], card["safe_heading"], card["spoiler_after"])
    return card["number"], rows.public_heading_of(*words, fact.edition.subject)
