"""The queues: which articles wait for what. Each is said once, for the first page and for the filter of the list."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import workflow
from articles.models import Article, Comment, Edition
from articles.states import Status
from articles.workflow import PublicFilter

Articles = QuerySet[Article]


class Queue(enum.StrEnum):
    """Names in addresses: they stand in people's saved views."""

    REVIEW = "review"
    APPROVED = "approved"
    PLANNED = "planned"
    SCHEDULED = "scheduled"
    CHANGED = "changed"
    COMMENTS = "comments"
    HANDED_IN = "handed-in"
    UNDATED = "undated"


QUEUE_NAMES: Mapping[Queue, Any] = {
    Queue.REVIEW: _("To review"),
    Queue.APPROVED: _("Approved, not published"),
    Queue.PLANNED: _("Planned"),
    Queue.SCHEDULED: _("Scheduled"),
    Queue.CHANGED: _("Live, with newer changes"),
    Queue.COMMENTS: _("With open comments"),
    Queue.HANDED_IN: _("Handed in or approved"),
    Queue.UNDATED: _("Ideas without a day"),
}


def in_queue(articles: Articles, queue: Queue) -> Articles:
    return _QUEUES[queue](articles)


def _approved(articles: Articles) -> Articles:
    """What is approved, but neither live nor waiting for its time."""
    events = Edition.objects.filter(revision=OuterRef("approved_revision"), visible_until__gt=timezone.now())
    approved = _with_status(Article.objects.order_by(), Status.APPROVED).filter(~Exists(events))
    return articles.filter(pk__in=approved.values("pk"))


def _planned(articles: Articles) -> Articles:
    return articles.filter(planned_for__isnull=False).exclude(status=Status.ARCHIVED)


def _undated(articles: Articles) -> Articles:
    """What is planned for no day, and no reader has seen or will see at a time."""
    events = Edition.objects.filter(article=OuterRef("pk"), visible_until__gt=timezone.now())
    found = articles.filter(~Exists(events), planned_for=None, is_template=False)
    return found.exclude(status=Status.ARCHIVED)


def _with_open_comments(articles: Articles) -> Articles:
    """The remarks of a template are its advice to others, and an archived article is nobody's work."""
    remarks = open_comments().order_by().values("article")
    return articles.filter(pk__in=remarks, is_template=False).exclude(status=Status.ARCHIVED)


def open_comments() -> QuerySet[Comment]:
    """The remarks that nobody has marked as resolved; answers belong to theirs."""
    return Comment.objects.filter(parent=None, resolved_at=None)


def _with_status(articles: Articles, *statuses: Status) -> Articles:
    found: Articles = articles.with_effective_status(*statuses)  # type: ignore[attr-defined]
    return found


_QUEUES: Mapping[Queue, Callable[[Articles], Articles]] = {
    Queue.REVIEW: lambda articles: _with_status(articles, Status.IN_REVIEW),
    Queue.APPROVED: _approved,
    Queue.PLANNED: _planned,
    Queue.SCHEDULED: lambda articles: workflow.in_public_state(articles, PublicFilter.WAITING),
    Queue.CHANGED: lambda articles: workflow.in_public_state(articles, PublicFilter.CHANGED),
    Queue.COMMENTS: _with_open_comments,
    Queue.UNDATED: _undated,
    Queue.HANDED_IN: lambda articles: _with_status(articles, Status.IN_REVIEW, Status.APPROVED),
}


#: By priority, then what is due first, then what has waited longest.
_MOST_URGENT_FIRST = ("-priority", F("due_on").asc(nulls_last=True), "changed_at", "id")


def most_urgent_first(articles: Articles) -> Articles:
    return articles.order_by(*_MOST_URGENT_FIRST)


def for_reviewer(articles: Articles, user: User) -> Articles:
    """What this person has taken comes first and what somebody else has comes last."""
    whose = Case(
        When(reviewer=user, then=Value(0)), When(reviewer=None, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return articles.order_by(whose, *_MOST_URGENT_FIRST)
