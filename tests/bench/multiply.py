"""Makes a loaded corpus several times as large, by SQL: python -m tests.bench.multiply TIMES

For measuring at sizes that take too long to load through the doors. Each copy of an article stands later than the one
before, as the corpus would go on, with slugs and ids of its own; its words, subject and tags are the same. What belongs
to the working copy alone (cards, history) is not copied: the public site reads none of it. Run it on a database that
`tests.bench.load` has just filled, once. `manage.py check_content` finds nothing wrong afterwards.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator
from typing import Any

import django
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Cast, Concat, Substr

from tests.bench.corpus import ALPHABET

#: Words of the corpus have vowels.
ID = re.compile(rf"(?<![a-z])[{ALPHABET}]{{10}}(?![a-z])")


def moved_id(public_id: str, copy: int) -> str:
    """The id of a fact or a question in a copy. `_moved_id` is the same in SQL."""
    return public_id[1:] + ALPHABET[copy]


def _moved_id(column: str, copy: int) -> Any:
    return Concat(Substr(column, 2), Value(ALPHABET[copy]))


class Multiplier:
    """Copies all rows that there are now; the keys of a copy are theirs, moved by whole strides."""

    def __init__(self) -> None:
        from articles import models as own
        from articles.models.search.rows import PLACES

        self.own, self.places = own, PLACES
        self.models = [own.Article, own.Revision, own.Edition, own.EditionAuthor, own.EditionTag]
        self.models += [own.PublishedFact, own.PublishedTag, own.Address]
        self.stride = {model: self._last(model) for model in self.models}
        count = own.Edition.objects.count()
        first, last = own.Edition.objects.order_by("visible_from").values_list("visible_from", flat=True)[:: count - 1]
        self.span = (last - first) * count / (count - 1)
        self.last_row = self._last(own.SearchRow)

    def copy(self, number: int) -> None:
        own, ids = self.own, _moved_id("public_id", number)
        slug = Concat("slug", Value(f"-{number}"))
        self._insert(own.Article, number, slug=slug)
        self._insert_words(own.Revision, "content", number)
        self._insert_words(own.Edition, "parts", number, slug=slug)
        self._insert(own.EditionAuthor, number)
        self._insert(own.EditionTag, number)
        self._insert(own.PublishedFact, number, public_id=ids)
        self._insert(own.PublishedTag, number)
        of_kind = own.Address.objects.filter
        self._insert(own.Address, number, of_kind(kind="article"), slug=slug)
        self._insert(own.Address, number, of_kind(kind="fact"), slug=_moved_id("slug", number))
        places = int(self.span.total_seconds() * 1000) * self.places * number
        self._insert(own.SearchRow, number, own.SearchRow.objects.filter(pk__lte=self.last_row), id=F("id") + places)

    def finish(self) -> None:
        """Counts everything anew, and gives PostgreSQL the next keys and statistics."""
        from articles import publishing

        publishing.rebuild_counts()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                cursor.execute(statement)

    def _insert(self, model: Any, number: int, found: Any = None, **changed: Any) -> None:
        columns = {field.column: self._value(field, number) for field in _columns(model)} | changed
        rows = (model._base_manager.all() if found is None else found).order_by()
        if model in self.stride:
            rows = rows.filter(pk__lte=self.stride[model])
        named = rows.annotate(**{f"new_{name}": value for name, value in columns.items()})
        sql, params = named.values_list(*(f"new_{name}" for name in columns)).query.sql_with_params()
        names = ", ".join(f'"{name}"' for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) {sql}', params)

    def _insert_words(self, model: Any, column: str, number: int, **changed: Any) -> None:
        """As `_insert`, and puts the ids into the JSON, which SQL could not do alike on both databases."""
        self._insert(model, number, **changed)
        own = model._base_manager.filter(pk__lte=self.stride[model]).order_by()
        texts: Iterator[tuple[int, str]] = own.values_list("pk", Cast(column, models.TextField())).iterator()
        moved = number * self.stride[model]
        values = [(ID.sub(lambda each: moved_id(each[0], number), text), pk + moved) for pk, text in texts]
        cast = "" if connection.vendor == "sqlite" else "::jsonb"
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{model._meta.db_table}" SET "{column}" = %s{cast} WHERE id = %s',
                values,
            )

    def _value(self, field: Any, number: int) -> Any:
        """Of a column in a copy: keys go by strides, instants by the time that the corpus takes."""
        if field.primary_key or field.related_model in self.stride:
            model = field.model if field.primary_key else field.related_model
            return F(field.column) + number * self.stride.get(model, 0)
        if field.name in ("visible_from", "first_visible_from", "modified_at"):
            return F(field.column) + Value(self.span * number, models.DurationField())
        return F(field.column)

    @staticmethod
    def _last(model: Any) -> int:
        last: int = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        return last


def _columns(model: Any) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    options = parser.parse_args()
    if not 2 <= options.times <= len(ALPHABET):
        parser.error(f"TIMES is from 2 to {len(ALPHABET)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    began = time.perf_counter()
    with transaction.atomic():
        multiplier = Multiplier()
        for number in range(1, options.times):
            multiplier.copy(number)
        multiplier.finish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    from articles.models import PublishedFact

    print(f"{PublishedFact.objects.count():,} facts, in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
