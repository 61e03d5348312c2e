"""Facts for the home page: choosing them, their order, and taking them off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rights
from articles.desk.pages import article_url, page
from articles.desk.requests import StaffRequest
from articles.models import FeaturedFact, PublishedFact
from articles.models.featured import MOST_FEATURED
from articles.operations import featuring
from articles.operations.featuring import FeaturingError
from articles.text.ids import PUBLIC_ID_PATTERN

MOST_FOUND = 20
MOST_WORDS = 200
#: A fact's id, alone or in its address.
_ID = re.compile(rf"(?:^|/facts/|#fact-)({PUBLIC_ID_PATTERN})(?![0-9a-z])")
_STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class FeaturedRow:
    """`fact` is None where readers do not see it now: `name` is its id then, or how its article was called."""

    public_id: str
    name: str
    fact: PublishedFact | None
    article_url: str
    by: str


def featured(request: StaffRequest) -> HttpResponse:
    """GET `?q=`: words of a published fact, or its address.

    POST `fact`, a public id, and `act`: add, remove, up, down.
    """
    rights.require(request.user, featuring.PERMISSION)
    if request.method == "POST":
        return _act(request)
    rows = [_row(row) for row in FeaturedFact.objects.select_related("added_by")]
    asked = request.GET.get("q", "")[:MOST_WORDS].strip().replace("\0", "")
    chosen = {row.public_id for row in rows}
    return page(
        request,
        "planning/featured",
        title=_("Featured facts"),
        rows=rows,
        is_full=len(rows) >= MOST_FEATURED,
        most=MOST_FEATURED,
        asked=asked,
        found=[fact for fact in _found(asked) if fact.public_id not in chosen],
    )


def _act(request: StaffRequest) -> HttpResponse:
    public_id, act, by = request.POST.get("fact", ""), request.POST.get("act", ""), request.user
    try:
        if act == "add":
            fact = featuring.feature(public_id, by=by)
            messages.success(request, _("“%(fact)s” stands on the home page.") % {"fact": fact})
        elif act == "remove":
            featuring.remove(public_id, by=by)
            messages.success(request, _("Taken off the home page."))
        elif act in _STEPS:
            featuring.move(public_id, _STEPS[act], by=by)
        else:
            messages.error(request, _("Choose what to do with the fact."))
    except FeaturingError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("admin:articles_article_featured"))


def _row(row: FeaturedFact) -> FeaturedRow:
    fact = featuring.in_force(row.public_id)
    article = featuring.article_of(row.public_id)
    name = str(fact) if fact else (article.title if article else row.public_id)
    url = article_url("change", article) if article else ""
    return FeaturedRow(row.public_id, name, fact, url, row.added_by.get_username() if row.added_by else "")


def _found(asked: str) -> list[PublishedFact]:
    """The newest facts before readers that have the words in the heading that may stand outside."""
    if not asked:
        return []
    if match := _ID.search(asked):
        fact = featuring.in_force(match[1])
        return [fact] if fact else []
    words = Q()
    for word in asked.split():
        words &= Q(heading__icontains=word) | Q(safe_heading__icontains=word)
    found = PublishedFact.objects.in_force().filter(words).select_related("subject").newest_first()
    return list({fact.public_id: fact for fact in found[:MOST_FOUND]}.values())
