"""Making a move: what has to hold, what it does, and the line of history, in one transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, publishing, readiness, rights, states
from articles.models import Article, Edition, History, Revision
from articles.states import Move, Needs
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.locking import lock, revision_of_now
from articles.workflow.public_state import PublicState, public_state


def possible_moves(article: Article, user: User, state: PublicState | None = None) -> list[Move]:
    """The moves whose button this person sees now. Problems and conflicts show only when a move is tried."""
    state = state or public_state(article)
    return [
        move
        for move in states.MOVES
        if article.effective_status in move.sources
        and _is_met(move.needs, state)
        and rights.may(user, move.permission, article)
        and not (move is states.PUBLISH and _is_live_already(article, state))
        and not (move.not_by_submitter and _is_own_work(article, user) and not settings.ALLOW_SELF_APPROVAL)
    ]


def asks_change_kind(move: Move, article: Article, at: dt.datetime | None = None) -> bool:
    """Whether this publication, at that instant or now, has to say what kind of change it is for its readers."""
    revision = article.approved_revision
    return move.asks_change_kind and revision is not None and publishing.is_update(revision, at)


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
    since: dt.datetime | None = None,
) -> Article:
    """Carries out a move and writes it into the history; gives the article as it is then.

    `change` is the change number that was read (moves that name it), `at` an aware instant ahead (moves that take a
    time), `event` a waiting event of this article (moves that act on one), `kind` an Edition.ChangeKind, with a `note`
    for readers (where `asks_change_kind`). `since` is for the demo alone: an instant that has passed, from which a
    first publication counts; ValueError for any other move. Raises PermissionDenied, WorkflowError, ConflictError or
    NotReadyError, and changes nothing then.
    """
    rights.require(by, move.permission, article)
    locked = lock(article)
    rights.require(by, move.permission, locked)
    _check(move, locked, by=by, note=note, change=change, at=at, event=event)
    if since is not None:
        _check_backdating(move, locked, since)
    details: dict[str, Any] = {"change": locked.change}
    if move.not_by_submitter and _is_own_work(locked, by):
        details["own_work"] = True  # allowed by ALLOW_SELF_APPROVAL, and on record
    try:
        if move.asks_change_kind:
            ahead = at if move.takes_time else None
            details |= _publish(move, locked, at=since or ahead, is_backdated=since is not None, kind=kind, note=note)
        else:
            details |= _carry_out(move, locked, by=by, at=at, event=event)
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    if move.target is not None:
        locked.status = move.target
        locked.save(update_fields=["status", "approved_revision"])
    History.write(locked, move.name, by=by, note=note.strip(), **details)
    return locked


def status_problem(move: Move, article: Article) -> str:
    """Why the move cannot start from the article's status, in a sentence; empty when it can."""
    if article.effective_status in move.sources:
        return ""
    sentence = _("“%(move)s” is not possible now: the article is in the state “%(state)s”.")
    return sentence % {"move": _(move.label), "state": _(str(article.effective_status_label))}


def change_problem(move: Move, article: Article, change: int | None) -> str:
    """A sentence when the move needs the change number that was read and the article has another one; else empty."""
    if not move.requires_seen_change or change == article.change:
        return ""
    return _("Somebody changed the article after you read it. Read it again before you decide.")


# --- what has to hold -------------------------------------------------------------------------------------------------


