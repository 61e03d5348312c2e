"""Makes a loaded corpus several times as large, by SQL: python -m tests.bench.multiply TIMES

For measuring at sizes that take too long to load through the doors. Each copy of an article stands later than the one
before, as the corpus would go on, with slugs and ids of its own; its words, subject and tags are the same. The working
copies come along, for the lists of the desk. Run it on a database that `tests.bench.load` has just filled, once.
`manage.py check_content` finds nothing wrong afterwards.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from typing import Any

import django
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import F, Func, Max, Value
from django.db.models.functions import Cast, Concat, Substr

from tests.bench.corpus import ALPHABET

#: An id of ten signs in a text; words of the corpus have vowels. The last eight stay in a copy.
ID = rf"(?<![a-z])[{ALPHABET}]{{2}}([{ALPHABET}]{{8}})(?![a-z])"
MOST_TIMES = len(ALPHABET) ** 2
#: Megabytes of SQLite's pages in memory, for indexes that are written all over.
CACHE = 2000


def _mark(copy: int) -> str:
    """Two signs for each copy."""
    return ALPHABET[copy // len(ALPHABET)] + ALPHABET[copy % len(ALPHABET)]


def _moved(column: str, copy: int) -> Any:
    """An id, or a digest, of a copy."""
    return Concat(Substr(column, 3), Value(_mark(copy)))


def _with_moved_ids(column: str, copy: int) -> Any:
    """The JSON of a column, with the ids of a copy in it."""
    text = Cast(column, models.TextField())
    values = (text, Value(ID), Value(rf"\1{_mark(copy)}"), Value("g"))
    moved = Func(*values, function="regexp_replace", output_field=models.TextField())
    # PostgreSQL must be told what a text becomes; SQLite keeps JSON as a text.
    return moved if connection.vendor == "sqlite" else Cast(moved, models.JSONField())


class Multiplier:
    """Copies all rows that there are now; the keys of a copy are theirs, moved by whole strides."""

    def __init__(self) -> None:
        from articles import models as own
        from articles.models.search.rows import PLACES

        self.own, self.places = own, PLACES
        self.models = [own.Article, own.Revision, own.Edition, own.EditionAuthor, own.EditionTag]
        self.models += [own.PublishedFact, own.PublishedTag, own.Address]
        self.models += [own.Byline, own.TaggedArticle, own.FactCard, own.Faq, own.Source, own.TaggedCard, own.History]
        self.stride = {model: self._last(model) for model in self.models}
        count = own.Edition.objects.count()
        first, last = own.Edition.objects.order_by("visible_from").values_list("visible_from", flat=True)[:: count - 1]
        self.span = (last - first) * count / (count - 1)
        self.last_row = self._last(own.SearchRow)

    @transaction.atomic
    def copy(self, number: int) -> None:
        own, ids = self.own, _moved("public_id", number)
        slug = Concat("slug", Value(f"-{number}"))
        self._insert(own.Article, number, slug=slug)
        self._insert(own.Revision, number, content=_with_moved_ids("content", number))
        self._insert(own.Edition, number, slug=slug, parts=_with_moved_ids("parts", number))
        digests = {name: _moved(name, number) for name in ("heading_key", "body_key")}
        self._insert(own.PublishedFact, number, public_id=ids, **digests)
        of_kind = own.Address.objects.filter
        self._insert(own.Address, number, of_kind(kind="article"), slug=slug)
        self._insert(own.Address, number, of_kind(kind="fact"), slug=_moved("slug", number))
        for model in (own.EditionAuthor, own.EditionTag, own.PublishedTag):
            self._insert(model, number)
        places = int(self.span.total_seconds() * 1000) * self.places * number
        rows, further = own.SearchRow.objects.filter(pk__lte=self.last_row), Value(places, models.BigIntegerField())
        self._insert(own.SearchRow, number, rows, id=F("id") + further)  # as plain number PostgreSQL gets 32 bits of it
        self._copy_working_copies(number)

    def _copy_working_copies(self, number: int) -> None:
        own, ids = self.own, _moved("public_id", number)
        for model in (own.FactCard, own.Faq):
            self._insert(model, number, public_id=ids)
        for model in (own.Byline, own.TaggedArticle, own.Source, own.TaggedCard, own.History):
            self._insert(model, number)

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


def _make_ready() -> None:
    """SQLite lacks what PostgreSQL has: a function that replaces by an expression."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA cache_size = -{CACHE * 1000}")
            pattern = re.compile(ID)
            connection.connection.create_function(
                "regexp_replace", 4, lambda text, _pattern, new, _flags: pattern.sub(new, text), deterministic=True
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    options = parser.parse_args()
    if not 2 <= options.times <= MOST_TIMES:
        parser.error(f"TIMES is from 2 to {MOST_TIMES}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    from articles.models import PublishedFact

    began = time.perf_counter()
    _make_ready()
    multiplier = Multiplier()
    for number in range(1, options.times):
        multiplier.copy(number)
    multiplier.finish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{PublishedFact.objects.count():,} facts, in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
