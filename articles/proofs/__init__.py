"""What an article claims and how far it is proved: listed by rule, with the acts of people that hold for its words.

A sentence that is true only for a time (“currently”, a rank, an age) gets days from people in the same way.

Computed whenever somebody asks: a change of the words drops what held for them, changing them back returns it.
"""

from articles.proofs.card_proofs import CardProofs, proofs_of_cards
from articles.proofs.dated import Dated, dated_in, dated_of, undated
from articles.proofs.listing import Excerpt, ListedClaim, claims_of, excerpts_of, known_names, places_of, texts_of
from articles.proofs.states import (
    Acts,
    ClaimState,
    Proposal,
    State,
    acts_on,
    open_claims,
    required_level,
    states_of,
)

__all__ = [
    "Acts",
    "CardProofs",
    "ClaimState",
    "Dated",
    "Excerpt",
    "ListedClaim",
    "Proposal",
    "State",
    "acts_on",
    "claims_of",
    "dated_in",
    "dated_of",
    "excerpts_of",
    "known_names",
    "open_claims",
    "places_of",
    "proofs_of_cards",
    "required_level",
    "states_of",
    "texts_of",
    "undated",
]
