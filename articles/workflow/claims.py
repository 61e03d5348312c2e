"""What people do about claims: the one door to it. Each act is a row that stays, and a line of the history.

No word changes by it, and so no approval lapses. What holds is computed (articles.proofs).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import proofs, rights
from articles.claims import identity_of_words, locate, normalised, plain_words, stands_in
from articles.models import Article, ClaimAct, History
from articles.models.proofs import MARKED_LENGTH, REMARK_LENGTH
from articles.proofs import ClaimState, Dated, ListedClaim, State
from articles.publishing.as_of import note_as_of
from articles.text import signs
from articles.workflow.claim_rows import CHECK_CLAIMS as CHECK_CLAIMS
from articles.workflow.claim_rows import Found, found_in, new_row, where
from articles.workflow.errors import ConflictError, WorkflowError

TELL = "articles.publish_article"
#: How far ahead the next look may be.
FARTHEST = dt.timedelta(days=3653)
#: So many claims of a part are marked by people; who marks more wants to read less.
MOST_MARKS = 100

Kind, Act = ClaimAct.Kind, History.Act


@transaction.atomic
def bind(article: Article, place: str, identity: str, *, by: User) -> ClaimAct:
    """To the words of a source in which a rule finds it. Raises WorkflowError where none does."""
    found = found_in(article, by)
    row = _bound(found, place, found.open(place, identity), by)
    row.save()
    History.write(found.article, Act.BIND_CLAIM, by=by, about=row.words)
    return row


@transaction.atomic
def bind_all(article: Article, place: str = "", *, by: User) -> int:
    """All that stand in the sources, of a part or of the article: one act. Gives how many there were."""
    found = found_in(article, by)
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
    found = found_in(article, by)
    claim = found.open(place, identity).claim
    excerpt = next((each for each in found.excerpts(place) if each.digest == source), None)
    if excerpt is None:
        raise ConflictError(_("This source has changed meanwhile: look at its excerpt again."))
    span = stands_in(signs.line(words), excerpt.source.excerpt)
    if span is None:
        raise WorkflowError(_("These words do not stand in the excerpt: copy them from it."))
    row = new_row(found, place, claim, Kind.BIND, by, remark=_remark(remark, _("Say how these words prove the claim.")))
    row.source, (row.start, row.stop) = source, span
    row.excerpt = normalised(excerpt.source.excerpt)[slice(*span)]
    row.save()
    History.write(found.article, Act.BIND_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def tick(article: Article, place: str, identity: str, *, remark: str, by: User) -> ClaimAct:
    """By hand: what no rule can say."""
    found = found_in(article, by)
    claim = found.open(place, identity).claim
    row = new_row(found, place, claim, Kind.TICK, by, remark=_remark(remark, _("Say how you checked it.")))
    row.save()
    History.write(found.article, Act.TICK_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def set_aside(article: Article, place: str, identity: str, *, reason: str, by: User) -> ClaimAct:
    """It is none that could be proved: an opinion, say."""
    found = found_in(article, by)
    claim = found.open(place, identity).claim
    row = new_row(found, place, claim, Kind.SET_ASIDE, by, remark=_remark(reason, _("Say why nobody has to prove it.")))
    row.save()
    History.write(found.article, Act.SET_ASIDE_CLAIM, by=by, about=row.words, note=row.remark)
    return row


@transaction.atomic
def take_back(article: Article, act: str, *, by: User) -> ClaimAct:
    """An act that holds, whoever it is from: the row stays, another one says that it counts no more."""
    found = found_in(article, by)
    for place, claim, row in found.holding():
        if row.public_id == act:
            undoing = new_row(found, place, claim, Kind.TAKE_BACK, by)
            undoing.undoes = act
            undoing.save()
            History.write(found.article, Act.TAKE_BACK_CLAIM, by=by, about=undoing.words, note=row.remark)
            if row.kind == Kind.DATE:
                _tell_readers(found, place, claim.identity, by)
            return undoing
    raise ConflictError(_("This does not hold any more: perhaps somebody took it back meanwhile."))


@transaction.atomic
def date(
    article: Article, place: str, identity: str, *, as_of: dt.date | None, again_on: dt.date | None, by: User
) -> ClaimAct:
    """As of when what is true only for a time holds, and when to look again: one of the two at least. What was said
    before stays on record and counts no more.
    """
    found = found_in(article, by)
    row = _date(found, place, found.to_date(place, identity), as_of, again_on, by)
    History.write(found.article, Act.DATE_CLAIM, by=by, about=row.words)
    return row


@transaction.atomic
def still_true(article: Article, place: str, identity: str, *, act: str, again_on: dt.date, by: User) -> ClaimAct:
    """Somebody looked again on the day that `act` names: it holds as of today. What says itself as of when it holds
    (“as of March 2025”) keeps that day.
    """
    found = found_in(article, by)
    said = next((each for each in found.dated.get(place, ()) if each.identity == identity), None)
    if said is None or said.act is None or said.act.public_id != act:
        raise ConflictError(_("Somebody has answered this meanwhile, or the words are others by now."))
    says_itself = said.said_as_of and not said.act.as_of
    row = _date(found, place, said, None if says_itself else timezone.localdate(), again_on, by)
    History.write(found.article, Act.CHECK_FACT, by=by, about=row.words)
    return row


@transaction.atomic
def add(article: Article, place: str, words: str, *, by: User) -> ClaimAct:
    """Words of the part that no rule lists, and that somebody should check all the same."""
    found = found_in(article, by)
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
    found = found_in(article, by)
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


def _mark(found: Found, place: str, kind: str, words: str, members: Sequence[str], by: User) -> ClaimAct:
    if sum(each.mark is not None for each in found.states[place]) >= MOST_MARKS:
        raise WorkflowError(_("A part takes at most %(most)s claims that people mark.") % {"most": MOST_MARKS})
    row = ClaimAct(
        **where(found, place),
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


def _bound(found: Found, place: str, state: ClaimState, by: User) -> ClaimAct:
    if state.proposal is None:
        raise WorkflowError(_("No rule finds this in a source: choose the words, or tick it by hand."))
    proof, row = state.proposal.proof, new_row(found, place, state.claim, Kind.BIND, by)
    row.source, row.excerpt, row.proves = state.proposal.excerpt.digest, proof.words, proof.proves
    row.start, row.stop = proof.start, proof.stop
    return row


def _date(
    found: Found, place: str, claim: ListedClaim | Dated, as_of: dt.date | None, again_on: dt.date | None, by: User
) -> ClaimAct:
    today = timezone.localdate()
    if as_of is None and again_on is None:
        raise WorkflowError(_("Say as of when it holds, or when to look again."))
    if as_of and as_of > today:
        raise WorkflowError(_("Nobody knows yet whether it holds on that day: choose today, or a day before."))
    if again_on and not today < again_on <= today + FARTHEST:
        raise WorkflowError(_("Choose a day ahead for the next look, within ten years."))
    row = new_row(found, place, claim, Kind.DATE, by)
    row.as_of, row.again_on = as_of, again_on
    row.save()
    _tell_readers(found, place, claim.identity, by)
    return row


def _tell_readers(found: Found, place: str, identity: str, by: User) -> None:
    """Who may publish says it to readers at once, beside the published words; what others say comes with the next
    edition.
    """
    kind, _colon, public_id = place.partition(":")
    if kind == "card" and rights.may(by, TELL, found.article):
        dated = proofs.dated_of(found.document, proofs.acts_on(found.document, found.article.pk))[place]
        as_of = next((each.as_of for each in dated if each.identity == identity), "")
        note_as_of(found.article, public_id, identity, as_of)


def _remark(text: str, sentence: str) -> str:
    text = signs.body(text).strip()
    if not text:
        raise WorkflowError(sentence)
    if len(text) > REMARK_LENGTH:
        raise WorkflowError(_("Keep it to %(most)s characters.") % {"most": REMARK_LENGTH})
    return text
