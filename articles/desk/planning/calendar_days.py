"""What stands on which day of the calendar: what is scheduled, what is planned, what ends, what is due."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from articles import rights, states
from articles.desk.pages import article_url
from articles.desk.planning.queues import Queue, in_queue
from articles.desk.review.times import midnight
from articles.models import Article, Edition

MONTH, WEEK = "month", "week"
#: Of each kind; who has more looks at a week.
MOST_ENTRIES = 400
MOST_IDEAS = 30
_DAY = dt.timedelta(days=1)
#: Days near the ends of all time have no neighbours.
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)


class Period(NamedTuple):
    """A month or a week: its first day, the day after its last, and the days that are drawn (whole weeks)."""

    view: str
    begin: dt.date
    end: dt.date
    days: Sequence[dt.date]

    @property
    def title(self) -> str:
        if self.view == MONTH:
            return date_format(self.begin, "YEAR_MONTH_FORMAT")
        days = {"first": date_format(self.begin, "DATE_FORMAT"), "last": date_format(self.end - _DAY, "DATE_FORMAT")}
        return _("%(first)s to %(last)s") % days

    @classmethod
    def of(cls, view: str, on: dt.date) -> Period:
        on = min(max(on, _FIRST), _LAST)
        if view == WEEK:
            begin = _week_of(on)
            return cls(WEEK, begin, begin + 7 * _DAY, [begin + number * _DAY for number in range(7)])
        begin = on.replace(day=1)
        end = begin + calendar.monthrange(on.year, on.month)[1] * _DAY
        first, last = _week_of(begin), _week_of(end - _DAY) + 7 * _DAY
        return cls(MONTH, begin, end, [first + number * _DAY for number in range((last - first).days)])


def _week_of(day: dt.date) -> dt.date:
    """The first day of its week, as the site's language counts."""
    first = int(get_format("FIRST_DAY_OF_WEEK"))
    return day - ((day.isoweekday() - first) % 7) * _DAY


@dataclass(frozen=True)
class Entry:
    """One thing on one day. `move` is the address that takes another day for it, "" for those who may not; `event` is
    the waiting event's primary key, where it is one.
    """

    kind: str  # scheduled, update, takedown, planned, due, published, taken-down
    label: str
    title: str
    url: str
    day: dt.date | None
    time: str = ""
    move: str = ""
    event: int | None = None


@dataclass
class CalendarDay:
    day: dt.date
    is_today: bool
    is_inside: bool  # of the month that is shown
    entries: list[Entry] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def name(self) -> str:
        return date_format(self.day, "l, " + get_format("DATE_FORMAT"))


def days_of(period: Period, user: User, now: dt.datetime) -> list[CalendarDay]:
    """The days of the period with what stands on each. Three queries."""
    today = timezone.localdate(now)
    found: dict[dt.date | None, list[Entry]] = defaultdict(list)
    seen = rights.visible_articles(user, Article.objects.all())
    for entry in [*_events(period, user, seen, now), *_plans(period, user, seen)]:
        found[entry.day].append(entry)
    return [CalendarDay(day, day == today, period.begin <= day < period.end, found.get(day, [])) for day in period.days]


def ideas(user: User) -> tuple[list[Entry], int]:
    """Undated ones that no reader sees yet, the newest first, and how many there are."""
    undated = in_queue(rights.visible_articles(user, Article.objects.all()), Queue.UNDATED)
    rows = list(_lean(undated.order_by("-changed_at", "-id"))[: MOST_IDEAS + 1])
    total = undated.count() if len(rows) > MOST_IDEAS else len(rows)
    return [_planned(article, user, None) for article in rows[:MOST_IDEAS]], total


def _events(period: Period, user: User, seen: QuerySet[Article], now: dt.datetime) -> Iterator[Entry]:
    within = {"visible_from__gte": midnight(period.days[0]), "visible_from__lt": midnight(period.days[-1] + _DAY)}
    # One by one: the events of a month are few, and `seen` may be all articles.
    is_seen = Exists(seen.order_by().filter(pk=OuterRef("article")))
    events = Edition.objects.filter(is_seen, **within).select_related("article").order_by("visible_from", "pk")
    lean = events.only("kind", "title", "visible_from", "first_visible_from", "article__title", "article__owner")
    for event in lean[:MOST_ENTRIES]:
        ahead = event.visible_from > now
        may_move = ahead and rights.may(user, states.RESCHEDULE.permission, event.article)
        local = timezone.localtime(event.visible_from)
        kind = _kind_of(event, is_ahead=ahead)
        yield Entry(
            kind=kind,
            label=label_of(kind),
            title=event.title or event.article.title,
            url=article_url("change", event.article_id),
            day=local.date(),
            time=date_format(local, "TIME_FORMAT"),
            move=article_url("move_event", event.article_id, event.pk) if may_move else "",
            event=event.pk,
        )


def _kind_of(event: Edition, *, is_ahead: bool) -> str:
    if event.is_removal:
        return "takedown" if is_ahead else "taken-down"
    if not is_ahead:
        return "published"
    return "update" if event.first_visible_from < event.visible_from else "scheduled"


def label_of(kind: str) -> str:
    return {
        "scheduled": _("scheduled"),
        "update": _("scheduled update"),
        "takedown": _("ends: to be taken down"),
        "planned": _("planned, without effect"),
        "due": _("due"),
        "published": _("published"),
        "taken-down": _("taken down"),
        "idea": _("no day yet"),
    }[kind]


def _plans(period: Period, user: User, seen: QuerySet[Article]) -> Iterator[Entry]:
    within = (period.days[0], period.days[-1])
    planned = in_queue(seen, Queue.PLANNED).filter(planned_for__range=within).order_by("planned_for", "-pk")
    for article in _lean(planned)[:MOST_ENTRIES]:
        yield _planned(article, user, article.planned_for)
    for article in _lean(seen.filter(due_on__range=within).order_by("due_on", "-pk"))[:MOST_ENTRIES]:
        url = article_url("change", article.pk)
        yield Entry("due", label_of("due"), article.title, url, article.due_on)


def _planned(article: Article, user: User, day: dt.date | None) -> Entry:
    may_move = rights.may(user, "articles.plan_article", article)
    kind = "planned" if day else "idea"
    move = article_url("plan_day", article.pk) if may_move else ""
    return Entry(kind, label_of(kind), article.title, article_url("change", article.pk), day, move=move)


def _lean(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.only("title", "owner", "planned_for", "due_on")
