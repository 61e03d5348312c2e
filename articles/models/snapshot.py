"""Reading a site, or a page, as it was at one moment, while people go on working on it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import connection, transaction


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
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
            yield
