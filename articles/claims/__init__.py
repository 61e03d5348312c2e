"""The checkable pieces of a text, listed by rule: offline, and the same every time (`claims_in`).

Numbers with their units, amounts, dates, names with roles, titles, quotations, places in a story, ranks, superlatives.
"""

from articles.claims.finding import claims_in
from articles.claims.shapes import Claim, Day, Kind, Quantity, Rank, StoryPlace, Value, Words

__all__ = ["Claim", "Day", "Kind", "Quantity", "Rank", "StoryPlace", "Value", "Words", "claims_in"]
