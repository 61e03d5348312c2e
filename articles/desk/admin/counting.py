"""Counting what refers to a row, within the query of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], reference: str) -> Coalesce:
    """How many of `rows` refer to the outer row; one index look-up for each row that a page shows."""
    counted = rows.order_by().filter(**{reference: OuterRef("pk")}).values(reference).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


class KeysFirst(Paginator):  # type: ignore[type-arg]
    """Finds the keys of a page, then its rows: so what a list counts of each row is counted for the page alone.

    SQLite would count it for all rows before it takes the first of them. Where the list is sorted by a number, it is
    counted for all.
    """

    def _get_page(self, object_list: Any, number: int, paginator: Any) -> Page[Any]:
        rows: Any = self.object_list
        keys: Sequence[Any] = list(object_list.values_list("pk", flat=True))
        page: Page[Any] = super()._get_page(rows.filter(pk__in=keys), number, paginator)  # type: ignore[misc]
        return page
