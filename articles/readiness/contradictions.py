"""Sentences of which not all can be true: of one subject and measure, with other values, anywhere on the site.

A ruling holds among the sentences that the editor had before them. So a contradiction is open again when one of them is
worded anew, and while it is not: white space, quotation marks and where a sentence stands make no difference.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from articles.claims.measuring import contradict
from articles.document import Document
from articles.models import Article, Ruling, Statement, Subject
from articles.readiness import parts
from articles.readiness.problems import Problem

#: Of one measure; with more the newest are left out, which are settled by the same ruling or none.
_MOST_STATEMENTS = 200
#: Of so many subjects the statements are read together, where only the first contradictions are wanted.
SUBJECTS_AT_ONCE = 20


class State(enum.StrEnum):
    OPEN = "open"
    TO_CORRECT = "to-correct"  # ruled which value is right, and the other one still stands somewhere
    SETTLED = "settled"


@dataclass(frozen=True)
class Side:
    """A value and the sentences that state it, each wording once for a part."""

    value: str
    words: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Contradiction:
    """`ruling` is the newest one about these sentences; it may be older than some of them while the state is OPEN."""

    sides: tuple[Side, ...]
    state: State
    ruling: Ruling | None

    @property
    def subject(self) -> Subject:
        return self.sides[0].statements[0].subject

    @property
    def words(self) -> str:
        """“26 countries / 27 countries”."""
        return " / ".join(side.words for side in self.sides)

    @property
    def measure(self) -> str:
        return self.sides[0].statements[0].measure

    @property
    def digests(self) -> list[str]:
        return sorted({row.digest for side in self.sides for row in side.statements})

    def may_be_right(self, row: Statement) -> bool:
        """Whether nothing has been ruled against it."""
        is_ruled = self.state is State.TO_CORRECT and self.ruling is not None
        return not (is_ruled and self.ruling and contradict(self.measure, row.value, self.ruling.right))


def contradictions(statements: Iterable[Statement], rulings: Iterable[Ruling]) -> Iterator[Contradiction]:
    """By subject and measure, in the order of the statements, which are all of each measure."""
    of_measure: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    ruled: dict[tuple[int, str], list[Ruling]] = defaultdict(list)
    for row in statements:
        of_measure[row.subject_id, row.measure].append(row)
    for ruling in rulings:
        ruled[ruling.subject_id, ruling.measure].append(ruling)
    for key, rows in of_measure.items():
        if found := _contradiction(rows[:_MOST_STATEMENTS], ruled[key]):
            yield found


def _contradiction(rows: list[Statement], rulings: list[Ruling]) -> Contradiction | None:
    """`rulings` begin with the newest."""
    pairs = [pair for pair in combinations(rows, 2) if contradict(pair[0].measure, pair[0].value, pair[1].value)]
    if not pairs:
        return None
    by_value: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        if any(row in pair for pair in pairs):
            by_value[row.value].append(row)
    sides = tuple(Side(value, found[0].words, tuple(found)) for value, found in by_value.items())
    about = next((each for each in rulings if any(_covers(each, pair) for pair in pairs)), None)
    state = State.SETTLED
    if not all(any(_covers(each, pair) for each in rulings) for pair in pairs):
        state = State.OPEN
        digests = {row.digest for row in rows}
        about = about or next((each for each in rulings if not digests.isdisjoint(each.digests)), None)
    elif about and about.verdict == Ruling.Verdict.ONE_RIGHT:
        state = State.TO_CORRECT
    return Contradiction(sides, state, about)


def _covers(ruling: Ruling, pair: tuple[Statement, Statement]) -> bool:
    return {row.digest for row in pair} <= set(ruling.digests)


def all_contradictions() -> list[Contradiction]:
    """Of the whole site, by the names of the subjects: two queries."""
    rows = Statement.objects.filter(is_contested=True).counting()
    found = list(rows.select_related("subject", "article").order_by("subject__name", "subject", "measure", "id"))
    return [*contradictions(found, Ruling.objects.filter(subject__in={row.subject_id for row in found}))]


def open_contradictions(most: int) -> list[Contradiction]:
    """The first of the whole site on which nobody has ruled, at most so many; their statements without their sentences
    and articles. It reads on, two queries for each SUBJECTS_AT_ONCE, only until there are enough.
    """
    contested = Statement.objects.filter(is_contested=True).counting().order_by("subject__name", "subject")
    subjects = list(contested.values_list("subject", flat=True).distinct())
    found: list[Contradiction] = []
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        some = subjects[start : start + SUBJECTS_AT_ONCE]
        rows = contested.filter(subject__in=some).order_by("subject__name", "subject", "measure", "id")
        lean = rows.select_related("subject").only("measure", "value", "words", "digest", "subject__name")
        for each in contradictions(lean, Ruling.objects.filter(subject__in=some)):
            found += [each] if each.state is State.OPEN else []
            if len(found) == most:
                return found
    return found


def contradiction_of(subject: Subject, measure: str) -> Contradiction | None:
    rows = Statement.objects.filter(is_contested=True, subject=subject, measure=measure).counting()
    found = list(rows.select_related("article").order_by("id"))
    return next(contradictions(found, Ruling.objects.filter(subject=subject, measure=measure)), None)


def of_article(document: Document, article: Article) -> Iterator[Problem]:
    """One query; where something is contested about the subject, another one."""
    rows = Statement.objects.filter(is_contested=True, subject=article.subject_id).counting()
    found = list(rows.order_by("id")) if article.subject_id else []
    if not any(row.article_id == article.pk for row in found):
        return
    names = {part.place: part for part, _item in [*parts.card_parts(document), *parts.faq_parts(document)]}
    there = set(parts.places(document))
    for each in contradictions(found, Ruling.objects.filter(subject=article.subject_id)):
        for side in each.sides:
            for row in side.statements:
                if row.article_id == article.pk and row.place in there and (sentence := _sentence(each, row)):
                    part = names.get(row.place)
                    where = (
                        _("%(where)s: %(problem)s") % {"where": part.name, "problem": sentence} if part else sentence
                    )
                    yield Problem("contradiction", row.place, where)


def _sentence(each: Contradiction, row: Statement) -> str:
    """Words of another article are not told: it may be somebody else's draft. Editors see them on the desk."""
    words = {"words": row.words, "right": each.ruling.right_words if each.ruling else ""}
    if each.state is State.TO_CORRECT and not each.may_be_right(row):
        return _("An editor has decided that “%(right)s” is right, not “%(words)s”.") % words
    if each.state is not State.OPEN:
        return ""
    others = [
        other for side in each.sides if contradict(row.measure, row.value, side.value) for other in side.statements
    ]
    if here := next((other for other in others if other.article_id == row.article_id), None):
        return _("“%(words)s” contradicts “%(other)s” in this article.") % (words | {"other": here.words})
    return _("“%(words)s” contradicts what another article says of the same subject.") % words
