"""Putting a lock on an article or a part of it, and lifting it. What it keeps from happening: see `drafts.locks`."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, rights, states
from articles.models import Article, History, Lock
from articles.text import signs
from articles.workflow.errors import WorkflowError
from articles.workflow.locking import lock as row_lock

_LONGEST = Lock._meta.get_field("reason").max_length or 0


@transaction.atomic
def lock(article: Article, place: str, reason: str, *, by: User) -> Lock:
    """Keeps everybody else from changing the article (place "") or one of its facts or questions, until it is lifted.

    Raises PermissionDenied or WorkflowError.
    """
    rights.require(by, "articles.change_article", article)
    locked = row_lock(article)
    reason = " ".join(signs.body(reason).split())
    if not reason:
        raise WorkflowError(_("Say why: the others see it when they come upon the lock."))
    if len(reason) > _LONGEST:
        raise WorkflowError(_("A reason has at most %(most)s characters.") % {"most": _LONGEST})
    if place and (place not in drafts.pieces_of(drafts.document_of(locked)) or ":" not in place):
        raise WorkflowError(_("This part is not in the article any more."))
    if (taken := locked.locks.filter(place=place, lifted_at=None).select_related("by").first()) is not None:
        raise WorkflowError(drafts.words_of_lock(taken))
    row: Lock = locked.locks.create(place=place, reason=reason, by=by)
    History.write(locked, History.Act.LOCK, by=by, note=reason, place=place, about=_about(locked, place))
    return row


@transaction.atomic
def unlock(row: Lock, *, by: User) -> None:
    """Lifts a lock: whoever put it there may, and editors; the history tells. Raises PermissionDenied."""
    article = row.article
    rights.require(by, "articles.change_article" if row.by_id == by.pk else states.APPROVE.permission, article)
    row_lock(article)
    if Lock.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=timezone.now()):
        about = {"place": row.place, "about": _about(article, row.place), "locked_by": row.by.get_username()}
        History.write(article, History.Act.UNLOCK, by=by, note=row.reason, **about)


def _about(article: Article, place: str) -> str:
    if not place:
        return ""
    piece = drafts.pieces_of(drafts.document_of(article)).get(place)
    return drafts.name_of_piece(piece) if piece else ""
