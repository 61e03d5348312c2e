"""The seam to whatever finds rows by words: SQLite's FTS5 and PostgreSQL's tsvector, asked the same in two languages.

Both get the tokens that text.tokens makes, and give the newest rows that have them: what is meant, and which rows come
first, is decided in Python. What is asked here stands in the database by `index`. A larger engine would be a third
language in these two modules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from articles.models.search.index import STATEMENTS
from articles.text import tokens

#: How many matches are looked at, the newest: ranking all that a common word has would take a second.
MOST_MATCHES = 2000


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
    return in_language(Every((wanted, *(Phrase((each,)) for each in ids))) if ids else wanted, unwanted)


def _found(query: str, scope: Scope, now: dt.datetime, most: int) -> tuple[str, list[Any]]:
    """The statement that gives the columns of a Match, and its values."""
    connection = connections[DEFAULT_DB_ALIAS]
    instant = connection.ops.adapt_datetimefield_value(timezone.localtime(now, dt.UTC))
    seen = scope.seen if scope.subject is not None else None
    narrowed = [scope.facts_only, scope.subject, scope.subject, scope.without_spoilers, seen]
    return STATEMENTS[connection.vendor], [query, instant, instant, *narrowed, most]


# --- two languages ----------------------------------------------------------------------------------------------------


def in_language(wanted: Expression, unwanted: Sequence[Expression] = ()) -> str:
    """As the database in use is asked for it."""
    return _LANGUAGES[connections[DEFAULT_DB_ALIAS].vendor](wanted, unwanted)


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


_LANGUAGES: Mapping[str, Callable[[Expression, Sequence[Expression]], str]] = {"sqlite": _fts5, "postgresql": _tsquery}
