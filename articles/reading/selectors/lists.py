"""Lists of articles, and the newest for the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, IntegerField, OuterRef

from articles.models.addresses import Address
from articles.models.editions import Edition, EditionAuthor, EditionQuerySet, EditionTag
from articles.reading import rows
from articles.reading.outputs import made
from articles.reading.rows import ArticleRow, Cover, SubjectName
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared

SLUG, PK = Parameter("slug", CharField()), Parameter("pk", IntegerField())
SUBJECT_COLUMNS = tuple(f"subject__{name}" for name in SubjectName._fields)
_PLAIN_COLUMNS = (
    *("pk", "article_id", "slug", "title", "dek", "card_count", "word_count"),
    *("first_visible_from", "modified_at", "cover", "subject_id"),
)
ARTICLE_COLUMNS = (*_PLAIN_COLUMNS, *SUBJECT_COLUMNS)
FIRST_VISIBLE, SUBJECT_ID = _PLAIN_COLUMNS.index("first_visible_from"), _PLAIN_COLUMNS.index("subject_id")


class FeedEntry(NamedTuple):
    """`first_slug` and the instant from which it was public never change again, whatever becomes of the article."""

    row: ArticleRow
    authors: tuple[rows.Author, ...]
    first_slug: str
    first_seen: dt.datetime


def articles_in_force(at: Any = NOW) -> EditionQuerySet:
    """Versions in force, newest first."""
    return Edition.objects.in_force(at=at).versions().newest_first()


def newest_articles(now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    """One query, as in each of these."""
    return _rows(_article_list("", start, stop).rows(now=now))


def articles_about(subject: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("subject", start, stop).rows(now=now, pk=subject))


def articles_by(author: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("author", start, stop).rows(now=now, pk=author))


def count_articles(clock: PublicClock, of: str = "", pk: int = 0) -> int:
    """All, or those of a "subject" or "author". One query when the state is new."""
    narrowed = _OF[of](articles_in_force(clock.now), pk)
    return clock.cached(f"articles/{of}/{pk}", narrowed.count)


def articles_tagged(tag: int, how_many: int, clock: PublicClock) -> tuple[ArticleRow, ...]:
    """The newest articles with a tag. One query, and one more when the state is new."""

    def newest() -> list[int]:
        tagged = EditionTag.objects.filter(tag=tag).values("edition")
        return list(articles_in_force(clock.now).filter(pk__in=tagged).values_list("pk", flat=True)[:how_many])

    ids = clock.cached(f"articles-tagged/{tag}", newest)
    found = _articles_of(len(ids)).rows(now=clock.now, **placeholder_values("pk", ids)) if ids else ()
    return _rows(in_list_order(found))


@prepared
def _article_list(of: str, start: int, stop: int) -> Any:
    return _OF[of](articles_in_force(), PK).values_list(*ARTICLE_COLUMNS)[start:stop]


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


def feed_entries(now: dt.datetime, how_many: int) -> tuple[FeedEntry, ...]:
    """The newest articles with their authors and the addresses that they had first. Three queries."""
    found = newest_articles(now, 0, how_many)
    bylines = EditionAuthor.objects.filter(edition__in=[row.pk for row in found])
    authors: dict[int, list[rows.Author]] = {}
    for edition, name, slug in bylines.values_list("edition_id", "author__name", "author__slug"):
        authors.setdefault(edition, []).append(rows.Author(name, slug))
    ids = [row.article_id for row in found]
    addresses = _addresses(len(ids)).rows(now=now, **placeholder_values("article", ids)) if ids else ()
    first: dict[int, tuple[Any, ...]] = {}
    for article, *address in addresses:
        first.setdefault(article, tuple(address))
    return made(lambda row: FeedEntry(row, tuple(authors.get(row.pk, ())), *first[row.article_id]), found)


@prepared
def _addresses(size: int) -> Any:
    found = Address.objects.filter(article__pk__in=placeholders("article", size), visible_from__lte=NOW)
    return found.order_by("visible_from", "pk").values_list("article_id", "slug", "visible_from")


def _rows(found: Iterable[Sequence[Any]]) -> tuple[ArticleRow, ...]:
    return made(article_row, found)


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