def _check(
    move: Move,
    article: Article,
    *,
    by: User,
    note: str,
    change: int | None,
    at: dt.datetime | None,
    event: Edition | None,
) -> None:
    state = public_state(article)
    if sentence := status_problem(move, article):
        raise WorkflowError(sentence)
    if not _is_met(move.needs, state):
        raise WorkflowError(_unmet(move.needs))
    if sentence := change_problem(move, article, change):
        raise ConflictError(sentence)
    if move.not_by_submitter and _is_own_work(article, by) and not settings.ALLOW_SELF_APPROVAL:
        raise WorkflowError(_("You handed this in or changed it last: somebody else has to approve it."))
    if move is states.PUBLISH and _is_live_already(article, state):
        raise WorkflowError(_("This is live already: perhaps somebody else was quicker."))
    if move.note == "required" and not note.strip():
        raise WorkflowError(_("Write a few words on why."))
    if move.takes_time and at is None:
        raise WorkflowError(_("Choose a time."))
    if move.takes_event and (event is None or event.article_id != article.pk):
        raise WorkflowError(_("This is not scheduled any more: perhaps somebody else cancelled or moved it."))
    if move.needs_ready:
        problems = readiness.blocking(drafts.document_of(article), article)
        if problems:
            raise NotReadyError(problems)


def _check_backdating(move: Move, article: Article, since: dt.datetime) -> None:
    if move is not states.PUBLISH or article.editions.exists() or since > timezone.now():
        raise ValueError("Only the first publication of an article can be dated back.")


def _is_met(needs: Needs, state: PublicState) -> bool:
    match needs:
        case Needs.LIVE:
            return state.is_live
        case Needs.WAITING:
            return bool(state.waiting)
        case Needs.PUBLIC:
            return state.is_live or any(not event.is_removal for event in state.waiting)
        case Needs.NEITHER:
            return not state.is_live and not state.waiting
    return True


def _unmet(needs: Needs) -> str:
    match needs:
        case Needs.LIVE:
            return _("Nothing of this article is live now.")
        case Needs.WAITING:
            return _("Nothing of this article is scheduled any more.")
        case Needs.PUBLIC:
            return _("Nothing of this article is live or scheduled.")
    return _("This article is live or scheduled: take it down or cancel that first.")


def _is_live_already(article: Article, state: PublicState) -> bool:
    return state.is_live and state.current is not None and state.current.revision_id == article.approved_revision_id


def _is_own_work(article: Article, user: User) -> bool:
    """Whether this person changed the words last or handed them in."""
    if article.changed_by_id == user.pk:
        return True
    last = article.revisions.filter(reason=Revision.Reason.SUBMITTED).first()
    return last is not None and last.made_by_id == user.pk


# --- the acts ---------------------------------------------------------------------------------------------------------


def _carry_out(
    move: Move, article: Article, *, by: User, at: dt.datetime | None, event: Edition | None
) -> dict[str, Any]:
    """Does what the move does beside the status; gives what the history should remember of it."""
    match move:
        case states.SUBMIT:
            revision = drafts.keep_revision(article, Revision.Reason.SUBMITTED, by=by)
            return {"revision": revision.number}
        case states.APPROVE:
            article.approved_revision = revision_of_now(article, by)
            return {"revision": article.approved_revision.number}
        case states.RESCHEDULE:
            assert event is not None and at is not None  # noqa: S101, PT018  -- checked
            return {"was": event.visible_from, "at": publishing.reschedule(event, at).visible_from}
        case states.CANCEL:
            assert event is not None  # noqa: S101  -- checked
            was = event.visible_from
            publishing.cancel(event)
            return {"was": was}
        case states.TAKE_DOWN | states.TAKE_DOWN_AT:
            return {"at": publishing.take_down(article, at=at if move.takes_time else None).visible_from}
    return {}


def _publish(
    move: Move, article: Article, *, at: dt.datetime | None, is_backdated: bool, kind: str, note: str
) -> dict[str, Any]:
    revision = article.approved_revision
    assert revision is not None  # noqa: S101  -- an article that stands approved has one
    notice = publishing.UpdateNotice(kind, note.strip()) if asks_change_kind(move, article, at) else None
    edition = publishing.publish(revision, at=at, backdated=is_backdated, notice=notice)
    details = {"edition": edition.pk, "at": edition.visible_from, "revision": revision.number}
    return {**details, "kind": kind} if notice else details
