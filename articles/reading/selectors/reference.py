"""Subjects, tags and authors as the public meets them: only through editions in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models import Value as Literal
from django.http import Http404

from articles.models.addresses import Address
from articles.models.editions import Edition, EditionAuthor, PublishedFact, PublishedTag
from articles.models.pictures import Renditions
from articles.models.reference import Author, Subject, Tag
from articles.reading import rows
from articles.reading.rows import Cover, SubjectName
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of
from articles.reading.selectors.lists import SLUG
from articles.reading.selectors.prepared import NOW, placeholder_values, placeholders, prepared

POPULAR = 24


class Usage(NamedTuple):
    """Ids with the number of facts in force, the most used first."""

    tags: dict[int, int]
    subjects: dict[int, int]


class FoundTag(NamedTuple):
    pk: int
    slug: str
    name: str
    description: str


class FoundSubject(NamedTuple):
    pk: int
    slug: str
    episodes: int | None
    other_names: tuple[str, ...]
    name: SubjectName


class FoundAuthor(NamedTuple):
    pk: int
    slug: str
    author: rows.Author
    picture: Cover | None


class Choices(NamedTuple):
    """What the fact index can be filtered by: the query's tags and subjects by its slugs, and popular ones."""

    tags: dict[str, tuple[int, rows.Tag]]
    subjects: dict[str, tuple[int, SubjectName]]
    popular_tags: tuple[rows.Tag, ...]
    popular_subjects: tuple[SubjectName, ...]


# --- the one at an address --------------------------------------------------------------------------------------------
# Each returns what a current or former slug means, with the clock, in one query, and raises Http404 unless an edition
# in force uses it.


def tag_at(slug: str, now: dt.datetime) -> tuple[FoundTag, PublicClock]:
    values, clock = _owner_at(Address.Kind.TAG, slug, now)
    return FoundTag(*values), clock


def subject_at(slug: str, now: dt.datetime) -> tuple[FoundSubject, PublicClock]:
    (pk, current, episodes, others, *name), clock = _owner_at(Address.Kind.SUBJECT, slug, now)
    return FoundSubject(pk, current, episodes, tuple(others), SubjectName(*name)), clock


def author_at(slug: str, now: dt.datetime) -> tuple[FoundAuthor, PublicClock]:
    (pk, current, name, bio, *picture), clock = _owner_at(Address.Kind.AUTHOR, slug, now)
    return FoundAuthor(pk, current, rows.Author(name, current, bio), _picture(*picture)), clock


def _picture(file: str | None, copies: Mapping[str, Any], is_decorative: bool, alt: str, *size: int) -> Cover | None:
    if not file:
        return None
    width, height, focal_x, focal_y = size
    shown_alt = "" if is_decorative else alt
    smaller = Renditions.of(copies.get(file))
    picture = Cover(default_storage.url(file), width, height, shown_alt, focal_x=focal_x, focal_y=focal_y, file=file)
    return picture._replace(**smaller._asdict())


_OWNER_COLUMNS = {
    Address.Kind.TAG: ("pk", "slug", "name", "description"),
    Address.Kind.SUBJECT: ("pk", "slug", "episodes", "other_names", *SubjectName._fields),
    Address.Kind.AUTHOR: (
        *("pk", "slug", "name", "bio"),
        *("picture__file", "picture__copies", "picture__decorative", "picture__alt"),
        *("picture__width", "picture__height", "picture__focal_x", "picture__focal_y"),
    ),
}


def _owner_at(kind: Address.Kind, slug: str, now: dt.datetime) -> tuple[Sequence[Any], PublicClock]:
    found = _owner(kind).rows(slug=slug, now=now)
    if not found:
        raise Http404
    return found[0][: -len(CLOCK)], clock_of(now, found[0][-len(CLOCK) :])


@prepared
def _owner(kind: Address.Kind) -> Any:
    is_public = {Address.Kind.TAG: _facts_under, Address.Kind.SUBJECT: _editions_about, Address.Kind.AUTHOR: _bylines}
    return (
        Address.objects.filter(Exists(is_public[kind](NOW, OuterRef(f"{kind}_id"))), kind=kind, slug=SLUG)
        .annotate(**clock_columns())
        .values_list(*(f"{kind}__{name}" for name in _OWNER_COLUMNS[kind]), *CLOCK)
    )


# --- lists ------------------------------------------------------------------------------------------------------------


