"""Facts: the one at an address, and the index of all of them by tag and subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models.addresses import Address
from articles.models.counts import CountKind
from articles.models.editions import Edition, PublishedFact, PublishedTag
from articles.models.parts import CardPart
from articles.models.reference import Tag
from articles.reading import rows
from articles.reading.caveats import Caveat
from articles.reading.memory import cached_by_digest
from articles.reading.outputs import BROKEN, made
from articles.reading.paging import MOST_ROWS, PER_PAGE
from articles.reading.pictures import Cover
from articles.reading.rows import FactRow, SubjectName
from articles.reading.seen import is_safe, opens_at
from articles.reading.selectors.articles import FoundEdition
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of
from articles.reading.selectors.fact_query import EPISODE, MARKS, NEWEST, SINGLE, FactQuery, Shape, ids_of, order_of
from articles.reading.selectors.ledger import counted
from articles.reading.selectors.lists import SUBJECT_COLUMNS
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared
from articles.reading.stored_parts import parts_in


class FoundFact(NamedTuple):
    """A fact in force, and the edition that holds its words. `origin` and `words` as in PublishedFact."""

    public_id: str
    slug: str
    excerpt: str
    first_visible_from: dt.datetime
    edition: FoundEdition
    origin: str = ""
    words: str = ""


def fact_at(public_id: str, now: dt.datetime) -> tuple[FoundFact, PublicClock] | None:
    """The fact in force, with the clock; where two articles show it, the newer one. One query."""
    found = _fact_at().rows(public_id=public_id, now=now)
    if not found:
        return None
    values, clock = found[0][: -len(CLOCK)], found[0][-len(CLOCK) :]
    origin, words, *edition = values[4:]
    return FoundFact._make([*values[:4], FoundEdition.of(edition), origin, words]), clock_of(now, clock)


@prepared
def _fact_at() -> Any:
    return (
        PublishedFact.objects.in_force(at=NOW)
        .filter(public_id=Parameter("public_id", CharField()))
        .order_by("-visible_from", "-pk")
        .annotate(**FoundEdition.texts("edition__"), **clock_columns())
        .values_list(*FoundFact._fields[:4], "origin", "words", *FoundEdition.columns("edition__"), *CLOCK)[:1]
    )


def was_fact_public(public_id: str, now: dt.datetime) -> bool:
    """One query."""
    return Address.objects.filter(kind=Address.Kind.FACT, slug=public_id, visible_from__lte=now).exists()


# --- the index --------------------------------------------------------------------------------------------------------


def count_facts(query: FactQuery, clock: PublicClock) -> int:
    """How many there are, out of the ledger or counted no further than the index can be paged. One query when the state
    is new.
    """
    entry = _LEDGER.get(query.shape._replace(sort=NEWEST))
    if entry:
        return counted(clock, entry, *query.tags or (query.subject or 0,))
    return clock.cached(query.name, lambda: ids_of(query, clock.now)[: MOST_ROWS + 1].count())


#: What is narrowed by one thing at most.
_LEDGER = {
    FactQuery().shape: CountKind.FACTS,
    FactQuery(without_spoilers=True).shape: CountKind.SAFE_FACTS,
    FactQuery(tags=(0,)).shape: CountKind.FACTS_TAGGED,
    FactQuery(subject=0).shape: CountKind.FACTS_ABOUT,
}


def facts_without_tags(query: FactQuery, now: dt.datetime, start: int, stop: int) -> tuple[FactRow, ...]:
    """One query."""
    return made(row_of, _slice(query.shape, start, stop).rows(now=now, **query.values))


def fact_at_place(query: FactQuery, now: dt.datetime, place: int) -> tuple[str, str] | None:
    """The public id and the slug of the fact at a place of the index, counted from 0. One query."""
    ids = ids_of(query, now)[place : place + 1]
    return PublishedFact.objects.filter(pk__in=ids).values_list("public_id", "slug").first()


def place_of(fact: int) -> tuple[str, str] | None:
    """The public id and the slug of a fact by its primary key. One query."""
    return PublishedFact.objects.filter(pk=fact).values_list("public_id", "slug").first()


def facts_in_force(now: dt.datetime) -> QuerySet[PublishedFact]:
    found: QuerySet[PublishedFact] = PublishedFact.objects.in_force(at=now).once(at=now).newest_first()
    return found


def facts_by_episode(subject: int, now: dt.datetime, start: int, stop: int) -> tuple[FactRow, ...]:
    """A slice of those about a subject: what spoils nothing, then episode by episode. Without tags. One query."""
    query = FactQuery(subject=subject, sort=EPISODE)
    return made(row_of, _slice(query.shape, start, stop).rows(now=now, **query.values))


def rows_tagged(tag: int, now: dt.datetime, start: int, stop: int) -> tuple[FactRow, ...]:
    """A slice of those under a tag, newest first, without their own tags. One query."""
    query = FactQuery(tags=(tag,))
    return made(row_of, _slice(query.shape, start, stop).rows(now=now, **query.values))


def with_tags(found: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """The rows with the facts' own tags. One query."""
    tags: dict[int, list[rows.Tag]] = {}
    for fact, name, slug in _own_tags(len(found)).rows(**placeholder_values("fact", (row.pk for row in found))):
        tags.setdefault(fact, []).append(rows.Tag(name, slug))
    return tuple(row._replace(tags=tuple(tags.get(row.pk, ()))) for row in found)


