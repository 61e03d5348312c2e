"""The words of what is public, as they are found: a row for each published article and fact.

A projection like PublishedFact: rows belong to an edition, carry its instants and are dropped with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, models, transaction

#: The primary key is the order: milliseconds of the first publication, and in each as many places as there are numbers
#: below this. A greater key is newer. Both engines walk it backwards, so neither sorts all matches to find the newest.
PLACES = 1 << 14
_TRIES = 5


class SearchRow(models.Model):
    """`tokens` (see text.tokens) is what the engines index; `heading` is those of them that count more: of the heading,
    of the subject and the tags; `text` is what an excerpt is cut from.

    A fact with a spoiler point has two rows: an open one of its safe heading, without a text, and a closed one of its
    words, found only by who asks about that subject and has seen enough of it.
    """

    id = models.BigAutoField(primary_key=True)  # never automatic, see PLACES: as this SQLite takes it for its rowid
    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="search_rows")
    fact = models.ForeignKey("articles.PublishedFact", models.CASCADE, null=True, related_name="search_rows")
    subject = models.ForeignKey("articles.Subject", models.PROTECT, null=True, related_name="+", db_index=False)
    spoiler_after = models.PositiveSmallIntegerField(null=True)
    is_closed = models.BooleanField(default=False)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()
    heading = models.TextField()
    text = models.TextField(blank=True)
    tokens = models.TextField()

    def __str__(self) -> str:
        return f"{self.id}"


def key_of(at: dt.datetime) -> int:
    """The lowest key of the rows that were first published in this millisecond."""
    return int(at.timestamp() * 1000) * PLACES


def insert(rows: Sequence[SearchRow], first: Sequence[dt.datetime]) -> None:
    """Gives the rows their keys, which say when each was first published, and stores them; those of one instant stay
    in this order.

    Another transaction may take the same places in the same millisecond: then the next are tried.
    """
    for attempt in range(_TRIES):
        _number(rows, first)
        try:
            with transaction.atomic():
                SearchRow.objects.bulk_create(rows)
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
        else:
            return


def _number(rows: Sequence[SearchRow], first: Sequence[dt.datetime]) -> None:
    following: dict[int, int] = {}
    for row, at in zip(rows, first, strict=True):
        row.id = _next_key(key_of(at), following)


def _next_key(lowest: int, following: dict[int, int]) -> int:
    """The next place in a millisecond; where all are taken, in the one before. `following`: the last one of each."""
    while True:
        if lowest not in following:
            taken = SearchRow.objects.filter(pk__gte=lowest, pk__lt=lowest + PLACES)
            following[lowest] = taken.order_by("pk").values_list("pk", flat=True).first() or lowest + PLACES
        if following[lowest] > lowest:
            following[lowest] -= 1
            return following[lowest]
        lowest -= PLACES


def move(rows: Iterable[SearchRow], first: dt.datetime) -> None:
    """To another instant of first publication."""
    moved = [row for row in rows if row.id // PLACES * PLACES != key_of(first)]
    if moved:
        SearchRow.objects.filter(pk__in=[row.pk for row in moved]).delete()
        insert(moved, [first] * len(moved))
