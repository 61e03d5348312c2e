"""What an article lacks, as the desk shows it: each problem with the address where it is put right, and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def _links(article: Article, problem: Problem) -> list[dict[str, str]]:
    """Beside the problem: other facts; the page that settles it, or mends it in the whole article."""
    links = [elsewhere(place) for place in problem.links]
    if problem.code in ("said-before", "rests-on-nothing"):
        url = f"{article_url('restatements', article)}#{problem.place.replace(':', '-')}"
        links.append({"words": _("What it rests on"), "url": url})
    if problem.code == "house-term":
        links.append({"words": _("Find and replace"), "url": article_url("replace", article)})
    return links


@dataclass(frozen=True, slots=True)
class Row:
    problem: Problem
    url: str
    links: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The places at which one rule is not kept; with several of them `sentence` says how many."""

    code: str
    is_blocking: bool
    sentence: str
    rows: Sequence[Row]


def grouped(article: Article, problems: Iterable[Problem]) -> list[Group]:
    """What blocks first; the groups in the order in which an article is read."""
    by_code: dict[str, list[Row]] = {}
    for problem in problems:
        row = Row(problem, place_of(article, problem), _links(article, problem))
        # What no sentence says of several places stands by itself.
        code = problem.code if RULES[problem.code].gathered else f"{problem.code} {problem.place}"
        by_code.setdefault(code, []).append(row)
    groups = [_group(rows) for rows in by_code.values()]
    return sorted(groups, key=lambda group: not group.is_blocking)


def _group(rows: list[Row]) -> Group:
    rule = RULES[rows[0].problem.code]
    sentence = rule.gathered % {"count": len(rows)} if len(rows) > 1 else rows[0].problem.sentence
    return Group(rule.code, rule.is_blocking, str(sentence), rows)


def groups_as_values(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """For the desk's script."""
    return [
        {
            "code": group.code,
            "blocking": group.is_blocking,
            "sentence": group.sentence,
            "problems": [_as_values(row) for row in group.rows],
        }
        for group in groups
    ]


def _as_values(row: Row) -> dict[str, Any]:
    problem = row.problem
    return {
        "code": problem.code,
        "place": problem.place,
        "field": problem.field,
        "sentence": problem.sentence,
        "blocking": problem.is_blocking,
        "url": row.url,
        "links": row.links,
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
