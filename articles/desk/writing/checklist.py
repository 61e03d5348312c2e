"""What an article lacks, as the desk shows it: each problem with the address where it is put right, and the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rights
from articles.desk.pages import VIEW, article_url, page
from articles.desk.requests import StaffRequest
from articles.models import Article
from articles.readiness import RULES, PlaceElsewhere, Problem


def linked(article: Article, problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Problems as (sentence, address of the page where it is put right)."""
    return [(problem.sentence, place_of(article, problem)) for problem in problems]


def place_of(article: Article, problem: Problem) -> str:
    kind, _colon, public_id = problem.place.partition(":")
    if problem.code == "no-cards":
        return article_url("card_add", article)
    return article_url(kind, article, public_id) if public_id else article_url(kind, article)


def elsewhere(place: PlaceElsewhere) -> dict[str, str]:
    """A link to another fact that says the same: its public page, or its article on the desk while it is scheduled."""
    if place.is_live:
        return {"words": place.words, "url": reverse("fact", args=[place.public_id, place.slug])}
    return {"words": place.words, "url": article_url("change", place.article_id)}


def as_values(article: Article, problem: Problem) -> dict[str, Any]:
    """For the desk's script."""
    return {
        "code": problem.code,
        "place": problem.place,
        "field": problem.field,
        "sentence": problem.sentence,
        "blocking": problem.is_blocking,
        "url": place_of(article, problem),
        "links": [elsewhere(place) for place in problem.links],
    }


def checks(request: StaffRequest) -> HttpResponse:
    """All rules in one place, so that nobody has to find them out by breaking them."""
    rights.require(request.user, VIEW)
    rules = RULES.values()
    return page(
        request,
        "writing/checks",
        title=_("What is checked"),
        blocking=[rule.sentence for rule in rules if rule.is_blocking],
        advice=[rule.sentence for rule in rules if not rule.is_blocking],
    )
