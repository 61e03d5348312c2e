"""Facts that are due for another look: the list of them, and “checked, still true”."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, workflow
from articles.desk.pages import VIEW, article_url, article_view, page, refuse
from articles.desk.planning.due_claims import due_rows
from articles.desk.planning.events import mention_rows
from articles.desk.planning.plan_words import day_words
from articles.desk.requests import StaffRequest
from articles.desk.writing.items import get_card
from articles.models import Article, FactCard, ReadCount
from articles.states import Status
from articles.text.numbers import whole_number

CHECK = "articles.publish_article"
ON_A_PAGE = 50
#: What is “soon”.
AHEAD = dt.timedelta(days=30)
#: After how many months the next look may be due; the first is offered.
MONTHS = (6, 1, 3, 12, 24)

#: The same for what is true only for a time.
CLAIM_MONTHS = (3, 1, 6, 12, 24)
#: Where a fact that nobody sees can get another date: see workflow.fact_checks.
_OPEN = (Status.DRAFT, Status.CHANGES_REQUESTED)
DUE, SOON = "due", "soon"
CHOICES = ((DUE, gettext_lazy("Due now")), (SOON, gettext_lazy("Due within 30 days")))
AGE, READERS = "age", "readers"
ORDERS = ((AGE, gettext_lazy("By age")), (READERS, gettext_lazy("By readers")))


_UNREAD = ("body", "html", "folded", "article__approved_revision__content")


@dataclass(frozen=True)
class FactToCheck:
    """A row of the list. `public_url` is empty for a fact that readers do not see. `readers` are those of the article
    in the last 30 days; None where the site does not count them.
    """

    card: FactCard
    card_url: str
    public_url: str
    is_over: bool
    may_check: bool
    readers: int | None


@dataclass(frozen=True)
class Interval:
    months: int
    day: str  # on which the next look would be due


def facts(request: StaffRequest) -> HttpResponse:
    """GET `?when=`: what is due, or what will be within 30 days; `?order=`: the longest overdue first, or, where the
    site counts readers, what is read most.
    """
    rights.require(request.user, VIEW)
    when = SOON if request.GET.get("when") == SOON else DUE
    today = timezone.localdate()
    until = today + AHEAD if when == SOON else today
    seen = rights.visible_articles(request.user, Article.objects.all())
    due = workflow.facts_to_check(seen, until=until)
    order = READERS if settings.COUNT_READERS and request.GET.get("order") == READERS else AGE
    due = workflow.most_read_first(due) if order == READERS else due
    found = Paginator(due.select_related("article__approved_revision").defer(*_UNREAD), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    claims = due_rows(request, today=today, until=until)
    readers = readers_lately({card.article_id for card in found} | {row.article.pk for row in claims})
    rows = [_row(card, today, request, readers.get(card.article_id)) for card in found]
    if order == READERS:
        claims.sort(key=lambda row: -readers.get(row.article.pk, 0))  # of those that are shown, due longest
    context: dict[str, Any] = {
        "rows": rows,
        "found": found,
        "when": when,
        "choices": CHOICES,
        "order": order,
        "orders": ORDERS if settings.COUNT_READERS else (),
        "intervals": intervals(today),
        "mentions": mention_rows(request) if when == DUE else [],
        "claims": claims,
        "claim_intervals": intervals(today, CLAIM_MONTHS),
    }
    return page(request, "planning/facts", title=_("Facts to check again"), **context)


def readers_lately(articles: Collection[int]) -> dict[int, int]:
    """How many readers these articles had in the last 30 days; empty where the site does not count them. One query."""
    return ReadCount.objects.lately(timezone.now()).by_article(articles) if settings.COUNT_READERS else {}


def _row(card: FactCard, today: dt.date, request: StaffRequest, readers: int | None) -> FactToCheck:
    is_public = bool(card.public_words)  # type: ignore[attr-defined]
    return FactToCheck(
        card=card,
        card_url=article_url("card", card.article_id, card.public_id),
        public_url=reverse("fact-by-id", args=[card.public_id]) if is_public else "",
        is_over=card.due_on <= today,  # type: ignore[attr-defined]
        may_check=rights.may(request.user, CHECK, card.article)
        and (is_public or card.article.effective_status in _OPEN),
        readers=readers,
    )


@article_view(CHECK)
def check_fact(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    """POST `words`, the digest of the published words that were looked at, and `months` until the next look."""
    card = get_card(article, public_id)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_facts"))
    months = whole_number(request.POST.get("months", ""), most=max(MONTHS))
    if months not in MONTHS:
        return refuse(request, article, _("Choose when to look at this fact again."), status=400)
    again_on = months_after(timezone.localdate(), months)
    try:
        row = workflow.check_fact(card, by=request.user, words=request.POST.get("words", ""), again_on=again_on)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    words = {"fact": str(card), "day": day_words(again_on)}
    told = _("Checked: “%(fact)s”. Readers see today’s date; it is due again on %(day)s.")
    messages.success(request, (told if row else _("Checked: “%(fact)s”. It is due again on %(day)s.")) % words)
    chosen = {name: value for name, value in (("when", SOON), ("order", READERS)) if request.POST.get(name) == value}
    query = f"?{urlencode(chosen)}" if chosen else ""
    return HttpResponseRedirect(reverse("admin:articles_article_facts") + query)


def intervals(today: dt.date, offered: Sequence[int] = MONTHS) -> list[Interval]:
    return [Interval(months, day_words(months_after(today, months))) for months in offered]


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
