"""Subjects, tags and authors as the public meets them: only through editions in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.safestring import SafeString

from articles.models.addresses import Address
from articles.models.counts import CountKind
from articles.models.editions import Edition, EditionAuthor, PublishedTag
from articles.models.pictures import Renditions
from articles.models.reference import Author, Subject, Tag, TagAlias
from articles.reading import rows
from articles.reading.pictures import Cover
from articles.reading.rows import SubjectName
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of, public_clock
from articles.reading.selectors.ledger import all_counted, most_counted
from articles.reading.selectors.lists import A_TO_Z, SLUG
from articles.reading.selectors.prepared import NOW, placeholder_values, placeholders, prepared
from articles.text import keys

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
    description: str
    other_names: tuple[str, ...]
    name: SubjectName


class FoundAuthor(NamedTuple):
    pk: int
    slug: str
    author: rows.Author
    account: int | None
    picture: Cover | None


class Chosen(NamedTuple):
    """What the slugs of an address mean, with primary keys."""

    tags: Mapping[str, tuple[int, rows.Tag]]
    subjects: Mapping[str, tuple[int, SubjectName]]


# --- the one at an address --------------------------------------------------------------------------------------------
# Each returns what a current or former slug means, with the clock, in one query, and raises Http404 unless an edition
# in force uses it.


def tag_at(slug: str, now: dt.datetime) -> tuple[FoundTag, PublicClock]:
    values, clock = _owner_at(Address.Kind.TAG, slug, now)
    return FoundTag(*values), clock


def subject_at(slug: str, now: dt.datetime) -> tuple[FoundSubject, PublicClock]:
    (pk, current, description, others, *name), clock = _owner_at(Address.Kind.SUBJECT, slug, now)
    return FoundSubject(pk, current, description, tuple(others), SubjectName(*name)), clock


def author_at(slug: str, now: dt.datetime) -> tuple[FoundAuthor, PublicClock]:
    (pk, current, name, bio, account, *picture), clock = _owner_at(Address.Kind.AUTHOR, slug, now)
    return FoundAuthor(pk, current, rows.Author(name, current, bio), account, _picture(*picture)), clock


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
    Address.Kind.SUBJECT: ("pk", "slug", "description", "other_names", *SubjectName._fields),
    Address.Kind.AUTHOR: (
        *("pk", "slug", "name", "bio", "user_id"),
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


def tag_rows(words: str, clock: PublicClock, start: int, stop: int) -> tuple[rows.Tag, ...]:
    """From A to Z, with the number of facts under each. One query, and another when the state is new."""
    found = list(tags_called(words, clock.now).order_by(*A_TO_Z).values_list("pk", "name", "slug")[start:stop])
    counts = all_counted(clock, (CountKind.FACTS_TAGGED,))[CountKind.FACTS_TAGGED]
    return tuple(rows.Tag(name, slug, counts.get(pk)) for pk, name, slug in found)


def tags_called(words: str, now: Any) -> QuerySet[Tag]:
    """The public tags that have this in their name or another spelling; all of them for no words."""
    key = keys.key(words)
    if not key:
        return public_tags(now)
    alias = TagAlias.objects.filter(tag=OuterRef("pk"), key__contains=key)
    return public_tags(now).filter(Q(key__contains=key) | Exists(alias))


class KindOfSubject(NamedTuple):
    kind: str
    subjects: int


def subject_kinds(clock: PublicClock) -> tuple[KindOfSubject, ...]:
    """The kinds that public subjects have, the most first. One query when the state is new, else none."""

    def count() -> list[tuple[str, int]]:
        found = public_subjects(clock.now).order_by().values_list("kind").annotate(n=Count("*"))
        return sorted(found, key=lambda row: (-row[1], row[0]))

    return tuple(KindOfSubject(*row) for row in clock.cached("subject-kinds", count))


def subject_rows(kind: str, clock: PublicClock, start: int, stop: int) -> tuple[CountedSubject, ...]:
    """From A to Z, those of a kind or all, with the number of facts about each. One query, and one when new."""
    of_kind = public_subjects(clock.now).filter(kind=kind) if kind else public_subjects(clock.now)
    found = list(of_kind.order_by(*A_TO_Z).values_list("pk", *SubjectName._fields)[start:stop])
    counts = all_counted(clock, (CountKind.FACTS_ABOUT,))[CountKind.FACTS_ABOUT]
    return tuple(CountedSubject(SubjectName(*name), counts.get(pk, 0)) for pk, *name in found)


class CountedSubject(NamedTuple):
    subject: SubjectName
    facts: int

    @property
    def html(self) -> SafeString:
        return self.subject.html

    @property
    def url(self) -> str:
        return self.subject.url


def author_rows(clock: PublicClock, start: int, stop: int) -> tuple[CountedAuthor, ...]:
    """From A to Z, with the number of articles of each. One query, and another when the state is new."""
    found = list(public_authors(clock.now).order_by(*A_TO_Z).values_list("pk", "name", "slug", "bio")[start:stop])
    counts = all_counted(clock, (CountKind.ARTICLES_BY,))[CountKind.ARTICLES_BY]
    return tuple(CountedAuthor(rows.Author(*author), counts.get(pk, 0)) for pk, *author in found)


class CountedAuthor(NamedTuple):
    author: rows.Author
    articles: int

    @property
    def name(self) -> str:
        return self.author.name

    @property
    def html(self) -> SafeString:
        return self.author.html

    @property
    def url(self) -> str:
        return self.author.url


def named_tags(counts: Mapping[int, int | None]) -> tuple[rows.Tag, ...]:
    """The tags of these ids with their numbers, in the order given."""
    found = _tags_named(len(counts)).rows(**placeholder_values("tag", counts)) if counts else ()
    names = {pk: name for pk, *name in found}
    return tuple(rows.Tag._make([*names[pk], count]) for pk, count in counts.items() if pk in names)


def named_subjects(ids: Collection[int]) -> tuple[SubjectName, ...]:
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
    return Usage(*most_counted(clock, (CountKind.FACTS_TAGGED, CountKind.FACTS_ABOUT), POPULAR))


def chosen(tags: Sequence[str], subject: str, now: dt.datetime) -> tuple[Chosen, PublicClock]:
    """Slugs may be former ones. One query. Raises Http404 for one that means nothing public."""
    if not tags and not subject:
        return Chosen({}, {}), public_clock(now)
    found, clock = _understood(tags, subject, now)
    if clock is None or not ({*tags} <= {*found.tags} and (not subject or subject in found.subjects)):
        raise Http404
    return found, clock


def understood(tags: Sequence[str], subject: str, now: dt.datetime) -> Chosen:
    """As `chosen`, without those that mean nothing public."""
    return _understood(tags, subject, now)[0]


def _understood(tags: Sequence[str], subject: str, now: dt.datetime) -> tuple[Chosen, PublicClock | None]:
    """No clock where nothing was found."""
    values = placeholder_values("slug", tags) | {"slug": subject, "now": now}
    found = _chosen(len(tags), bool(subject)).rows(**values)
    found_tags: dict[str, tuple[int, rows.Tag]] = {}
    found_subjects: dict[str, tuple[int, SubjectName]] = {}
    for slug, tag, name, current, subject_id, *others in found:
        if tag:
            found_tags[slug] = (tag, rows.Tag(name, current))
        else:
            found_subjects[slug] = (subject_id, SubjectName(*others[: -len(CLOCK)]))
    return Chosen(found_tags, found_subjects), clock_of(now, found[0][-len(CLOCK) :]) if found else None


@prepared
def _chosen(tags: int, has_subject: bool) -> Any:
    wanted = Q(kind=Address.Kind.TAG, slug__in=placeholders("slug", tags, CharField()))
    wanted |= Q(kind=Address.Kind.SUBJECT, slug=SLUG) if has_subject else Q()
    public = Q(Exists(_facts_under(NOW, OuterRef("tag")))) | Q(Exists(_editions_about(NOW, OuterRef("subject"))))
    of_subject = ("subject_id", *(f"subject__{name}" for name in SubjectName._fields))
    columns = ("slug", "tag_id", "tag__name", "tag__slug", *of_subject)
    return Address.objects.filter(wanted).filter(public).annotate(**clock_columns()).values_list(*columns, *CLOCK)


def _facts_under(now: Any, tag: OuterRef) -> QuerySet[PublishedTag]:
    return PublishedTag.objects.in_force(at=now).filter(tag=tag)


def _editions_about(now: Any, subject: OuterRef) -> QuerySet[Edition]:
    return Edition.objects.in_force(at=now).versions().filter(subject=subject)


def _bylines(now: Any, author: OuterRef) -> QuerySet[EditionAuthor]:
    in_force = {"edition__visible_from__lte": now, "edition__visible_until__gt": now}
    return EditionAuthor.objects.filter(author=author, **in_force)
