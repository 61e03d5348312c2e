"""The checkable pieces of a text, listed by rule: offline, and the same every time (`claims_in`).

Numbers with their units, amounts, dates, names with roles, titles, quotations, places in a story, ranks, superlatives.
What makes two of them one is their identity; whether one stands in the excerpt of a source, `prove` says by rule.
Which sentences are true only for a time, `timed_in` says.
"""

from articles.claims.clocks import ClockKind, Timed, timed_in
from articles.claims.finding import claims_in
from articles.claims.identity import (
    FIGURES_AND_QUOTATIONS,
    IDENTITY_LENGTH,
    identity_of,
    identity_of_words,
    words_value,
)
from articles.claims.proving import Proof, Proves, digest, locate, normalised, plain_words, prove, stands_in
from articles.claims.shapes import Claim, Day, Kind, Quantity, Rank, StoryPlace, Value, Words

__all__ = [
    "FIGURES_AND_QUOTATIONS",
    "IDENTITY_LENGTH",
    "Claim",
    "ClockKind",
    "Day",
    "Kind",
    "Proof",
    "Proves",
    "Quantity",
    "Rank",
    "StoryPlace",
    "Timed",
    "Value",
    "Words",
    "claims_in",
    "digest",
    "identity_of",
    "identity_of_words",
    "locate",
    "normalised",
    "plain_words",
    "prove",
    "stands_in",
    "timed_in",
    "words_value",
]
