"""The index of working copies, for the desk: cards and titles by their words, in both databases.

The tokens stand in a column beside the words (models.fields.TokensField), so the index follows every save, import and
deletion by itself: on SQLite by triggers of an FTS5 table, on PostgreSQL by a generated column with a GIN index. It is
no model: `ensure_working_index` makes what is missing after each migration. The languages are those of `engine`, from
which it differs in what is asked: words that are typed may all go on, and nothing but the newest keys is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

from articles.models.search import engine
from articles.models.search.engine import Either, Every, Expression, Phrase
from articles.models.writing import Article, FactCard
from articles.text import tokens

#: Words of one beginning that are asked for one by one, on SQLite.
MOST_TERMS = 64


class WorkingIndex(NamedTuple):
    name: str
    terms: str
    table: str
    column: str


CARDS = WorkingIndex("articles_cardindex", "articles_cardterms", FactCard._meta.db_table, "tokens")
TITLES = WorkingIndex("articles_titleindex", "articles_titleterms", Article._meta.db_table, "title_tokens")
INDEXES = (CARDS, TITLES)


# --- making it --------------------------------------------------------------------------------------------------------


#: Bytes of beginnings that FTS5 keeps lists for: two to four letters, or one of another script. Of longer ones there
#: are few words, see `_begun_one_by_one`.
_KEPT_BEGINNINGS = (3, 4, 5)


def _sqlite(index: WorkingIndex) -> Iterator[str]:
    name, terms, table, column = index
    delete = f"INSERT INTO {name}({name}, rowid, {column}) VALUES ('delete', old.id, old.{column})"  # noqa: S608
    insert = f"INSERT INTO {name}(rowid, {column}) VALUES (new.id, new.{column})"  # noqa: S608
    beginnings = " ".join(map(str, _KEPT_BEGINNINGS))
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({column}, content='{table}', content_rowid='id', "
        f"tokenize='ascii', columnsize=0, prefix='{beginnings}')"
    )
    yield f"CREATE VIRTUAL TABLE IF NOT EXISTS {terms} USING fts5vocab('{name}', 'instance')"
    yield f"CREATE TRIGGER IF NOT EXISTS {name}_insert AFTER INSERT ON {table} BEGIN {insert}; END"
    yield f"CREATE TRIGGER IF NOT EXISTS {name}_delete AFTER DELETE ON {table} BEGIN {delete}; END"
    # An article is written whole when one of its details changes: the title is mostly as it was.
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {name}_update AFTER UPDATE OF id, {column} ON {table} "
        f"WHEN old.id <> new.id OR old.{column} <> new.{column} BEGIN {delete}; {insert}; END"
    )


def _postgresql(index: WorkingIndex) -> Iterator[str]:
    """GIN gathers new rows and sorts them in later (`fastupdate`): a row of a card changes oftener than its words."""
    yield (
        f"ALTER TABLE {index.table} ADD COLUMN IF NOT EXISTS vector tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', {index.column})) STORED"
    )
    yield f"CREATE INDEX IF NOT EXISTS {index.name} ON {index.table} USING gin (vector)"


def ensure_working_index() -> None:
    """Makes what the database lacks of it. What is there stays."""
    connection = connections[DEFAULT_DB_ALIAS]
    there = set(connection.introspection.table_names())
    for index in INDEXES:
        if index.table not in there:  # migrated back to the beginning
            continue
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                is_new = index.name not in there
                _execute(cursor, _sqlite(index))
                if is_new:
                    cursor.execute(f"INSERT INTO {index.name}({index.name}) VALUES ('rebuild')")  # noqa: S608
                continue
            cursor.execute("SELECT to_regclass(%s)", [index.name])
            if cursor.fetchone()[0] is None:  # to make it again, if not there, would lock the table
                _execute(cursor, _postgresql(index))


def index_again() -> None:
    """Reads all tokens into the index anew, which SQLite needs where a hand was in the database."""
    ensure_working_index()
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            _execute(cursor, (f"INSERT INTO {each.name}({each.name}) VALUES ('rebuild')" for each in INDEXES))  # noqa: S608


def _execute(cursor: CursorWrapper, statements: Iterator[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def not_indexed(index: WorkingIndex, rows: Sequence[tuple[int, str]]) -> list[int]:
    """Which of these, given with their tokens, the index does not find by the first and the last token. PostgreSQL
    makes its index of the rows themselves.
    """
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        return []
    lost = []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for pk, text in rows:
            if own := text.split():
                asked = engine.in_language(Every((Phrase((own[0],)), Phrase((own[-1],)))))
                cursor.execute(f"SELECT 1 FROM {index.name} WHERE {index.name} MATCH %s AND rowid = %s", [asked, pk])  # noqa: S608
                if cursor.fetchone() is None:
                    lost.append(pk)
    return lost


# --- asking it --------------------------------------------------------------------------------------------------------


def expression(words: Sequence[str], *, of_headings: bool = False) -> Expression | None:
    """What has all of these words, of which each may be only begun; None where there is no letter in them."""
    mark = tokens.HEADING if of_headings else ""
    found = [part for part in (_of_word(word, mark) for word in words) if part]
    return Every(tuple(found)) if found else None


def _of_word(word: str, mark: str) -> Expression | None:
    """A word with signs between its letters (Ji-hoon) may be written without them, too."""
    pieces = list(tokens.pieces(tokens.normalised(word)))
    if not pieces:
        return None
    last = pieces[-1]
    # A pair of CJK letters ends where it ends; one ASCII letter begins half of all words.
    is_begun = len(last) == 1 if tokens.is_cjk(last) else len(last) > 1 or not last.isascii()
    written = Phrase(tuple(f"{mark}{token}" for token in tokens.of_pieces(pieces)), is_begun)
    if len(pieces) == 1:
        return written
    return Either((written, Phrase((f"{mark}{tokens.encoded(''.join(pieces))}",), is_begun=True)))


def newest(index: WorkingIndex, wanted: Expression, most: int) -> list[int]:
    """The keys of the rows with these words that were made last, the newest first. All who see nothing but some
    articles have to look at the rows themselves: the index does not know whose they are.

    On SQLite the lists of words are walked from their ends, so that a word in a million rows costs no more than one in
    a thousand. PostgreSQL's GIN gives all rows that have it: what is sorted is their keys alone.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            asked = engine.in_language(_begun_one_by_one(wanted, index, cursor))
            sql = f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        else:
            asked = engine.in_language(wanted)
            sql = (
                f"WITH found AS MATERIALIZED (SELECT id FROM {index.table} WHERE vector @@ %s::tsquery) "  # noqa: S608
                "SELECT id FROM found ORDER BY id DESC LIMIT %s"
            )
        cursor.execute(sql, [asked, most])
        return [pk for (pk,) in cursor.fetchall()]


