"""The article at an address, and what is joined to it when it is read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models import Value as Literal
from django.db.models.functions import Cast

from articles.models.addresses import Address
from articles.models.editions import Edition, EditionTag, PublishedFact
from articles.models.fact_checks import FactCheck
from articles.models.queries import keys_in_any
from articles.models.reference import Author, Subject, Tag
from articles.reading import rows
from articles.reading.outputs import log_left_out, made
from articles.reading.rows import ArticleRow, SubjectName
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of
from articles.reading.selectors.lists import (
    ARTICLE_COLUMNS,
    PK,
    SLUG,
    SUBJECT_COLUMNS,
    SUBJECT_ID,
    article_row,
    articles_in_force,
    in_list_order,
    sort_key,
)
from articles.reading.selectors.prepared import NOW, Parameter, filled, placeholder_values, placeholders, prepared
from articles.reading.stored_parts import parts_in

NORMAL_SLUG = Parameter("normal_slug", CharField())

RELATED = 4
#: By how many of an article's first tags others are looked for: each is a step in an index of its own.
TAGS_FOR_RELATED = 2


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
    language: str
    subject_id: int | None
    cover_text: str | None
    parts_text: str
    subject: SubjectName | None

    @property
    def edition(self) -> Edition:
        """The same as a model instance, unsaved, which asks the database nothing. Raises BrokenPartsError."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        subject = Subject(pk=self.subject_id, **self.subject._asdict()) if self.subject else None
        cover, parts = json.loads(self.cover_text or "null"), parts_in(self.parts_text, f"Edition pk {self.pk}")
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
        return cls._make([*values[:here], SubjectName(*values[here:]) if values[here] else None])


_PLAIN = FoundEdition._fields[:11]


class Neighbours(NamedTuple):
    related: tuple[ArticleRow, ...] = ()
    older: ArticleRow | None = None
    newer: ArticleRow | None = None


class Names(NamedTuple):
    """Reference rows under their current names, each with its primary key; and for facts by their public ids the ISO
    day on which somebody last found these very words still true, and how many readers found them interesting.
    """

    tags: tuple[tuple[int, rows.Tag], ...] = ()
    authors: tuple[tuple[int, rows.Author], ...] = ()
    checks: tuple[tuple[str, str], ...] = ()
    interest: tuple[tuple[str, int], ...] = ()


NO_NAMES, NO_NEIGHBOURS = Names(), Neighbours()


def article_at(slug: str, normal_slug: str, now: dt.datetime) -> tuple[FoundEdition, PublicClock] | None:
    """The event in force of the article that this slug stands for: a version, with this slug or a newer one, or a
    removal. `normal_slug` is looked for when there is no article at the first. With the clock, in one query.
    """
    found = _article_at().rows(slug=slug, normal_slug=normal_slug, now=now)
    if not found:
        return None
    values, clock = found[0][: -len(CLOCK)], found[0][-len(CLOCK) :]
    return FoundEdition.of(values), clock_of(now, clock)


@prepared
def _article_at() -> Any:
    address = Address.objects.filter(kind=Address.Kind.ARTICLE, slug__in=[SLUG, NORMAL_SLUG], visible_from__lte=NOW)
    address = address.order_by(Case(When(slug=SLUG, then=0), default=1))
    return (
        Edition.objects.in_force(at=NOW)
        .filter(article_id=Subquery(address.values("article_id")[:1]))
        .order_by()
        .annotate(**FoundEdition.texts(), **clock_columns())
        .values_list(*FoundEdition.columns(), *CLOCK)
    )


def names_of(tags: Collection[int], authors: Collection[int], edition: int | None = None) -> Names:
    """One query. `edition` is the primary key of the edition whose facts are shown; a preview has none."""
    wanted = [filled(sorted(set(each))) for each in (tags, authors)]
    values = placeholder_values("tag", wanted[0]) | placeholder_values("author", wanted[1]) | {"edition": edition or 0}
    found = _names(len(wanted[0]), len(wanted[1])).rows(**values) if edition or any(wanted) else ()
    for pk in {*authors} - {pk for kind, pk, *_ in found if kind == "author"}:
        log_left_out(f"author pk {pk}", "an article names it, and there is none")
    return Names(
        tuple((pk, rows.Tag(name, slug)) for kind, pk, name, slug, _bio in found if kind == "tag"),
        tuple((pk, rows.Author(name, slug, bio)) for kind, pk, name, slug, bio in found if kind == "author"),
        tuple((public_id, day) for kind, _pk, public_id, day, _bio in found if kind == "check"),
        tuple((public_id, number) for kind, number, public_id, *_ in found if kind == "interest"),
    )


