"""Making the ledger of counts anew: after an upgrade that counts something new, or a hand in the database."""

from __future__ import annotations

from django.db import connection, transaction

from articles import publishing
from articles.models.outbox import purge_everything


def rebuild_counts() -> int:
    """Gives how many counts were wrong. Readers have each all the time, and people go on publishing."""
    with transaction.atomic():
        _see_one_moment()
        wrong = publishing.rebuild_counts()
        if wrong:
            purge_everything()
        return wrong


def wrong_counts() -> int:
    """How many counts differ from what is published."""
    with transaction.atomic():
        _see_one_moment()
        return len({(kind, key) for kind, key, _at in publishing.count_differences()})


def _see_one_moment() -> None:
    """Publication in between would look like a difference. SQLite lets nobody write meanwhile."""
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
