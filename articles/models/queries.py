"""What both databases need: shapes of queries and statistics to plan well by, rows that stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def keys_in_any(found: QuerySet[Any], *others: QuerySet[Any]) -> QuerySet[Any]:
    """The one column that each of these has, put together: for `filter(pk__in=…)`.

    A filter by `Q(pk__in=one) | Q(pk__in=other)` is a scan of the whole table on PostgreSQL, which cannot look up keys
    by an OR of sub-queries. Each may be a slice; keys may come twice.
    """
    return reduce(lambda one, other: one.union(other, all=True), map(_whole, others), _whole(found))


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    """SQLite takes no LIMIT in a part of a UNION, and no order belongs there."""
    if not found.query.is_sliced:
        return found.order_by()
    (column,) = found.query.values_select
    whole: QuerySet[Any] = found.model._base_manager.filter(pk__in=found.values("pk")).order_by()
    return whole.values(column)


def refresh_statistics() -> None:
    """After many rows came at once. SQLite never gathers statistics by itself, PostgreSQL minutes later: until then it
    may plan for an empty table, and the fact index takes six times as long.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")  # so many rows of each index are looked at, not all
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            _count_rows(cursor)


def _count_rows(cursor: CursorWrapper) -> None:
    """How many rows there are SQLite guesses for each index of a table apart, one three times as many as another: then
    it walks the wrong one, and sorts all facts for the newest. So they are counted, which takes milliseconds.
    """
    cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1 WHERE idx IS NOT NULL")
    for (table,) in cursor.fetchall():
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table of ours
        (count,) = cursor.fetchone()
        cursor.execute(
            "UPDATE sqlite_stat1 SET stat = %s || substr(stat, instr(stat || ' ', ' ')) "
            "WHERE tbl = %s AND idx IN (SELECT name FROM pragma_index_list(%s) WHERE NOT partial)",
            [str(count), table, table],
        )
    cursor.execute("ANALYZE sqlite_schema")  # reads what stands there now


def keep_statistics() -> None:
    """For now and then: SQLite plans by what it was told last, however much has come since. `PRAGMA optimize` would
    look only at what its own connection has asked for. PostgreSQL does it by itself.
    """
    if connection.vendor == "sqlite":
        refresh_statistics()


def held_until_the_end(rows: QuerySet[Row]) -> Iterable[Row]:
    """Rows that nobody takes away or gives other keys until the transaction ends, for rows that will name them.

    PostgreSQL looks at foreign keys when a transaction ends, and then it is too late to choose another one. FOR KEY
    SHARE, for which Django has no word, lets others name them meanwhile. SQLite has one writer.
    """
    if connection.vendor != "postgresql":
        return rows
    sql, values = rows.order_by("pk").query.sql_with_params()
    return rows.model._base_manager.raw(f"{sql} FOR KEY SHARE", values)


def held_of(rows: Collection[Row]) -> Collection[Row]:
    """As `held_until_the_end`, of rows that this transaction has read: without those that are gone by now."""
    if not rows or connection.vendor != "postgresql":
        return rows
    model = type(next(iter(rows)))
    there = {row.pk for row in held_until_the_end(model._base_manager.filter(pk__in=[row.pk for row in rows]))}
    return [row for row in rows if row.pk in there]