@prepared
def _names(tags: int, authors: int) -> Any:
    of_tags = Tag.objects.filter(pk__in=placeholders("tag", tags)).order_by()
    of_authors = Author.objects.filter(pk__in=placeholders("author", authors)).order_by()
    columns = ("pk", "name", "slug")
    return (
        of_tags.values_list(Literal("tag"), *columns, Literal(""))
        .union(of_authors.values_list(Literal("author"), *columns, "bio"), _checks(), _interest(), all=True)
        .order_by()
    )


def _checks() -> Any:
    """The last look at each of the edition's facts that found these very words still true: a step in an index each."""
    looks = FactCheck.objects.filter(public_id=OuterRef("public_id"), words=OuterRef("words"))
    last = Subquery(looks.order_by("-checked_on").values("checked_on")[:1])
    facts = PublishedFact.objects.filter(edition=Parameter("edition", IntegerField())).order_by()
    checked = facts.annotate(day=Cast(last, TextField())).filter(day__isnull=False)
    return checked.values_list(Literal("check"), "pk", "public_id", "day", Literal(""))


def _interest() -> Any:
    """The votes for the edition's facts that readers see."""
    facts = PublishedFact.objects.filter(edition=Parameter("edition", IntegerField()), interest__gt=0).order_by()
    return facts.values_list(Literal("interest"), "interest", "public_id", Literal(""), Literal(""))


def neighbours_of(found: FoundEdition, tags: Sequence[int], now: dt.datetime) -> Neighbours:
    """The articles before and after by first publication, and up to four others on the same subject, else with the
    same first tags. One query, each part of which is a few steps in an index.
    """
    if found.first_visible_from is None:  # broken in the database
        return NO_NEIGHBOURS
    first_tags = tags[:TAGS_FOR_RELATED]
    values = {"pk": found.pk, "first": found.first_visible_from, "subject": found.subject_id or 0, "now": now}
    values |= placeholder_values("tag", first_tags)
    candidates = in_list_order(_neighbours(len(first_tags)).rows(**values))
    same_subject = [each for each in candidates if found.subject_id and each[SUBJECT_ID] == found.subject_id]
    same_tags = [each for each in candidates if each[-1] and each not in same_subject]
    here = (-found.first_visible_from.timestamp(), found.pk)
    older = [each for each in candidates if sort_key(each) > here][:1]
    newer = [each for each in candidates if sort_key(each) < here][-1:]
    related = [each for each in same_subject + same_tags if each not in older + newer][:RELATED]
    return Neighbours(
        related=made(article_row, related),
        older=next(iter(made(article_row, older)), None),
        newer=next(iter(made(article_row, newer)), None),
    )


@prepared
def _neighbours(tags: int) -> Any:
    first_tags = placeholders("tag", tags)
    public, first = articles_in_force(), Parameter("first", DateTimeField())
    others = public.exclude(pk=PK)
    older = public.filter(first_visible_from__lte=first).exclude(first_visible_from=first, pk__lte=PK)
    newer = public.filter(first_visible_from__gte=first).exclude(first_visible_from=first, pk__gte=PK).reverse()
    about = others.filter(subject=Parameter("subject", IntegerField()))
    near = keys_in_any(
        *(older.values("pk")[:1], newer.values("pk")[:1], about.values("pk")[: RELATED + 2]),
        *(_newest_tagged(tag).values("edition")[: RELATED + 3] for tag in first_tags),
    )
    shares_tag = Exists(EditionTag.objects.filter(edition=OuterRef("pk"), tag__pk__in=first_tags))
    found = Edition.objects.filter(pk__in=near).exclude(pk=PK).order_by()  # by primary key alone, or it is a scan
    return found.annotate(shares_tag=shares_tag).values_list(*ARTICLE_COLUMNS, "shares_tag")


def _newest_tagged(tag: Parameter) -> QuerySet[EditionTag]:
    """By the edition's id, which is the order of the index and near enough to that of publication."""
    in_force = {"edition__visible_from__lte": NOW, "edition__visible_until__gt": NOW}
    return EditionTag.objects.filter(tag=tag, **in_force).order_by("-edition_id")
