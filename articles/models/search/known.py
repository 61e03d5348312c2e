"""Looking up what words may be names of, and which known words are one letter apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from articles.models.search.names import SearchName
from articles.models.search.vocabulary import SearchWord, SearchWordKey

_NAMES = SearchName._meta.db_table
_WORDS, _WORD_KEYS = SearchWord._meta.db_table, SearchWordKey._meta.db_table

#: A key of more owners than this tells nothing ("the").
MOST_OWNERS = 50
_MOST_BEGUN, _MOST_NEAR = 100, 500


class Name(NamedTuple):
    key: str
    sound: str
    subject: int | None
    tag: int | None


#: A word of the vocabulary, and a subject or a tag that has it in a name.
NearWord = tuple[str, int | None, int | None]


def names(keys: Iterable[str], begun: str = "", near: Sequence[int] = ()) -> tuple[list[Name], list[NearWord]]:
    """What is known by these keys, and by those that begin like `begun`; and the words of the vocabulary that share one
    of the keys in `near`. One query.
    """
    wanted = sorted(set(keys))
    key = _key_column()
    parts: list[str] = []
    values: list[Any] = [*wanted]
    if wanted:
        of_keys = f"{key} IN ({', '.join(['%s'] * len(wanted))})"
        place = "ROW_NUMBER() OVER (PARTITION BY n.key ORDER BY n.id)"
        parts.append(f"{_OUTER} (SELECT {_INNER}, {place} AS place {_FROM} WHERE {of_keys}) AS f WHERE {_FEW}")
    if begun:
        limited = f"{key} > %s AND {key} < %s ORDER BY {key}, n.id LIMIT {_MOST_BEGUN}"
        parts.append(f"{_OUTER} (SELECT {_INNER} {_FROM} WHERE {limited}) AS b")
        values += [begun, f"{begun}~"]
    if near:
        parts.append(f"SELECT * FROM ({_NEAR.format(key, ', '.join(['%s'] * len(near)))}) AS w")  # noqa: S608
        values += [*near]
    if not parts:
        return [], []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    known = sorted((row for row in found if row[4]), key=lambda row: (row[0], row[4]))
    return [Name(*row[:4]) for row in known], [(word, subject, tag) for word, _, subject, tag, pk in found if not pk]


_INNER = "n.key, n.sound, n.subject_id, COALESCE(n.tag_id, a.tag_id) AS tag, n.id"
_OUTER = "SELECT key, sound, subject_id, tag, id FROM"
_FROM = f"FROM {_NAMES} AS n LEFT JOIN articles_tagalias AS a ON a.id = n.alias_id"
_FEW = f"place <= {MOST_OWNERS + 1}"
_NEAR = (
    "SELECT DISTINCT w.word, '' AS sound, n.subject_id, COALESCE(n.tag_id, a.tag_id) AS tag, 0 AS id "  # noqa: S608
    f"FROM {_WORD_KEYS} AS k JOIN {_WORDS} AS w ON w.id = k.word_id LEFT JOIN {_NAMES} AS n ON {{}} = 'w' || w.word "
    f"LEFT JOIN articles_tagalias AS a ON a.id = n.alias_id WHERE k.key IN ({{}}) LIMIT {_MOST_NEAR}"
)


def _key_column() -> str:
    """Compared byte by byte, as the index is sorted."""
    return "n.key" if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else 'n.key COLLATE "C"'
