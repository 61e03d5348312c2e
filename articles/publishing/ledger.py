"""The ledger of counts (models.counts), kept in the transaction that changes what is or will be in force.

`recorded` compares what rows of editions and facts say before and after, and appends the difference at the instants
at which it shows. So no act has to know what it does to counts, and two articles are published without waiting for
each other: changes are added up, never overwritten.

A fact that several articles show stands once, as the newest of its rows in force (PublishedFact.objects.once). Whoever
changes rows of a fact holds its address, or two of them would each take the other's rows for absent.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Address, CountChange, CountKind, CountTotal, Edition, PublishedFact
from articles.models.editions import FOR_EVER
from articles.models.outbox import purge, purges_caches
from articles.models.public_groups import groups_of, in_force, neighbours_of
from articles.publishing import projection

#: Instants before this are over for every reader: a page is made within it, and clocks differ by less.
MARGIN = dt.timedelta(minutes=1)
#: The instant of all that is over.
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
#: So many changes that are over wait before they are folded, and so many are folded in one transaction.
FOLD_AT, FOLD_AT_ONCE = 200, 5000

#: How much each count grows at each instant: {(kind, key, instant): change}.
Changes = Counter[tuple[str, int, dt.datetime]]


@contextmanager
def recorded(articles: Collection[int], public_ids: Iterable[str] = ()) -> Iterator[None]:
    """Puts what is done within to the editions of these articles into the ledger, and has caches forget what showed
    them or will. Their rows are locked.

    `public_ids` are facts that come to them, whose addresses stand already. Rows of ended editions are dropped outside:
    the ledger remembers them until they are over. Not to be nested.
    """
    floor = timezone.now() - MARGIN
    facts = hold_facts_of(articles, public_ids)
    before = _changes_of(articles, facts, floor)
    with _purged(articles, facts):
        yield
    after = _changes_of(articles, facts, floor)
    after.subtract(before)
    _append(after)
    transaction.on_commit(_fold_if_many, robust=True)


@contextmanager
def _purged(articles: Collection[int], facts: Collection[str]) -> Iterator[None]:
    """For an event that lies ahead too: an answer that was kept before knows nothing of its instant."""
    if not purges_caches():
        yield
        purge(())
        return
    were_seen, before = in_force(articles), groups_of(articles, facts)
    yield
    purge(before | groups_of(articles, facts) | neighbours_of({*articles} - were_seen))


def hold_facts_of(articles: Collection[int], public_ids: Iterable[str] = ()) -> set[str]:
    """Locks the addresses of their facts and of these, in the order of their ids, so that nobody waits for somebody who
    waits for them. Gives the ids.
    """
    shown = PublishedFact.objects.filter(edition__article__in=articles).order_by()
    facts = {*public_ids, *shown.values_list("public_id", flat=True)}
    if connection.features.has_select_for_update:
        addresses = Address.objects.filter(kind=Address.Kind.FACT, slug__in=facts).order_by("slug")
        list(addresses.select_for_update().values_list("pk"))
    return facts


def differences() -> Changes:
    """What is missing in the ledger (negative: too much), by what all editions and facts say. Call it in a transaction
    that sees one moment.
    """
    now = timezone.now()  # no margin: rows that ended a moment ago may be dropped, which the ledger remembers
    missing = Changes()
    _count_facts(_FACT_ROWS, missing, now)
    _count_articles(_EDITION_ROWS, missing, now)
    for kind, key, count in CountTotal.objects.values_list("kind", "key", "count").iterator():
        missing[kind, key, LONG_AGO] -= count
    grouped = (
        CountChange.objects.values_list("kind", "key", "at")
        .annotate(change=Cast(Sum("change"), BigIntegerField()))
        .order_by()
    )
    for kind, key, at, change in grouped.iterator():
        missing[kind, key, _instant(at, now)] -= change
    return Changes({entry: change for entry, change in missing.items() if change})


def rebuild() -> int:
    """Corrects the ledger, and marks the facts that several articles show; gives how many counts were wrong. As
    `differences`.

    What others publish meanwhile is not lost: the corrections are changes like theirs.
    """
    projection.mark_all_shared()
    missing = differences()
    _append(missing)
    return len({(kind, key) for kind, key, _at in missing})


def fold() -> None:
    """Adds changes that are over to the totals. Several processes may do it at once: each takes other rows."""
    while _fold_some() == FOLD_AT_ONCE:
        pass


# --- what the rows say ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """A published fact or a version: what it counts for, and while it is in force."""

    pk: int
    start: dt.datetime
    end: dt.datetime
    entries: set[tuple[str, int]] = field(default_factory=set)


_FACT_ROWS = PublishedFact.objects.order_by("public_id", "pk").values_list(
    *("public_id", "pk", "visible_from", "visible_until", "subject", "spoiler_after", "is_sourced", "has_picture"),
    "tag_rows__tag",
)
_EDITION_ROWS = (
    Edition.objects.versions()
    .order_by("pk")
    .values_list("pk", "visible_from", "visible_until", "subject", "tag_rows__tag", "bylines__author")
)


def _changes_of(articles: Collection[int], facts: Collection[str], floor: dt.datetime) -> Changes:
    """Of these articles and facts. What happened up to `floor` counts as long ago, here and below."""
    changes = Changes()
    _count_facts(_FACT_ROWS.filter(public_id__in=facts), changes, floor)
    _count_articles(_EDITION_ROWS.filter(article__in=articles), changes, floor)
    return changes


def _count_facts(found: QuerySet[Any], changes: Changes, floor: dt.datetime) -> None:
    """A new thing to filter the index by is a CountKind and a line here (and `rebuild_counts` once)."""
    for _public_id, own in groupby(found.filter(visible_until__gt=floor).iterator(), key=lambda values: values[0]):
        rows: dict[int, _Row] = {}
        for _id, pk, start, end, subject, spoiler_after, is_sourced, has_picture, tag in own:
            if pk not in rows:
                rows[pk] = row = _Row(pk, start, end, {(CountKind.FACTS, 0)})
                row.entries |= {(CountKind.SAFE_FACTS, 0)} if spoiler_after is None else set()
                row.entries |= {(CountKind.SOURCED_FACTS, 0)} if is_sourced else set()
                row.entries |= {(CountKind.PICTURED_FACTS, 0)} if has_picture else set()
                row.entries |= {(CountKind.FACTS_ABOUT, subject)} if subject else set()
            if tag:
                rows[pk].entries.add((CountKind.FACTS_TAGGED, tag))
        for row, start, end in _spans(list(rows.values())):
            _count(row.entries, start, end, changes, floor)


def _count_articles(found: QuerySet[Any], changes: Changes, floor: dt.datetime) -> None:
    for pk, own in groupby(found.filter(visible_until__gt=floor).iterator(), key=lambda values: values[0]):
        entries = {(CountKind.ARTICLES, 0)}
        for _pk, start, end, subject, tag, author in own:
            row = _Row(pk, start, end)
            entries |= {(CountKind.ARTICLES_ABOUT, subject)} if subject else set()
            entries |= {(CountKind.ARTICLES_TAGGED, tag)} if tag else set()
            entries |= {(CountKind.ARTICLES_BY, author)} if author else set()
        _count(entries, row.start, row.end, changes, floor)


def _spans(rows: Sequence[_Row]) -> Iterator[tuple[_Row, dt.datetime, dt.datetime]]:
    """While each of the rows of one fact stands for it: the newest in force."""
    edges = sorted({edge for row in rows for edge in (row.start, row.end)})
    for start, end in pairwise(edges):
        if in_force := [row for row in rows if row.start <= start < row.end]:
            yield max(in_force, key=attrgetter("start", "pk")), start, end


def _count(
    entries: Iterable[tuple[str, int]], start: dt.datetime, end: dt.datetime, changes: Changes, floor: dt.datetime
) -> None:
    for kind, key in entries:
        changes[kind, key, _instant(start, floor)] += 1
        if end != FOR_EVER:
            changes[kind, key, _instant(end, floor)] -= 1


def _instant(at: dt.datetime, floor: dt.datetime) -> dt.datetime:
    return at if at > floor else LONG_AGO


# --- writing ----------------------------------------------------------------------------------------------------------


def _append(changes: Changes) -> None:
    found = [(*entry, change) for entry, change in changes.items() if change]
    rows = [CountChange(kind=kind, key=key, at=at, change=change) for kind, key, at, change in found]
    CountChange.objects.bulk_create(rows, batch_size=1000)


#: Adding in the database, and in the order of the entries: nobody reads a total that another is about to change.
_ADD_TO_TOTAL = f"""
    INSERT INTO {CountTotal._meta.db_table} AS total (kind, key, count) VALUES (%s, %s, %s)
    ON CONFLICT (kind, key) DO UPDATE SET count = total.count + excluded.count
"""  # noqa: S608 - nothing foreign


def _over() -> QuerySet[CountChange]:
    return CountChange.objects.filter(at__lte=timezone.now() - MARGIN).order_by("at")


def _fold_if_many() -> None:
    if _over()[FOLD_AT : FOLD_AT + 1].exists():
        fold()


@transaction.atomic
def _fold_some() -> int:
    changes = _over().select_for_update(skip_locked=True)[:FOLD_AT_ONCE]
    found = list(changes.values_list("pk", "kind", "key", "change"))
    sums: defaultdict[tuple[str, int], int] = defaultdict(int)
    for _pk, kind, key, change in found:
        sums[kind, key] += change
    CountChange.objects.filter(pk__in=[pk for pk, *_ in found]).delete()
    with connection.cursor() as cursor:
        cursor.executemany(_ADD_TO_TOTAL, [(*entry, change) for entry, change in sorted(sums.items())])
    return len(found)
