"""Counting what refers to a row, within the query of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], reference: str) -> Coalesce:
    """How many of `rows` refer to the outer row; one index look-up for each row that a page shows."""
    counted = rows.order_by().filter(**{reference: OuterRef("pk")}).values(reference).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
