"""The seam to whatever finds rows by words: SQLite's FTS5 and PostgreSQL's tsvector, told the same in two languages.

Both get the tokens that text.tokens makes, and give the newest rows that have them: what is meant, and which rows come
first, is decided in Python. A larger engine would be `ensure_index` and `newest` in a third language.

The index is no model, so no migration knows it: `ensure_index` runs after each one (apps.py) and makes what is missing.
SQLite's triggers vanish when a migration builds the table anew, and stand again after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from articles.models.search.names import SearchName
from articles.models.search.rows import SearchRow
from articles.text import tokens

#: How many matches are looked at, the newest: ranking all that a common word has would take a second.
MOST_MATCHES = 2000

_INDEX = "articles_searchindex"
_ROWS = SearchRow._meta.db_table
_NAMES = SearchName._meta.db_table


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens one after the other; with `is_begun` the last of them may be the beginning of a longer one."""

    tokens: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Expression, ...]


Expression = Phrase | Every | Either


class Scope(NamedTuple):
    """What the rows are narrowed to. `seen` counts beside a subject alone: closed rows that are safe then."""

    facts_only: bool = False
    subject: int | None = None
    seen: int | None = None
    without_spoilers: bool = False
    tags: tuple[int, ...] = ()  # all of them


class Match(NamedTuple):
    """What follows `spoiler_after` belongs to the fact, and is told where it was asked for: the subject, what the index
    narrows by, and what it sorts by. The day and the instant are texts of the database, good for comparing.
    """

    pk: int
    fact: int | None
    heading: str
    is_closed: bool
    spoiler_after: int | None
    subject: int | None = None
    kind: str | None = None
    is_sourced: bool = False
    has_picture: bool = False
    checked_on: str = ""
    title_key: str = ""
    interest: int = 0
    first_visible_from: str = ""


def newest(
    wanted: Expression,
    unwanted: Sequence[Expression],
    scope: Scope,
    now: dt.datetime,
    most: int = MOST_MATCHES,
    *,
    with_facts: bool = False,
) -> list[Match]:
    """The newest rows in force with these words, in no order. One query. `with_facts`: with all of a Match."""
    sql, values = _found(_query(wanted, unwanted, scope), scope, now, most)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_WITH_FACTS.format(sql) if with_facts else sql, values)
        return list(starmap(Match, cursor.fetchall()))


#: A kind is that of now. Outside the statement, for there PostgreSQL may use no index scan.
_WITH_FACTS = (
    "SELECT m.*, f.subject_id, s.kind, f.is_sourced, f.has_picture, CAST(f.checked_on AS text), f.title_key, "
    "f.interest, CAST(f.first_visible_from AS text) FROM ({}) AS m "
    "JOIN articles_publishedfact AS f ON f.id = m.fact_id LEFT JOIN articles_subject AS s ON s.id = f.subject_id"
)


def which(wanted: Sequence[Expression], scope: Scope, now: dt.datetime) -> set[int]:
    """The places of those that anything has. One query."""
    parts, values = [], []
    for place, each in enumerate(wanted):
        sql, own_values = _found(_query(each, (), scope), scope, now, 1)
        parts.append(f"SELECT {place:d} AS place FROM ({sql}) AS p{place:d}")  # noqa: S608 - nothing foreign
        values += own_values
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {place for (place,) in cursor}


def _query(wanted: Expression, unwanted: Sequence[Expression], scope: Scope) -> str:
    """The rows hold their tags and their subject as tokens: so the index narrows by them, not a look at each match."""
    ids = [tokens.for_tag(tag) for tag in scope.tags]
    ids += [tokens.for_subject(scope.subject)] if scope.subject is not None else []
    return _engine().query(Every((wanted, *(Phrase((each,)) for each in ids))) if ids else wanted, unwanted)


def _found(query: str, scope: Scope, now: dt.datetime, most: int) -> tuple[str, list[Any]]:
    """The statement that gives the columns of a Match, and its values."""
    instant = connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(timezone.localtime(now, dt.UTC))
    seen = scope.seen if scope.subject is not None else None
    narrowed = [scope.facts_only, scope.subject, scope.subject, scope.without_spoilers, seen]
    return _engine().statement, [query, instant, instant, *narrowed, most]


def _engine() -> _Engine:
    return _ENGINES[connections[DEFAULT_DB_ALIAS].vendor]


# --- two languages ----------------------------------------------------------------------------------------------------


class _Engine(NamedTuple):
    """`statement` takes the question, the instant twice, whether facts only, the subject twice, whether without
    spoilers, how much was seen, and how many are wanted.
    """

    statement: str
    query: Callable[[Expression, Sequence[Expression]], str]
    schema: tuple[str, ...]
    is_there: str = ""  # gives a row when all of the schema is there: to ask again would lock the table