def public_tags(now: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(Exists(_facts_under(now, OuterRef("pk")))).order_by("name", "pk")


def public_subjects(now: Any) -> QuerySet[Subject]:
    return Subject.objects.filter(Exists(_editions_about(now, OuterRef("pk")))).order_by("name", "pk")


def public_authors(now: Any) -> QuerySet[Author]:
    return Author.objects.filter(Exists(_bylines(now, OuterRef("pk")))).order_by("name", "pk")


def tag_rows(now: dt.datetime, start: int, stop: int) -> tuple[rows.Tag, ...]:
    """From A to Z. One query, as in each of these."""
    return tuple(rows.Tag(*values) for values in public_tags(now).values_list("name", "slug")[start:stop])


def subject_rows(now: dt.datetime, start: int, stop: int) -> tuple[SubjectName, ...]:
    found = public_subjects(now).values_list(*SubjectName._fields)
    return tuple(SubjectName(*values) for values in found[start:stop])


def named_tags(counts: dict[int, int]) -> tuple[rows.Tag, ...]:
    """The tags of these ids with their numbers, in the order given."""
    found = _tags_named(len(counts)).rows(**placeholder_values("tag", counts)) if counts else ()
    names = {pk: name for pk, *name in found}
    return tuple(rows.Tag._make([*names[pk], count]) for pk, count in counts.items() if pk in names)


def named_subjects(ids: Sequence[int]) -> tuple[SubjectName, ...]:
    found = _subjects_named(len(ids)).rows(**placeholder_values("subject", ids)) if ids else ()
    names = {pk: SubjectName(*name) for pk, *name in found}
    return tuple(names[pk] for pk in ids if pk in names)


@prepared
def _tags_named(size: int) -> Any:
    return Tag.objects.filter(pk__in=placeholders("tag", size)).order_by().values_list("pk", "name", "slug")


@prepared
def _subjects_named(size: int) -> Any:
    found = Subject.objects.filter(pk__in=placeholders("subject", size)).order_by()
    return found.values_list("pk", *SubjectName._fields)


# --- numbers ----------------------------------------------------------------------------------------------------------


def usage(clock: PublicClock) -> Usage:
    """The most used tags and subjects. One query when the state is new, else none."""

    def count() -> tuple[dict[int, int], dict[int, int]]:
        in_tags = PublishedTag.objects.in_force(at=clock.now).values_list(Literal("tag"), "tag_id")
        in_subjects = PublishedFact.objects.in_force(at=clock.now).filter(subject__isnull=False)
        of_tags = in_tags.annotate(facts=Count("*")).order_by()
        of_subjects = in_subjects.values_list(Literal("subject"), "subject_id").annotate(facts=Count("*")).order_by()
        found = list(of_tags.union(of_subjects, all=True))
        return _most_used(found, "tag"), _most_used(found, "subject")

    return Usage(*clock.cached("usage", count))


def subject_tags(subject: int, clock: PublicClock) -> dict[int, int]:
    """The tags of a subject's facts, the most used first. One query when the state is new."""

    def count() -> dict[int, int]:
        in_force = PublishedTag.objects.in_force(at=clock.now).filter(fact__subject=subject).order_by()
        found = in_force.values_list(Literal("tag"), "tag_id").annotate(facts=Count("*"))
        return _most_used(list(found), "tag")

    return clock.cached(f"subject-tags/{subject}", count)


def choices(tags: Sequence[str], subject: str, used: Usage, now: dt.datetime) -> Choices:
    """Slugs may be former ones; those that mean nothing public are missing. One query."""
    shape = (len(tags), bool(subject), len(used.tags), len(used.subjects))
    values = (
        placeholder_values("slug", tags)
        | placeholder_values("tag", used.tags)
        | placeholder_values("subject", used.subjects)
    )
    found_tags: dict[str, tuple[int, rows.Tag]] = {}
    found_subjects: dict[str, tuple[int, SubjectName]] = {}
    for slug, tag, name, current, subject_id, subject_name, subject_slug in (
        _choices(*shape).rows(now=now, slug=subject, **values) if any(shape) else ()
    ):
        if tag:
            found_tags[slug] = (tag, rows.Tag(name, current, used.tags.get(tag)))
        else:
            found_subjects[slug] = (subject_id, SubjectName(subject_name, subject_slug))
    named, about_named = dict(found_tags.values()), dict(found_subjects.values())
    return Choices(
        found_tags,
        found_subjects,
        tuple(named[pk] for pk in used.tags if pk in named),
        tuple(about_named[pk] for pk in used.subjects if pk in about_named),
    )


@prepared
def _choices(slugs: int, has_subject: bool, tags: int, subjects: int) -> Any:
    wanted = Q(tag__pk__in=placeholders("tag", tags)) | Q(subject__pk__in=placeholders("subject", subjects))
    wanted |= Q(kind=Address.Kind.TAG, slug__in=placeholders("slug", slugs, CharField()))
    wanted |= Q(kind=Address.Kind.SUBJECT, slug=SLUG) if has_subject else Q()
    public = Q(Exists(_facts_under(NOW, OuterRef("tag")))) | Q(Exists(_editions_about(NOW, OuterRef("subject"))))
    columns = ("slug", "tag_id", "tag__name", "tag__slug", "subject_id", "subject__name", "subject__slug")
    return Address.objects.filter(wanted).filter(public).values_list(*columns)


def _facts_under(now: Any, tag: OuterRef) -> QuerySet[PublishedTag]:
    return PublishedTag.objects.in_force(at=now).filter(tag=tag)


def _editions_about(now: Any, subject: OuterRef) -> QuerySet[Edition]:
    return Edition.objects.in_force(at=now).versions().filter(subject=subject)


def _bylines(now: Any, author: OuterRef) -> QuerySet[EditionAuthor]:
    in_force = {"edition__visible_from__lte": now, "edition__visible_until__gt": now}
    return EditionAuthor.objects.filter(author=author, **in_force)


def _most_used(found: Iterable[tuple[str, int, int]], kind: str) -> dict[int, int]:
    counts = sorted((-facts, pk) for each, pk, facts in found if each == kind)
    return {pk: -facts for facts, pk in counts[:POPULAR]}
