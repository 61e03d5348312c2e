"""Articles: the one at an address, lists of them, and what is joined to them when they are read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models import Value as Literal
from django.db.models.functions import Cast

from articles.models.editions import Edition, EditionAuthor, EditionQuerySet, EditionTag
from articles.models.reference import Address, Author, Subject, Tag
from articles.reading import rows
from articles.reading.rows import ArticleRow, Cover, SubjectName
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns
from articles.reading.selectors.prepared import NOW, Parameter, places, prepared, values_of

RELATED = 4
#: By how many of an article's first tags others are looked for: each is a step in an index of its own.
TAGS_FOR_RELATED = 3
#: Lists of ids are filled up to a multiple of this, so that few shapes of a query are compiled.
IDS_AT_ONCE = 8

SLUG, PK, SUBJECT = (
    Parameter("slug", CharField()),
    Parameter("pk", IntegerField()),
    Parameter("subject", IntegerField()),
)
SUBJECT_COLUMNS = tuple(f"subject__{name}" for name in SubjectName._fields)


class FoundEdition(NamedTuple):
    """An event of the public line as values that compare and hash: what a page is made from."""

    pk: int
    kind: str
    slug: str
    title: str
    dek: str
    card_count: int
    word_count: int
    first_visible_from: dt.datetime
    modified_at: dt.datetime
    renderer: int
    subject_id: int | None
    cover_text: str | None
    parts_text: str
    subject: SubjectName | None

    @property
    def edition(self) -> Edition:
        """The same as a model instance, unsaved, which asks the database nothing."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        subject = Subject(pk=self.subject_id, **self.subject._asdict()) if self.subject else None
        cover, parts = json.loads(self.cover_text or "null"), json.loads(self.parts_text)
        return Edition(**plain, cover=cover, parts=parts, subject=subject)

    @classmethod
    def columns(cls, prefix: str = "") -> list[str]:
        return (
            [f"{prefix}{name}" for name in (*_PLAIN, "subject_id")]
            + ["cover_text", "parts_text"]
            + [f"{prefix}{name}" for name in SUBJECT_COLUMNS]
        )

    @classmethod
    def texts(cls, prefix: str = "") -> dict[str, Cast]:
        """The columns that are JSON, as the text that they are stored as."""
        return {f"{name}_text": Cast(f"{prefix}{name}", TextField()) for name in ("cover", "parts")}

    @classmethod
    def of(cls, values: Sequence[Any]) -> FoundEdition:
        here = len(cls._fields) - 1
        return cls(*values[:here], SubjectName(*values[here:]) if values[here] else None)


_PLAIN = FoundEdition._fields[:10]


class Neighbours(NamedTuple):
    related: tuple[ArticleRow, ...] = ()
    older: ArticleRow | None = None
    newer: ArticleRow | None = None


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

    @property
    def key(self) -> tuple[Any, ...]:
        return (*self.tags.items(), *self.authors.items())


def articles_in_force(at: Any = NOW) -> EditionQuerySet:
    """Versions in force, newest first."""
    return Edition.objects.in_force(at=at).versions().newest_first()


# --- one article ------------------------------------------------------------------------------------------------------


def article_at(slug: str, now: dt.datetime) -> tuple[FoundEdition, PublicClock] | None:
    """The event in force of the article that this slug stands for: a version, with this slug or a newer one, or a
    removal. With the stamp, in one query.
    """
    found = _article_at().rows(slug=slug, now=now)
    if not found:
        return None
    values, clock = found[0][: -len(CLOCK)], found[0][-len(CLOCK) :]
    return FoundEdition.of(values), PublicClock(now, *clock)


@prepared
def _article_at() -> QuerySet[Any]:
    address = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=SLUG, visible_from__lte=NOW)
    return (
        Edition.objects.in_force(at=NOW)
        .filter(article_id=Subquery(address.values("article_id")[:1]))
        .order_by()
        .annotate(**FoundEdition.texts(), **clock_columns())
        .values_list(*FoundEdition.columns(), *CLOCK)
    )


def names_of(tags: Iterable[int], authors: Iterable[int]) -> Names:
    """One query."""
    wanted = [_filled(sorted(set(each))) for each in (tags, authors)]
    values = values_of("tag", wanted[0]) | values_of("author", wanted[1])
    found = _names(len(wanted[0]), len(wanted[1])).rows(**values) if any(wanted) else ()
    names = Names({}, {})
    for kind, pk, name, slug, bio in found:
        if kind == "tag":
            names.tags[pk] = rows.Tag(name, slug)
        else:
            names.authors[pk] = rows.Author(name, slug, bio)
    return names


def _filled(ids: list[int]) -> list[int]:
    return ids + [0] * (-len(ids) % IDS_AT_ONCE)


@prepared
def _names(tags: int, authors: int) -> QuerySet[Any]:
    of_tags = Tag.objects.filter(pk__in=places("tag", tags)).order_by()
    of_authors = Author.objects.filter(pk__in=places("author", authors)).order_by()
    columns = ("pk", "name", "slug")
    return of_tags.values_list(Literal("tag"), *columns, Literal("")).union(
        of_authors.values_list(Literal("author"), *columns, "bio"), all=True
    )


