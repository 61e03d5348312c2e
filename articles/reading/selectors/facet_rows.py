"""The rows that numbers of the fact index are made of: one query for the ledger, one for any choice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet
from django.db.models import Value as Literal

from articles.models.counts import CountChange, CountKind, CountTotal
from articles.models.reference import Subject, Tag
from articles.reading.selectors.fact_query import FactQuery, facts_of, rows_beyond, rows_of
from articles.reading.selectors.ledger import sums

SOURCED, CHECKED_LATELY, PICTURED, SPOILER_FREE = "sourced", "checked", "picture", "spoilers"
MARKS = (SOURCED, CHECKED_LATELY, PICTURED, SPOILER_FREE)


@dataclass(slots=True)
class Numbers:
    """Of facts, by primary keys and marks; zeros may stand. `tag_names` and `subject_names` hold at least the names of
    what has a number, `kinds_of` the kinds of subjects.
    """

    total: int = 0
    tags: Counter[int] = field(default_factory=Counter)
    subjects: Counter[int] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    tag_names: dict[int, str] = field(default_factory=dict)
    subject_names: dict[int, str] = field(default_factory=dict)
    kinds_of: dict[int, str] = field(default_factory=dict)

    def taken_from(
        self, total: int, tags: Mapping[int, int], subjects: Mapping[int, int], marks: Mapping[str, int]
    ) -> Numbers:
        """What is left of these."""
        left = replace(self, total=total - self.total, tags=Counter(tags), subjects=Counter(subjects))
        left.marks = Counter(marks)
        left.tags.subtract(self.tags)
        left.subjects.subtract(self.subjects)
        left.marks.subtract(self.marks)
        return left


def in_ledger(checked_since: dt.date, at: dt.datetime) -> Numbers:
    """Of all facts. One query."""
    kinds = [*_LEDGER, CountKind.FACTS_TAGGED.value, CountKind.FACTS_ABOUT.value]
    totals = CountTotal.objects.filter(kind__in=kinds).annotate(n=F("count"), called=F("kind"))
    changes = sums(CountChange.objects.filter(kind__in=kinds, at__lte=at)).annotate(n=F("sum"), called=F("kind"))
    checked = facts_of(FactQuery(checked_since=checked_since), at)
    parts = [_part("ledger", each, "key", called="called") for each in (totals, changes)]
    parts.append(_part("checked", checked.annotate(one=Literal(1)).values("one").annotate(n=Count("*")), "one"))
    return _numbers(parts)


def of_choice(query: FactQuery, checked_since: dt.date, at: dt.datetime) -> Numbers:
    """Of the facts that the query finds. One query."""
    return _counted(*rows_of(query, at), checked_since)


def beyond_choice(query: FactQuery, checked_since: dt.date, at: dt.datetime) -> Numbers:
    """Of the facts that the query, which names no tag and no subject, does not find. One query."""
    return _counted(rows_beyond(query, at), "", checked_since)


def _counted(rows: QuerySet[Any], fact: str, checked_since: dt.date) -> Numbers:
    """`fact` leads from a row to its fact. The tags come from an index of facts and tags that covers them."""
    conditions = {
        "sourced": Q(**{f"{fact}is_sourced": True}),
        "checked": Q(**{f"{fact}checked_on__gte": checked_since}),
        "pictured": Q(**{f"{fact}has_picture": True}),
        "safe": Q(**{f"{fact}spoiler_after__isnull": True}),
    }
    marks = {name: Count(Literal(1), filter=condition) for name, condition in conditions.items()}
    about = rows.annotate(of=F(f"{fact}subject_id")).values("of").annotate(n=Count("*"), **marks)
    under = rows.annotate(of=F(f"{fact}tag_rows__tag_id")).values("of").annotate(n=Count("*"))
    return _numbers([_part("about", about, "of", marks=tuple(marks)), _part("under", under, "of")])


def _numbers(parts: list[QuerySet[Any]]) -> Numbers:
    subjects, tags = Subject.objects.order_by(), Tag.objects.order_by()
    names = [
        _part("subject", subjects.annotate(n=Literal(0)), "pk", called="name", sort="kind"),
        _part("tag", tags.annotate(n=Literal(0)), "pk", called="name"),
    ]
    return _added(parts[0].union(*parts[1:], *names, all=True).order_by())


def _part(
    part: str, found: QuerySet[Any], key: str, *, marks: Iterable[str] = (), called: str = "", sort: str = ""
) -> QuerySet[Any]:
    """A kind of part, a key, a number `n`, those of the marks, and two texts."""
    no_text, none = Literal("", CharField()), Literal(0, IntegerField())
    texts = {f"text{place}": F(name) if name else no_text for place, name in enumerate((called, sort))}
    columns = tuple(marks) or ("none",) * 4
    if not marks:
        texts |= {"none": none}
    named = found.annotate(part=Literal(part, CharField()), **texts)
    rows: QuerySet[Any] = named.values_list("part", key, "n", *columns, "text0", "text1")
    return rows


def _added(found: Iterable[tuple[Any, ...]]) -> Numbers:
    numbers = Numbers()
    for part, key, n, *marks, text, kind in found:
        if part == "subject":
            numbers.subject_names[key], numbers.kinds_of[key] = text, kind
        elif part == "tag":
            numbers.tag_names[key] = text
        elif part == "under":
            numbers.tags[key] += n
        elif part == "about":
            numbers.total += n
            numbers.subjects[key] += n
            numbers.marks.update(dict(zip(MARKS, marks, strict=True)))
        elif part == "checked":
            numbers.marks[CHECKED_LATELY] += n
        elif text == CountKind.FACTS:
            numbers.total += n
        elif text in _LEDGER:
            numbers.marks[_LEDGER[text]] += n
        else:
            (numbers.tags if text == CountKind.FACTS_TAGGED else numbers.subjects)[key] += n
    for counter in (numbers.tags, numbers.subjects):
        counter.pop(None, 0)  # type: ignore[call-overload]  # facts without a tag, without a subject
    return numbers


_LEDGER: Mapping[str, str] = {
    CountKind.FACTS.value: "",
    CountKind.SOURCED_FACTS.value: SOURCED,
    CountKind.PICTURED_FACTS.value: PICTURED,
    CountKind.SAFE_FACTS.value: SPOILER_FREE,
}
