"""What feeds tell of: the newest articles and facts of the site, a subject, an author, or any of some tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from articles.models.addresses import Address
from articles.models.editions import (
    FEED_ENTRIES,
    Edition,
    EditionAuthor,
    EditionQuerySet,
    EditionTag,
    PublishedFact,
    PublishedTag,
)
from articles.reading.outputs import made
from articles.reading.selectors.articles import FoundEdition
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.facts import FoundFact, facts_in_force
from articles.reading.selectors.lists import articles_in_force
from articles.reading.selectors.prepared import NOW, filled, placeholder_values, placeholders, prepared

#: More than a feed has: where two articles show one fact, it stands there once.
_CANDIDATES = 2 * FEED_ENTRIES


class FeedScope(NamedTuple):
    """Of whom a feed tells. `kind` is "" (the whole site), "subject", "author" or "tag"; `keys` are primary keys: one,
    of tags any number.
    """

    kind: str = ""
    keys: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind}/{','.join(map(str, sorted(self.keys)))}"


class FeedArticle(NamedTuple):
    """`first_slug` and the instant from which it was public never change again, whatever becomes of the article."""

    edition: FoundEdition
    first_slug: str
    first_seen: dt.datetime


def feed_articles(scope: FeedScope, clock: PublicClock) -> tuple[FeedArticle, ...]:
    """The newest, newest first. One query, and one more when the state is new."""

    def newest() -> list[int]:
        return list(_articles(scope, clock.now).values_list("pk", flat=True)[:FEED_ENTRIES])

    ids = clock.cached(f"feed-articles/{scope.name}", newest)
    found = made(_feed_article, _editions_in(ids, clock.now))
    return tuple(sorted(found, key=lambda each: (-each.edition.first_visible_from.timestamp(), each.edition.pk)))


def feed_facts(scope: FeedScope, clock: PublicClock) -> tuple[FoundFact, ...]:
    """The newest, newest first. Two queries, and one more when the state is new."""
    ids = clock.cached(f"feed-facts/{scope.name}", lambda: _fact_ids(scope, clock.now))
    keys = filled(ids, FEED_ENTRIES)
    rows = _facts_at(len(keys)).rows(now=clock.now, **placeholder_values("fact", keys)) if keys else ()
    found = _newest_of_each_fact(_FactRow(*row) for row in rows)
    newest = sorted(found, key=lambda row: (-row.first_visible_from.timestamp(), row.pk))[:FEED_ENTRIES]
    editions = _editions_in({row.edition for row in newest}, clock.now)
    by_key = {values[0]: FoundEdition.of(values[: -len(_FIRST_ADDRESS)]) for values in editions}
    return made(lambda row: FoundFact(*row[1:5], by_key[row.edition]), newest)


# --- which ------------------------------------------------------------------------------------------------------------


def _articles(scope: FeedScope, now: dt.datetime) -> EditionQuerySet:
    found = articles_in_force(now)
    if scope.kind == "subject":
        return found.filter(subject__in=scope.keys)
    if scope.kind == "author":
        return found.filter(pk__in=_bylines(scope))
    if scope.kind == "tag":
        return found.filter(pk__in=EditionTag.objects.filter(tag__in=scope.keys).values("edition"))
    return found


def _fact_ids(scope: FeedScope, now: dt.datetime) -> list[int]:
    """Of candidates; not in order."""
    if scope.kind == "tag":  # for each tag a few steps in an index: all rows of ten tags are many
        newest, *others = [_newest_tagged(tag, now) for tag in scope.keys]
        return list(newest.union(*others))
    found = facts_in_force(now)
    if scope.kind == "subject":
        found = found.filter(subject__in=scope.keys)
    if scope.kind == "author":
        found = found.filter(edition__in=_bylines(scope))
    return list(found.values_list("pk", flat=True)[:_CANDIDATES])


def _newest_tagged(tag: int, now: dt.datetime) -> QuerySet[PublishedTag, int]:
    newest = PublishedTag.objects.in_force(at=now).filter(tag=tag).newest_first().values("pk")[:_CANDIDATES]
    return PublishedTag.objects.filter(pk__in=newest).order_by().values_list("fact_id", flat=True)


def _bylines(scope: FeedScope) -> QuerySet[EditionAuthor, Any]:
    return EditionAuthor.objects.filter(author__in=scope.keys).values("edition")


# --- their words ------------------------------------------------------------------------------------------------------

_FIRST_ADDRESS = ("first_slug", "first_seen")


class _FactRow(NamedTuple):
    pk: int
    public_id: str
    slug: str
    excerpt: str
    first_visible_from: dt.datetime
    visible_from: dt.datetime
    edition: int


def _newest_of_each_fact(rows: Iterable[_FactRow]) -> Collection[_FactRow]:
    """Each fact once, where two articles show it as the newer one does; without those that were never visible."""
    found = sorted((row for row in rows if None not in row), key=lambda row: (row.visible_from, row.pk))
    return {row.public_id: row for row in found}.values()


def _feed_article(values: Sequence[Any]) -> FeedArticle:
    """Raises ValueError for an article that was never published, or has no address."""
    *edition, first_slug, first_seen = values
    found = FoundEdition.of(edition)
    if None in (found.first_visible_from, found.modified_at, first_slug, first_seen):
        raise ValueError("It was published at no instant, or has no address.")
    return FeedArticle(found, first_slug, first_seen)


def _editions_in(ids: Collection[int], now: dt.datetime) -> Sequence[tuple[Any, ...]]:
    keys = filled(ids, FEED_ENTRIES)
    return _editions(len(keys)).rows(now=now, **placeholder_values("pk", keys)) if keys else ()


@prepared
def _editions(size: int) -> Any:
    """Without their order, which would tempt the planner away from the primary key."""
    addresses = Address.objects.filter(article=OuterRef("article_id"), visible_from__lte=NOW)
    addresses = addresses.order_by("visible_from", "pk")
    first = {"first_slug": Subquery(addresses.values("slug")[:1])}
    first["first_seen"] = Subquery(addresses.values("visible_from")[:1])
    return (
        Edition.objects.in_force(at=NOW)
        .versions()
        .order_by()
        .filter(pk__in=placeholders("pk", size))
        .annotate(**FoundEdition.texts(), **first)
        .values_list(*FoundEdition.columns(), *_FIRST_ADDRESS)
    )


@prepared
def _facts_at(size: int) -> Any:
    found = PublishedFact.objects.in_force(at=NOW).order_by().filter(pk__in=placeholders("fact", size))
    return found.values_list(*_FactRow._fields)
