"""What the sitemap lists: slices of one kind of page, the oldest first, so that new pages move none of the others."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from articles.models.counts import CountKind
from articles.models.editions import Edition, PublishedFact
from articles.models.parts import CardPart, current
from articles.reading import rows
from articles.reading.outputs import made, path_or_nothing
from articles.reading.pictures import Cover
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.facts import facts_in_force
from articles.reading.selectors.ledger import counted
from articles.reading.selectors.lists import articles_in_force
from articles.reading.selectors.prepared import NOW, placeholder_values, placeholders, prepared
from articles.reading.selectors.reference import public_authors, public_subjects, public_tags


class SitemapEntry(NamedTuple):
    """A path, since when the page's words are these (None where nobody knows), and the address of its picture or ""."""

    path: str
    changed_at: dt.datetime | None = None
    picture: str = ""


def count_sitemap(kind: str, clock: PublicClock) -> int:
    """How many rows of this kind there are to list. One query when the state is new. Raises KeyError."""
    if kind in _COUNTED:
        return counted(clock, _COUNTED[kind])
    found = _ROWS[kind](clock.now)
    return clock.cached(f"sitemap/{kind}", found.count)


def sitemap_entries(kind: str, now: dt.datetime, start: int, stop: int) -> tuple[SitemapEntry, ...]:
    """One slice of a kind, without rows that have no address. One query, three for facts."""
    if kind == "facts":
        found = _facts(now, start, stop)
    elif kind == "articles":
        found = made(_article, _slice(kind, start, stop).rows(now=now))
    else:
        slugs = _slice(kind, start, stop).rows(now=now)
        found = tuple(SitemapEntry(path_or_nothing(_ADDRESSES[kind], slug)) for (slug,) in slugs)
    return tuple(entry for entry in found if entry.path)


#: The rows of each kind, at an instant or at the parameter NOW.
_ROWS: Mapping[str, Callable[[Any], QuerySet[Any]]] = {
    "articles": lambda now: articles_in_force(now).reverse(),
    "facts": lambda now: facts_in_force(now).reverse(),
    "subjects": public_subjects,
    "tags": public_tags,
    "authors": public_authors,
}
_COUNTED = {"articles": CountKind.ARTICLES, "facts": CountKind.FACTS}
_ADDRESSES = {"subjects": "subject", "tags": "tag", "authors": "author"}
SITEMAP_KINDS = tuple(_ROWS)


@prepared
def _slice(kind: str, start: int, stop: int) -> Any:
    columns = ("slug", "modified_at", "cover") if kind == "articles" else ("slug",)
    return _ROWS[kind](NOW).values_list(*columns)[start:stop]


def _article(values: Sequence[Any]) -> SitemapEntry:
    slug, modified_at, cover = values
    picture = Cover.of(cover, f"article slug {slug!r}")
    return SitemapEntry(path_or_nothing("article", slug), modified_at, picture.url if picture else "")


def _facts(now: dt.datetime, start: int, stop: int) -> tuple[SitemapEntry, ...]:
    """Keys first, once: to pass over a million of them is what a late slice costs."""
    ids = [pk for (pk,) in _fact_ids(start, stop).rows(now=now)]
    if not ids:
        return ()
    these = placeholder_values("fact", ids)
    editions = dict(made(_cards_of, _editions_of(len(ids)).rows(**these)))

    def entry(values: Sequence[Any]) -> SitemapEntry:
        edition, public_id, slug, first, picture = values
        path = path_or_nothing("fact", public_id, slug)
        card = editions.get(edition, {}).get(public_id)
        changed_at = rows.fact_changed_at(card, first) if card else None
        cover = Cover.of(picture, f"fact {public_id}")
        return SitemapEntry(path, changed_at, cover.url if cover else "")

    return made(entry, _facts_of(len(ids)).rows(**these))


def _cards_of(values: Sequence[Any]) -> tuple[int, dict[str, CardPart]]:
    edition, parts = values
    return edition, {card["id"]: card for card in current(json.loads(parts))["cards"]}


@prepared
def _fact_ids(start: int, stop: int) -> Any:
    return _ROWS["facts"](NOW).values_list("pk")[start:stop]


@prepared
def _facts_of(size: int) -> Any:
    found = PublishedFact.objects.filter(pk__in=placeholders("fact", size)).newest_first().reverse()
    return found.values_list("edition_id", "public_id", "slug", "first_visible_from", "picture")


@prepared
def _editions_of(size: int) -> Any:
    editions = PublishedFact.objects.filter(pk__in=placeholders("fact", size)).order_by().values("edition_id")
    found = Edition.objects.filter(pk__in=editions).order_by()
    return found.annotate(parts_text=Cast("parts", TextField())).values_list("pk", "parts_text")
