"""Making a move: what has to hold, what it does, and the line of history, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, publishing, readiness, rights, states
from articles.document import Document
from articles.models import Article, Edition, History, Revision
from articles.states import Move
from articles.workflow import carrying, decisions, partial, undoing
from articles.workflow.carrying import CarryChoice
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.locking import lock, revision_of_now
from articles.workflow.planning import end_plans
from articles.workflow.possible import (
    asks_change_kind,
    change_problem,
    is_live_already,
    is_met,
    may_approve,
    status_problem,
    unmet,
)
from articles.workflow.proving import refuse_unproved
from articles.workflow.public_state import public_state
from articles.workflow.remarks import refuse_open_remarks

#: A refusal names so many parts.
_NAMED_AT_MOST = 5


@transaction.atomic
def make(
    move: Move,
    article: Article,
    *,
    by: User,
    note: str = "",
    change: int | None = None,
    at: dt.datetime | None = None,
    event: Edition | None = None,
    kind: str = "",
    carried: CarryChoice | None = None,
    despite: str = "",
    since: dt.datetime | None = None,
) -> Article:
    """Carries out a move and writes it into the history; gives the article as it is then.

    `change` is the change number that was read (moves that name it), `at` an aware instant ahead (moves that take a
    time), `event` a waiting event of this article (moves that act on one) or the one in force (which alone is undone
    then), `kind` an Edition.ChangeKind, with a `note` for readers (where `asks_change_kind`), `carried` what goes along
    into the event (CARRY), `despite` the key of the open remarks that were read. `since` is for the demo alone: an
    instant that has passed, from which a first publication counts; ValueError for any other move. Raises
    PermissionDenied, WorkflowError, ConflictError or NotReadyError, and changes nothing then.
    """
    rights.require(by, move.permission, article)
    locked = lock(article)
    rights.require(by, move.permission, locked)
    words = cache(lambda: drafts.document_of(locked))  # read once, by the first that needs them
    _check(move, locked, words, by=by, note=note, change=change, at=at, event=event, despite=despite)
    if since is not None:
        _check_backdating(move, locked, since)
    details: dict[str, Any] = {"change": locked.change}
    was = locked.effective_status
    if move.not_by_submitter and (decisions.has_handed_in(locked, by) or locked.changed_by_id == by.pk):
        details["own_work"] = True  # allowed by ALLOW_SELF_APPROVAL, or but for these parts; on record
    try:
        if move.asks_change_kind:
            ahead = at if move.takes_time else None
            details |= _publish(
                move, locked, by=by, at=since or ahead, is_backdated=since is not None, kind=kind, note=note
            )
        else:
            details |= _carry_out(move, locked, words, by=by, note=note.strip(), at=at, event=event, carried=carried)
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    if not details.get("missing"):  # an approval that others still have to join changes no status
        if move.target is not None:
            details |= {"from": was, "to": move.target}
            locked.status = move.target
            locked.save(update_fields=["status", "approved_revision", "approved_change"])
        end_plans(move, locked)
    History.write(locked, move.name, by=by, note=note.strip(), **details)
    return locked


# --- what has to hold -------------------------------------------------------------------------------------------------


def _check(
    move: Move,
    article: Article,
    words: Callable[[], Document],
    *,
    by: User,
    note: str,
    change: int | None,
    at: dt.datetime | None,
    event: Edition | None,
    despite: str,
) -> None:
    state = public_state(article)
    if sentence := status_problem(move, article):
        raise WorkflowError(sentence)
    if not is_met(move.needs, state):
        raise WorkflowError(unmet(move.needs))
    if sentence := change_problem(move, article, change):
        raise ConflictError(sentence)
    if move.not_by_submitter and not may_approve(article, by):
        raise WorkflowError(_("You handed this in or changed it last: somebody else has to approve it."))
    if move.respects_locks and (sentence := drafts.lock_sentence(article, ["*"], by)):
        raise WorkflowError(sentence)
    if move is states.PUBLISH and is_live_already(article, state):
        raise WorkflowError(_("This is live already: perhaps somebody else was quicker."))
    if move.note == "required" and not note.strip():
        raise WorkflowError(_("Write a few words on why."))
    if move.takes_time and at is None:
        raise WorkflowError(_("Choose a time."))
    if move.takes_event and (event is None or event.article_id != article.pk):
        raise WorkflowError(_("This is not scheduled any more: perhaps somebody else cancelled or moved it."))
    refuse_open_remarks(move, article, despite)
    if move.needs_ready:
        problems = readiness.blocking(words(), article)
        if problems:
            raise NotReadyError(problems)


def _check_backdating(move: Move, article: Article, since: dt.datetime) -> None:
    if move is not states.PUBLISH or article.editions.exists() or since > timezone.now():
        raise ValueError("Only the first publication of an article can be dated back.")


# --- the acts ---------------------------------------------------------------------------------------------------------


def _carry_out(
    move: Move,
    article: Article,
    words: Callable[[], Document],
    *,
    by: User,
    note: str,
    at: dt.datetime | None,
    event: Edition | None,
    carried: CarryChoice | None,
) -> dict[str, Any]:
    """Does what the move does beside the status; gives what the history should remember of it."""
    match move:
        case states.SUBMIT:
            revision = drafts.keep_revision(article, Revision.Reason.SUBMITTED, by=by, value=words())
            return {"revision": revision.number}
        case states.APPROVE:
            return _approve(article, words(), by)
        case states.SEND_BACK:
            read = decisions.review_of(article, words(), by).pieces.values()
            new = [piece for piece in read if piece.is_new_to_me]
            decisions.record(article, words(), new, decisions.Verdict.SEEN, by=by)
        case states.RESCHEDULE:
            assert event is not None and at is not None  # noqa: S101, PT018  -- checked
            if event.revision:
                refuse_unproved(event.revision.document, article)
            return {"was": event.visible_from, "at": publishing.reschedule(event, at).visible_from}
        case states.CANCEL:
            assert event is not None  # noqa: S101  -- checked
            was = event.visible_from
            publishing.cancel(event)
            return {"was": was}
        case states.CARRY:
            assert event is not None  # noqa: S101  -- checked
            return carrying.carry(article, public_state(article), event, carried, by=by)
        case states.TAKE_DOWN | states.TAKE_DOWN_AT:
            return {"at": publishing.take_down(article, at=at if move.takes_time else None).visible_from}
        case states.UNDO_PUBLICATION:
            return undoing.undo(article, note=note, event=event)
    return {}


def _approve(article: Article, value: Document, by: User) -> dict[str, Any]:
    """Adds this person's yes to each part of `value`, the working copy, that lacks it. The article is approved when
    that is enough for all of them; `missing` says whose is still wanted.
    """
    review = decisions.review_of(article, value, by)
    own = [piece for piece in review.pieces.values() if piece.is_own and not piece.is_approved]
    if own and not settings.ALLOW_SELF_APPROVAL:
        names = ", ".join(f"“{drafts.name_of_piece(piece.piece)}”" for piece in own[:_NAMED_AT_MOST])
        raise WorkflowError(_("You changed %(names)s last: somebody else has to approve that.") % {"names": names})
    lacking = [
        piece
        for piece in review.pieces.values()
        if not any(row.by_id == by.pk for row in piece.approvals) and not (piece.is_own and piece.is_approved)
    ]
    decisions.record(article, value, lacking, decisions.Verdict.APPROVED, by=by)
    return settle(article, by, value)


def settle(article: Article, by: User, value: Document) -> dict[str, Any]:
    """Makes the words of a locked article the approved ones where each of its parts is approved by now."""
    review = decisions.review_of(article, value, by)
    if not review.is_approved:
        return {"missing": sorted({name for piece in review.pieces.values() for name in piece.missing}) or ["?"]}
    article.approved_revision, article.approved_change = revision_of_now(article, by), article.change
    return {"revision": article.approved_revision.number}


def _publish(
    move: Move, article: Article, *, by: User, at: dt.datetime | None, is_backdated: bool, kind: str, note: str
) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if move is states.PUBLISH_APPROVED:
        revision, details = partial.revision_of_approved(article, by)
    else:
        assert article.approved_revision is not None  # noqa: S101  -- an article that stands approved has one
        revision = article.approved_revision
    revision.article = article
    refuse_unproved(revision.document, article)
    notice = publishing.UpdateNotice(kind, note.strip()) if asks_change_kind(move, article, at) else None
    edition = publishing.publish(revision, at=at, backdated=is_backdated, notice=notice)
    details |= {"edition": edition.pk, "at": edition.visible_from, "revision": revision.number}
    return {**details, "kind": kind} if notice else details
