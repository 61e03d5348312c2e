"""What an article claims and how far it is proved: listed by rule, with the acts of people that hold for its words.

Computed whenever somebody asks: a change of the words drops what held for them, changing them back returns it.
"""

from articles.proofs.listing import Excerpt, ListedClaim, claims_of, excerpts_of, known_names, places_of, texts_of
from articles.proofs.states import (
    Acts,
    CardProofs,
    ClaimState,
    Proposal,
    State,
    acts_on,
    open_claims,
    proofs_of_cards,
    required_level,
    states_of,
)

__all__ = [
    "Acts",
    "CardProofs",
    "ClaimState",
    "Excerpt",
    "ListedClaim",
    "Proposal",
    "State",
    "acts_on",
    "claims_of",
    "excerpts_of",
    "known_names",
    "open_claims",
    "places_of",
    "proofs_of_cards",
    "required_level",
    "states_of",
    "texts_of",
]
