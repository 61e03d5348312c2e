"""Subjects, tags and authors as the public meets them: only through editions in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.http import Http404

from articles.models.editions import Edition, EditionAuthor, PublishedFact, PublishedTag
from articles.models.reference import Address, Author, Subject, Tag
from articles.reading import rows
from articles.reading.rows import Cover, SubjectName
from articles.reading.selectors.clock import PublicClock, clock_columns, clock_from

POPULAR = 40


class Usage(NamedTuple):
    """Ids with the number of facts in force, the most used first."""

    tags: dict[int, int]
    subjects: dict[int, int]


def owner_of(kind: Address.Kind, slug: str, now: dt.datetime) -> tuple[Any, PublicClock]:
    """The subject, tag or author that a slug means, now or formerly, and the stamp. One query.

    Raises Http404 unless an edition in force uses it.
    """
    address = (
        Address.objects.filter(_is_public(kind, now), kind=kind, slug=slug)
        .select_related(kind, *(["author__picture"] if kind == Address.Kind.AUTHOR else []))
        .annotate(**clock_columns(now))
        .first()
    )
    if address is None:
        raise Http404
    return getattr(address, kind), clock_from(vars(address), now)


def usage(clock: PublicClock) -> Usage:
    """The most used tags and subjects. One query when the stamp is new, else none."""

    def count() -> tuple[dict[int, int], dict[int, int]]:
        in_tags = PublishedTag.objects.in_force(at=clock.now).values_list(Value("tag"), "tag_id")
        in_subjects = PublishedFact.objects.in_force(at=clock.now).filter(subject__isnull=False)
        of_tags = in_tags.annotate(facts=Count("*")).order_by()
        of_subjects = in_subjects.values_list(Value("subject"), "subject_id").annotate(facts=Count("*")).order_by()
        found = list(of_tags.union(of_subjects, all=True))
        return _most_used(found, "tag"), _most_used(found, "subject")

    return Usage(*clock.remember("usage", count))


def subject_tags(subject: int, clock: PublicClock) -> dict[int, int]:
    """The tags of a subject's facts, the most used first. One query when the stamp is new."""

    def count() -> dict[int, int]:
        in_force = PublishedTag.objects.in_force(at=clock.now).filter(fact__subject=subject).order_by()
        found = in_force.values_list(Value("tag"), "tag_id").annotate(facts=Count("*"))
        return _most_used(list(found), "tag")

    return clock.remember(f"subject-tags/{subject}", count)


def public_tags(now: dt.datetime) -> QuerySet[Tag]:
    return Tag.objects.filter(Exists(_facts_under(now, OuterRef("pk")))).order_by("name", "pk")


def public_subjects(now: dt.datetime) -> QuerySet[Subject]:
    return Subject.objects.filter(Exists(_editions_about(now, OuterRef("pk")))).order_by("name", "pk")


def public_authors(now: dt.datetime) -> QuerySet[Author]:
    return Author.objects.filter(Exists(_bylines(now, OuterRef("pk")))).order_by("name", "pk")


def tag_rows(found: QuerySet[Tag]) -> tuple[rows.Tag, ...]:
    """One query."""
    return tuple(rows.Tag(name, slug) for name, slug in found.values_list("name", "slug"))


def subject_rows(found: QuerySet[Subject]) -> tuple[SubjectName, ...]:
    """One query."""
    return tuple(SubjectName(*values) for values in found.values_list(*SubjectName._fields))


def picture_of(author: Author) -> Cover | None:
    """No query after `owner_of`."""
    picture = author.picture
    if picture is None:
        return None
    return Cover(picture.url, picture.width, picture.height, "" if picture.decorative else picture.alt)


def named_tags(counts: dict[int, int]) -> tuple[rows.Tag, ...]:
    """The tags of these ids with their numbers, in the order given. One query."""
    names = {pk: (name, slug) for pk, name, slug in Tag.objects.filter(pk__in=counts).values_list("pk", "name", "slug")}
    return tuple(rows.Tag(*names[pk], count) for pk, count in counts.items() if pk in names)


def named_subjects(ids: Iterable[int]) -> tuple[SubjectName, ...]:
    """One query."""
    found = {subject.pk: SubjectName.of(subject) for subject in Subject.objects.filter(pk__in=ids)}
    return tuple(name for pk in ids if (name := found.get(pk)))


class Choices(NamedTuple):
    """What the fact index can be narrowed by: what was asked for, by the slug that was asked, and what is popular."""

    tags: dict[str, tuple[int, rows.Tag]]
    subjects: dict[str, tuple[int, SubjectName]]
    popular_tags: tuple[rows.Tag, ...]
    popular_subjects: tuple[SubjectName, ...]


def choices(tags: Iterable[str], subject: str, used: Usage, now: dt.datetime) -> Choices:
    """Slugs may be former ones; those that mean nothing public are missing. One query."""
    asked = Q(kind=Address.Kind.TAG, slug__in=tags) | Q(kind=Address.Kind.SUBJECT, slug=subject)
    popular = Q(tag__in=used.tags) | Q(subject__in=used.subjects)
    public = Q(Exists(_facts_under(now, OuterRef("tag")))) | Q(Exists(_editions_about(now, OuterRef("subject"))))
    columns = [f"subject__{name}" for name in SubjectName._fields]
    found = Address.objects.filter(asked | popular).filter(public)
    found_tags: dict[str, tuple[int, rows.Tag]] = {}
    found_subjects: dict[str, tuple[int, SubjectName]] = {}
    for slug, tag, name, current, about, *values in found.values_list(
        "slug", "tag_id", "tag__name", "tag__slug", "subject_id", *columns
    ):
        if tag:
            found_tags[slug] = (tag, rows.Tag(name, current, used.tags.get(tag)))
        else:
            found_subjects[slug] = (about, SubjectName(*values))
    named, about_named = dict(found_tags.values()), dict(found_subjects.values())
    return Choices(
        found_tags,
        found_subjects,
        tuple(named[pk] for pk in used.tags if pk in named),
        tuple(about_named[pk] for pk in used.subjects if pk in about_named),
    )


def _is_public(kind: Address.Kind, now: dt.datetime) -> Q:
    if kind == Address.Kind.TAG:
        return Q(Exists(_facts_under(now, OuterRef("tag_id"))))
    if kind == Address.Kind.SUBJECT:
        return Q(Exists(_editions_about(now, OuterRef("subject_id"))))
    return Q(Exists(_bylines(now, OuterRef("author_id"))))


def _facts_under(now: dt.datetime, tag: OuterRef) -> QuerySet[PublishedTag]:
    return PublishedTag.objects.in_force(at=now).filter(tag=tag)


def _editions_about(now: dt.datetime, subject: OuterRef) -> QuerySet[Edition]:
    return Edition.objects.in_force(at=now).versions().filter(subject=subject)


def _bylines(now: dt.datetime, author: OuterRef) -> QuerySet[EditionAuthor]:
    in_force = {"edition__visible_from__lte": now, "edition__visible_until__gt": now}
    return EditionAuthor.objects.filter(author=author, **in_force)


def _most_used(found: list[tuple[str, int, int]], kind: str) -> dict[int, int]:
    counts = sorted(((-facts, pk) for each, pk, facts in found if each == kind))
    return {pk: -facts for facts, pk in counts[:POPULAR]}
