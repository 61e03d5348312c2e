"""How far a reader has seen a subject, as an address says it: `?seen=7` opens what is safe then, on that page alone.

Such an address is never canonical, and the page's title, structured data and share picture do not depend on it. Where
scripts run, static/js/seen.js stores the answer on the device instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import QueryDict

from articles.models.reference import Subject
from articles.reading.rows import FactRow, SubjectName

#: What a film's page asks for: there is nothing between not having seen it and having seen it.
THE_FILM = 1
_MOST_DIGITS = 4


class SeenForm(NamedTuple):
    """The question, and how many facts stay closed.

    `path` is the page without an answer, `fields` what else its address asks for. `in_place`: the page holds what the
    answer opens, so that a script can open it; else the server has to be asked.
    """

    subject: SubjectName
    path: str
    seen: int | None
    closed_count: int
    fields: tuple[tuple[str, str], ...] = ()
    in_place: bool = False

    @property
    def is_film(self) -> bool:
        return self.subject.kind == Subject.Kind.FILM


def seen_form(facts: Sequence[FactRow], path: str, seen: int | None) -> SeenForm | None:
    """Of a list of facts about one subject; None where nothing waits for an answer."""
    closed = [fact for fact in facts if fact.opens_at is not None]
    if not closed or closed[0].subject is None:
        return None
    closed_count = sum(not is_safe(fact.opens_at, seen) for fact in closed)
    return SeenForm(closed[0].subject, path, seen, closed_count)


def seen_episode(query: QueryDict) -> int | None:
    """The episode that an address names; None for what names none, or no one episode: that page stays as it is."""
    values = query.getlist("seen")
    text = values[0] if len(values) == 1 else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None
    return int(text) or None


def opens_at(spoiler_after: int | None, kind: str | None) -> int | None:
    """The least answer with which it is safe; None when it always is."""
    return THE_FILM if kind == Subject.Kind.FILM and spoiler_after is not None else spoiler_after


def is_safe(opens: int | None, seen: int | None) -> bool:
    """Whether there was something to wait for, and it is over."""
    return opens is not None and seen is not None and opens <= seen
