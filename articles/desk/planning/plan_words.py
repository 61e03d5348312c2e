"""What is planned for an article, in a few words each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.requests import name_of
from articles.models import Article
from articles.models.planning import PLANNING

_FROM_AND_TO = 2


class PlanWords(NamedTuple):
    """`kind` is the name of a style: what presses stands out."""

    kind: str
    words: str


def of(article: Article, reader: User | None = None, *, remarks: int = 0) -> list[PlanWords]:
    """For `reader`, whose own review is called theirs. What says nothing (normal priority) is left out."""
    found = []
    if article.priority:
        found.append(PlanWords("urgent", str(Article.Priority(article.priority).label)))
    if article.due_on:
        found.append(due_words(article.due_on))
    if article.planned_for:
        found.append(PlanWords("planned", _("planned for %(day)s") % {"day": day_words(article.planned_for)}))
    if article.reviewer:
        is_own = reader is not None and article.reviewer_id == reader.pk
        words = _("you have it") if is_own else _("%(name)s has it") % {"name": name_of(article.reviewer)}
        found.append(PlanWords("own" if is_own else "reviewer", words))
    if remarks:
        sentence = ngettext("%(count)s open comment", "%(count)s open comments", remarks)
        found.append(PlanWords("remarks", sentence % {"count": remarks}))
    return found


def due_words(day: dt.date) -> PlanWords:
    today = timezone.localdate()
    if day < today:
        return PlanWords("overdue", _("was due on %(day)s") % {"day": day_words(day)})
    if day == today:
        return PlanWords("overdue", _("due today"))
    return PlanWords("due", _("due on %(day)s") % {"day": day_words(day)})


def day_words(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


def of_history(stored: Any) -> Iterator[str]:
    """What a line of the history says of plans: each with what it was and what it is. An import may bring anything."""
    if not isinstance(stored, dict):
        return
    for name in PLANNING:
        change = stored.get(name)
        if isinstance(change, list) and len(change) == _FROM_AND_TO:
            label = str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            was, now = (_stored_words(name, value) for value in change)
            yield _("%(what)s: from %(was)s to %(now)s") % {"what": label, "was": was, "now": now}


def _stored_words(name: str, value: Any) -> str:
    if name == "priority" and value in Article.Priority.values:
        return str(Article.Priority(value).label)
    if isinstance(value, str) and (day := _day(value)):
        return day_words(day)
    return str(value) if value else _("none")


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:  # the form of a day, such as 2030-02-31, and none
        return None
