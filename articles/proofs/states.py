"""How far each claim is proved: by the acts that hold for the words of now, and by what the rules propose."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from articles.claims import FIGURES_AND_QUOTATIONS, Proof, prove
from articles.document import Document
from articles.models import Article, ClaimAct, ProofRequirement, Subject
from articles.models.proofs import Level
from articles.proofs.listing import Excerpt, ListedClaim, Marked, claims_of, excerpts_of, known_names, places_of

Act = ClaimAct.Kind
_FIXED = ("introduction", "conclusion")


class State(enum.StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"  # by rule it stands in a source; nobody has looked yet
    BOUND = "bound"
    TICKED = "ticked"
    SET_ASIDE = "set-aside"

    @property
    def is_settled(self) -> bool:
        return self not in (State.OPEN, State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Proposal:
    excerpt: Excerpt
    proof: Proof


@dataclass(frozen=True, slots=True)
class ClaimState:
    """`act` is what holds for it, `proposal` what a rule finds where nothing does. `mark` is the act by which a person
    made it a claim.
    """

    claim: ListedClaim
    act: ClaimAct | None = None
    proposal: Proposal | None = None
    mark: ClaimAct | None = None

    @property
    def state(self) -> State:
        if self.act is None:
            return State.PROPOSED if self.proposal else State.OPEN
        return {Act.BIND: State.BOUND, Act.SET_ASIDE: State.SET_ASIDE}.get(Act(self.act.kind), State.TICKED)


@dataclass(frozen=True)
class Acts:
    """Those that were not taken back, by place, the newest first."""

    by_place: Mapping[str, Sequence[ClaimAct]] = field(default_factory=dict)

    def marks(self) -> dict[str, Marked]:
        """The oldest first, so that what was made of a mark comes after it."""
        return {
            place: tuple((act.words, tuple(act.members)) for act in reversed(acts) if act.kind in (Act.ADD, Act.JOIN))
            for place, acts in self.by_place.items()
        }


def acts_on(value: Document, article_id: int | None, *, at: dt.datetime | None = None) -> Acts:
    """What people did about the claims of these parts, as it stood at an instant (now without one). One query."""
    places = [place for place in places_of(value) if place not in _FIXED]
    wanted = Q(place__in=places)
    if article_id is not None:
        wanted |= Q(article=article_id, place__in=_FIXED)
    rows = ClaimAct.objects.filter(wanted).select_related("made_by")
    if at is not None:
        rows = rows.filter(made_at__lte=at)
    return _acts_in_effect(rows.order_by("-made_at", "-pk"))


def _acts_in_effect(rows: Iterable[ClaimAct]) -> Acts:
    found: dict[str, list[ClaimAct]] = defaultdict(list)
    rows = list(rows)
    undone = {row.undoes for row in rows if row.kind == Act.TAKE_BACK}
    for row in rows:
        if row.kind != Act.TAKE_BACK and row.public_id not in undone:
            found[row.place].append(row)
    return Acts(found)


def states_of(
    value: Document, acts: Acts, subject: Subject | None, *, propose: bool = True
) -> dict[str, tuple[ClaimState, ...]]:
    """By place, in reading order. Without `propose` no rule is asked, which is quick. No query."""
    language = value.language or settings.LANGUAGE_CODE
    excerpts, known = excerpts_of(value), known_names(subject)
    return {
        place: tuple(_states(claims, acts.by_place.get(place, ()), excerpts[place], language, known, propose=propose))
        for place, claims in claims_of(value, subject, acts.marks()).items()
    }


def _states(
    claims: Sequence[ListedClaim],
    acts: Sequence[ClaimAct],
    excerpts: Sequence[Excerpt],
    language: str,
    known: tuple[frozenset[str], ...],
    *,
    propose: bool,
) -> Iterator[ClaimState]:
    there = {excerpt.digest for excerpt in excerpts}
    holding: dict[str, list[ClaimAct]] = defaultdict(list)
    marks: dict[str, ClaimAct] = {}
    for act in acts:
        if act.kind in (Act.ADD, Act.JOIN):
            marks.setdefault(act.identity, act)
        elif act.kind != Act.DATE and (act.kind != Act.BIND or act.source in there):
            holding[act.identity].append(act)
    for claim in claims:
        # Where the part says it more often by now, something else has come to say the same, and nobody looked at that.
        held = next((act for act in holding[claim.identity] if claim.times <= act.times), None)
        proposal = _proposal(claim, excerpts, language, known) if propose and held is None else None
        yield ClaimState(claim, held, proposal, marks.get(claim.identity))


def _proposal(
    claim: ListedClaim, excerpts: Sequence[Excerpt], language: str, known: tuple[frozenset[str], ...]
) -> Proposal | None:
    for excerpt in excerpts:
        if proof := _proof(claim.kind, claim.value, excerpt.source.excerpt, language, known):
            return Proposal(excerpt, proof)
    return None


_proof = lru_cache(maxsize=20_000)(prove)


# --- what a site asks for ---------------------------------------------------------------------------------------------


def required_level(subject: Subject | None) -> Level:
    """One query, and none without a subject."""
    if subject is None:
        return Level.NOTHING
    found = ProofRequirement.objects.filter(kind=subject.kind).values_list("level", flat=True).first()
    return Level(found) if found in Level.values else Level.NOTHING


def open_claims(value: Document, article: Article) -> dict[str, tuple[ListedClaim, ...]]:
    """By place, the claims that the site wants proved and that are not. One query where it wants none, else two."""
    subject = article.subject
    level = required_level(subject)
    if level == Level.NOTHING:
        return {}
    states = states_of(value, acts_on(value, article.pk), subject, propose=False)
    found = {place: tuple(_lacking(of_part, level)) for place, of_part in states.items()}
    return {place: claims for place, claims in found.items() if claims}


def _lacking(states: Iterable[ClaimState], level: Level) -> Iterator[ListedClaim]:
    for each in states:
        is_wanted = level == Level.EVERYTHING or each.claim.kind in FIGURES_AND_QUOTATIONS
        if is_wanted and not each.state.is_settled:
            yield each.claim
