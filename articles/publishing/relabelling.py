"""Tags of editions exchanged in place. Tags are reference data: a change of them shows at once, in every edition that
ever was, while words, dates and instants stay.

An edition's parts say which tags stand where; the rows beside it (EditionTag, PublishedTag) are made from them again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from articles.models import Edition, EditionTag, PublishedFact, PublishedTag
from articles.models.parts import Parts
from articles.publishing import ledger, search_rows
from articles.publishing.projection import own_and_inherited

#: The place of an article's own tags; that of a fact's is its public id.
ARTICLE = ""
#: Both tags stood there: otherwise the index at which the old one stood is kept.
EXCHANGED = -1

#: {edition: {place: EXCHANGED, or the index of the old tag where the new one stood there as well}}
Places = dict[int, dict[str, int]]
_ROWS = 200


@dataclass(frozen=True)
class Scope:
    """Which places an exchange is about; None means all of them."""

    articles: Collection[int] | None = None
    facts: Collection[str] | None = None

    def has(self, article: int, place: str) -> bool:
        if place == ARTICLE:
            return self.articles is None or article in self.articles
        return self.facts is None or place in self.facts


EVERYWHERE = Scope()


def editions_with(tag: int) -> QuerySet[Edition]:
    """Versions whose parts name the tag anywhere, and perhaps a few more.

    No row tells of the own tags of a closed fact, nor of those of an edition that is over: so the parts are looked
    through as text, which has the same shape on every database.
    """
    pattern = rf'"tags": \[([0-9]+, )*{int(tag)}[],]'
    return Edition.objects.annotate(parts_text=Cast("parts", TextField())).filter(parts_text__regex=pattern)


def places_of(old: int, new: int, scope: Scope = EVERYWHERE) -> Places:
    """Where the old tag stands."""
    found: Places = {}
    for pk, article, parts in _parts(editions_with(old)):
        places = {
            place: tags.index(old) if new in tags else EXCHANGED
            for place, tags in _lists(parts)
            if old in tags and scope.has(article, place)
        }
        if places:
            found[pk] = places
    return found


def exchange(places: Places, old: int, new: int) -> None:
    """Puts the new tag in the place of the old one, once in each list. Call it with the articles locked."""
    _change(places, lambda tags, _index: exchanged(tags, old, new), (old, new))


def put_back(places: Places, old: int, new: int) -> None:
    """Undoes `exchange` wherever the new tag still stands."""

    def step(tags: Sequence[int], index: int) -> list[int]:
        if new not in tags or old in tags:
            return list(tags)
        if index == EXCHANGED:
            return [old if tag == new else tag for tag in tags]
        return [*tags[:index], old, *tags[index:]]

    _change(places, step, (old, new))


def exchanged(tags: Sequence[int], old: int, new: int) -> list[int]:
    if new in tags:
        return [tag for tag in tags if tag != old]
    return [new if tag == old else tag for tag in tags]


def _change(places: Places, step: Callable[[Sequence[int], int], list[int]], tags: tuple[int, int]) -> None:
    articles: set[int] = set()
    for some in batched(places):
        articles |= set(Edition.objects.filter(pk__in=some).order_by().values_list("article", flat=True))
    ledger.hold_facts_of(articles)  # of all at once: in batches they would be held in no order
    for some in batched(places):
        changed: dict[int, Parts] = {}
        owners: set[int] = set()
        for pk, article, parts in _parts(Edition.objects.filter(pk__in=some)):
            _change_parts(parts, places[pk], step)
            changed[pk] = parts
            owners.add(article)
        with ledger.recorded(owners):
            rows = [Edition(pk=pk, parts=parts) for pk, parts in changed.items()]
            Edition.objects.bulk_update(rows, ["parts"], batch_size=20)
            _make_edition_tags({pk: parts for pk, parts in changed.items() if ARTICLE in places[pk]})
            _make_fact_tags(changed, tags)
        found_by = Edition.objects.filter(pk__in=changed, search_rows__isnull=False).distinct()
        search_rows.rewrite(found_by)


def _change_parts(parts: Parts, places: dict[str, int], step: Callable[[Sequence[int], int], list[int]]) -> None:
    if ARTICLE in places:
        parts["tags"] = step(parts["tags"], places[ARTICLE])
    for card in parts["cards"]:
        if card["id"] in places:
            card["tags"] = step(card["tags"], places[card["id"]])


def _make_edition_tags(changed: dict[int, Parts]) -> None:
    EditionTag.objects.filter(edition__in=changed).delete()
    EditionTag.objects.bulk_create(
        EditionTag(edition_id=pk, tag_id=tag, position=position)
        for pk, parts in changed.items()
        for position, tag in enumerate(parts["tags"], 1)
    )


def _make_fact_tags(changed: dict[int, Parts], tags: tuple[int, int]) -> None:
    """Of these two tags only: the others' rows stay as they are."""
    facts = list(PublishedFact.objects.filter(edition__in=changed))
    PublishedTag.objects.filter(tag__in=tags, fact__in=[fact.pk for fact in facts]).delete()
    cards = {(pk, card["id"]): card for pk, parts in changed.items() for card in parts["cards"]}
    rows: list[PublishedTag] = []
    for fact in facts:
        own = cards[fact.edition_id, fact.public_id]["tags"] if fact.spoiler_after is None else []
        inherited = changed[fact.edition_id]["tags"]
        rows += own_and_inherited(fact, set(own) & set(tags), set(inherited) & set(tags))
    PublishedTag.objects.bulk_create(rows, batch_size=500)


def _parts(editions: QuerySet[Edition]) -> Iterator[tuple[int, int, Parts]]:
    """(edition, article, parts) of versions."""
    rows = editions.order_by("pk").values_list("pk", "article_id", "parts")
    for pk, article, parts in rows.iterator(chunk_size=_ROWS):
        if parts:
            yield pk, article, parts


def _lists(parts: Parts) -> Iterable[tuple[str, list[int]]]:
    yield ARTICLE, parts["tags"]
    for card in parts["cards"]:
        yield card["id"], card["tags"]


def places_since(tag: int, at: dt.datetime, exchanged: Scope, beside: Scope) -> Places:
    """Where the tag stands in editions made after an exchange at that instant, for `put_back`: in the places of
    `exchanged` it took the place of another tag, in those of `beside` it stood beside it.

    An older edition without the other tag never had it, whatever its draft had.
    """
    found: Places = {}
    for pk, article, parts in _parts(editions_with(tag).filter(made_at__gt=at)):
        places: dict[str, int] = {}
        for place, tags in _lists(parts):
            if tag in tags and exchanged.has(article, place):
                places[place] = EXCHANGED
            elif tag in tags and beside.has(article, place):
                places[place] = tags.index(tag)
        if places:
            found[pk] = places
    return found


def batched(values: Iterable[int], size: int = _ROWS) -> Iterator[list[int]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
