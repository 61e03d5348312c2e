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
    connection.close_if_health_check_failed()  # as cursors do before a request's first question
    connection.ensure_connection()
    database: Any = connection.connection
    is_sqlite = connection.vendor == "sqlite"
    if database.in_transaction if is_sqlite else database.info.transaction_status:  # IDLE is 0
        yield  # of somebody who knows what they are doing: a transaction, or another snapshot
    elif is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would lock writers out: the settings make it IMMEDIATE
            try:
                cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the moment is that of the first question
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        # Past Django, whose transactions take three messages instead of two: a page has three or four of its own.
        with connection.wrap_database_errors:
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT 1", prepare=False)
        try:
            yield
        finally:
            if not database.closed:
                with connection.wrap_database_errors:
                    database.execute("ROLLBACK")
