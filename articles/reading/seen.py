"""How far a reader has seen a subject, as an address says it: `?seen=7` opens what is safe then, on that page alone.

Such an address is never canonical, and the page's title, structured data and share picture do not depend on it. Where
scripts run, static/js/seen.js stores the answer on the device instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import ngettext

from articles.models.reference import Subject
from articles.reading.rows import FactRow, SubjectName

#: What a film's page asks for: there is nothing between not having seen it and having seen it.
THE_FILM = 1
#: The answer of who has finished a work, and the greatest: it opens also what tells of episodes that are yet to come.
FINISHED = 9999


class Waiting(NamedTuple):
    """How many facts or questions open with which answer, the least answer first."""

    points: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, answers: Iterable[int | None]) -> Waiting:
        """`answers`: of each fact or question, the least that opens it; None for what is open anyway."""
        return cls(tuple(sorted(Counter(each for each in answers if each is not None).items())))

    def closed(self, seen: int | None) -> int:
        return sum(count for opens, count in self.points if not is_safe(opens, seen))

    def __str__(self) -> str:
        """For static/js/seen.js."""
        return " ".join(f"{opens}:{count}" for opens, count in self.points)


class SeenForm(NamedTuple):
    """The question, and how many facts and questions stay closed.

    `path` is the page without an answer, `fields` what else its address asks for. `in_place`: the page holds what the
    answer opens; else a script asks for the headings (views.subjects.opened), and without one the server is asked.
    """

    subject: SubjectName
    path: str
    seen: int | None
    facts: Waiting = Waiting()
    questions: Waiting = Waiting()
    fields: tuple[tuple[str, str], ...] = ()
    in_place: bool = False

    @property
    def is_film(self) -> bool:
        return self.subject.kind == Subject.Kind.FILM

    @property
    def number(self) -> int | None:
        """What stands in the field: who has finished has named no episode."""
        return None if self.seen == FINISHED else self.seen

    @property
    def all_but_one(self) -> int | None:
        """The answer of who has one episode still to see; None where nobody knows how many there are, or it is one."""
        return self.subject.episodes - 1 if self.subject.episodes and self.subject.episodes > 1 else None

    @property
    def finished(self) -> int:
        return FINISHED

    @property
    def query(self) -> str:
        """The beginning of an address that answers: the number comes after it."""
        return f"?{urlencode([*self.fields, ('seen', '')])}"

    @property
    def waiting(self) -> tuple[WaitingLabel, WaitingLabel]:
        """Of facts and of questions."""
        one, many = (ngettext("%(count)s fact", "%(count)s facts", n) for n in (1, 2))
        facts = WaitingLabel(one, many, self.facts.closed(self.seen), str(self.facts))
        one, many = (ngettext("%(count)s question", "%(count)s questions", n) for n in (1, 2))
        return facts, WaitingLabel(one, many, self.questions.closed(self.seen), str(self.questions))

    @property
    def has_closed(self) -> bool:
        return any(label.number for label in self.waiting)


class WaitingLabel(NamedTuple):
    """A number in words, and what a script needs to say another: the words for one and for several."""

    one: str
    many: str
    number: int
    points: str

    @property
    def text(self) -> str:
        return (self.one if self.number == 1 else self.many) % {"count": self.number}

    @property
    def pattern_of_one(self) -> str:
        return self.one % {"count": "#"}

    @property
    def pattern_of_many(self) -> str:
        return self.many % {"count": "#"}


def seen_form(facts: Sequence[FactRow], path: str, seen: int | None) -> SeenForm | None:
    """Of a list of facts about one subject; None where nothing waits for an answer."""
    closed = [fact for fact in facts if fact.opens_at is not None]
    if not closed or closed[0].subject is None:
        return None
    return SeenForm(closed[0].subject, path, seen, Waiting.of(fact.opens_at for fact in closed))


def seen_episode(query: QueryDict) -> int | None:
    """The episode that an address names; None for what names none, or no one episode: that page stays as it is."""
    values = query.getlist("seen")
    text = values[0] if len(values) == 1 else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(FINISHED))):
        return None
    return int(text) or None


def opens_at(spoiler_after: int | None, kind: str | None) -> int | None:
    """The least answer with which it is safe; None when it always is."""
    return THE_FILM if kind == Subject.Kind.FILM and spoiler_after is not None else spoiler_after


def is_safe(opens: int | None, seen: int | None) -> bool:
    """Whether there was something to wait for, and it is over."""
    return opens is not None and seen is not None and opens <= seen
