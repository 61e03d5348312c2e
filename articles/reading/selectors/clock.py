"""The public timeline as one stamp: what it is now, and until when that holds.

What is in force is a function of the events up to now. So the last event's instant and the newest event's id name that
state exactly: numbers counted under one stamp stay true for as long as the stamp is the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models import Subquery

from articles.models.editions import Edition
from articles.reading.selectors.prepared import NOW, prepared

#: A stamp lasts no longer than this. Two things move numbers without an event that the stamp sees: tags merged, and
#: (on PostgreSQL) an event that is committed after a later one.
KEPT_SECONDS = 300

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PublicClock:
    """`last_event` and `next_event` are instants of the public line, None where there is none."""

    now: dt.datetime
    last_event: dt.datetime | None = None
    next_event: dt.datetime | None = None
    newest_id: int | None = None

    @property
    def stamp(self) -> str:
        period = int(self.now.timestamp()) // KEPT_SECONDS
        return f"{self.last_event.isoformat() if self.last_event else ''}/{self.newest_id}/{period}"

    @property
    def seconds_left(self) -> int:
        """How long a shared cache may keep an answer made now.

        It ends a second before the next event: caches count in whole seconds, from when the answer reached them.
        """
        longest: int = settings.PUBLIC_CACHE_SECONDS
        if self.next_event is None:
            return longest
        return max(0, min(longest, int((self.next_event - self.now).total_seconds()) - 1))

    def remember(self, name: str, count: Callable[[], Value]) -> Value:
        """`count()`, once for this stamp. For ids and numbers in plain types: names may change without an event, and
        another release of this program may read what this one has kept.
        """
        key = f"reading/{self.stamp}/{name}"
        found: Value | None = cache.get(key)
        if found is None:
            found = count()
            cache.set(key, found, KEPT_SECONDS)
        return found


def clock_columns() -> dict[str, Any]:
    """The stamp as annotations, for a query that is made anyway. Each is one step in an index."""
    events = Edition.objects.order_by("visible_from").values("visible_from")
    return {
        "last_event": Subquery(events.filter(visible_from__lte=NOW).reverse()[:1]),
        "next_event": Subquery(events.filter(visible_from__gt=NOW)[:1]),
        "newest_id": Subquery(Edition.objects.order_by("-pk").values("pk")[:1]),
    }


CLOCK = tuple(clock_columns())


def public_clock(now: dt.datetime) -> PublicClock:
    """One query."""
    rows = _clock().rows(now=now)
    return PublicClock(now, *rows[0]) if rows else PublicClock(now)


@prepared
def _clock() -> Any:
    return Edition.objects.order_by("-pk").annotate(**clock_columns()).values_list(*CLOCK)[:1]
