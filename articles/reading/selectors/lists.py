"""Lists of articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, IntegerField, OuterRef
from django.db.models.functions import Lower

from articles.models.counts import CountKind
from articles.models.editions import Edition, EditionAuthor, EditionQuerySet
from articles.models.queries import keys_in_any
from articles.reading.outputs import made
from articles.reading.pictures import Cover
from articles.reading.rows import ArticleRow, SubjectName
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.ledger import counted
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared

SLUG, PK = Parameter("slug", CharField()), Parameter("pk", IntegerField())
#: As readers look names up: "Bae Doona" before "BTS", on either database.
A_TO_Z = (Lower("name"), "name", "pk")
SUBJECT_COLUMNS = tuple(f"subject__{name}" for name in SubjectName._fields)
_PLAIN_COLUMNS = (
    *("pk", "article_id", "slug", "title", "dek", "card_count", "word_count", "language"),
    *("first_visible_from", "modified_at", "cover", "subject_id"),
)
ARTICLE_COLUMNS = (*_PLAIN_COLUMNS, *SUBJECT_COLUMNS)
FIRST_VISIBLE, SUBJECT_ID = _PLAIN_COLUMNS.index("first_visible_from"), _PLAIN_COLUMNS.index("subject_id")


def articles_in_force(at: Any = NOW) -> EditionQuerySet:
    """Versions in force, newest first."""
    return Edition.objects.in_force(at=at).versions().newest_first()


def newest_articles(now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    """One query, as in each of these."""
    return _rows(_article_list("", start, stop).rows(now=now))


class FrontArticles(NamedTuple):
    newest: tuple[ArticleRow, ...]
    read: tuple[ArticleRow, ...]


def front_articles(now: dt.datetime, how_many: int, read: Sequence[int]) -> FrontArticles:
    """The newest, and those of `read` (primary keys of articles) that are in force, in that order. One query."""
    if not read:
        return FrontArticles(newest_articles(now, 0, how_many), ())
    found = _rows(_front_articles(how_many, len(read)).rows(now=now, **placeholder_values("read", read)))
    by_article = {row.article_id: row for row in found}
    return FrontArticles(found[:how_many], tuple(by_article[pk] for pk in read if pk in by_article))


def articles_about(subject: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("subject", start, stop).rows(now=now, pk=subject))


def articles_at(editions: Sequence[int], now: dt.datetime) -> tuple[ArticleRow, ...]:
    """Those of these editions that are in force, newest first."""
    found = _articles_of(len(editions)).rows(now=now, **placeholder_values("pk", editions)) if editions else ()
    return _rows(found)


def articles_by(author: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("author", start, stop).rows(now=now, pk=author))


def count_articles(clock: PublicClock, of: str = "", pk: int = 0) -> int:
    """All, or those of a "subject" or "author". One query when the state is new."""
    kinds = {"": CountKind.ARTICLES, "subject": CountKind.ARTICLES_ABOUT, "author": CountKind.ARTICLES_BY}
    return counted(clock, kinds[of], pk)


@prepared
def _article_list(of: str, start: int, stop: int) -> Any:
    """The keys come out of a covering index first: a deep page would else read the wide rows of all before it."""
    keys = _OF[of](articles_in_force(), PK).values("pk")[start:stop]
    return Edition.objects.filter(pk__in=keys).order_by().values_list(*ARTICLE_COLUMNS)


@prepared
def _front_articles(how_many: int, size: int) -> Any:
    newest = articles_in_force().values("pk")[:how_many]
    read = articles_in_force().filter(article__pk__in=placeholders("read", size)).values("pk")
    return Edition.objects.filter(pk__in=keys_in_any(newest, read)).order_by().values_list(*ARTICLE_COLUMNS)


@prepared
def _articles_of(size: int) -> Any:
    """Without their order, which would tempt the planner away from the primary key."""
    return (
        Edition.objects.in_force(at=NOW)
        .order_by()
        .filter(pk__in=placeholders("pk", size))
        .values_list(*ARTICLE_COLUMNS)
    )


#: What lists of articles are narrowed by.
_OF: Mapping[str, Callable[[EditionQuerySet, Any], EditionQuerySet]] = {
    "": lambda found, _pk: found,
    "subject": lambda found, pk: found.filter(subject=pk),
    "author": lambda found, pk: found.filter(Exists(EditionAuthor.objects.filter(edition=OuterRef("pk"), author=pk))),
}


def _rows(found: Iterable[Sequence[Any]]) -> tuple[ArticleRow, ...]:
    """Newest first; those whose instant is broken are left out with a line in the log."""
    return made(article_row, sorted(found, key=lambda values: sort_key(values) if values[FIRST_VISIBLE] else (0.0, 0)))


def article_row(values: Sequence[Any]) -> ArticleRow:
    """Raises ValueError for an article that was published or changed at no instant."""
    *plain, cover, _subject_id = values[: len(_PLAIN_COLUMNS)]
    if None in plain:
        raise ValueError(f"{_PLAIN_COLUMNS[plain.index(None)]} is broken.")
    subject = values[len(_PLAIN_COLUMNS) : len(ARTICLE_COLUMNS)]
    about = SubjectName(*subject) if subject[0] else None
    return ArticleRow._make([*plain, Cover.of(cover, f"edition pk {plain[0]}"), about])


def in_list_order(found: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Without rows whose instant is broken."""
    return sorted((values for values in found if values[FIRST_VISIBLE]), key=sort_key)


def sort_key(values: Sequence[Any]) -> tuple[float, int]:
    """Sorts as `newest_first` does."""
    return (-values[FIRST_VISIBLE].timestamp(), values[0])
