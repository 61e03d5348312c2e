"""The index that the search uses on PostgreSQL: a setting names it, a command makes it so, and both find the same."""

from __future__ import annotations

import io
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import operations
from articles.models import SearchRow
from articles.models.search import engine, index
from articles.models.search.engine import Either, Every, Expression, Phrase, Scope
from articles.models.search.index import Kind
from articles.operations.doctor import database
from articles.operations.search_index import check_search_index
from tests.reading import search_site
from tests.reading.test_search_questions import QUESTIONS

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one index")


@pytest.fixture
def rum() -> None:
    """RUM, or a skip that says what to install."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'rum'")
        if cursor.fetchone() is None:
            pytest.skip("!!!!! RUM IS NOT ON THIS POSTGRESQL: apt install postgresql-15-rum. Nothing of it was tested.")


def rebuild() -> str:
    connection.check_constraints()  # as at the end of each transaction of a site
    out = io.StringIO()
    call_command("rebuild_search", "--index-only", stdout=out)
    return out.getvalue()


def some_expressions(count: int) -> list[tuple[Expression, list[Expression]]]:
    rng = random.Random(13)
    words = sorted({token for row in SearchRow.objects.all() for token in row.tokens.split()})

    def phrase() -> Phrase:
        word = rng.choice(words)
        if rng.random() < 0.3:
            return Phrase((word[: rng.randint(1, 4)],), is_begun=True)
        own = rng.choice(SearchRow.objects.filter(tokens__contains=word)).tokens.split()
        at = rng.randrange(len(own))
        return Phrase(tuple(own[at : at + rng.randint(1, 3)]), is_begun=rng.random() < 0.2)

    def expression(depth: int) -> Expression:
        if depth == 0 or rng.random() < 0.4:
            return phrase()
        return rng.choice((Every, Either))(tuple(expression(depth - 1) for _ in range(rng.randint(1, 3))))

    return [(expression(2), [phrase() for _ in range(rng.choice((0, 0, 1, 2)))]) for _ in range(count)]


@on_postgresql
def test_both_find_the_same_in_the_same_order(rum: None, settings):
    keys = search_site.build()
    now = timezone.now()
    asked = some_expressions(60)

    def answers() -> list[object]:
        named = [search_site.found(question, keys) for question, _expected in QUESTIONS]
        found = [
            sorted(engine.newest(wanted, unwanted, scope, now, most))
            for wanted, unwanted in asked
            for scope, most in ((Scope(), 2000), (Scope(facts_only=True), 3), (Scope(without_spoilers=True), 1))
        ]
        return [*named, *found, engine.which([wanted for wanted, _unwanted in asked], Scope(), now)]

    by_gin = answers()
    settings.SEARCH_INDEX = "rum"
    assert rebuild() == "The index in use: rum.\n"
    assert answers() == by_gin
    assert any(by_gin)
    settings.SEARCH_INDEX = "gin"
    assert rebuild() == "The index in use: gin.\n"
    assert answers() == by_gin


@on_postgresql
def test_what_is_published_after_the_change_is_found(rum: None, settings):
    settings.SEARCH_INDEX = "rum"
    rebuild()
    index.ensure_index()  # as after a migration, which needs no RUM and takes none away
    keys = search_site.build()
    assert search_site.found("lamps", keys) == "en1"
    assert index.kind_in_use() is Kind.RUM


@on_postgresql
def test_a_setting_that_names_another_index_is_told_until_the_command_has_run(rum: None, settings):
    assert not check_search_index(databases=["default"])
    settings.SEARCH_INDEX = "rum"
    (warning,) = check_search_index(databases=["default"])
    (finding,) = database.search_index()
    assert warning.msg == finding.sentence
    assert "uses the index “gin”" in finding.sentence
    assert "“rum”" in finding.sentence
    assert "manage.py rebuild_search --index-only" in finding.remedy
    assert warning.hint == finding.remedy
    assert check_search_index(databases=None) == [], "where the database is not asked for it is not read"
    rebuild()
    assert not check_search_index(databases=["default"])
    assert not list(database.search_index())


@on_postgresql
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, r"apt install postgresql-\d+-rum"),
        ({"pg_available_extensions"}, "CREATE EXTENSION rum"),
    ],
    ids=["not installed", "no right to create it"],
)
def test_what_rum_lacks_is_said_and_the_search_goes_on(settings, monkeypatch, answers: set[str], said: str):
    asked = index._asked
    lacking = {"pg_extension", "pg_available_extensions", "pg_roles"} - {*answers}

    def answer(query: str) -> tuple[str, ...] | None:
        return None if any(f"FROM {table} " in query for table in lacking) else asked(query)

    monkeypatch.setattr(index, "_asked", answer)
    settings.SEARCH_INDEX = "rum"
    for arguments in ([], ["--index-only"]):
        with pytest.raises(CommandError, match=said) as raised:
            call_command("rebuild_search", *arguments)
        assert "FANGUIDE_SEARCH_INDEX=gin" in str(raised.value)
    assert index.kind_in_use() is Kind.GIN
    keys = search_site.build()
    assert search_site.found("lamps", keys) == "en1"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_sqlite_has_one_index_and_nothing_is_said_of_it():
    assert not check_search_index(databases=["default"])
    assert not list(database.search_index())
    assert rebuild() == "The index in use: fts5.\n"
    assert operations.apply_search_index() is Kind.FTS5
