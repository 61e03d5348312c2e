"""Making all that the searches find by anew: after a change of text.tokens, or where a hand was in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import publishing
from articles.models import Article, FactCard, SearchName, SearchWord, Subject, Tag, TagAlias
from articles.models.fields import derived_fields
from articles.models.outbox import purge_everything
from articles.models.queries import refresh_statistics
from articles.models.search import working
from articles.models.search.index import ensure_index
from articles.operations.search_index import apply_search_index


def rebuild_search() -> int:
    """Rows, names and vocabulary, and the index where it is of another kind than the setting names; for the desk, the
    tokens of working copies and their index. Gives how many editions there are; readers find each all the time.

    Raises OperationError where the kind cannot be had; nothing was made anew then.
    """
    ensure_index()
    apply_search_index()
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchName.objects.all().delete()  # names that stand already add no words
        for rows in (Subject.objects.all(), Tag.objects.all(), TagAlias.objects.all()):
            for row in rows.iterator():
                row.write_search_names()
    count = publishing.write_search_rows()
    rebuild_working_index()
    purge_everything()
    refresh_statistics()
    return count


#: The models that the desk finds by words, with their index; so many of their rows are read at once.
_WORKING: tuple[tuple[Any, working.WorkingIndex], ...] = ((FactCard, working.CARDS), (Article, working.TITLES))
_AT_ONCE = 500


def rebuild_working_index() -> None:
    """Makes what working copies are found by anew, out of their words. Only what is wrong is written."""
    for model, _index in _WORKING:
        names = [field.name for field in derived_fields(model)]
        for keys in _all_keys(model):
            with transaction.atomic():
                rows = model._base_manager.select_for_update().filter(pk__in=keys)
                model._base_manager.bulk_update([row for row in rows if _make_derived(row)], names, batch_size=50)
    working.index_again()


def wrong_working_copies() -> int:
    """How many cards and titles the desk does not find by the words that they have."""
    return sum(_wrong(model, index) for model, index in _WORKING)


def _wrong(model: Any, index: working.WorkingIndex) -> int:
    count = 0
    for keys in _all_keys(model):
        rows = list(model._base_manager.filter(pk__in=keys))
        stored = [(row.pk, getattr(row, index.column)) for row in rows]
        count += len({row.pk for row in rows if _make_derived(row)} | set(working.not_indexed(index, stored)))
    return count


def _make_derived(row: Any) -> bool:
    """Gives the row, which is not written, what its words make of these columns; whether it had something else."""
    was = [(getattr(row, field.attname), field.pre_save(row, add=False)) for field in derived_fields(type(row))]
    return any(stored != made for stored, made in was)


def _all_keys(model: Any) -> Iterator[list[int]]:
    last = 0
    rows: QuerySet[Any] = model._base_manager.order_by("pk").values_list("pk", flat=True)
    while keys := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        yield keys
        last = keys[-1]
