"""Sentences that are true only for a time: ranks, ages, growing counts, what is so now or not announced yet.

By rule, offline, and the same every time: a table of words for each language, and one way to read a sentence by them.
"""

from articles.claims.clocks.finding import Timed, timed_in
from articles.claims.clocks.tables import ClockKind

__all__ = ["ClockKind", "Timed", "timed_in"]
