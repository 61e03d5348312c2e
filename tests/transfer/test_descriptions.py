"""Every column of every table is accounted for in articles/transfer/tables.py."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from articles.transfer import tables
from articles.transfer.fields import Inside, Table
from articles.transfer.left_behind import LEFT_BEHIND
from tests.transfer import site

DESCRIBED = {table.model for table in tables.TABLES}


def columns(model: type[Model]) -> set[str]:
    """Its columns, and its sets of other rows where no table of ours stands between."""
    plain = {column.name for column in model._meta.concrete_fields if not column.primary_key}
    between: list[Any] = [each for each in model._meta.many_to_many if each.remote_field.through._meta.auto_created]
    return plain | {each.name for each in between}


@pytest.mark.parametrize("table", [pytest.param(each, id=each.model.__name__) for each in tables.TABLES])
def test_every_column_is_carried_or_made_from_others_or_left_behind_for_a_reason(table: Table):
    here = f"articles/transfer/tables.py, the description of {table.model.__name__}"
    missing = columns(table.model) - set(table.columns)
    assert not missing, f"{here}: say how {missing} is carried, what it is made from, or why it is left behind."
    assert not set(table.columns) - columns(table.model), f"{here}: there is no {set(table.columns)}."
    twice = [name for name, times in Counter(table.columns).items() if times > 1]
    assert not twice, f"{here}: {twice} stands in it twice."
    assert all([*table.elsewhere.values(), *table.left_behind.values()]), f"{here}: give the reason."


@pytest.mark.parametrize("model", [pytest.param(each, id=each._meta.label) for each in apps.get_models()])
def test_every_table_is_described_or_left_behind_for_a_reason(model: type[Model]):
    reasons = [LEFT_BEHIND.get(name) for name in (model._meta.label, model._meta.app_label)]
    assert (model in DESCRIBED) != any(reasons), (
        f"articles/transfer/: describe {model._meta.label} in tables.py, or say why not in left_behind.py."
    )


def test_what_is_left_behind_exists():
    there = {name for model in apps.get_models() for name in (model._meta.label, model._meta.app_label)}
    assert LEFT_BEHIND.keys() <= there
    assert {model._meta.label for model in site.STAYS} <= LEFT_BEHIND.keys()


def test_no_two_entries_of_an_object_are_called_the_same():
    for table in tables.TABLES:
        called = [getattr(field, "key", "") or field.name for field in table.fields]  # type: ignore[attr-defined]
        assert len(called) == len(set(called)), table.model
        assert all(field.key for field in table.fields if isinstance(field, Inside))
