"""What a claim is: a run of words that can be checked, its kind, and the value that it states.

Values are equal where two notations say the same: “1,200,000 viewers” and “1.2 million viewers”, 26개국 and
“26 countries”, “January 24, 2025” and 2025년 1월 24일.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal


class Kind(enum.StrEnum):
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    NAME = "name"
    TITLE = "title"
    QUOTATION = "quotation"
    PLACE = "place"
    RANK = "rank"
    SUPERLATIVE = "superlative"
    OTHER = "other"  # no rule finds these: a person marks them


@dataclass(frozen=True, slots=True)
class Quantity:
    """`unit` is one of units.py, or the counted noun in the singular; "" where only the number is said."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is said; the rest is None. Of a decade `year` is the first one."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_decade: bool = False

    @property
    def iso(self) -> str:
        """ISO 8601 as far as it is said: “2025-03”; "" without a year."""
        if not self.year or self.is_decade:
            return ""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.month and self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Pairs of what is counted (“season”, “episode”, “chapter” …) and its number, in order."""

    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a list, or being among the first so many of it."""

    number: int
    is_among: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words without regard to white space, quotation marks, upper case and the stop at their end."""

    words: str


Value = Quantity | Day | StoryPlace | Rank | Words


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found in the plain text (reading.py): text[start:stop]."""

    start: int
    stop: int
    value: Value


@dataclass(frozen=True, slots=True)
class Claim:
    """source[start:stop] of the Markdown as it is stored, in code points; marks within it (`**26** countries`) belong
    to it. `words` are without them.
    """

    kind: Kind
    start: int
    stop: int
    words: str
    value: Value
