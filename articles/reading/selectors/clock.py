"""The state of the public timeline: which it is now, and until when it holds.

What is in force is a function of the events up to now, and of the acts upon tags: a merge changes counts without an
event. The same holds for a check of a fact, and for a subject that gets another kind or name. So the last event's
instant, the ids of the newest event, act and check, and the instant of the newest change of a subject name that state
exactly: counts made in one state stay true for as long as its key is the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from articles.models.editions import Edition
from articles.models.fact_checks import FactCheck
from articles.models.reference import Subject
from articles.models.tag_operations import TagOperation
from articles.reading.outputs import log_left_out
from articles.reading.selectors.prepared import NOW, prepared

#: Counts are cached no longer than this. One thing changes them without being seen in the key: (on PostgreSQL) an event
#: or an act that is committed after a later one.
COUNT_SECONDS = 300

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PublicClock:
    """`last_event` and `next_event` are instants of the public line, None where there is none."""

    now: dt.datetime
    last_event: dt.datetime | None = None
    next_event: dt.datetime | None = None
    newest_id: int | None = None
    newest_act: int | None = None  # upon a tag
    newest_check: int | None = None  # of a fact
    newest_subject: str | None = None  # the instant of the last change of any

    @property
    def state_key(self) -> str:
        period = int(self.now.timestamp()) // COUNT_SECONDS
        last_event = self.last_event.isoformat() if self.last_event else ""
        newest = (self.newest_id, self.newest_act, self.newest_check, self.newest_subject)
        return "/".join([last_event, *map(str, newest), str(period)]).replace(" ", "T")

    @property
    def state_digest(self) -> str:
        """The same as a word that gives no instant away."""
        return hashlib.blake2b(self.state_key.encode(), digest_size=16).hexdigest()

    @property
    def seconds_left(self) -> int:
        """How long a shared cache may keep an answer made now.

        It ends a second before the next event: caches count in whole seconds, from when the answer reached them.
        """
        longest: int = settings.PUBLIC_CACHE_SECONDS
        if self.next_event is None:
            return longest
        return max(0, min(longest, int((self.next_event - self.now).total_seconds()) - 1))

    @property
    def end_of_counts(self) -> dt.datetime:
        """Until when counts of this state are cached."""
        period = int(self.now.timestamp()) // COUNT_SECONDS
        return dt.datetime.fromtimestamp((period + 1) * COUNT_SECONDS, dt.UTC)

    def ending(self, at: dt.datetime) -> PublicClock:
        """For an answer that will be another one at that instant without a public event."""
        return replace(self, next_event=min(self.next_event or at, at))

    def cached(self, name: str, compute: Callable[[], Value]) -> Value:
        """`compute()`, once for each state of the timeline.

        For ids and numbers in plain types: names may change without an event, and another release of this program may
        read what this one has cached.
        """
        key = f"reading/{self.state_key}/{name}"
        found: Value | None = cache.get(key)
        if found is None:
            found = compute()
            cache.set(key, found, COUNT_SECONDS)
        return found

    def cached_large(self, name: str, compute: Callable[[], Value]) -> Value:
        """As `cached`, for values of many kilobytes: of each name the cache holds the newest state's alone, so that
        their number does not grow with time.
        """
        key = f"reading/large/{name}"
        state_key, found = cache.get(key) or ("", None)
        if state_key != self.state_key:
            found = compute()
            cache.set(key, (self.state_key, found), COUNT_SECONDS)
        return cast("Value", found)


def clock_columns() -> dict[str, Any]:
    """The state as annotations, for a query that is made anyway. Each is one step in an index."""
    events = Edition.objects.order_by("visible_from").values("visible_from")
    return {
        "last_event": _as_text(events.filter(visible_from__lte=NOW).reverse()[:1]),
        "next_event": _as_text(events.filter(visible_from__gt=NOW)[:1]),
        "newest_id": Subquery(Edition.objects.order_by("-pk").values("pk")[:1]),
        "newest_act": Subquery(TagOperation.objects.order_by("-pk").values("pk")[:1]),
        "newest_check": Subquery(FactCheck.objects.order_by("-pk").values("pk")[:1]),
        "newest_subject": _as_text(Subject.objects.order_by("-changed_at").values("changed_at")[:1]),
    }


def _as_text(instant: QuerySet[Any]) -> Cast:
    """As text, so that an unreadable instant of another article does not spoil the row that it comes with."""
    return Cast(Subquery(instant), TextField())


CLOCK = tuple(clock_columns())


def clock_of(now: dt.datetime, columns: Sequence[Any]) -> PublicClock:
    """From the values of CLOCK."""
    last_event, next_event, *newest = columns
    return PublicClock(now, _instant(last_event), _instant(next_event), *newest)


def _instant(text: str | None) -> dt.datetime | None:
    """SQLite stores instants in UTC without an offset."""
    try:
        found = dt.datetime.fromisoformat(text) if text else None
    except ValueError as error:
        log_left_out(f"the event at {text!r:.40}", error)
        return None
    return found.replace(tzinfo=found.tzinfo or dt.UTC) if found else None


def public_clock(now: dt.datetime) -> PublicClock:
    """One query."""
    rows = _clock().rows(now=now)
    return clock_of(now, rows[0]) if rows else PublicClock(now)


@prepared
def _clock() -> Any:
    return Edition.objects.order_by("-pk").annotate(**clock_columns()).values_list(*CLOCK)[:1]
