"""What readers are told of each fact: how far it is proved, and as of when it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from articles.document import Document
from articles.models import Article
from articles.models.parts import LONGEST_MARKED
from articles.proofs.dated import Dated, dated_of
from articles.proofs.states import ClaimState, State, acts_on, states_of


@dataclass(frozen=True, slots=True)
class CardProofs:
    """Of one fact: how many of its claims are bound or ticked, the last on which day; and the words of its text that
    claim what no source states and nobody has checked or set aside. `as_of`: what is true only for a time, by its
    identity, with the ISO day, month or year as of which it is said to hold, "" for none.
    """

    checked: int = 0
    checked_on: dt.date | None = None
    unsourced: tuple[str, ...] = ()
    as_of: tuple[tuple[str, str], ...] = ()


def proofs_of_cards(value: Document, article: Article, *, at: dt.datetime | None = None) -> dict[str, CardProofs]:
    """By public id, as it stood at an instant. One query. What is no fact is not looked at: that takes time."""
    value = replace(value, introduction="", conclusion_heading="", conclusion="", faqs=())
    acts = acts_on(value, article.pk, at=at)
    states = states_of(value, acts, article.subject)
    places = {card.public_id: f"card:{card.public_id}" for card in value.cards}
    dated = dated_of(value, acts, places.values())
    return {public_id: _of_card(states[place], dated[place]) for public_id, place in places.items()}


def _of_card(states: Sequence[ClaimState], dated: Sequence[Dated]) -> CardProofs:
    acts = [each.act for each in states if each.act and each.state is not State.SET_ASIDE]
    days = [timezone.localtime(act.made_at).date() for act in acts]
    is_open = [each.claim for each in states if each.state is State.OPEN and each.claim.field == "body"]
    unsourced = tuple(" ".join(claim.words.split())[:LONGEST_MARKED] for claim in is_open)
    as_of = tuple((each.identity, each.as_of) for each in dated)
    return CardProofs(len(acts), max(days, default=None), unsourced, as_of)
