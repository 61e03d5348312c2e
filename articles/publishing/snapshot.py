"""What the public sees of an article at an instant, as values that compare: read from editions and their rows.

What it costs does not grow with the facts. `Scope` names the facts and tags that both of two snapshots tell of.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from articles.models import Address, Article, Correction, Edition, PublishedFact, PublishedTag
from articles.models.editions import FEED_ENTRIES


@dataclass(frozen=True)
class Answer:
    """What an address gives: a page with these words (a digest), a redirect to `target`, or 410 with neither."""

    words: str = ""
    target: str = ""

    @property
    def is_gone(self) -> bool:
        return not self.words and not self.target


@dataclass(frozen=True)
class FactState:
    """A fact as lists show it. `heading` is what may stand outside its article; `words` is a digest."""

    heading: str
    path: str
    words: str
    spoiler_after: int | None
    number: int | None


@dataclass(frozen=True)
class FeedState:
    """The article's entry. `newer` articles stand before it in the list."""

    title: str
    path: str
    modified_at: dt.datetime
    newer: int

    @property
    def is_in_feed(self) -> bool:
        return self.newer < FEED_ENTRIES


@dataclass(frozen=True)
class CorrectionState:
    at: dt.datetime
    place: str
    kind: str
    heading: str


@dataclass(frozen=True)
class PublicSnapshot:
    """`addresses` by path, `facts` by public id, `tags` by slug: how many facts of the whole site stand under each.

    `reserved` are all paths that are kept for the article, whether or not anybody has seen them by then; `known_facts`
    are those of the scope whose addresses somebody may have seen.
    """

    at: dt.datetime
    addresses: Mapping[str, Answer] = field(default_factory=dict)
    facts: Mapping[str, FactState] = field(default_factory=dict)
    tags: Mapping[tuple[str, str], int] = field(default_factory=dict)
    index_count: int = 0
    feed: FeedState | None = None
    corrections: frozenset[CorrectionState] = frozenset()
    reserved: frozenset[str] = frozenset()
    known_facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scope:
    facts: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.facts | other.facts, self.tags | other.tags)


def scope_of(article: Article, at: dt.datetime) -> Scope:
    """The facts and tags that the article shows at that instant. Two queries."""
    facts = PublishedFact.objects.in_force(at=at).filter(edition__article=article).values_list("public_id", flat=True)
    tags = PublishedTag.objects.in_force(at=at).filter(fact__edition__article=article).order_by()
    return Scope(frozenset(facts), frozenset(tags.values_list("tag", flat=True).distinct()))


def snapshot_of(article: Article, at: dt.datetime, scope: Scope) -> PublicSnapshot:
    """Eight queries. `scope` has at least what the article shows then."""
    events = Edition.objects.in_force(at=at).filter(article=article).select_related("revision")
    event = events.defer("parts").first()
    rows = _fact_rows(scope, at)
    under = PublishedTag.objects.in_force(at=at).once(at=at).filter(tag__in=scope.tags).order_by()
    of_facts = Q(kind=Address.Kind.FACT, slug__in=scope.facts, visible_from__lte=at)
    kept = Address.objects.filter(of_facts | Q(kind=Address.Kind.ARTICLE, article=article)).order_by("pk")
    rows_of = {kind: [row for row in kept if row.kind == kind] for kind in Address.Kind}
    slugs = {row.slug: row.visible_from for row in rows_of[Address.Kind.ARTICLE]}
    counts = under.values_list("tag__name", "tag__slug").annotate(count=Count("pk"))
    return PublicSnapshot(
        at=at,
        addresses=_article_addresses(event, [slug for slug, since in slugs.items() if since and since <= at])
        | {state.path: Answer(state.words) for state, _own in rows.values()},
        facts={public_id: state for public_id, (state, owner) in rows.items() if owner == article.pk},
        tags={(name, slug): count for name, slug, count in counts},
        index_count=PublishedFact.objects.in_force(at=at).once(at=at).count(),
        feed=_feed(event, at),
        corrections=_corrections(article, event, at),
        reserved=frozenset(map(_article_path, slugs)),
        known_facts=frozenset(row.slug for row in rows_of[Address.Kind.FACT]),
    )


def _article_addresses(event: Edition | None, slugs: Iterable[str]) -> dict[str, Answer]:
    """Of the slugs that readers have seen by then."""
    if event is None:
        return {}
    if event.revision is None:
        return {_article_path(slug): Answer() for slug in slugs}
    here, words = _article_path(event.slug), _digest(event.revision.content)
    return {_article_path(slug): Answer(words=words) if slug == event.slug else Answer(target=here) for slug in slugs}


def _fact_rows(scope: Scope, at: dt.datetime) -> dict[str, tuple[FactState, int]]:
    """By public id: what the page of the fact shows, and of which article. Where two show it, the newer one's."""
    found = PublishedFact.objects.in_force(at=at).filter(public_id__in=scope.facts)
    found = found.select_related("edition", "subject").defer("edition__parts").order_by("visible_from", "pk")
    own: dict[int, list[int]] = defaultdict(list)
    tags = PublishedTag.objects.in_force(at=at).filter(fact__public_id__in=scope.facts, is_own=True).order_by("tag")
    for fact, tag in tags.values_list("fact", "tag"):
        own[fact].append(tag)
    return {
        row.public_id: (
            FactState(
                heading=row.public_heading,
                path=_fact_path(row.public_id, row.slug),
                words=_digest([row.words, own[row.pk], row.heading, row.excerpt]),
                spoiler_after=row.spoiler_after,
                number=row.number,
            ),
            row.edition.article_id,
        )
        for row in found
    }


def _feed(event: Edition | None, at: dt.datetime) -> FeedState | None:
    if event is None or event.is_removal:
        return None
    newer = Edition.objects.in_force(at=at).versions().filter(first_visible_from__gt=event.first_visible_from)
    return FeedState(event.title, _article_path(event.slug), event.modified_at, newer[:FEED_ENTRIES].count())


def _corrections(article: Article, event: Edition | None, at: dt.datetime) -> frozenset[CorrectionState]:
    """They are shown while a version is in force."""
    if event is None or event.is_removal:
        return frozenset()
    rows = Correction.objects.filter(edition__article=article, at__lte=at).order_by()
    return frozenset(CorrectionState(*row) for row in rows.values_list("at", "place", "kind", "heading"))


def _article_path(slug: str) -> str:
    return reverse("article", args=[slug])


def _fact_path(public_id: str, slug: str) -> str:
    return reverse("fact", args=[public_id, slug]) if slug else reverse("fact-by-id", args=[public_id])


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(errors="surrogatepass"), digest_size=16).hexdigest()
