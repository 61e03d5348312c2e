"""What an act upon a tag will change, counted before anybody presses the button and carried out exactly so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.models import Address, Article, Edition, FactCard, Revision, Tag, TaggedArticle, TaggedCard
from articles.operations.tags import rows
from articles.operations.tags.rows import RetaggedRows
from articles.publishing import relabelling
from articles.publishing.relabelling import ARTICLE, EVERYWHERE, Places, Scope


@dataclass(frozen=True)
class Exchange:
    """Every place in which one tag takes the place of another."""

    old: int
    new: int
    articles: RetaggedRows
    facts: RetaggedRows
    editions: Places

    @classmethod
    def find(cls, old: int, new: int, scope: Scope = EVERYWHERE) -> Exchange:
        """`new` may be a key that no tag has yet."""
        cards = None
        if scope.facts is not None:
            cards = set(FactCard.objects.filter(public_id__in=scope.facts).values_list("pk", flat=True))
        return cls(
            old,
            new,
            rows.rows_of(TaggedArticle, old, new, scope.articles),
            rows.rows_of(TaggedCard, old, new, cards),
            relabelling.places_of(old, new, scope),
        )

    @property
    def is_something(self) -> bool:
        return bool(self.articles.owners or self.facts.owners or self.editions)

    def carry_out(self) -> None:
        rows.exchange(TaggedArticle, self.articles, self.old, self.new)
        rows.exchange(TaggedCard, self.facts, self.old, self.new)
        relabelling.exchange(self.editions, self.old, self.new)


@dataclass(frozen=True)
class Counts:
    """For people. `articles` and `facts` are working copies, `live` the articles that readers see and that change."""

    articles: int = 0
    facts: int = 0
    live: int = 0
    live_facts: int = 0
    addresses: int = 0

    @classmethod
    def of(cls, exchange: Exchange, *, addresses: int = 0, at: dt.datetime | None = None) -> Counts:
        in_force = Edition.objects.in_force(at=at or timezone.now()).versions()
        live = set(in_force.filter(pk__in=list(exchange.editions)).values_list("pk", flat=True))
        places = [place for pk in live for place in exchange.editions[pk]]
        return cls(
            articles=len(exchange.articles.owners),
            facts=len(exchange.facts.owners),
            live=len(live),
            live_facts=sum(place != ARTICLE for place in places),
            addresses=addresses,
        )


def addresses_of(tag: Tag) -> list[str]:
    return list(Address.objects.filter(kind=Address.Kind.TAG, tag=tag).order_by("pk").values_list("slug", flat=True))


def articles_of(exchange: Exchange) -> list[int]:
    """The keys of the articles whose working copy or editions an exchange touches."""
    wanted = _working_copies(exchange)
    for editions in relabelling.batched(exchange.editions, 500):
        wanted |= set(Edition.objects.filter(pk__in=editions).values_list("article", flat=True))
    return sorted(wanted)


def _working_copies(exchange: Exchange) -> set[int]:
    wanted: set[int] = set(exchange.articles.owners)
    for cards in relabelling.batched(sorted(exchange.facts.owners), 500):
        wanted |= set(FactCard.objects.filter(pk__in=cards).values_list("article", flat=True))
    return wanted


def outdate_revisions(exchange: Exchange, *, since: dt.datetime | None = None) -> None:
    """Raises the change number of working copies whose words are not those of their revision any more: what was handed
    in or approved under the old tag is read again before it goes live. Of revisions made `since` an act, or of all.

    Not where that revision is public or waits already: its edition has the new tag.
    """
    revisions = Revision.objects.filter(article=OuterRef("pk"), change=OuterRef("change"))
    if since:
        revisions = revisions.filter(made_at__gt=since)
    shown = Edition.objects.filter(revision=OuterRef("approved_revision"), visible_until__gt=timezone.now())
    for some in relabelling.batched(sorted(_working_copies(exchange)), 500):
        outdated = Article.with_binned.filter(Exists(revisions), pk__in=some)
        outdated = outdated.exclude(Exists(shown), approved_change=F("change"))
        outdated.update(change=F("change") + 1)


def lock(articles: Collection[int], *tags: int) -> dict[int, Tag]:
    """Locks the articles, then the tags, each in the order of their keys; gives the tags that are there.

    Saving and publishing lock the article first as well, so that nobody waits for somebody who waits for them.
    """
    for some in relabelling.batched(sorted(articles), 500):
        list(Article.with_binned.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
    found = Tag.objects.select_for_update().filter(pk__in=tags).order_by("pk")
    return {tag.pk: tag for tag in found}
