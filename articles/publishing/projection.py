"""The rows of published facts and their tags: a projection of current and waiting editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, F, Q

from articles.models import Edition, FactCheck, FactUse, PublishedFact, PublishedTag, SearchRow
from articles.models.editions import NEVER
from articles.models.public_groups import purge_facts
from articles.models.votes import settled_numbers
from articles.publishing.composing import Composed


def write(
    edition: Edition,
    composed: Composed,
    first: Mapping[str, dt.datetime],
    seen: Collection[str] | None = None,
    origins: Mapping[str, str] | None = None,
) -> list[PublishedTag]:
    """Adds the rows of one edition, with its instants; `first` says when the public first sees each fact. `seen` are
    those that somebody may have checked or voted for already, all without it. `origins` are those that the facts had
    when the edition was published, where that was before. Gives the rows of tags.
    """
    origins = _origins([fact.public_id for fact in composed.facts]) if origins is None else origins
    known = [fact for fact in composed.facts if seen is None or fact.public_id in seen]
    checks = _last_checks(known) if known else {}
    votes = settled_numbers([fact.public_id for fact in known]) if known else {}
    for fact in composed.facts:
        fact.edition = edition
        fact.visible_from, fact.visible_until = edition.visible_from, edition.visible_until
        fact.first_visible_from = first[fact.public_id]
        fact.interest = votes.get(fact.public_id, 0)
        fact.origin = origins.get(fact.public_id, "")
        if fact.spoiler_after is None:
            fact.checked_on = checks.get((fact.public_id, fact.words), NEVER)
    facts = PublishedFact.objects.bulk_create(composed.facts)
    tags = PublishedTag.objects.bulk_create(
        row
        for fact, own in zip(facts, composed.fact_tags, strict=True)
        for row in own_and_inherited(fact, {tag.pk for tag in own}, {tag.pk for tag in composed.tags})
    )
    _mark_shared(edition, [fact.public_id for fact in facts])
    if taken := {origin for public_id, origin in origins.items() if origin and origin != public_id}:
        PublishedFact.objects.filter(public_id__in=taken).update(origin=F("public_id"))
    return tags


def write_again(edition: Edition, composed: Composed) -> None:
    """The rows anew, after the edition was rendered again: since when each is seen, and its origin, stay."""
    rows = edition.facts.values_list("public_id", "first_visible_from", "origin")
    first = {public_id: instant for public_id, instant, _origin in rows}
    origins = {public_id: origin for public_id, _instant, origin in rows}
    drop([edition])
    write(edition, composed, first, origins=origins)


def _origins(facts: Collection[str]) -> dict[str, str]:
    """Which facts are told in several articles: see PublishedFact.origin. One query."""
    uses = FactUse.objects.filter(Q(public_id__in=facts) | Q(origin__in=facts)).values_list("public_id", "origin")
    found = dict(uses)
    return {origin: origin for origin in found.values()} | found


def _mark_shared(edition: Edition, facts: Collection[str]) -> None:
    """Call it with the addresses of these facts held: another article may show one of them for the first time."""
    rows = PublishedFact.objects.filter(public_id__in=facts)
    if shared := set(rows.exclude(edition__article=edition.article_id).values_list("public_id", flat=True)):
        rows.filter(public_id__in=shared).update(is_shared=True)


def mark_all_shared() -> None:
    facts = PublishedFact.objects.order_by().values("public_id")
    shared = facts.annotate(count=Count("edition__article", distinct=True)).filter(count__gt=1)
    PublishedFact.objects.filter(public_id__in=shared.values("public_id")).update(is_shared=True)


def _last_checks(facts: Iterable[PublishedFact]) -> dict[tuple[str, str], dt.date]:
    """The days by public id and digest of the words."""
    checks = FactCheck.objects.filter(public_id__in=[fact.public_id for fact in facts]).order_by("checked_on")
    return {(public_id, words): day for public_id, words, day in checks.values_list("public_id", "words", "checked_on")}


def note_check(check: FactCheck) -> None:
    """Tells the rows with these very words, in force or waiting, that somebody looked at them again."""
    facts = PublishedFact.objects.filter(public_id=check.public_id, words=check.words, spoiler_after__isnull=True)
    facts.update(checked_on=check.checked_on)
    purge_facts([check.public_id])


def drop(editions: Iterable[Edition]) -> None:
    """Removes the rows of these editions; the editions themselves stay for ever."""
    ended = [edition.pk for edition in editions]
    if ended:
        SearchRow.objects.filter(edition__in=ended).delete()
        PublishedTag.objects.filter(fact__edition__in=ended).delete()
        PublishedFact.objects.filter(edition__in=ended).delete()


def own_and_inherited(fact: PublishedFact, own: Collection[int], inherited: Collection[int]) -> list[PublishedTag]:
    """The rows of a saved fact under these tags: its own, and those of its article."""
    return [
        PublishedTag(
            fact_id=fact.pk,
            tag_id=tag,
            is_own=tag in own,
            visible_from=fact.visible_from,
            visible_until=fact.visible_until,
            first_visible_from=fact.first_visible_from,
        )
        for tag in {*own, *inherited}
    ]