def with_seen_headings(found: Sequence[FactRow], seen: int | None) -> tuple[FactRow, ...]:
    """The rows for a reader who has seen that much: what is safe then is shown with its own heading, emoji and caveat.

    One query, none when nothing opens: a fact's own words are in its edition alone.
    """
    safe = [row.pk for row in found if is_safe(row.opens_at, seen)]
    editions = _editions_of(len(safe)).rows(**placeholder_values("fact", safe)) if safe else ()
    own = {slug: (language, parts) for slug, language, parts in editions}
    return tuple(
        with_own_heading(row, *own[row.article_slug]) if row.pk in safe and row.article_slug in own else row
        for row in found
    )


def with_own_heading(row: FactRow, language: str, parts_text: str) -> FactRow:
    """`parts_text` is the JSON of its edition's words. As it is where that has lost the fact."""
    card = _cards_in(parts_text).get(row.public_id)
    if card is None:
        return row
    caveat = Caveat.in_part(card)
    return row._replace(heading=card["heading"], emoji=card["emoji"], language=language, caveat=caveat)


@prepared
def _editions_of(facts: int) -> Any:
    editions = PublishedFact.objects.filter(pk__in=placeholders("fact", facts)).values("edition_id")
    return (
        Edition.objects.filter(pk__in=editions)
        .order_by()
        .annotate(parts_text=Cast("parts", TextField()))
        .values_list("slug", "language", "parts_text")
    )


@cached_by_digest(PER_PAGE)  # each takes 50 KB or more
def _cards_in(parts_text: str) -> Mapping[str, CardPart]:
    try:
        return {card["id"]: card for card in parts_in(parts_text)["cards"]}
    except BROKEN:  # told by whoever shows the article
        return {}


def preview_rows(
    edition: Edition, facts: Sequence[PublishedFact], tags: Sequence[Sequence[Tag]]
) -> tuple[FactRow, ...]:
    """The index's rows of facts that nobody has saved (publishing.compose gives them, with the tags of each): for the
    desk's preview. The facts have the instant from which they are public. No query.
    """
    no_subject = [None] * len(SUBJECT_COLUMNS)
    of_edition = [getattr(edition, name) for name in EDITION_COLUMNS]
    found = [
        row_of([*(getattr(fact, name) for name in OWN_COLUMNS), *of_edition, *(subject or no_subject)])
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
    wanted: dict[str, Any] = {name: Parameter(name, field) for name, field in SINGLE.items() if name in shape.single}
    marks = {name: getattr(shape, name) for name in MARKS}
    ids = ids_of(FactQuery(tags, **wanted, **marks, sort=shape.sort), NOW)[start:stop]
    return PublishedFact.objects.filter(pk__in=ids).order_by(*order_of(shape.sort)).values_list(*FACT_COLUMNS)


#: Of the fact and of its edition: what `row_of` takes, with those of the subject after them.
OWN_COLUMNS = (
    *("pk", "public_id", "slug", "heading", "safe_heading", "spoiler_after", "emoji", "excerpt", "picture"),
    *("caveat", "caveat_since", "caveat_note", "first_visible_from", "interest"),
)
EDITION_COLUMNS = ("title", "slug", "language")
_COLUMNS = (*OWN_COLUMNS, *(f"edition__{name}" for name in EDITION_COLUMNS))
FACT_COLUMNS = (*_COLUMNS, *SUBJECT_COLUMNS)


def row_of(values: Sequence[Any]) -> FactRow:
    own, about = values[: len(_COLUMNS)], values[len(_COLUMNS) :]
    pk, public_id, slug, heading, safe_heading, spoiler_after, emoji, excerpt, picture, *rest = own
    caveat, since, note, first, interest, *edition = rest
    subject = SubjectName(*about) if about[0] else None
    (title, article, language), kind = edition, subject.kind if subject else None
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
        picture=Cover.of(picture, f"fact {public_id}"),
        language=language if spoiler_after is None or safe_heading else "",
        caveat=Caveat.of(caveat, rows.Day.of(since), note, f"fact {public_id}"),
        interest=interest,
    )
