"""The words that are or were public, and what is left of each when one letter is left out: typos are found by it.

Only open words come in, none from behind a spoiler point. A word stays when its edition is over: it is proposed only if
a row in force has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.utils import CursorWrapper

from articles.models.fields import LineField
from articles.text import spelling

_AT_ONCE = 500


class SearchWord(models.Model):
    word = LineField(max_length=spelling.LONGEST, unique=True)

    def __str__(self) -> str:
        return self.word


class SearchWordKey(models.Model):
    key = models.BigIntegerField()
    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="keys", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "word"])]

    def __str__(self) -> str:
        return f"{self.key}"


def add(words: Iterable[str]) -> None:
    """Two transactions may add a word at once: its keys then stand twice, which changes no answer."""
    wanted = sorted({word for word in words if spelling.can_be_mended(word)})
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        known = _known(some)
        if new := [word for word in some if word not in known]:
            _insert(new)


def _known(words: list[str]) -> set[str]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        return {word for _pk, word in _rows_of(words, cursor)}


def _insert(new: list[str]) -> None:
    """Past the ORM, as in `_rows_of`: a new word has a key for each of its signs, so an article brings hundreds."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {SearchWord._meta.db_table} (word) VALUES (%s) ON CONFLICT DO NOTHING",  # noqa: S608
            [(word,) for word in new],
        )
        keys = [(key, pk) for pk, word in _rows_of(new, cursor) for key in spelling.keys(word)]
        cursor.executemany(f"INSERT INTO {SearchWordKey._meta.db_table} (key, word_id) VALUES (%s, %s)", keys)  # noqa: S608


def _rows_of(words: list[str], cursor: CursorWrapper) -> list[tuple[int, str]]:
    """Past the ORM, which takes longer over hundreds of values than the database does."""
    places = ", ".join(["%s"] * len(words))
    cursor.execute(f"SELECT id, word FROM {SearchWord._meta.db_table} WHERE word IN ({places})", words)  # noqa: S608
    rows: list[tuple[int, str]] = cursor.fetchall()
    return rows