def neighbours_of(found: FoundEdition, tags: Sequence[int], now: dt.datetime) -> Neighbours:
    """Up to four articles on the same subject, else with the same first tags, and the articles before and after by
    first publication. One query, each part of which is a few steps in an index.
    """
    first_tags = tags[:TAGS_FOR_RELATED]
    values = {"pk": found.pk, "first": found.first_visible_from, "subject": found.subject_id or 0, "now": now}
    values |= values_of("tag", first_tags)
    around = sorted(_around(len(first_tags)).rows(**values), key=_place)
    about_it = [each for each in around if found.subject_id and each[_SUBJECT_ID] == found.subject_id]
    like_it = [each for each in around if each[-1] and each not in about_it]
    here = (-found.first_visible_from.timestamp(), found.pk)
    older = next((each for each in around if _place(each) > here), None)
    newer = next((each for each in reversed(around) if _place(each) < here), None)
    return Neighbours(
        related=tuple(map(_row, (about_it + like_it)[:RELATED])),
        older=_row(older) if older else None,
        newer=_row(newer) if newer else None,
    )


@prepared
def _around(tags: int) -> QuerySet[Any]:
    first_tags = places("tag", tags)
    public, first = articles_in_force(), Parameter("first", DateTimeField())
    others = public.exclude(pk=PK)
    older = public.filter(first_visible_from__lte=first).exclude(first_visible_from=first, pk__lte=PK)
    newer = public.filter(first_visible_from__gte=first).exclude(first_visible_from=first, pk__gte=PK).reverse()
    near = Q(pk__in=older.values("pk")[:1]) | Q(pk__in=newer.values("pk")[:1])
    near |= Q(pk__in=others.filter(subject=Parameter("subject", IntegerField())).values("pk")[:RELATED])
    for tag in first_tags:
        near |= Q(pk__in=_newest_tagged(tag).values("edition")[: RELATED + 1])
    shares_tag = Exists(EditionTag.objects.filter(edition=OuterRef("pk"), tag__pk__in=first_tags))
    return others.filter(near).order_by().annotate(shares_tag=shares_tag).values_list(*_COLUMNS, "shares_tag")


def _newest_tagged(tag: Parameter) -> QuerySet[EditionTag]:
    """By the edition's id, which is the order of the index and near enough to that of publication."""
    in_force = {"edition__visible_from__lte": NOW, "edition__visible_until__gt": NOW}
    return EditionTag.objects.filter(tag=tag, **in_force).order_by("-edition_id")


# --- lists ------------------------------------------------------------------------------------------------------------


def newest_articles(now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    """One query, as in each of these."""
    return _rows(_article_list("", start, stop).rows(now=now))


def articles_about(subject: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("subject", start, stop).rows(now=now, pk=subject))


def articles_by(author: int, now: dt.datetime, start: int, stop: int) -> tuple[ArticleRow, ...]:
    return _rows(_article_list("author", start, stop).rows(now=now, pk=author))


def count_articles(clock: PublicClock, of: str = "", pk: int = 0) -> int:
    """All, or those of a "subject" or "author". One query when the stamp is new."""
    narrowed = _OF[of](articles_in_force(clock.now), pk)
    return clock.remember(f"articles/{of}/{pk}", narrowed.count)


def articles_tagged(tag: int, how_many: int, clock: PublicClock) -> tuple[ArticleRow, ...]:
    """The newest articles with a tag. One query, and one more when the stamp is new."""

    def newest() -> list[int]:
        tagged = EditionTag.objects.filter(tag=tag).values("edition")
        return list(articles_in_force(clock.now).filter(pk__in=tagged).values_list("pk", flat=True)[:how_many])

    ids = clock.remember(f"articles-tagged/{tag}", newest)
    return _rows(_articles_of(len(ids)).rows(now=clock.now, **values_of("pk", ids))) if ids else ()


@prepared
def _article_list(of: str, start: int, stop: int) -> QuerySet[Any]:
    return _OF[of](articles_in_force(), PK).values_list(*_COLUMNS)[start:stop]


@prepared
def _articles_of(size: int) -> QuerySet[Any]:
    return articles_in_force().filter(pk__in=places("pk", size)).values_list(*_COLUMNS)


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
    addresses = Address.objects.filter(article_id__in=[row.article_id for row in found], visible_from__lte=now)
    first: dict[int, tuple[str, dt.datetime]] = {}
    for article, slug, since in addresses.order_by("visible_from", "pk").values_list(
        "article_id", "slug", "visible_from"
    ):
        first.setdefault(article, (slug, since))
    return tuple(FeedEntry(row, tuple(authors.get(row.pk, ())), *first[row.article_id]) for row in found)


_PLAIN_COLUMNS = (
    *("pk", "article_id", "slug", "title", "dek", "card_count", "word_count"),
    *("first_visible_from", "modified_at", "cover", "subject_id"),
)
_COLUMNS = (*_PLAIN_COLUMNS, *SUBJECT_COLUMNS)
_FIRST, _SUBJECT_ID = _PLAIN_COLUMNS.index("first_visible_from"), _PLAIN_COLUMNS.index("subject_id")


def _rows(found: Iterable[Sequence[Any]]) -> tuple[ArticleRow, ...]:
    return tuple(map(_row, found))


def _row(values: Sequence[Any]) -> ArticleRow:
    *plain, cover, _subject_id = values[: len(_PLAIN_COLUMNS)]
    subject = values[len(_PLAIN_COLUMNS) : len(_COLUMNS)]
    return ArticleRow(*plain, Cover.of(cover), SubjectName(*subject) if subject[0] else None)


def _place(values: Sequence[Any]) -> tuple[float, int]:
    """Sorts as `newest_first` does."""
    return (-values[_FIRST].timestamp(), values[0])
