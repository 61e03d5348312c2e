"""Reading a site, or a page, as it was at one moment, while people go on working on it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connection


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """Every query within sees what was committed before it began, and nobody waits for it to end. Nothing within may
    write.
    """
    if connection.in_atomic_block:
        yield  # of somebody who knows what they are doing
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would lock writers out: the settings make it IMMEDIATE
            try:
                cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the moment is that of the first question
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        # Past Django, whose transactions take three messages instead of two: a page has three or four of its own.
        connection.ensure_connection()
        database: Any = connection.connection
        with connection.wrap_database_errors:
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT 1", prepare=False)
        try:
            yield
        finally:
            if not database.closed:
                with connection.wrap_database_errors:
                    database.execute("ROLLBACK")
