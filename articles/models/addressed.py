"""Subjects and authors by their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from articles.models.addresses import Address
from articles.models.queries import held_of


def subjects_and_authors(
    subjects: Iterable[str], authors: Iterable[str], *, held: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    """As `Subject.objects.at_slugs` and `Author.objects.at_slugs` together, in one query. `held`: see
    held_until_the_end; two more queries on PostgreSQL.
    """
    of_subjects, of_authors = [slug for slug in subjects if slug], [slug for slug in authors if slug]
    if not of_subjects and not of_authors:
        return {}, {}
    wanted = Q(kind=Address.Kind.SUBJECT, slug__in=of_subjects) | Q(kind=Address.Kind.AUTHOR, slug__in=of_authors)
    found = list(Address.objects.filter(wanted).select_related("subject", "author"))
    known = (
        {address.slug: address.subject for address in found if address.subject},
        {address.slug: address.author for address in found if address.author},
    )
    return (_held(known[0]), _held(known[1])) if held else known


def _held(known: dict[str, Any]) -> dict[str, Any]:
    """Without those that were deleted meanwhile."""
    there = {row.pk for row in held_of(known.values())}
    return {slug: row for slug, row in known.items() if row.pk in there}
