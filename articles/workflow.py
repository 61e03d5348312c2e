"""The one door: the only code that changes a status or calls publishing.

A move is permission + change + history line in one transaction, with the article's row locked: the second of two
editors is told, not obeyed. "You may not" is PermissionDenied (403); "not now" is WorkflowError (409), and its
message is a sentence for the person who pressed the button.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, publishing, readiness, rights, states
from articles.models import Article, Comment, Edition, FactCard, History, OldPath, Revision
from articles.models.reference import PATH_LENGTH
from articles.states import Move, Needs, Status


class WorkflowError(Exception):
    """This move is not possible now."""


class ConflictError(WorkflowError):
    """The words are newer than the ones that were read."""


class NotReadyError(WorkflowError):
    """The article lacks something; `problems` says what."""

    def __init__(self, problems: Sequence[readiness.Problem]) -> None:
        super().__init__(_("This article is not ready yet."))
        self.problems = problems


@dataclass(frozen=True)
class PublicState:
    """What readers see of an article at an instant, read from its editions: never stored."""

    current: Edition | None  # the event in force
    waiting: tuple[Edition, ...]
    changed_since: bool  # the working copy is not the revision that is live

    @property
    def is_live(self) -> bool:
        return self.current is not None and not self.current.is_removal

    @property
    def is_taken_down(self) -> bool:
        return self.current is not None and self.current.is_removal


def public_state(article: Article, *, at: dt.datetime | None = None) -> PublicState:
    at = at or timezone.now()
    events = Edition.objects.filter(article=article, visible_until__gt=at).defer("parts").select_related("revision")
    current: Edition | None = None
    waiting = []
    for event in events.order_by("visible_from"):
        if event.visible_from <= at:
            current = event
        else:
            waiting.append(event)
    revision = current.revision if current else None
    return PublicState(current, tuple(waiting), revision is not None and revision.change != article.change)


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
) -> Article:
    """Carries out a move and writes it into the history; gives the article as it is then.

    `change` is the change number that was read (moves that name it), `at` an aware instant ahead (moves that take a
    time), `event` a waiting event of this article (moves that act on one), `kind` an Edition.ChangeKind, with a `note`
    for readers (where `asks_change_kind`). Raises PermissionDenied, WorkflowError, ConflictError or NotReadyError, and
    changes nothing then.
    """
    rights.require(by, move.permission, article)
    locked = _locked(article)
    rights.require(by, move.permission, locked)
    _check(move, locked, by=by, note=note, change=change, at=at, event=event)
    details: dict[str, Any] = {"change": locked.change}
    if move.not_by_submitter and _is_own_work(locked, by):
        details["own_work"] = True  # allowed by ALLOW_SELF_APPROVAL, and on record
    try:
        if move.asks_change_kind:
            details |= _publish(move, locked, at=at if move.takes_time else None, kind=kind, note=note)
        else:
            details |= _carry_out(move, locked, by=by, at=at, event=event)
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    if move.target is not None:
        locked.status = move.target
        locked.save(update_fields=["status", "approved_revision"])
    History.write(locked, move.name, by=by, note=note.strip(), **details)
    return locked


@transaction.atomic
def publish_imported(article: Article, *, at: dt.datetime, by: User, old_path: str = "") -> Article:
    """The operator's door for what was public on another site: approves a draft as it was imported, and makes it a
    version in force since `at`. Its old path leads to it from now on.

    Asks for the rights of both acts, but not for readiness or a second person; the history says so. Raises
    PermissionDenied or WorkflowError, and changes nothing then.
    """
    for move in (states.APPROVE, states.PUBLISH):
        rights.require(by, move.permission, article)
    locked = _locked(article)
    if locked.effective_status != Status.DRAFT or locked.editions.exists():
        raise WorkflowError(_("Only a draft that was never public can be published as imported."))
    if not locked.slug:
        raise WorkflowError(_("No address can be made from this title: write one."))
    locked.approved_revision = _revision_now(locked, by)
    locked.status = Status.APPROVED
    locked.save(update_fields=["status", "approved_revision"])
    try:
        edition = publishing.publish(locked.approved_revision, at=at, backdated=True)
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    _claim_path(locked, old_path)
    details = {"change": locked.change, "revision": locked.approved_revision.number, "own_work": True}
    History.write(locked, History.Act.IMPORT_PUBLISH, by=by, note=old_path, edition=edition.pk, at=at, **details)
    return locked


def comment(
    article: Article,
    text: str,
    *,
    by: User,
    card: FactCard | None = None,
    quoted: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Adds a remark on an article, a card or a run of its words, or an answer to a remark."""
    rights.require(by, "articles.comment_article", article)
    if (card and card.article_id != article.pk) or (parent and parent.article_id != article.pk):
        raise WorkflowError(_("This belongs to another article."))
    if not text.strip():
        raise WorkflowError(_("Write something before you send it."))
    with transaction.atomic():
        if parent:
            parent = parent.parent or parent
            card = parent.card
        row = Comment.objects.create(
            article=article,
            card=card,
            about=str(card) if card else "",
            quoted=quoted.strip(),
            text=text.strip(),
            parent=parent,
            author=by,
        )
        History.write(article, History.Act.COMMENT, by=by, comment=row.pk, about=row.about)
    return row


