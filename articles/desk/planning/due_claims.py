"""Claims whose day has come, among the facts to check again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from articles import rights, workflow
from articles.desk.pages import article_url
from articles.desk.places import place_name, place_url
from articles.desk.requests import StaffRequest
from articles.models import Article, ClaimAct
from articles.workflow.claims import CHECK_CLAIMS

#: So many are shown, those that are due longest; answering one brings up the next.
MOST_SHOWN = 50


@dataclass(frozen=True)
class DueClaimRow:
    """`name` is the heading or question, else the kind of part."""

    act: ClaimAct
    name: str
    url: str
    claim_url: str
    article: Article
    article_url: str
    is_over: bool
    may_check: bool


def due_rows(request: StaffRequest, *, today: dt.date, until: dt.date) -> list[DueClaimRow]:
    """In the articles that this person sees, what is due longest first."""
    seen = rights.visible_articles(request.user, Article.objects.all())
    return [_row(each, request, today) for each in workflow.claims_to_check(seen, until=until, most=MOST_SHOWN)]


def _row(each: workflow.DueClaim, request: StaffRequest, today: dt.date) -> DueClaimRow:
    act, part = each.act, each.part
    return DueClaimRow(
        act=act,
        name=part.name or place_name(part.place),
        url=place_url(part.article.pk, part.place),
        claim_url=article_url("claim", part.article),
        article=part.article,
        article_url=article_url("change", part.article),
        is_over=act.again_on is not None and act.again_on <= today,
        may_check=rights.may(request.user, CHECK_CLAIMS, part.article),
    )
