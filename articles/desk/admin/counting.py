"""Counting what refers to a row, within the query of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property

from articles.models import Article


def count_of(rows: QuerySet[Any], reference: str) -> Subquery:
    """How many of `rows` refer to the outer row; one index look-up for each row that a page shows.

    As a function of the rows, not as an aggregate, for which Django would group what is one group.
    """
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().filter(**{reference: OuterRef("pk")}).annotate(count=count).values("count"))


def count_out_of_bin(rows: QuerySet[Any], reference: str, *, article: str) -> Any:
    """As `count_of`, without those rows whose `article` lies in the bin. These are few: they are subtracted, so that an
    index alone counts the many, and not each of their articles is looked at.
    """
    in_bin = Article.with_binned.filter(binned_at__isnull=False).order_by().values("pk")
    return count_of(rows, reference) - count_of(rows.filter(**{f"{article}__in": in_bin}), reference)


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
