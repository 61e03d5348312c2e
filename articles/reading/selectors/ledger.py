"""Counts out of the ledger: a step or two in an index, however many facts and articles there are."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from articles.models.counts import CountChange, CountKind, CountTotal
from articles.models.reference import Subject, Tag
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.prepared import NOW, Parameter, prepared

_KIND, _KEY = Parameter("kind", CharField()), Parameter("key", IntegerField())


def counted(clock: PublicClock, kind: CountKind, key: int = 0) -> int:
    """How many there are of a kind; `key` is that of its tag, subject or author. One query when the state is new."""

    def count() -> int:
        rows = _counted().rows(now=clock.now, kind=kind.value, key=key)
        return sum(change for _kind, _key, change in rows)

    return clock.cached(f"count/{kind}/{key}", count)


def all_counted(clock: PublicClock, kinds: tuple[CountKind, ...]) -> dict[str, dict[int, int]]:
    """For each of the kinds all keys with their counts, without zeros. One query when the state is new."""

    def count() -> dict[str, dict[int, int]]:
        counts: Counter[tuple[str, int]] = Counter()
        for kind, key, change in _all_counted(kinds).rows(now=clock.now):
            counts[kind, key] += change
        found: dict[str, dict[int, int]] = {kind.value: {} for kind in kinds}
        for (kind, key), number in counts.items():
            if number:
                found[kind][key] = number
        return found

    return clock.cached(f"all/{','.join(kinds)}", count)


def most_counted(clock: PublicClock, kinds: tuple[CountKind, ...], how_many: int) -> list[dict[int, int]]:
    """For each of the kinds, of tags or subjects, the keys with the highest counts, the highest first, equal ones from
    A to Z. One query when the state is new.
    """

    def count() -> list[dict[int, int]]:
        counts: Counter[tuple[str, int]] = Counter()
        names: dict[tuple[str, int], str] = {}
        for kind, key, change, name in _most_counted(kinds, how_many).rows(now=clock.now):
            counts[kind, key] += change
            names[kind, key] = name or ""
        ranked = sorted((-count, names[kind, key], key, kind) for (kind, key), count in counts.items() if count > 0)
        of_kinds = [[(key, -count) for count, _name, key, kind in ranked if kind == each] for each in kinds]
        return [dict(each[:how_many]) for each in of_kinds]

    return clock.cached(f"most/{','.join(kinds)}/{how_many}", count)


@prepared
def _counted() -> Any:
    totals = CountTotal.objects.filter(kind=_KIND, key=_KEY).values_list("kind", "key", "count")
    return totals.union(sums(_changes(_KIND).filter(key=_KEY)), all=True)


@prepared
def _all_counted(kinds: tuple[CountKind, ...]) -> Any:
    wanted = [kind.value for kind in kinds]
    totals = CountTotal.objects.filter(kind__in=wanted).values_list("kind", "key", "count")
    return totals.union(sums(CountChange.objects.filter(kind__in=wanted, at__lte=NOW)), all=True)


@prepared
def _most_counted(kinds: tuple[CountKind, ...], how_many: int) -> Any:
    """The changes that no total has yet, the totals of what they change, and the highest of the others."""
    first, *parts = [part for kind in kinds for part in _candidates(kind.value, how_many)]
    return first.union(*parts, all=True)


def _candidates(kind: str, how_many: int) -> tuple[QuerySet[Any], ...]:
    """With those that have as many as the last of the highest: names decide between them, sign by sign, as databases
    would not.
    """
    named = Tag if kind == CountKind.FACTS_TAGGED else Subject
    name = Subquery(named.objects.filter(pk=OuterRef("key")).values("name"), output_field=CharField())
    totals, changes = CountTotal.objects.filter(kind=kind), _changes(kind)
    unchanged = totals.exclude(Exists(changes.filter(key=OuterRef("key"))))
    last = unchanged.order_by("-count").values("count")[how_many - 1 : how_many]
    highest = unchanged.filter(count__gte=Coalesce(Subquery(last), 1))
    changed = totals.filter(key__in=changes.values("key"))
    columns = ("kind", "key", "count", "name")
    found = (highest.annotate(name=name).values_list(*columns), changed.annotate(name=name).values_list(*columns))
    return (*found, sums(changes).annotate(name=name).values_list("kind", "key", "sum", "name"))


def _changes(kind: Any) -> QuerySet[CountChange]:
    return CountChange.objects.filter(kind=kind, at__lte=NOW)


def sums(changes: QuerySet[CountChange]) -> QuerySet[Any]:
    """Whole numbers: PostgreSQL gives a sum of them as a decimal."""
    summed = changes.order_by().values("kind", "key").annotate(sum=Cast(Sum("change"), BigIntegerField()))
    return summed.values_list("kind", "key", "sum")
