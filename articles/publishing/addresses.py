"""Reserving the addresses of an article and its facts, and releasing those that nobody has seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from articles.models import Address, Edition, PublishedFact, PublishedTag
from articles.publishing import search_rows


class AddressTakenError(Exception):
    """The slug belongs to another article, now or in the past."""


def claim(edition: Edition, public_ids: Sequence[str], at: dt.datetime) -> dict[str, dt.datetime]:
    """Reserves the edition's slug for its article, and its facts' addresses, for ever; visitors find them from `at`.

    Gives for each fact the instant at which the public first sees it. Raises AddressTakenError for a slug that belongs
    to another article. Two transactions that ask for one slug at once both try to insert it (`ignore_conflicts`); the
    rows are read after that, and say who was first.
    """
    mine = Address(kind=Address.Kind.ARTICLE, slug=edition.slug, article=edition.article, visible_from=at)
    facts = [Address(kind=Address.Kind.FACT, slug=public_id, visible_from=at) for public_id in public_ids]
    Address.objects.bulk_create([mine, *facts], ignore_conflicts=True)
    reserved = Address.objects.filter(
        Q(kind=Address.Kind.ARTICLE, slug=edition.slug) | Q(kind=Address.Kind.FACT, slug__in=public_ids)
    )
    first: dict[str, dt.datetime] = {}
    for address in reserved:
        if address.kind == Address.Kind.FACT:
            first[address.slug] = address.visible_from or at
        elif address.article_id != edition.article_id:
            sentence = _("The address “%(slug)s” belongs to another article, now or in the past.")
            raise AddressTakenError(sentence % {"slug": edition.slug})
        elif address.visible_from and at < address.visible_from:
            _move_first_sight(address, at)
    earlier = [public_id for public_id, instant in first.items() if at < instant]
    if earlier:
        _set_first_sight(earlier, at)
    return {public_id: min(instant, at) for public_id, instant in first.items()}


def release(edition: Edition) -> None:
    """Before a waiting edition is cancelled: frees the addresses that it alone would have made visible."""
    others = Edition.objects.filter(article=edition.article_id, slug=edition.slug).exclude(pk=edition.pk)
    _move_first_sight(
        Address.objects.filter(
            kind=Address.Kind.ARTICLE, slug=edition.slug, article=edition.article_id, visible_from=edition.visible_from
        ).first(),
        others.aggregate(first=Min("visible_from"))["first"],
    )
    mine = list(edition.facts.values_list("public_id", flat=True))
    introduced = Address.objects.filter(kind=Address.Kind.FACT, slug__in=mine, visible_from=edition.visible_from)
    elsewhere = PublishedFact.objects.exclude(edition=edition)
    for address in introduced:
        first = elsewhere.filter(public_id=address.slug).aggregate(first=Min("visible_from"))["first"]
        _move_first_sight(address, first)
        if first:
            _set_first_sight([address.slug], first)


def _move_first_sight(address: Address | None, first: dt.datetime | None) -> None:
    """Sets the instant at which an address is first seen; deletes one that nothing will make visible (None)."""
    if address is None:
        return
    if first is None:
        address.delete()
        return
    address.visible_from = first
    address.save(update_fields=["visible_from"])


def _set_first_sight(public_ids: list[str], at: dt.datetime) -> None:
    """Sets since when the public sees these facts, in their addresses and in all rows that sort by it."""
    Address.objects.filter(kind=Address.Kind.FACT, slug__in=public_ids).update(visible_from=at)
    facts = PublishedFact.objects.filter(public_id__in=public_ids)
    PublishedTag.objects.filter(fact__in=facts.values("pk")).update(first_visible_from=at)
    facts.update(first_visible_from=at)
    search_rows.date_facts(public_ids, at)
