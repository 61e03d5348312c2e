"""What the desk's first page consists of: sections, each with its first rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from articles.desk.planning import plan_words


@dataclass(frozen=True)
class SectionRow:
    """`plans`: what is planned, in words; `take` is the address that takes the review, where nobody has it."""

    title: str
    url: str
    status: str = ""
    note: str = ""
    at: dt.datetime | None = None
    is_live: bool = False
    plans: Sequence[plan_words.PlanWords] = ()
    take: str = ""


@dataclass(frozen=True)
class Section:
    """`name` is stable, for tests and styles. `url` leads to the list. Uncounted, there are more than `count`."""

    name: str
    title: str
    empty: str
    rows: Sequence[SectionRow]
    count: int
    url: str
    is_counted: bool = True

    @property
    def more(self) -> int:
        return self.count - len(self.rows)
