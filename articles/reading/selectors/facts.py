"""Facts: the one at an address, and the index of all of them by tag and subject."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models.addresses import Address
from articles.models.editions import Edition, PublishedFact, PublishedTag
from articles.models.reference import Tag
from articles.reading import rows
from articles.reading.outputs import made
from articles.reading.paging import MOST_ROWS
from articles.reading.rows import FactRow, SubjectName
from articles.reading.seen import is_safe, opens_at
from articles.reading.selectors.articles import FoundEdition
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of
from articles.reading.selectors.lists import SUBJECT_COLUMNS
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared

NEWEST, OLDEST, EPISODE = "newest", "oldest", "episode"


class Shape(NamedTuple):
    """What a query looks like without its values: one is compiled for each."""

    tags: int
    has_subject: bool
    without_spoilers: bool
    sort: str


@dataclass(frozen=True, slots=True)
class FactQuery:
    """What the fact index was asked for. `tags`, all of which must hold, and `subject` are primary keys, or parameters
    that stand for them. The rarest tag comes first: its rows are the ones that are looked through.
    """

    tags: tuple[Any, ...] = ()
    subject: Any = None
    without_spoilers: bool = False
    sort: str = NEWEST

    @property
    def name(self) -> str:
        tags = ",".join(map(str, sorted(self.tags)))
        return f"facts/{tags}/{self.subject or ''}/{int(self.without_spoilers)}"

    @property
    def shape(self) -> Shape:
        return Shape(len(self.tags), self.subject is not None, self.without_spoilers, self.sort)

    @property
    def values(self) -> dict[str, int]:
        """The parameters of its shape."""
        return placeholder_values("tag", self.tags) | ({"subject": self.subject} if self.subject is not None else {})


class FoundFact(NamedTuple):
    """A fact in force, and the edition that holds its words."""

    public_id: str
    slug: str
    excerpt: str
    first_visible_from: dt.datetime
    edition: FoundEdition


def fact_at(public_id: str, now: dt.datetime) -> tuple[FoundFact, PublicClock] | None:
    """The fact in force, with the clock; where two articles show it, the newer one. One query."""
    found = _fact_at().rows(public_id=public_id, now=now)
    if not found:
        return None
    values, clock = found[0][: -len(CLOCK)], found[0][-len(CLOCK) :]
    return FoundFact._make([*values[:4], FoundEdition.of(values[4:])]), clock_of(now, clock)


@prepared
def _fact_at() -> Any:
    return (
        PublishedFact.objects.in_force(at=NOW)
        .filter(public_id=Parameter("public_id", CharField()))
        .order_by("-visible_from", "-pk")
        .annotate(**FoundEdition.texts("edition__"), **clock_columns())
        .values_list(*FoundFact._fields[:4], *FoundEdition.columns("edition__"), *CLOCK)[:1]
    )


def was_fact_public(public_id: str, now: dt.datetime) -> bool:
    """One query."""
    return Address.objects.filter(kind=Address.Kind.FACT, slug=public_id, visible_from__lte=now).exists()


# --- the index --------------------------------------------------------------------------------------------------------


def count_facts(query: FactQuery, clock: PublicClock) -> int:
    """How many there are, counted no further than the index can be paged. One query when the state is new."""
    return clock.cached(query.name, lambda: _ids(query, clock.now)[: MOST_ROWS + 1].count())


def found_facts(query: FactQuery, now: dt.datetime, start: int, stop: int) -> tuple[FactRow, ...]:
    """One slice of the index with the facts' own tags. Two queries, one when there is nothing to find."""
    found = made(_row, _slice(query.shape, start, stop).rows(now=now, **query.values))
    return with_tags(found) if found else ()


def facts_in_force(now: dt.datetime) -> QuerySet[PublishedFact]:
    found: QuerySet[PublishedFact] = PublishedFact.objects.in_force(at=now).newest_first()
    return found


def newest_facts(now: dt.datetime, how_many: int) -> tuple[FactRow, ...]:
    """Without their tags. One query."""
    return made(_row, _slice(FactQuery().shape, 0, how_many).rows(now=now))


def facts_about(subject: int, now: dt.datetime, how_many: int) -> tuple[FactRow, ...]:
    """Without their tags. One query."""
    query = FactQuery(subject=subject)
    return made(_row, _slice(query.shape, 0, how_many).rows(now=now, **query.values))