def resolve(remark: Comment, *, by: User, is_open: bool = False) -> None:
    """Marks a remark with its answers as dealt with, or as open again."""
    rights.require(by, "articles.comment_article", remark.article)
    with transaction.atomic():
        changed = Comment.objects.filter(pk=remark.pk, resolved_at__isnull=not is_open).update(
            resolved_at=None if is_open else timezone.now(), resolved_by=None if is_open else by
        )
        if changed:
            act = History.Act.REOPEN if is_open else History.Act.RESOLVE
            History.write(remark.article, act, by=by, comment=remark.pk)


def _locked(article: Article) -> Article:
    locked = Article.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise WorkflowError(_("Somebody put this article into the bin meanwhile."))
    return locked


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
    if article.effective_status not in move.sources:
        sentence = _("“%(move)s” is not possible now: the article is in the state “%(state)s”.")
        raise WorkflowError(sentence % {"move": _(move.label), "state": _(str(article.effective_status_label))})
    if not _is_met(move.needs, state):
        raise WorkflowError(_unmet(move.needs))
    if move.requires_seen_change and change != article.change:
        raise ConflictError(_("Somebody changed the article after you read it. Read it again before you decide."))
    if move.not_by_submitter and _is_own_work(article, by) and not settings.ALLOW_SELF_APPROVAL:
        raise WorkflowError(_("You handed this in or changed it last: somebody else has to approve it."))
    if move is states.PUBLISH and _is_live_already(article, state):
        raise WorkflowError(_("This is live already: perhaps somebody else was quicker."))
    if move.note == "required" and not note.strip():
        raise WorkflowError(_("Write a few words on why."))
    if move.takes_time and at is None:
        raise WorkflowError(_("Choose a time."))
    if move.takes_event and (event is None or event.article_id != article.pk):
        raise WorkflowError(_("This event does not wait any more: perhaps somebody else cancelled or moved it."))
    if move.needs_ready:
        problems = readiness.blocking(drafts.document_of(article), article)
        if problems:
            raise NotReadyError(problems)


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
            return _("Nothing of this article waits for its time any more.")
        case Needs.PUBLIC:
            return _("Nothing of this article is live or waits to be.")
    return _("This article is live or waits for its time: take it down or cancel that first.")


def _is_live_already(article: Article, state: PublicState) -> bool:
    return state.is_live and state.current is not None and state.current.revision_id == article.approved_revision_id


def _is_own_work(article: Article, user: User) -> bool:
    """Whether this person changed the words last or handed them in."""
    if article.changed_by_id == user.pk:
        return True
    last = article.revisions.filter(reason=Revision.Reason.SUBMITTED).first()
    return last is not None and last.made_by_id == user.pk


def _claim_path(article: Article, path: str) -> None:
    plain = OldPath.plain(path)
    if not plain:
        return
    if len(plain) > PATH_LENGTH:
        raise WorkflowError(_("The old address is longer than %(most)s characters.") % {"most": PATH_LENGTH})
    if OldPath.objects.get_or_create(path=plain, defaults={"article": article})[0].article_id != article.pk:
        raise WorkflowError(_("The old address “%(path)s” leads to another article already.") % {"path": path})


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
            article.approved_revision = _revision_now(article, by)
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


def _publish(move: Move, article: Article, *, at: dt.datetime | None, kind: str, note: str) -> dict[str, Any]:
    revision = article.approved_revision
    assert revision is not None  # noqa: S101  -- an article that stands approved has one
    told = publishing.UpdateNotice(kind, note.strip()) if asks_change_kind(move, article, at) else None
    edition = publishing.publish(revision, at=at, told=told)
    details = {"edition": edition.pk, "at": edition.visible_from, "revision": revision.number}
    return {**details, "kind": kind} if told else details


def _revision_now(article: Article, by: User) -> Revision:
    """The revision of the words as they are now; made when somebody mended them after the hand-in."""
    last = article.revisions.filter(change=article.change).first()
    return last or drafts.keep_revision(article, Revision.Reason.APPROVED, by=by)
