"""The rows of published facts and their tags: a projection of current and waiting editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from articles.models import Edition, PublishedFact, PublishedTag, Tag
from articles.publishing.composing import Composed


def write(edition: Edition, composed: Composed, first: Mapping[str, dt.datetime]) -> None:
    """Adds the rows of one edition, with its instants; `first` says when the public first sees each fact."""
    for fact in composed.facts:
        fact.edition = edition
        fact.visible_from, fact.visible_until = edition.visible_from, edition.visible_until
        fact.first_visible_from = first[fact.public_id]
    facts = PublishedFact.objects.bulk_create(composed.facts)
    PublishedTag.objects.bulk_create(
        row for fact, own in zip(facts, composed.fact_tags, strict=True) for row in _tag_rows(fact, own, composed.tags)
    )


def drop(editions: Iterable[Edition]) -> None:
    """Removes the rows of these editions; the editions themselves stay for ever."""
    ended = [edition.pk for edition in editions]
    if ended:
        PublishedTag.objects.filter(fact__edition__in=ended).delete()
        PublishedFact.objects.filter(edition__in=ended).delete()


def _tag_rows(fact: PublishedFact, own: Iterable[Tag], inherited: Iterable[Tag]) -> Iterable[PublishedTag]:
    own = set(own)
    for tag in own | set(inherited):
        yield PublishedTag(
            fact=fact,
            tag=tag,
            is_own=tag in own,
            visible_from=fact.visible_from,
            visible_until=fact.visible_until,
            first_visible_from=fact.first_visible_from,
        )
