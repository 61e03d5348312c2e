"""Counting what refers to a row, within the query of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property


def count_of(rows: QuerySet[Any], reference: str) -> Coalesce:
    """How many of `rows` refer to the outer row; one index look-up for each row that a page shows."""
    counted = rows.order_by().filter(**{reference: OuterRef("pk")}).values(reference).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


class CountedByItsPage(Paginator):  # type: ignore[type-arg]
    """Counts rows only where there are more than one page of them: a filter that few articles pass is asked once, not
    once to count and once to show.
    """

    @cached_property
    def first_keys(self) -> list[Any]:
        """Of the first page, and one more where there are more."""
        rows: Any = self.object_list
        return list(rows.values_list("pk", flat=True)[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        there = len(self.first_keys)
        return there if there <= self.per_page else super().count


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
