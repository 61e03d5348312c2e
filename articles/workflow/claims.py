"""What people do about claims: the one door to it. Each act is a row that stays, and a line of the history.

No word changes by it, and so no approval lapses. What holds is computed (articles.proofs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, proofs, rights
from articles.claims import identity_of_words, locate, normalised, plain_words, stands_in
from articles.document import Document
from articles.models import Article, ClaimAct, History
from articles.models.proofs import MARKED_LENGTH, REMARK_LENGTH
from articles.proofs import ClaimState, Excerpt, State
from articles.states import Status
from articles.text import signs
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock

CHECK_CLAIMS = "articles.check_claims"
#: So many claims of a part are marked by people; who marks more wants to read less.
MOST_MARKS = 100

Kind, Act = ClaimAct.Kind, History.Act


@dataclass(frozen=True)
class _Found:
    """A locked article, its words, and what holds for the claims of each part."""

    article: Article
    document: Document
    states: dict[str, tuple[ClaimState, ...]]

    def of(self, place: str, identity: str) -> ClaimState:
        for each in self.states.get(place, ()):
            if each.claim.identity == identity:
                return each
        raise ConflictError(_("These words have changed meanwhile: look at the claims again."))

    def open(self, place: str, identity: str) -> ClaimState:
        found = self.of(place, identity)
        if found.act is not None:
            raise ConflictError(_("Somebody has checked this or set it aside meanwhile."))
        return found

    def excerpts(self, place: str) -> Sequence[Excerpt]:
        return proofs.excerpts_of(self.document).get(place, ())


def _found(article: Article, by: User) -> _Found:
    """Raises PermissionDenied, or WorkflowError for an article in the bin or the archive."""
    rights.require(by, CHECK_CLAIMS, article)
    locked = lock(article)
    rights.require(by, CHECK_CLAIMS, locked)
    if locked.status == Status.ARCHIVED:
        raise WorkflowError(_("This article is archived. Unarchive it before you check its claims."))
    value = drafts.document_of(locked)
    acts = proofs.acts_on(value, locked.pk)
    return _Found(locked, value, proofs.states_of(value, acts, locked.subject))


@transaction.atomic
def bind(article: Article, place: str, identity: str, *, by: User) -> ClaimAct:
    """To the words of a source in which a rule finds it. Raises WorkflowError where none does."""
    found = _found(article, by)
    row = _bound(found, place, found.open(place, identity), by)
    row.save()
    History.write(found.article, Act.BIND_CLAIM, by=by, about=row.words)
    return row


@transaction.atomic
def bind_all(article: Article, place: str = "", *, by: User) -> int:
    """All that stand in the sources, of a part or of the article: one act. Gives how many there were."""
    found = _found(article, by)
    rows = [
        _bound(found, at, each, by)
        for at, states in found.states.items()
        if place in ("", at)
        for each in states
        if each.state is State.PROPOSED
    ]
    if not rows:
        raise WorkflowError(_("Nothing more stands in the sources, as far as the rules can tell."))
    ClaimAct.objects.bulk_create(rows)
    History.write(found.article, Act.BIND_CLAIM, by=by, about="; ".join(row.words[:100] for row in rows[:20]))
    return len(rows)


@transaction.atomic
def bind_words(
    article: Article, place: str, identity: str, *, source: str, words: str, by: User, remark: str = ""
) -> ClaimAct:
    """To other words of an excerpt (`source` is its digest), which a person has chosen: no rule says what they prove,
    so a remark does.
    """
    found = _found(article, by)
    claim = found.open(place, identity)
    excerpt = next((each for each in found.excerpts(place) if each.digest == source), None)
    if excerpt is None:
        raise ConflictError(_("This source has changed meanwhile: look at its excerpt again."))
    span = stands_in(signs.line(words), excerpt.source.excerpt)
    if span is None:
        raise WorkflowError(_("These words do not stand in the excerpt: copy them from it."))
    row = _row(found, place, claim, Kind.BIND, by, remark=_remark(remark, _("Say how these words prove the claim.")))
    row.source, (row.start, row.stop) = source, span
    row.excerpt = normalised(excerpt.source.excerpt)[slice(*span)]
    row.save()
    History.write(found.article, Act.BIND_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def tick(article: Article, place: str, identity: str, *, remark: str, by: User) -> ClaimAct:
    """By hand: what no rule can say."""
    found = _found(article, by)
    claim = found.open(place, identity)
    row = _row(found, place, claim, Kind.TICK, by, remark=_remark(remark, _("Say how you checked it.")))
    row.save()
    History.write(found.article, Act.TICK_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def set_aside(article: Article, place: str, identity: str, *, reason: str, by: User) -> ClaimAct:
    """It is none that could be proved: an opinion, say."""
    found = _found(article, by)
    claim = found.open(place, identity)
    row = _row(found, place, claim, Kind.SET_ASIDE, by, remark=_remark(reason, _("Say why nobody has to prove it.")))
    row.save()
    History.write(found.article, Act.SET_ASIDE_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def take_back(article: Article, act: str, *, by: User) -> ClaimAct:
    """An act that holds, whoever it is from: the row stays, another one says that it counts no more."""
    found = _found(article, by)
    for place, states in found.states.items():
        for each in states:
            for row in (each.act, each.mark):
                if row is not None and row.public_id == act:
                    undoing = _row(found, place, each, Kind.TAKE_BACK, by)
                    undoing.undoes = act
                    undoing.save()
                    History.write(found.article, Act.TAKE_BACK_CLAIM, by=by, about=undoing.words, note=row.remark)
                    return undoing
    raise ConflictError(_("This does not hold any more: perhaps somebody took it back meanwhile."))


@transaction.atomic
def add(article: Article, place: str, words: str, *, by: User) -> ClaimAct:
    """Words of the part that no rule lists, and that somebody should check all the same."""
    found = _found(article, by)
    words = plain_words(signs.line(words)).strip()
    if not words or len(words) > MARKED_LENGTH:
        raise WorkflowError(_("Copy some words of the text: at most %(most)s characters.") % {"most": MARKED_LENGTH})
    if not any(locate(text, words) for _field, text in proofs.texts_of(found.document).get(place, ())):
        raise WorkflowError(_("These words do not stand in this part: copy them from its text."))
    identity = identity_of_words(words)
    if any(each.claim.identity == identity for each in found.states.get(place, ())):
        raise ConflictError(_("These words are listed already."))
    return _mark(found, place, Kind.ADD, words, (), by)


@transaction.atomic
def join(article: Article, place: str, identities: Sequence[str], *, by: User) -> ClaimAct:
    """One claim in the place of several of one text: all words from the first to the last of them."""
    found = _found(article, by)
    claims = [found.open(place, identity).claim for identity in dict.fromkeys(identities)]
    if len(claims) < 2 or len({claim.field for claim in claims}) > 1:
        raise WorkflowError(_("Choose two claims of one text."))
    texts = dict(proofs.texts_of(found.document)[place])
    start, stop = min(claim.start for claim in claims), max(claim.stop for claim in claims)
    words = signs.line(plain_words(texts[claims[0].field][start:stop]))
    within = [
        each.claim.identity
        for each in found.states[place]
        if each.claim.field == claims[0].field and start <= each.claim.start and each.claim.stop <= stop
    ]
    if len(words) > MARKED_LENGTH or not locate(texts[claims[0].field], words):
        raise WorkflowError(_("They stand too far apart to be one claim."))
    return _mark(found, place, Kind.JOIN, words, within, by)


# --- rows -------------------------------------------------------------------------------------------------------------


def _mark(found: _Found, place: str, kind: str, words: str, members: Sequence[str], by: User) -> ClaimAct:
    if sum(each.mark is not None for each in found.states[place]) >= MOST_MARKS:
        raise WorkflowError(_("A part takes at most %(most)s claims that people mark.") % {"most": MOST_MARKS})
    row = ClaimAct(
        **_where(found, place),
        kind=kind,
        identity=identity_of_words(words),
        words=words,
        members=list(members),
        made_by=by,
    )
    row.save()
    act = Act.ADD_CLAIM if kind == Kind.ADD else Act.JOIN_CLAIMS
    History.write(found.article, act, by=by, about=words)
    return row


def _bound(found: _Found, place: str, claim: ClaimState, by: User) -> ClaimAct:
    if claim.proposal is None:
        raise WorkflowError(_("No rule finds this in a source: choose the words, or tick it by hand."))
    proof, row = claim.proposal.proof, _row(found, place, claim, Kind.BIND, by)
    row.source, row.excerpt, row.proves = claim.proposal.excerpt.digest, proof.words, proof.proves
    row.start, row.stop = proof.start, proof.stop
    return row


def _row(found: _Found, place: str, state: ClaimState, kind: str, by: User, *, remark: str = "") -> ClaimAct:
    claim = state.claim
    where = _where(found, place)
    return ClaimAct(
        **where, kind=kind, identity=claim.identity, words=claim.words, times=claim.times, remark=remark, made_by=by
    )


def _where(found: _Found, place: str) -> dict[str, Any]:
    """A card keeps its acts wherever it moves: its id is enough."""
    return {"place": place, "article": None if ":" in place else found.article}


def _remark(text: str, sentence: str) -> str:
    text = signs.body(text).strip()
    if not text:
        raise WorkflowError(sentence)
    if len(text) > REMARK_LENGTH:
        raise WorkflowError(_("Keep it to %(most)s characters.") % {"most": REMARK_LENGTH})
    return text
