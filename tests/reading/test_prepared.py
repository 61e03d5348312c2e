"""Queries that are compiled once answer as if they had been built anew."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import CharField, F, IntegerField
from django.utils import timezone

from articles.models import Edition, Subject
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared
from tests import make

pytestmark = pytest.mark.django_db


@prepared
def titles():
    return (
        Edition.objects.in_force(at=NOW)
        .filter(slug=Parameter("slug", CharField()))
        .values_list("title", "visible_from")
    )


@prepared
def names(size: int):
    found = Subject.objects.filter(pk__in=placeholders("pk", size)).order_by("name")
    return found.values_list("name", "other_names", F("year"))


def test_values_are_bound_anew_each_time():
    at = timezone.now() - dt.timedelta(days=1)
    first, second = make.edition(at=at), make.edition(at=at)
    for edition in (first, second, first):
        assert titles().rows(slug=edition.slug, now=timezone.now()) == [(edition.title, at)]
    assert titles().rows(slug=first.slug, now=at - dt.timedelta(seconds=1)) == []


def test_values_come_back_as_python_knows_them():
    one, two = make.subject(name="One", other_names=["Eins"], year=1999), make.subject(name="Two")
    assert names(2).rows(**placeholder_values("pk", [two.pk, one.pk])) == [("One", ["Eins"], 1999), ("Two", [], None)]


def test_a_query_is_compiled_once_for_each_shape():
    assert names(2) is names(2)
    assert names(2) is not names(3)


def test_a_value_is_never_part_of_the_query_text():
    make.edition()
    assert titles().rows(slug="' OR 1=1 --", now=timezone.now()) == []


def test_a_missing_value_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        titles().rows(slug="x")


def test_a_parameter_prepares_its_value_for_the_database():
    assert Parameter("n", IntegerField()).bound(True, connection) == 1
