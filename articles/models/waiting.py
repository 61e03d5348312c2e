"""How long a reader's request waits for the database to take a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def short_wait(milliseconds: int) -> Iterator[None]:
    """SQLite has one writer at a time, and a reader's page is not to wait for an import to end: what cannot be written
    soon raises DatabaseError.
    """
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        yield
        return
    connections[DEFAULT_DB_ALIAS].ensure_connection()
    database = connections[DEFAULT_DB_ALIAS].connection
    (usual,) = database.execute("PRAGMA busy_timeout").fetchone()
    database.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
    try:
        yield
    finally:
        database.execute(f"PRAGMA busy_timeout = {usual:d}")
