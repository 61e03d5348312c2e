"""Planning an article: its reviewer, due date, priority and the day that it is meant for. Nothing here is a word of it.

Plans change neither the change number nor anything that readers see; each change leaves a line of history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights, states
from articles.models import Article, History
from articles.models.planning import PLANNING
from articles.states import Move, Status
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock

REVIEW = "articles.review_article"
#: The plans that are over with a move: a decision ends the review, a publication the wish for it.
ENDED_BY: Mapping[Move, tuple[str, ...]] = {
    states.APPROVE: ("reviewer",),
    states.SEND_BACK: ("reviewer",),
    states.PUBLISH: ("due_on", "planned_for"),
    states.SCHEDULE: ("due_on", "planned_for"),
    states.ARCHIVE: ("reviewer", "due_on", "planned_for"),
}
_STOCK_BACKEND = "django.contrib.auth.backends.ModelBackend"


def reviewers() -> QuerySet[User]:
    """The accounts that may review, in the order of their names."""
    found: QuerySet[User] = User.objects.with_perm(REVIEW, backend=_STOCK_BACKEND)
    return found.filter(is_staff=True, is_active=True).order_by("username")


@transaction.atomic
def plan(article: Article, *, by: User, **plans: Any) -> Article:
    """Sets some of `PLANNING`; what is as it was is left alone, and the rest stands in one line of history.

    Raises PermissionDenied for a plan that is not this person's to make, WorkflowError for one that makes no sense.
    """
    for name in plans:
        rights.require(by, PLANNING[name], article)
    locked = lock(article)
    changed = {name: value for name, value in plans.items() if getattr(locked, name) != value}
    if not changed:
        return locked
    _check(locked, changed)
    lines = {name: [_stored(getattr(locked, name)), _stored(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    History.write(locked, History.Act.PLAN, by=by, plan=lines)
    return locked


def _check(article: Article, plans: dict[str, Any]) -> None:
    if article.status == Status.ARCHIVED:
        raise WorkflowError(_("This article is archived. Unarchive it before you plan anything for it."))
    if article.is_template and (plans.get("planned_for") or plans.get("due_on")):
        raise WorkflowError(_("A template is never published: plan the articles that are made from it."))
    for name in ("due_on", "planned_for"):
        day = plans.get(name)
        if day is not None and day < timezone.localdate():
            raise WorkflowError(_("That day has passed: choose today or a later one."))
    reviewer = plans.get("reviewer")
    if reviewer is not None and not rights.may(reviewer, REVIEW, article):
        raise WorkflowError(_("%(name)s may not review articles.") % {"name": name_of(reviewer)})


def _stored(value: Any) -> Any:
    """A plan as the history keeps it: a person by name, for the account may go."""
    if isinstance(value, User):
        return value.get_username()
    return value.isoformat() if isinstance(value, dt.date) else value


@transaction.atomic
def take_review(article: Article, *, by: User, instead_of: int | None = None) -> Article:
    """“I have this one.” Whoever takes it over from somebody names them (`instead_of`, an account's primary key).

    Raises ConflictError when somebody else has it by now.
    """
    rights.require(by, REVIEW, article)
    locked = lock(article)
    if locked.effective_status is not Status.IN_REVIEW:
        raise WorkflowError(_("This article waits for no review now."))
    was = locked.reviewer
    if was is not None and was.pk not in (by.pk, instead_of):
        raise ConflictError(_("%(name)s has this review already.") % {"name": name_of(was)})
    if was != by:
        locked.reviewer = by
        locked.save(update_fields=["reviewer"])
        History.write(locked, History.Act.TAKE_REVIEW, by=by, plan={"reviewer": [_stored(was), by.get_username()]})
    return locked


@transaction.atomic
def release_review(article: Article, *, by: User) -> Article:
    """Gives the own review back, so that others see that nobody has it."""
    rights.require(by, REVIEW, article)
    locked = lock(article)
    if locked.reviewer_id == by.pk:
        locked.reviewer = None
        locked.save(update_fields=["reviewer"])
        History.write(locked, History.Act.RELEASE_REVIEW, by=by)
    return locked


def end_plans(move: Move, locked: Article) -> None:
    """Empties the plans that are over with a move."""
    over = [name for name in ENDED_BY.get(move, ()) if getattr(locked, name) is not None]
    for name in over:
        setattr(locked, name, None)
    if over:
        locked.save(update_fields=over)


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()
