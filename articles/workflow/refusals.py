"""Refused acts are on record too: a line of their own kind, written after the act was rolled back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, History
from articles.models.review import SAVES_TOGETHER, log_act
from articles.states import Move
from articles.workflow import moves
from articles.workflow.errors import WorkflowError


def make(move: Move, article: Article, *, by: User, **how: Any) -> Article:
    """`moves.make`, with a line in the history when it is refused."""
    with noted(move.name, article, by=by):
        return moves.make(move, article, by=by, **how)


@contextlib.contextmanager
def noted(act: str, article: Article, *, by: User) -> Iterator[None]:
    """Around an act that has a transaction of its own: notes why it was refused, and raises on."""
    try:
        yield
    except PermissionDenied:
        note_refusal(act, article, by=by, why=_("They do not have permission to do this."), reason="rights")
        raise
    except WorkflowError as error:
        note_refusal(act, article, by=by, why=str(error), reason="state")
        raise


def note_refusal(act: str, article: Article, *, by: User, why: str, reason: str) -> None:
    """The same act refused to the same person again within an hour is counted in one line."""
    details = {"refused": act, "reason": reason}
    last = History.objects.filter(article=article.pk).first()
    is_again = last is not None and (last.act, last.actor_id, last.details, last.note) == (
        *(History.Act.REFUSED, by.pk),
        *(details, why),
    )
    if last is not None and is_again and timezone.now() - last.at < SAVES_TOGETHER:
        last.until, last.times = timezone.now(), last.times + 1
        last.save(update_fields=["until", "times"])
        log_act(History.Act.REFUSED, article, refused=act)
    elif Article.with_binned.filter(pk=article.pk).exists():
        History.write(article, History.Act.REFUSED, by=by, note=why, **details)
