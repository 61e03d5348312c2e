"""The calendar: a month or a week, and a tray of ideas without a day. Plans and scheduled events take another day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, states, workflow
from articles.desk.pages import VIEW, article_view, page, post_only, refuse, wants_json
from articles.desk.planning.calendar_days import MONTH, WEEK, Period, days_of, ideas
from articles.desk.planning.plan_words import day_words
from articles.desk.planning.queues import Queue
from articles.desk.requests import StaffRequest
from articles.desk.review import times
from articles.models import Article

VIEWS = ((MONTH, gettext_lazy("Month")), (WEEK, gettext_lazy("Week")))
_STEPS = {"-1": -1, "1": 1}
_DAY = dt.timedelta(days=1)


class NoDayError(Exception):
    """What was sent names no day; the message is a sentence."""


def calendar(request: StaffRequest) -> HttpResponse:
    """GET `?view=month|week&on=` a day in it."""
    rights.require(request.user, VIEW)
    now = timezone.now()
    period = _period(request.GET)
    days = days_of(period, request.user, now)
    undated, total = ideas(request.user)
    context: dict[str, Any] = {
        "period": period,
        "days": days,
        "week_days": days[:7],
        "ideas": undated,
        "more_ideas": total - len(undated),
        "ideas_url": f"{reverse('admin:articles_article_changelist')}?queue={Queue.UNDATED}",
        "views": VIEWS,
        "before": _address(period.view, period.begin - _DAY),
        "after": _address(period.view, period.end),
        "today": _address(period.view, timezone.localdate(now)),
        "here": _address(period.view, period.begin),
        "is_empty": not any(day.entries for day in days),
    }
    return page(request, "planning/calendar", title=_("Calendar"), **context)


def _period(given: QueryDict) -> Period:
    """Nonsense in the address is this month."""
    view = WEEK if given.get("view") == WEEK else MONTH
    try:
        on = parse_date(given.get("on", "")) or timezone.localdate()
    except ValueError:  # the form of a day, such as 2030-02-31
        on = timezone.localdate()
    return Period.of(view, on)


def _address(view: str, on: dt.date) -> str:
    query = urlencode({"view": view, "on": on.isoformat()})
    return f"{reverse('admin:articles_article_calendar')}?{query}"


# --- another day ------------------------------------------------------------------------------------------------------


@article_view("articles.plan_article")
@post_only("change")
def plan_day(request: StaffRequest, article: Article) -> HttpResponse:
    """POST `day` (or none, for the tray) or `step`, -1 or 1: for which day the article is planned."""
    try:
        day = _wanted_day(request.POST, article.planned_for, may_be_none=True)
    except NoDayError as error:
        return refuse(request, article, str(error), status=400)
    try:
        workflow.plan(article, by=request.user, planned_for=day)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    told = _("“%(title)s” is planned for %(day)s.") if day else _("“%(title)s” has no day now.")
    return _answer(request, told % {"title": article.title, "day": day_words(day) if day else ""})


@article_view(states.RESCHEDULE.permission)
@post_only("change")
def move_event(request: StaffRequest, article: Article, event: int) -> HttpResponse:
    """POST `day` or `step`: the same hour of another day, by the move that changes the time of an event."""
    row = get_object_or_404(article.editions.defer("parts"), pk=event)
    local = timezone.localtime(row.visible_from)
    try:
        day = _wanted_day(request.POST, local.date(), may_be_none=False)
        assert day is not None  # noqa: S101  -- may_be_none
        instants = {*times.instants_of(dt.datetime.combine(day, local.time()))}
    except (NoDayError, OverflowError) as error:
        return refuse(request, article, str(error), status=400)
    if len(instants) != 1:
        sentence = _("The clocks change on that day, and this hour is missing or comes twice: choose the time by hand.")
        return refuse(request, article, sentence)
    [at] = instants
    if at != row.visible_from:
        try:
            workflow.make(states.RESCHEDULE, article, by=request.user, event=row, at=at)
        except workflow.WorkflowError as error:
            return refuse(request, article, str(error))
    return _answer(
        request, _("“%(title)s” is scheduled for %(day)s.") % {"title": article.title, "day": day_words(day)}
    )


def _wanted_day(given: QueryDict, now: dt.date | None, *, may_be_none: bool) -> dt.date | None:
    """The day that a form or a script names. Raises NoDayError."""
    if step := _STEPS.get(given.get("step", "")):
        if now is None:
            raise NoDayError(_("There is no day yet: choose one."))
        return now + step * _DAY
    text = given.get("day", "")
    if not text and may_be_none and "day" in given:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not dt.date(1900, 1, 1) <= day <= dt.date(2999, 12, 31):
        raise NoDayError(_("Write a day, such as 2030-05-01."))
    return day


def _answer(request: StaffRequest, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence})
    messages.success(request, sentence)
    period = _period(request.POST)
    return HttpResponseRedirect(_address(period.view, period.begin))