def _begun_one_by_one(part: Expression, index: WorkingIndex, cursor: CursorWrapper) -> Expression:
    """FTS5 puts the lists of all words of a beginning together before it gives the first row, which takes the longer
    the more rows there are: 40 ms for 400,000. The words one by one, of which any will do, it walks side by side.
    """
    if not isinstance(part, Phrase):
        return type(part)(tuple(_begun_one_by_one(each, index, cursor) for each in part.parts))
    *before, last = part.tokens
    if not part.is_begun or (not before and len(last) in _KEPT_BEGINNINGS):
        return part
    cursor.execute(_TERMS.format(index.terms), [last, f"{last}~", MOST_TERMS + 2])
    words = [word for (word,) in cursor.fetchall() if word and word.startswith(last)]
    if not words or len(words) > MOST_TERMS:
        return part
    return Either(tuple(Phrase((*before, word)) for word in words))


#: From each word to the next one, without a look at the rows of either. It takes the beginning, what comes after all of
#: its words, and how many are wanted.
_TERMS = (
    "WITH RECURSIVE found(term) AS (SELECT (SELECT term FROM {0} WHERE term >= %s LIMIT 1) UNION ALL "
    "SELECT (SELECT term FROM {0} WHERE term >= found.term || char(1) LIMIT 1) FROM found "
    "WHERE found.term < %s LIMIT %s) SELECT term FROM found"
)


def holds(part: Expression, text: str) -> bool:
    """Whether these tokens, as a column has them, are what is asked for."""
    if isinstance(part, Phrase):
        return f" {' '.join(part.tokens)}{'' if part.is_begun else ' '}" in text
    return (all if isinstance(part, Every) else any)(holds(each, text) for each in part.parts)