def _statement(source: str, matches: str, newest: str, values: Sequence[str]) -> str:
    """`values` stand in the places of those of `_Engine.statement`."""
    _question, since, until, facts_only, about, subject, without_spoilers, seen, most = values
    return (
        f"SELECT r.id, r.fact_id, r.heading, r.is_closed, r.spoiler_after FROM {source} WHERE {matches} "  # noqa: S608
        f"AND r.visible_from <= {since} AND r.visible_until > {until} "
        f"AND (r.fact_id IS NOT NULL OR NOT {facts_only}) AND ({about} IS NULL OR r.subject_id = {subject}) "
        f"AND (r.spoiler_after IS NULL OR NOT {without_spoilers}) "
        f"AND (NOT r.is_closed OR r.spoiler_after <= {seen}) ORDER BY {newest} LIMIT {most}"
    )


def _fts5(wanted: Expression, unwanted: Sequence[Expression]) -> str:
    found = _in_fts5(wanted)
    return f"{found} NOT ({' OR '.join(map(_in_fts5, unwanted))})" if unwanted else found


def _in_fts5(part: Expression) -> str:
    if isinstance(part, Phrase):
        return f'"{" ".join(part.tokens)}"' + (" *" if part.is_begun else "")
    return _joined(map(_in_fts5, part.parts), " AND " if isinstance(part, Every) else " OR ")


def _tsquery(wanted: Expression, unwanted: Sequence[Expression]) -> str:
    found = _in_tsquery(wanted)
    return f"{found} & !({' | '.join(map(_in_tsquery, unwanted))})" if unwanted else found


def _in_tsquery(part: Expression) -> str:
    if isinstance(part, Phrase):
        return f"({' <-> '.join(part.tokens)}{':*' if part.is_begun else ''})"
    return _joined(map(_in_tsquery, part.parts), " & " if isinstance(part, Every) else " | ")


def _joined(parts: Iterable[str], sign: str) -> str:
    return f"({sign.join(parts)})"


_DELETE = f"INSERT INTO {_INDEX}({_INDEX}, rowid, tokens) VALUES ('delete', old.id, old.tokens)"  # noqa: S608
_INSERT = f"INSERT INTO {_INDEX}(rowid, tokens) VALUES (new.id, new.tokens)"  # noqa: S608
#: PostgreSQL would walk the newest rows of half a million to the end where it takes a question for commoner than it is.
#: So it may not: a function has settings of its own. What it sorts is narrow, as long texts stand apart (TOAST).
_FUNCTION = "articles_search_1"
_BODY = _statement(
    f"{_ROWS} AS r", "r.vector @@ $1", "r.id DESC", ("$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9")
)
_ENGINES = {
    "sqlite": _Engine(
        statement=_statement(
            f"{_INDEX} AS i CROSS JOIN {_ROWS} AS r ON r.id = i.rowid",  # CROSS: the index first, always
            f"{_INDEX} MATCH %s",
            "i.rowid DESC",
            ["%s"] * 9,
        ),
        query=_fts5,
        schema=(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {_INDEX} USING fts5(tokens, content='{_ROWS}', content_rowid='id', "
            "tokenize='ascii', columnsize=0)",
            f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_insert AFTER INSERT ON {_ROWS} BEGIN {_INSERT}; END",
            f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_delete AFTER DELETE ON {_ROWS} BEGIN {_DELETE}; END",
            f"CREATE TRIGGER IF NOT EXISTS {_INDEX}_update AFTER UPDATE OF id, tokens ON {_ROWS} "
            f"BEGIN {_DELETE}; {_INSERT}; END",
            f"CREATE INDEX IF NOT EXISTS {_NAMES}_key ON {_NAMES} (key)",
        ),
    ),
    "postgresql": _Engine(
        statement=f"SELECT * FROM {_FUNCTION}(%s::tsquery, {', '.join(['%s'] * 8)})",  # noqa: S608 - nothing foreign
        query=_tsquery,
        schema=(
            f"ALTER TABLE {_ROWS} ADD COLUMN IF NOT EXISTS vector tsvector "
            "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', tokens)) STORED",
            f"ALTER TABLE {_ROWS} SET (toast_tuple_target = 256)",
            f"CREATE INDEX IF NOT EXISTS {_INDEX} ON {_ROWS} USING gin (vector) WITH (fastupdate = off)",
            f'CREATE INDEX IF NOT EXISTS {_NAMES}_key ON {_NAMES} (key COLLATE "C")',
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}(tsquery, timestamptz, timestamptz, boolean, bigint, bigint, "
            "boolean, integer, integer) RETURNS TABLE(id bigint, fact_id bigint, heading text, is_closed boolean, "
            "spoiler_after smallint) LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off "
            f"SET enable_indexscan = off SET enable_indexonlyscan = off AS $${_BODY}$$",
        ),
        is_there=f"SELECT 1 WHERE to_regclass('{_INDEX}') IS NOT NULL AND to_regclass('{_NAMES}_key') IS NOT NULL "
        f"AND to_regproc('{_FUNCTION}') IS NOT NULL",
    ),
}


def ensure_index() -> None:
    """Makes what the database lacks of the index. What is there stays; it costs a few looks at the schema."""
    connection = connections[DEFAULT_DB_ALIAS]
    if _ROWS not in connection.introspection.table_names():  # migrated back to the beginning
        return
    engine = _engine()
    with connection.cursor() as cursor:
        if engine.is_there:
            cursor.execute(engine.is_there)
            if cursor.fetchone():
                return
        for statement in engine.schema:
            cursor.execute(statement)
