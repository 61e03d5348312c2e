"""The state of the public site: which it is now, and until when it holds.

What readers see is a function of the events up to now and of acts (a merge of tags, another name, a vote), each of
which changes the stamp of the site (models.public_state). So the last event's instant and the stamp state it exactly:
what was made in one state stays true for as long as its key is the same.
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
from articles.models.public_state import stamp
from articles.reading.outputs import log_left_out
from articles.reading.selectors.prepared import NOW, prepared

#: How long counts stay in the cache, which would else hold those of all states that are over.
COUNT_SECONDS = 300

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PublicClock:
    """`last_event` and `next_event` are instants of the public line, None where there is none."""

    now: dt.datetime
    last_event: dt.datetime | None = None
    next_event: dt.datetime | None = None
    stamp: int | None = None  # None where no act has changed anything yet

    @property
    def state(self) -> tuple[dt.datetime | None, int | None]:
        return self.last_event, self.stamp

    @property
    def state_key(self) -> str:
        last_event = self.last_event.isoformat() if self.last_event else ""
        return f"{last_event}/{self.stamp}"

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

    def ending(self, at: dt.datetime) -> PublicClock:
        """For an answer that will be another one at that instant without a public event."""
        return replace(self, next_event=min(self.next_event or at, at))

    def cached(self, name: str, compute: Callable[[], Value]) -> Value:
        """`compute()`, once for each state of the public site.

        For ids and numbers in plain types: another release of this program may read what this one has cached.
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
        "stamp": stamp(),
    }


def _as_text(instant: QuerySet[Any]) -> Cast:
    """As text, so that an unreadable instant of another article does not spoil the row that it comes with."""
    return Cast(Subquery(instant), TextField())


CLOCK = tuple(clock_columns())


def clock_of(now: dt.datetime, columns: Sequence[Any]) -> PublicClock:
    """From the values of CLOCK."""
    last_event, next_event, stamp_now = columns
    return PublicClock(now, _instant(last_event), _instant(next_event), stamp_now and int(stamp_now))


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
