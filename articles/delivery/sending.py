"""Sending what waits in the outbox, and trying again.

Several processes and hosts may do it at once: each takes a row by moving its `due_at`, and where one is killed in the
middle another takes the row when that time has come. So a receiver may be told twice, and never not at all.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F, QuerySet
from django.utils import timezone

from articles.delivery import events, letters, purging, requests
from articles.delivery.letters import HopelessError
from articles.delivery.requests import RefusedError
from articles.models import OutboxMessage, outbox

logger = logging.getLogger("articles.delivery")

#: So long a row is another's who took it: a purge may well be sent twice.
LEASE, LEASE_OF_PURGE = dt.timedelta(minutes=3), dt.timedelta(seconds=5)
#: Until the next try: it doubles, from the first to the longest. A cache that stands still shows old pages.
FIRST_PAUSE = dt.timedelta(seconds=2)
LONGEST_PAUSES = {
    OutboxMessage.Kind.PURGE: dt.timedelta(seconds=30),
    OutboxMessage.Kind.FEEDS: dt.timedelta(hours=1),
    OutboxMessage.Kind.WEBHOOK: dt.timedelta(hours=1),
    OutboxMessage.Kind.MAIL: dt.timedelta(minutes=15),
}
#: After so long a webhook, a hub or a person is not told any more; a purge is tried until it worked.
GIVEN_UP_AFTER = dt.timedelta(days=3)
#: So long it can be seen what webhooks and hubs were told.
KEPT = dt.timedelta(days=30)
#: What was sent of these leaves no row: a purge is no news, and a letter is its reader's alone.
_LEAVE_NOTHING = (OutboxMessage.Kind.PURGE, OutboxMessage.Kind.MAIL)
_AT_ONCE = 200
_MOST_DOUBLINGS = 16

Kind = OutboxMessage.Kind


@dataclass
class Report:
    """How many rows were sent; and of those that were not, what their receivers said."""

    sent: int = 0
    failed: list[str] = field(default_factory=list)


def send_waiting() -> Report:
    """Sends what is due, caches first. Raises nothing that a receiver does."""
    purges, others = send_purges(), send_others()
    return Report(purges.sent + others.sent, purges.failed + others.failed)


def send_purges() -> Report:
    """All that a cache should forget goes into as few requests as it takes."""
    report, now = Report(), timezone.now()
    found = _due(now).filter(kind=Kind.PURGE)[:_AT_ONCE]
    taken = sorted((row for row in found if _take(row, now)), key=lambda row: (row.target, row.pk))
    for _target, rows in groupby(taken, key=lambda row: row.target):
        _send(list(rows), report)
    return report


def send_others(until: threading.Event | None = None) -> Report:
    """Each is taken when its turn has come: those before it may have waited for their receivers. None is taken once
    `until` is set.
    """
    report = Report()
    for row in list(_due(timezone.now()).exclude(kind=Kind.PURGE)[:_AT_ONCE]):
        if until is not None and until.is_set():
            break
        if _take(row, timezone.now()):
            _send([row], report)
    return report


def next_due() -> dt.datetime | None:
    """When something is to be sent next, which may be past; None where nothing waits. One step in an index."""
    return outbox.unsent().values_list("due_at", flat=True).order_by("due_at").first()


def clean_up() -> None:
    """Forgets what was told, or given up, long ago."""
    old = OutboxMessage.objects.filter(made_at__lt=timezone.now() - KEPT)
    old.exclude(sent_at=None, given_up=False).delete()


def forget(target: str) -> int:
    """Drops what waits for a receiver that is no more; gives how much that was."""
    count, _by_model = OutboxMessage.objects.filter(target=target, sent_at=None).delete()
    return count


def oldest_waiting(kind: str) -> OutboxMessage | None:
    """What should have been told longest ago; None where nothing should."""
    unsent = OutboxMessage.objects.filter(kind=kind, sent_at=None, given_up=False, due_since__lte=timezone.now())
    return unsent.order_by("due_since").first()


def _due(now: dt.datetime) -> QuerySet[OutboxMessage]:
    """The oldest first."""
    found = outbox.unsent().filter(due_at__lte=now).order_by("due_at", "pk")
    return found.select_related("webhook", "edition__subject")


def _take(row: OutboxMessage, now: dt.datetime) -> bool:
    is_ours = OutboxMessage.objects.filter(pk=row.pk, due_at=row.due_at, sent_at=None)
    return bool(is_ours.update(due_at=now + (LEASE_OF_PURGE if row.kind == Kind.PURGE else LEASE)))


def _send(rows: Sequence[OutboxMessage], report: Report) -> None:
    """Of one receiver: one row, or all purges of a cache in as few requests as it takes."""
    first, own = rows[0], OutboxMessage.objects.filter(pk__in=[row.pk for row in rows])
    try:
        said = _tell(first.kind, rows)
    except HopelessError as error:
        report.failed.append(f"{_name_of(first)}: {error}")
        _give_up(first, str(error))
        return
    except (RefusedError, ValueError, LookupError) as error:
        report.failed.append(f"{_name_of(first)}: {error}")
        _try_later(rows, str(error))
        return
    report.sent += len(rows)
    if first.kind in _LEAVE_NOTHING:
        own.delete()
    else:
        own.update(sent_at=timezone.now(), error=said, tries=F("tries") + 1)
    if first.kind == Kind.MAIL and first.target:
        logger.info("Sent %s at the %s. try.", _name_of(first), first.tries + 1)


def _name_of(row: OutboxMessage) -> str:
    """For the log, which does not name people."""
    return str(row.payload["about"]) if row.kind == Kind.MAIL else row.target


def _tell(kind: str, rows: Sequence[OutboxMessage]) -> str:
    first, said = rows[0], ""
    if kind == Kind.PURGE:
        names = sorted({name for row in rows for name in row.payload})
        for message in purging.purges(first.target, names):
            said = requests.send(message, timeout=requests.TIMEOUT_OF_CACHES)
        return said
    if kind == Kind.MAIL:
        letters.send(first)
        return said
    if kind == Kind.FEEDS:
        return requests.send(events.feed_message(first))
    return requests.send(events.webhook_message(first, int(timezone.now().timestamp())), only_public=True)


def _give_up(row: OutboxMessage, error: str) -> None:
    """What it is about stays to be seen, and nothing that opens anything."""
    row.given_up, row.error, row.tries = True, error[:300], row.tries + 1
    if row.kind == Kind.MAIL:
        row.payload = {"about": row.payload["about"]}
    row.save(update_fields=["given_up", "error", "tries", "payload"])
    logger.error("Given up: %s (%s) after %s tries: %s", _name_of(row), row.kind, row.tries, error)


def _try_later(rows: Iterable[OutboxMessage], error: str) -> None:
    now = timezone.now()
    for row in rows:
        if row.kind != Kind.PURGE and now - row.due_since > GIVEN_UP_AFTER:
            _give_up(row, error)
            continue
        row.tries += 1
        pause = FIRST_PAUSE * 2 ** min(row.tries - 1, _MOST_DOUBLINGS)
        row.due_at = now + min(pause, LONGEST_PAUSES[Kind(row.kind)])
        row.error = error[:300]
        row.save(update_fields=["tries", "due_at", "error"])
        logger.warning("Not sent to %s (%s), try %s: %s", _name_of(row), row.kind, row.tries, error)
