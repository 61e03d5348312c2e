"""Facts: the one at an address, and the index of all of them by tag and subject.

Ids come first, in the order of an index that covers the question; then the rows of one page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models.editions import PublishedFact, PublishedTag
from articles.models.reference import Address
from articles.reading import rows
from articles.reading.paging import MOST_ROWS
from articles.reading.rows import FactRow, SubjectName
from articles.reading.selectors.clock import PublicClock, clock_columns

NEWEST, OLDEST, EPISODE = "newest", "oldest", "episode"


@dataclass(frozen=True, slots=True)
class FactQuery:
    """What the fact index was asked for. `tags` are primary keys, all of which must hold."""

    tags: tuple[int, ...] = ()
    subject: int | None = None
    without_spoilers: bool = False
    sort: str = NEWEST

    @property
    def name(self) -> str:
        tags = ",".join(map(str, sorted(self.tags)))
        return f"facts/{tags}/{self.subject or ''}/{int(self.without_spoilers)}"


def fact_at(public_id: str, now: dt.datetime) -> PublishedFact | None:
    """The fact in force, with its edition and the stamp; where two articles show it, the newer one. One query."""
    found: PublishedFact | None = (
        PublishedFact.objects.in_force(at=now)
        .filter(public_id=public_id)
        .select_related("edition", "subject")
        .defer("edition__parts")
        .annotate(parts_text=Cast("edition__parts", TextField()), **clock_columns(now))
        .order_by("-visible_from", "-pk")
        .first()
    )
    return found


def was_fact_public(public_id: str, now: dt.datetime) -> bool:
    """One query."""
    return Address.objects.filter(kind=Address.Kind.FACT, slug=public_id, visible_from__lte=now).exists()


def count_facts(query: FactQuery, clock: PublicClock) -> int:
    """How many there are, counted no further than the index can be paged. One query when the stamp is new."""
    return clock.remember(query.name, lambda: _found(query, clock.now)[: MOST_ROWS + 1].count())


def facts(query: FactQuery, clock: PublicClock, start: int, stop: int) -> tuple[FactRow, ...]:
    """One slice of the index with the facts' own tags. Two queries, none when there is nothing to find."""
    ids = _found(query, clock.now)[start:stop]
    found = PublishedFact.objects.filter(pk__in=ids).order_by(*_order(query))
    return with_tags(fact_rows(found))


def newest_facts(now: dt.datetime) -> QuerySet[PublishedFact]:
    return PublishedFact.objects.in_force(at=now).newest_first()


def facts_about(subject: int, now: dt.datetime) -> QuerySet[PublishedFact]:
    return newest_facts(now).filter(subject=subject)


def facts_beside(fact: PublishedFact, now: dt.datetime, how_many: int) -> tuple[FactRow, ...]:
    """The newest other facts about the same subject. One query, none without a subject."""
    if not fact.subject_id:
        return ()
    return fact_rows(facts_about(fact.subject_id, now).exclude(public_id=fact.public_id)[:how_many])


def fact_rows(found: QuerySet[PublishedFact]) -> tuple[FactRow, ...]:
    """One query."""
    return tuple(_row(values) for values in found.values_list(*_COLUMNS, *_SUBJECT_COLUMNS))


def with_tags(found: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """The rows with the facts' own tags. One query."""
    own = PublishedTag.objects.filter(fact__in=[row.pk for row in found], is_own=True).order_by("tag__name")
    tags: dict[int, list[rows.Tag]] = {}
    for fact, name, slug in own.values_list("fact_id", "tag__name", "tag__slug"):
        tags.setdefault(fact, []).append(rows.Tag(name, slug))
    return tuple(row._replace(tags=tuple(tags.get(row.pk, ()))) for row in found)


def _found(query: FactQuery, now: dt.datetime) -> QuerySet[Any]:
    """The primary keys of the facts, in order, from the index that has the fewest rows to look at."""
    if query.tags and not query.subject:
        found = PublishedTag.objects.in_force(at=now).tagged_all(query.tags).newest_first()
        found = found.filter(fact__spoiler_after__isnull=True) if query.without_spoilers else found
        return (found.reverse() if query.sort == OLDEST else found).values("fact_id")
    found = PublishedFact.objects.in_force(at=now).order_by(*_order(query))
    found = found.filter(subject=query.subject) if query.subject else found
    found = found.filter(spoiler_after__isnull=True) if query.without_spoilers else found
    for tag in query.tags:
        found = found.filter(Exists(PublishedTag.objects.filter(tag=tag, fact=OuterRef("pk"))))
    return found.values("pk")


def _order(query: FactQuery) -> tuple[Any, ...]:
    if query.sort == OLDEST:
        return ("first_visible_from", "-pk")
    if query.sort == EPISODE:
        return (F("spoiler_after").asc(nulls_first=True), "-first_visible_from", "pk")
    return ("-first_visible_from", "pk")


_COLUMNS = (
    *("pk", "public_id", "slug", "heading", "safe_heading", "spoiler_after", "emoji", "excerpt"),
    *("first_visible_from", "edition__title", "edition__slug"),
)
_SUBJECT_COLUMNS = tuple(f"subject__{name}" for name in SubjectName._fields)


def _row(values: Sequence[Any]) -> FactRow:
    pk, public_id, slug, heading, safe_heading, spoiler_after, emoji, excerpt, first, title, article = values[:11]
    subject = SubjectName(*values[11:]) if values[11] else None
    return FactRow(
        pk=pk,
        public_id=public_id,
        slug=slug,
        heading=rows.safe_to_show(heading, safe_heading, spoiler_after, subject),
        emoji=emoji,
        excerpt=excerpt,
        after=rows.after_label(spoiler_after, subject.kind if subject else None),
        published_at=first,
        article_title=title,
        article_slug=article,
        subject=subject,
    )
