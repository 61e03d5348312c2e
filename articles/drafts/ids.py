"""Which public ids are free. An id means one card or question for ever, also while that lies in the bin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from articles.models import Address, BinnedPart, FactCard, Faq
from articles.text.ids import PUBLIC_ID_PATTERN, new_public_id


def ids_in_rows(wishes: Iterable[str], *others: QuerySet[Any, Any]) -> set[str]:
    """Those of the ids that a card or question of the site has now, or one of the other rows of ids."""
    wishes = [wish for wish in wishes if wish]
    if not wishes:
        return set()
    cards = FactCard.objects.filter(public_id__in=wishes).order_by().values_list("public_id")
    faqs = Faq.objects.filter(public_id__in=wishes).order_by().values_list("public_id")
    either = cards.union(faqs, *others, all=True).order_by()  # Django 6.1 would sort the union as cards are sorted
    return {public_id for (public_id,) in either}


def taken(wishes: Iterable[str]) -> set[str]:
    """As `ids_in_rows`, and those of what lies in a bin, and of facts that were public."""
    wishes = list(wishes)
    binned = BinnedPart.objects.filter(public_id__in=wishes).order_by().values_list("public_id")
    public = Address.objects.filter(kind=Address.Kind.FACT, slug__in=wishes).values_list("slug")
    return ids_in_rows(wishes, binned, public)


def is_public_id(wish: str) -> bool:
    return re.fullmatch(PUBLIC_ID_PATTERN, wish) is not None


def given_or_new_id(wish: str) -> str:
    """The id that a client gives something new, if it is well formed and free; else a new one."""
    return wish if is_public_id(wish) and not taken([wish]) else new_public_id()
