"""Articles: the one at an address, lists of them, and what is joined to them when they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from articles.models.editions import Edition, EditionAuthor, EditionQuerySet, EditionTag
from articles.models.reference import Address, Author, Subject, Tag
from articles.reading import rows
from articles.reading.rows import ArticleRow, Cover, SubjectName
from articles.reading.selectors.clock import PublicClock, clock_columns

RELATED = 4
#: By how many of an article's first tags others are looked for: each is a step in an index of its own.
TAGS_FOR_RELATED = 3


class Neighbours(NamedTuple):
    related: tuple[ArticleRow, ...] = ()
    older: ArticleRow | None = None
    newer: ArticleRow | None = None

    @property
    def subjects(self) -> set[int]:
        return {row.subject_id for row in self.related if row.subject_id}

    def named(self, subjects: dict[int, SubjectName]) -> Neighbours:
        """With the subjects as they are called now."""
        related = (row._replace(subject=subjects.get(row.subject_id or 0)) for row in self.related)
        return self._replace(related=tuple(related))


class FeedEntry(NamedTuple):
    """`first_slug` and the instant from which it was public never change again, whatever becomes of the article."""

    row: ArticleRow
    authors: tuple[rows.Author, ...]
    first_slug: str
    first_seen: dt.datetime


class Names(NamedTuple):
    """Reference rows as they are called now, by primary key."""

    tags: dict[int, rows.Tag]
    authors: dict[int, rows.Author]
    subjects: dict[int, SubjectName]

    @property
    def key(self) -> tuple[Any, ...]:
        return (*self.tags.items(), *self.authors.items())


def article_at(slug: str, now: dt.datetime) -> Edition | None:
    """The event in force of the article that this slug stands for: a version, with this slug or a newer one, or a
    removal. One query; the stamp comes along (`clock_columns`), and the parts as `parts_text`, not yet read as JSON.
    """
    address = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=slug, visible_from__lte=now)
    found: Edition | None = (
        Edition.objects.in_force(at=now)
        .filter(article_id=Subquery(address.values("article_id")[:1]))
        .for_list()
        .annotate(parts_text=Cast("parts", TextField()), **clock_columns(now))
        .first()
    )
    return found


def names_of(tags: Iterable[int], authors: Iterable[int], subjects: Iterable[int] = ()) -> Names:
    """One query."""
    of_tags = Tag.objects.filter(pk__in=set(tags)).order_by()
    of_authors = Author.objects.filter(pk__in=set(authors)).order_by()
    of_subjects = Subject.objects.filter(pk__in=set(subjects)).order_by()
    found = Names({}, {}, {})
    for kind, pk, name, slug, more, colour in of_tags.values_list(
        Value("tag"), "pk", "name", "slug", Value(""), Value("")
    ).union(
        of_authors.values_list(Value("author"), "pk", "name", "slug", "bio", Value("")),
        of_subjects.values_list(Value("subject"), "pk", "name", "slug", "kind", "palette"),
        all=True,
    ):
        if kind == "tag":
            found.tags[pk] = rows.Tag(name, slug)
        elif kind == "author":
            found.authors[pk] = rows.Author(name, slug, more)
        else:
            found.subjects[pk] = SubjectName(name, slug, more, colour)
    return found


def neighbours_of(edition: Edition, tags: Sequence[int], clock: PublicClock) -> Neighbours:
    """Up to four articles on the same subject, else with the same first tags, and the articles before and after by
    first publication. One query, each part of which is a few steps in an index; subjects are named by id only.
    """
    public = articles(clock.now)
    others = public.exclude(pk=edition.pk)
    first_tags = tags[:TAGS_FOR_RELATED]
    around = Q(pk__in=_before(public, edition)) | Q(pk__in=_after(public, edition))
    if edition.subject_id:
        around |= Q(pk__in=others.filter(subject=edition.subject_id).values("pk")[:RELATED])
    for tag in first_tags:
        around |= Q(pk__in=_newest_tagged(tag, clock.now).values("edition")[: RELATED + 1])
    shares_tag = Exists(EditionTag.objects.filter(edition=OuterRef("pk"), tag__in=first_tags))
    found = [
        (_row(values[:-1]), values[-1])
        for values in others.filter(around).annotate(shares_tag=shares_tag).values_list(*_COLUMNS, "shares_tag")
    ]
    found.sort(key=lambda pair: _place(pair[0]))
    about_it = [row for row, _ in found if row.subject_id and row.subject_id == edition.subject_id]
    like_it = [row for row, is_like in found if is_like and row not in about_it]
    here = (-edition.first_visible_from.timestamp(), edition.pk)
    return Neighbours(
        related=tuple((about_it + like_it)[:RELATED]),
        older=next((row for row, _ in found if _place(row) > here), None),
        newer=next((row for row, _ in reversed(found) if _place(row) < here), None),
    )


def articles(now: dt.datetime) -> EditionQuerySet:
    """Versions in force, newest first."""
    return Edition.objects.in_force(at=now).versions().newest_first()


def articles_by(author: int, now: dt.datetime) -> EditionQuerySet:
    return articles(now).filter(Exists(EditionAuthor.objects.filter(edition=OuterRef("pk"), author=author)))


def articles_tagged(tag: int, how_many: int, clock: PublicClock) -> tuple[ArticleRow, ...]:
    """The newest articles with a tag. One query, and one more when the stamp is new."""

    def newest() -> list[int]:
        rows_of_tag = EditionTag.objects.filter(tag=tag)
        return list(
            articles(clock.now).filter(pk__in=rows_of_tag.values("edition")).values_list("pk", flat=True)[:how_many]
        )

    return article_rows(articles(clock.now).filter(pk__in=clock.remember(f"articles-tagged/{tag}", newest)))


def article_rows(editions: QuerySet[Edition]) -> tuple[ArticleRow, ...]:
    """One query."""
    found = editions.values_list(*_COLUMNS, *_SUBJECT_COLUMNS)
    return tuple(_row(values[: len(_COLUMNS)], values[len(_COLUMNS) :]) for values in found)


def feed_entries(now: dt.datetime, how_many: int) -> tuple[FeedEntry, ...]:
    """The newest articles with their authors and the addresses that they had first. Three queries."""
    found = article_rows(articles(now)[:how_many])
    bylines = EditionAuthor.objects.filter(edition__in=[row.pk for row in found])
    authors: dict[int, list[rows.Author]] = {}
    for edition, name, slug in bylines.values_list("edition_id", "author__name", "author__slug"):
        authors.setdefault(edition, []).append(rows.Author(name, slug))
    addresses = Address.objects.filter(article_id__in=[row.article_id for row in found], visible_from__lte=now)
    first: dict[int, tuple[str, dt.datetime]] = {}
    for article, slug, since in addresses.order_by("visible_from", "pk").values_list(
        "article_id", "slug", "visible_from"
    ):
        first.setdefault(article, (slug, since))
    return tuple(FeedEntry(row, tuple(authors.get(row.pk, ())), *first[row.article_id]) for row in found)


def _before(public: EditionQuerySet, edition: Edition) -> QuerySet[Edition]:
    """The next in the list: of those that were published at the same instant, the one with the next id."""
    first = edition.first_visible_from
    return (
        public.filter(first_visible_from__lte=first)
        .exclude(first_visible_from=first, pk__lte=edition.pk)
        .values("pk")[:1]
    )


def _after(public: EditionQuerySet, edition: Edition) -> QuerySet[Edition]:
    first = edition.first_visible_from
    return (
        public.filter(first_visible_from__gte=first)
        .exclude(first_visible_from=first, pk__gte=edition.pk)
        .reverse()
        .values("pk")[:1]
    )


def _newest_tagged(tag: int, now: dt.datetime) -> QuerySet[EditionTag]:
    """By the edition's id, which is the order of the index and near enough to that of publication."""
    in_force = {"edition__visible_from__lte": now, "edition__visible_until__gt": now}
    return EditionTag.objects.filter(tag=tag, **in_force).order_by("-edition_id")


_COLUMNS = (
    *("pk", "article_id", "slug", "title", "dek", "card_count", "word_count"),
    *("first_visible_from", "modified_at", "cover", "subject_id"),
)
_SUBJECT_COLUMNS = tuple(f"subject__{name}" for name in SubjectName._fields)


def _row(values: Sequence[Any], subject: Sequence[Any] = (None,)) -> ArticleRow:
    *plain, cover, subject_id = values
    return ArticleRow(*plain, Cover.of(cover), subject_id, SubjectName(*subject) if subject[0] else None)


def _place(row: ArticleRow) -> tuple[float, int]:
    """Sorts as `newest_first` does."""
    return (-row.published_at.timestamp(), row.pk)