def with_tags(found: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """The rows with the facts' own tags. One query."""
    tags: dict[int, list[rows.Tag]] = {}
    for fact, name, slug in _own_tags(len(found)).rows(**placeholder_values("fact", (row.pk for row in found))):
        tags.setdefault(fact, []).append(rows.Tag(name, slug))
    return tuple(row._replace(tags=tuple(tags.get(row.pk, ()))) for row in found)


def with_seen_headings(found: Sequence[FactRow], seen: int | None) -> tuple[FactRow, ...]:
    """The rows for a reader who has seen that much: what is safe then is shown with its own heading and emoji.

    One query, none when nothing opens: a fact's own words are in its edition alone.
    """
    safe = [row.pk for row in found if is_safe(row.opens_at, seen)]
    editions = _editions_of(len(safe)).rows(**placeholder_values("fact", safe)) if safe else ()
    own = {slug: _headings_in(parts) for slug, parts in editions}
    return tuple(_with_own_heading(row, own) if row.pk in safe else row for row in found)


def _with_own_heading(row: FactRow, own: Mapping[str, Mapping[str, tuple[str, str]]]) -> FactRow:
    """As it is where its edition went between one query and the next."""
    heading, emoji = own.get(row.article_slug, {}).get(row.public_id, (row.heading, row.emoji))
    return row._replace(heading=heading, emoji=emoji)


@prepared
def _editions_of(facts: int) -> Any:
    editions = PublishedFact.objects.filter(pk__in=placeholders("fact", facts)).values("edition_id")
    return (
        Edition.objects.filter(pk__in=editions)
        .order_by()
        .annotate(parts_text=Cast("parts", TextField()))
        .values_list("slug", "parts_text")
    )


@lru_cache(maxsize=200)
def _headings_in(parts_text: str) -> Mapping[str, tuple[str, str]]:
    cards = json.loads(parts_text)["cards"]
    return {card["id"]: (card["heading"], card["emoji"]) for card in cards}


def preview_rows(
    edition: Edition, facts: Sequence[PublishedFact], tags: Sequence[Sequence[Tag]]
) -> tuple[FactRow, ...]:
    """The index's rows of facts that nobody has saved (publishing.compose gives them, with the tags of each): for the
    desk's preview. The facts have the instant from which they are public. No query.
    """
    no_subject = [None] * len(SUBJECT_COLUMNS)
    own = _COLUMNS[:-2]
    found = [
        _row([*(getattr(fact, name) for name in own), edition.title, edition.slug, *(subject or no_subject)])
        for fact in facts
        for subject in [SubjectName.of(fact.subject)]
    ]
    by_name = [sorted(each, key=lambda tag: tag.name) for each in tags]
    return tuple(
        row._replace(tags=tuple(rows.Tag(tag.name, tag.slug) for tag in each))
        for row, each in zip(found, by_name, strict=True)
    )


@prepared
def _own_tags(size: int) -> Any:
    own = PublishedTag.objects.filter(fact__pk__in=placeholders("fact", size), is_own=True)
    return own.order_by("tag__name").values_list("fact_id", "tag__name", "tag__slug")


@prepared
def _slice(shape: Shape, start: int, stop: int) -> Any:
    """Ids come first, in the order of an index that covers the question; then the rows of one page."""
    tags = tuple(placeholders("tag", shape.tags))
    subject = Parameter("subject", IntegerField()) if shape.has_subject else None
    ids = _ids(FactQuery(tags, subject, shape.without_spoilers, shape.sort), NOW)[start:stop]
    return (
        PublishedFact.objects.filter(pk__in=ids).order_by(*_order(shape.sort)).values_list(*_COLUMNS, *SUBJECT_COLUMNS)
    )


def _ids(query: FactQuery, at: Any) -> QuerySet[Any]:
    """The primary keys of the facts, in order, from the index that has the fewest rows to look at."""
    if query.tags and query.subject is None:
        found: QuerySet[Any] = PublishedTag.objects.in_force(at=at).tagged_all(query.tags).newest_first()
        found = found.filter(fact__spoiler_after__isnull=True) if query.without_spoilers else found
        return (found.reverse() if query.sort == OLDEST else found).values("fact_id")
    found = PublishedFact.objects.in_force(at=at).order_by(*_order(query.sort))
    found = found.filter(subject=query.subject) if query.subject is not None else found
    found = found.filter(spoiler_after__isnull=True) if query.without_spoilers else found
    for tag in query.tags:
        found = found.filter(Exists(PublishedTag.objects.filter(tag=tag, fact=OuterRef("pk"))))
    return found.values("pk")


def _order(sort: str) -> tuple[Any, ...]:
    if sort == OLDEST:
        return ("first_visible_from", "-pk")
    if sort == EPISODE:
        return (F("spoiler_after").asc(nulls_first=True), "-first_visible_from", "pk")
    return ("-first_visible_from", "pk")


_COLUMNS = (
    *("pk", "public_id", "slug", "heading", "safe_heading", "spoiler_after", "emoji", "excerpt"),
    *("first_visible_from", "edition__title", "edition__slug"),
)


def _row(values: Sequence[Any]) -> FactRow:
    pk, public_id, slug, heading, safe_heading, spoiler_after, emoji, excerpt, first, title, article = values[:11]
    subject = SubjectName(*values[11:]) if values[11] else None
    kind = subject.kind if subject else None
    if first is None:
        raise ValueError("It was first visible at no instant.")
    return FactRow(
        pk=pk,
        public_id=public_id,
        slug=slug,
        heading=rows.public_heading_of(heading, safe_heading, spoiler_after, subject),
        emoji=emoji,
        excerpt=excerpt,
        spoiler_label=rows.spoiler_label(spoiler_after, kind),
        opens_at=opens_at(spoiler_after, kind),
        published_at=first,
        article_title=title,
        article_slug=article,
        subject=subject,
    )
