"""What the databases find rows by: SQLite's FTS5 with triggers, PostgreSQL's tsvector with a GIN or a RUM index.

The index is no model, so no migration knows it: `ensure_index` runs after each one (apps.py) and makes what is missing,
of what the database has by itself. SQLite's triggers vanish when a migration builds the table anew, and stand again
after it. RUM is an extension, and a wish of the operator (settings.SEARCH_INDEX): `change_index` carries it out.

On PostgreSQL a function of one name finds the newest rows by either index, in the same order: so whoever asks does not
know which there is, and an index that is not the one wished for finds the same.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from articles.models.search import rows
from articles.models.search.names import SearchName
from articles.models.search.rows import SearchRow

_INDEX = "articles_searchindex"
_ROWS = SearchRow._meta.db_table
_NAMES = SearchName._meta.db_table


class Kind(enum.StrEnum):
    FTS5 = "fts5"
    GIN = "gin"
    RUM = "rum"


class NoExtensionError(Exception):
    """RUM is not in this database. `is_installed`: on its server it is, but this account may not create it."""

    def __init__(self, *, is_installed: bool, server: int) -> None:
        super().__init__("RUM is not in this database.")
        self.is_installed = is_installed
        self.server = server  # the major version of PostgreSQL, which is in the package's name


def _statement(source: str, matches: str, newest: str, values: Sequence[str]) -> str:
    """Takes the question, the instant twice, whether facts only, the subject twice, whether without spoilers, how much
    was seen, and how many are wanted: `values` stand in their places.
    """
    _question, since, until, facts_only, about, subject, without_spoilers, seen, most = values
    return (
        f"SELECT r.id, r.fact_id, r.heading, r.is_closed, r.spoiler_after FROM {source} WHERE {matches} "  # noqa: S608
        f"AND r.visible_from <= {since} AND r.visible_until > {until} "
        f"AND (r.fact_id IS NOT NULL OR NOT {facts_only}) AND ({about} IS NULL OR r.subject_id = {subject}) "
        f"AND (r.spoiler_after IS NULL OR NOT {without_spoilers}) "
        f"AND (NOT r.is_closed OR r.spoiler_after <= {seen}) ORDER BY {newest} LIMIT {most}"
    )


_FUNCTION = "articles_search_2"

#: What finds rows, by the vendor of the database.
STATEMENTS: Mapping[str, str] = {
    "sqlite": _statement(
        f"{_INDEX} AS i CROSS JOIN {_ROWS} AS r ON r.id = i.rowid",  # CROSS: the index first, always
        f"{_INDEX} MATCH %s",
        "i.rowid DESC",
        ["%s"] * 9,
    ),
    "postgresql": f"SELECT * FROM {_FUNCTION}(%s::tsquery, {', '.join(['%s'] * 8)})",  # noqa: S608 - nothing foreign
}


# --- SQLite -----------------------------------------------------------------------------------------------------------

_DELETE = f"INSERT INTO {_INDEX}({_INDEX}, rowid, tokens) VALUES ('delete', old.id, old.tokens)"  # noqa: S608
_INSERT = f"INSERT INTO {_INDEX}(rowid, tokens) VALUES (new.id, new.tokens)"  # noqa: S608
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_INDEX} USING fts5(tokens, content='{_ROWS}', content_rowid='id', "
    "tokenize='ascii', columnsize=0)",
    f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_insert AFTER INSERT ON {_ROWS} BEGIN {_INSERT}; END",
    f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_delete AFTER DELETE ON {_ROWS} BEGIN {_DELETE}; END",
    f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_update AFTER UPDATE OF id, tokens ON {_ROWS} "
    f"BEGIN {_DELETE}; {_INSERT}; END",
    f"CREATE INDEX IF NOT EXISTS {_NAMES}_key ON {_NAMES} (key)",
)

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

_PLACES = [f"${place}" for place in range(1, 10)]
_MATCHES = "r.vector @@ $1"
#: RUM gives rows by how far their keys lie below a bound: that of the year 2138. It measures in floating point, where
#: keys that differ by less than 32 may be equally far: so a few rows more are taken, and then the keys decide.
_BOUND, _EQUALLY_FAR = rows.key_of(dt.datetime(2138, 1, 1, tzinfo=dt.UTC)), 32
_BODIES = {
    Kind.GIN: _statement(f"{_ROWS} AS r", _MATCHES, "r.id DESC", _PLACES),
    Kind.RUM: "SELECT * FROM ("  # noqa: S608 - nothing foreign
    + _statement(f"{_ROWS} AS r", _MATCHES, f"r.id <=| {_BOUND}", [*_PLACES[:-1], f"$9 + {_EQUALLY_FAR}"])
    + ") AS nearest ORDER BY id DESC LIMIT $9",
}
#: PostgreSQL would walk the newest rows of half a million to the end where it takes a question for commoner than it is.
#: So it may not: a function has settings of its own. What it sorts is narrow, as long texts stand apart (TOAST). A step
#: that may not be counts as a huge cost, for which each statement would be compiled first (JIT).
_SETTINGS = {
    Kind.GIN: "SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off",
    Kind.RUM: "SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off",
}
#: Without `order_by_attach`, which makes RUM lose rows (postgrespro/rum, issue 79).
_INDEXED = {
    Kind.GIN: "USING gin (vector) WITH (fastupdate = off)",
    Kind.RUM: "USING rum (vector rum_tsvector_addon_ops, id) WITH (attach = 'id', to = 'vector')",
}
_IS_THERE = (
    f"SELECT 1 WHERE to_regclass('{_INDEX}') IS NOT NULL AND to_regclass('{_NAMES}_key') IS NOT NULL "
    f"AND to_regproc('{_FUNCTION}') IS NOT NULL"
)


def _function(kind: Kind) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}(tsquery, timestamptz, timestamptz, boolean, bigint, bigint, "
        "boolean, integer, integer) RETURNS TABLE(id bigint, fact_id bigint, heading text, is_closed boolean, "
        f"spoiler_after smallint) LANGUAGE sql STABLE PARALLEL SAFE {_SETTINGS[kind]} AS $${_BODIES[kind]}$$"
    )


def _postgresql(kind: Kind) -> tuple[str, ...]:
    return (
        f"ALTER TABLE {_ROWS} ADD COLUMN IF NOT EXISTS vector tsvector "
        "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', tokens)) STORED",
        f"ALTER TABLE {_ROWS} SET (toast_tuple_target = 256)",
        f"CREATE INDEX IF NOT EXISTS {_INDEX} ON {_ROWS} {_INDEXED[kind]}",
        f'CREATE INDEX IF NOT EXISTS {_NAMES}_key ON {_NAMES} (key COLLATE "C")',
        _function(kind),
    )


# --- making it --------------------------------------------------------------------------------------------------------


def ensure_index() -> None:
    """Makes what the database lacks of the index. What is there stays; it costs a few looks at the schema."""
    connection = connections[DEFAULT_DB_ALIAS]
    if _ROWS not in connection.introspection.table_names():  # migrated back to the beginning
        return
    if connection.vendor == "sqlite":
        _execute(*_SQLITE)
    elif not _asked(_IS_THERE):  # to make it again, if not there, would lock the table
        _execute(*_postgresql(kind_in_use() or Kind.GIN))


def kind_in_use() -> Kind | None:
    """None before the first migration."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        return Kind.FTS5 if _INDEX in connection.introspection.table_names() else None
    found = _asked(
        f"SELECT a.amname FROM pg_class AS i JOIN pg_am AS a ON a.oid = i.relam WHERE i.oid = to_regclass('{_INDEX}')"  # noqa: S608 - nothing foreign
    )
    return Kind(found[0]) if found else None


