"""Deciding on one part of an article that is in review: approve it, ask about it, send it back."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, readiness, rights, states
from articles.models import Article, History
from articles.states import Status
from articles.workflow import decisions
from articles.workflow.comments import check_lengths, comment
from articles.workflow.decisions import PieceReview, Review, Verdict
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.locking import lock
from articles.workflow.moves import settle
from articles.workflow.planning import end_plans
from articles.workflow.refusals import noted
from articles.workflow.remarks import open_remarks_of

_ACTS: Mapping[Verdict, History.Act] = {
    Verdict.APPROVED: History.Act.APPROVE_PART,
    Verdict.ASKED: History.Act.ASK_PART,
    Verdict.SENT_BACK: History.Act.SEND_BACK_PART,
}


def decide(article: Article, place: str, verdict: Verdict, *, by: User, token: str, note: str = "") -> Article:
    """Notes what an editor says of one part, and gives the article as it is then: approved with its last part.

    `token` is that of the part as it was read (`drafts.token`). To ask and to send back takes a note, which is a
    comment on the part too. Raises PermissionDenied, WorkflowError, ConflictError or NotReadyError, and changes nothing
    then but for a line in the history.
    """
    with noted(_ACTS.get(verdict, History.Act.APPROVE_PART), article, by=by):
        return _decide(article, place, verdict, by=by, token=token, note=note)


@transaction.atomic
def _decide(article: Article, place: str, verdict: Verdict, *, by: User, token: str, note: str) -> Article:
    rights.require(by, states.APPROVE.permission, article)
    locked = lock(article)
    rights.require(by, states.APPROVE.permission, locked)
    if locked.effective_status is not Status.IN_REVIEW:
        raise WorkflowError(_("This article is not in review now: nothing can be decided on its parts."))
    value = drafts.document_of(locked)
    review = decisions.review_of(locked, value, by)
    piece = review.pieces.get(place)
    if piece is None:
        raise WorkflowError(_("This part is not in the article any more."))
    if piece.token != token:
        raise ConflictError(_("Somebody changed this part after you read it. Read it again before you decide."))
    _check(locked, review, piece, verdict, by, note)
    decisions.record(locked, value, [piece], verdict, by=by, note=note.strip())
    about = drafts.name_of_piece(piece.piece)
    History.write(locked, _ACTS[verdict], by=by, note=note.strip(), place=place, about=about)
    if verdict is Verdict.APPROVED:
        _settle(locked, by)
    elif note.strip():
        comment(locked, note, by=by, place=place)
    return locked


def _check(article: Article, review: Review, piece: PieceReview, verdict: Verdict, by: User, note: str) -> None:
    if verdict not in _ACTS:
        raise WorkflowError(_("A part is approved, asked about or sent back."))
    check_lengths(note, "")
    if verdict is not Verdict.APPROVED:
        if not note.strip():
            raise WorkflowError(_("Write a few words on why."))
        return
    if why := why_not_approve_any(review, by) or why_not_approve(piece):
        raise WorkflowError(why)
    found = readiness.blocking(drafts.document_of(article), article)
    if problems := [problem for problem in found if problem.place == piece.place]:
        raise NotReadyError(problems)


def why_not_approve_any(review: Review, by: User) -> str:
    """A sentence for an editor who may approve no part of the article; empty when nothing is in the way."""
    if review.handed_in_by == by.pk:
        return _("You handed this in: somebody else has to approve it.")
    return ""


def why_not_approve(piece: PieceReview) -> str:
    """A sentence for an editor who may not approve this part in particular; else empty."""
    if piece.is_own and not settings.ALLOW_SELF_APPROVAL:
        return _("You changed this last: somebody else has to approve it.")
    return ""


def _settle(article: Article, by: User) -> None:
    """With the last part approved, the article is: unless something else is open, which the whole move asks about."""
    value = drafts.document_of(article)
    if not decisions.review_of(article, value, by).is_approved or readiness.blocking(value, article):
        return
    if open_remarks_of(article).total:
        return
    details = settle(article, by, value)
    article.status = Status.APPROVED
    article.save(update_fields=["status", "approved_revision", "approved_change"])
    end_plans(states.APPROVE, article)
    History.write(article, states.APPROVE.name, by=by, change=article.change, **details)
