"""Which moves are possible now, for whom, and why another one is not: what pages show and `moves.make` holds to."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import publishing, rights, states
from articles.models import Article
from articles.states import Move, Needs
from articles.workflow import carrying, decisions, partial
from articles.workflow.public_state import PublicState, public_state
from articles.workflow.review_facts import ReviewFacts


def possible_moves(
    article: Article, user: User, state: PublicState | None = None, facts: ReviewFacts | None = None
) -> list[Move]:
    """The moves whose button this person sees now. Problems and conflicts show only when a move is tried.

    What is known of the article already is not asked again.
    """
    state = state or public_state(article)
    return [
        move
        for move in states.MOVES
        if article.effective_status in move.sources
        and is_met(move.needs, state)
        and rights.may(user, move.permission, article)
        and not (move is states.PUBLISH and is_live_already(article, state))
        and not (move is states.PUBLISH_APPROVED and not partial.has_approvals(article, facts))
        and not (move is states.CARRY and not carrying.carries(article, state))
        and not (move.not_by_submitter and not may_approve(article, user, facts))
    ]


def may_approve(article: Article, user: User, facts: ReviewFacts | None = None) -> bool:
    """Whether this person may approve some of the words: they did not hand them in, nor write all of them last."""
    if settings.ALLOW_SELF_APPROVAL:
        return True
    if (facts.submitter if facts else decisions.submitter_of(article)) == user.pk:
        return False
    return {*article.writers.values()} != {user.pk} if article.writers else article.changed_by_id != user.pk


def asks_change_kind(move: Move, article: Article, at: dt.datetime | None = None) -> bool:
    """Whether this publication, at that instant or now, has to say what kind of change it is for its readers."""
    if not move.asks_change_kind:
        return False
    if move is states.PUBLISH_APPROVED:
        return partial.is_update(article)
    revision = article.approved_revision
    return revision is not None and publishing.is_update(article, revision.content, at)


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


def is_met(needs: Needs, state: PublicState) -> bool:
    match needs:
        case Needs.LIVE:
            return state.is_live
        case Needs.HAPPENED:
            return state.current is not None
        case Needs.WAITING:
            return bool(state.waiting)
        case Needs.PUBLIC:
            return state.is_live or any(not event.is_removal for event in state.waiting)
        case Needs.NEITHER:
            return not state.is_live and not state.waiting
    return True


def unmet(needs: Needs) -> str:
    match needs:
        case Needs.LIVE:
            return _("Nothing of this article is live now.")
        case Needs.HAPPENED:
            return _("Nothing of this article was published yet.")
        case Needs.WAITING:
            return _("Nothing of this article is scheduled any more.")
        case Needs.PUBLIC:
            return _("Nothing of this article is live or scheduled.")
    return _("This article is live or scheduled: take it down or cancel that first.")


def is_live_already(article: Article, state: PublicState) -> bool:
    return state.is_live and state.current is not None and state.current.revision_id == article.approved_revision_id