def change_index(kind: Kind) -> None:
    """Puts an index of this kind, GIN or RUM, in the place of the one that is there. Readers search meanwhile, with the
    old one; what would be published waits while the new one is built.

    Raises NoExtensionError, with nothing changed.
    """
    if kind is Kind.RUM:
        _ensure_rum()
    with transaction.atomic():
        _execute(f"DROP INDEX IF EXISTS {_INDEX}_new", f"CREATE INDEX {_INDEX}_new ON {_ROWS} {_INDEXED[kind]}")
    with (
        transaction.atomic()
    ):  # another one, which takes the strongest lock first: to raise a lock may end in a deadlock
        _execute(
            f"LOCK TABLE {_ROWS} IN ACCESS EXCLUSIVE MODE",
            f"DROP INDEX IF EXISTS {_INDEX}",
            f"ALTER INDEX {_INDEX}_new RENAME TO {_INDEX}",
            _function(kind),
        )


def _ensure_rum() -> None:
    if _asked("SELECT 1 FROM pg_extension WHERE extname = 'rum'"):
        return
    server = connections[DEFAULT_DB_ALIAS].pg_version // 10_000  # type: ignore[attr-defined]
    if not _asked("SELECT 1 FROM pg_available_extensions WHERE name = 'rum'"):
        raise NoExtensionError(is_installed=False, server=server)
    # RUM is no trusted extension: only a superuser creates it.
    if not _asked("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper"):
        raise NoExtensionError(is_installed=True, server=server)
    _execute("CREATE EXTENSION rum")


def _asked(query: str) -> tuple[str, ...] | None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(query)
        row: tuple[str, ...] | None = cursor.fetchone()
        return row


def _execute(*statements: str) -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
