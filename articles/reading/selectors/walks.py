"""Lists that a program walks through from end to end, page after page, while the public site goes on changing.

Each page begins behind the last row of the page before, by a key that no publication changes (the instant at which the
public first saw it, then its permanent id). So what was there at the beginning is met exactly once, whatever is
published meanwhile; what is newer stands before the beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models import Value as Literal

from articles.models.addresses import Address
from articles.models.editions import Edition, EditionAuthor, EditionTag, PublishedFact, PublishedTag
from articles.models.fact_checks import FactCheck
from articles.reading import rows
from articles.reading.outputs import made
from articles.reading.rows import ArticleRow, FactRow, SubjectName
from articles.reading.selectors.articles import FoundEdition
from articles.reading.selectors.facts import EDITION_COLUMNS, OWN_COLUMNS, row_of, with_tags
from articles.reading.selectors.lists import ARTICLE_COLUMNS, SUBJECT_COLUMNS, article_row, articles_in_force
from articles.reading.selectors.prepared import NOW, Parameter, filled, placeholder_values, placeholders, prepared
from articles.reading.selectors.reference import public_subjects, public_tags

LAST_SEEN = Parameter("last_seen", DateTimeField())
FACT_COLUMNS = (*OWN_COLUMNS, *(f"edition__{name}" for name in EDITION_COLUMNS), *SUBJECT_COLUMNS)


class Narrowed(NamedTuple):
    """Primary keys: of tags, all of which must hold, and of a subject."""

    tags: tuple[int, ...] = ()
    subject: int | None = None

    @property
    def values(self) -> dict[str, int]:
        subject = {"subject": self.subject} if self.subject is not None else {}
        return placeholder_values("tag", self.tags) | subject


class Named(NamedTuple):
    """An article with the names that are joined to it."""

    row: ArticleRow
    tags: tuple[rows.Tag, ...]
    authors: tuple[rows.Author, ...]


# --- facts ------------------------------------------------------------------------------------------------------------


def walk_facts(
    query: Narrowed, after: tuple[dt.datetime, str] | None, how_many: int, now: dt.datetime
) -> tuple[FactRow, ...]:
    """The facts behind `after` (when the public first saw it, public id), newest first, each once. Two queries."""
    key = dict(zip(("last_seen", "last_id"), after, strict=True)) if after else {}
    shape = (len(query.tags), query.subject is not None, after is not None, how_many)
    found = made(row_of, _facts(*shape).rows(now=now, **key, **query.values))
    return with_tags(found) if found else ()


@prepared
def _facts(tags: int, has_subject: bool, has_key: bool, how_many: int) -> Any:
    found = PublishedFact.objects.in_force(at=NOW).once(at=NOW)
    if has_subject:
        found = found.filter(subject=Parameter("subject", IntegerField()))
    for tag in placeholders("tag", tags):
        found = found.filter(Exists(PublishedTag.objects.filter(tag=tag, fact=OuterRef("pk"))))
    if has_key:
        found = found.filter(first_visible_from__lte=LAST_SEEN)
        found = found.exclude(first_visible_from=LAST_SEEN, public_id__lte=Parameter("last_id", CharField()))
    # Ids first, as in selectors.facts: with statistics SQLite would rather walk all editions and sort their facts.
    order = ("-first_visible_from", "public_id")
    ids = found.order_by(*order).values("pk")[:how_many]
    return PublishedFact.objects.filter(pk__in=ids).order_by(*order).values_list(*FACT_COLUMNS)


# --- articles ---------------------------------------------------------------------------------------------------------


def walk_articles(
    query: Narrowed, after: tuple[dt.datetime, int] | None, how_many: int, now: dt.datetime
) -> tuple[Named, ...]:
    """The articles behind `after` (when the public first saw it, primary key of the article), newest first. Two
    queries.
    """
    key = dict(zip(("last_seen", "last_id"), after, strict=True)) if after else {}
    shape = (len(query.tags), query.subject is not None, after is not None, how_many)
    found = made(article_row, _articles(*shape).rows(now=now, **key, **query.values))
    editions = placeholder_values("edition", (row.pk for row in found))
    tags: dict[int, list[rows.Tag]] = {}
    authors: dict[int, list[rows.Author]] = {}
    for kind, edition, _position, name, slug in _joined(len(found)).rows(**editions) if found else ():
        if kind == "tag":
            tags.setdefault(edition, []).append(rows.Tag(name, slug))
        else:
            authors.setdefault(edition, []).append(rows.Author(name, slug))
    return tuple(Named(row, tuple(tags.get(row.pk, ())), tuple(authors.get(row.pk, ()))) for row in found)


@prepared
def _articles(tags: int, has_subject: bool, has_key: bool, how_many: int) -> Any:
    found = articles_in_force()
    if has_subject:
        found = found.filter(subject=Parameter("subject", IntegerField()))
    for tag in placeholders("tag", tags):
        found = found.filter(Exists(EditionTag.objects.filter(tag=tag, edition=OuterRef("pk"))))
    if has_key:
        found = found.filter(first_visible_from__lte=LAST_SEEN)
        found = found.exclude(first_visible_from=LAST_SEEN, article_id__lte=Parameter("last_id", IntegerField()))
    return found.order_by("-first_visible_from", "article_id").values_list(*ARTICLE_COLUMNS)[:how_many]


@prepared
def _joined(editions: int) -> Any:
    """Tags and authors of editions, in their order."""
    shown = {"edition__pk__in": placeholders("edition", editions)}
    of_tags = EditionTag.objects.filter(**shown).order_by()
    of_authors = EditionAuthor.objects.filter(**shown).order_by()
    return (
        of_tags.values_list(Literal("tag"), "edition_id", "position", "tag__name", "tag__slug")
        .union(
            of_authors.values_list(Literal("author"), "edition_id", "position", "author__name", "author__slug"),
            all=True,
        )
        .order_by("edition_id", "position")
    )


class WholeSite(NamedTuple):
    """What is public at one instant: the primary keys of the editions; and of facts that two articles show, the rows
    that are not the newest, each by edition and public id.
    """

    editions: tuple[int, ...]
    elsewhere: frozenset[tuple[int, str]]


def whole_site(now: dt.datetime) -> WholeSite:
    """Two queries, to be asked in one snapshot. Whatever is published later takes nothing from this: editions stay for
    ever, only the rows of facts go.
    """
    editions = articles_in_force(now).order_by("pk").values_list("pk", flat=True)
    older = PublishedFact.objects.in_force(at=now).outdone(at=now).order_by()
    return WholeSite(tuple(editions), frozenset(older.values_list("edition_id", "public_id")))


def editions_with(keys: Sequence[int]) -> tuple[FoundEdition, ...]:
    """The versions with these primary keys, in their order, whether or not they are in force. One query."""
    padded = filled(keys)
    return made(FoundEdition.of, _editions(len(padded)).rows(**placeholder_values("edition", padded)))


@prepared
def _editions(size: int) -> Any:
    found = Edition.objects.versions().filter(pk__in=placeholders("edition", size)).annotate(**FoundEdition.texts())
    return found.order_by("pk").values_list(*FoundEdition.columns())


def first_seen(public_ids: Iterable[str]) -> dict[str, dt.datetime]:
    """When the public first saw these facts. One query."""
    found = Address.objects.filter(kind=Address.Kind.FACT, slug__in=list(public_ids))
    return {slug: instant for slug, instant in found.values_list("slug", "visible_from") if instant}


def last_checks(editions: Iterable[int]) -> dict[str, str]:
    """The ISO days on which somebody last found the very words of facts in these editions still true, by public id.
    None of an edition that is over: the rows of its facts are gone. One query.
    """
    facts = PublishedFact.objects.filter(edition__in=list(editions)).order_by()
    looks = FactCheck.objects.filter(public_id=OuterRef("public_id"), words=OuterRef("words"))
    checked = facts.annotate(day=Subquery(looks.order_by("-checked_on").values("checked_on")[:1]))
    found = checked.filter(day__isnull=False).values_list("public_id", "day")
    return {public_id: day.isoformat() for public_id, day in found}


# --- tags and subjects ------------------------------------------------------------------------------------------------


def walk_tags(after: tuple[str, int] | None, how_many: int, now: dt.datetime) -> tuple[tuple[int, rows.Tag], ...]:
    """The public tags behind `after` (name, primary key), from A to Z, each with its primary key. One query."""
    found = _behind(public_tags(now), after).values_list("pk", "name", "slug")[:how_many]
    return tuple((pk, rows.Tag(name, slug)) for pk, name, slug in found)


def walk_subjects(
    after: tuple[str, int] | None, how_many: int, now: dt.datetime
) -> tuple[tuple[int, SubjectName], ...]:
    """As `walk_tags`."""
    found = _behind(public_subjects(now), after).values_list("pk", *SubjectName._fields)[:how_many]
    return tuple((pk, SubjectName(*name)) for pk, *name in found)


def _behind(found: QuerySet[Any], after: tuple[str, int] | None) -> QuerySet[Any]:
    if after is None:
        return found
    name, pk = after
    return found.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
