"""After many rows came at once the database looks at how they are spread, or it would plan as for an empty site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import operations, transfer
from articles.models import Address, Article, Edition, PublishedFact, queries
from articles.models.queries import refresh_statistics
from articles.transfer import site
from tests import make

pytestmark = pytest.mark.django_db


def of_documents(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    (folder / "a.md").write_text("# Two lamps\n\n## 1. One lamp\n\nIt burns.\n\n## 2. Another lamp\n\nIt does not.\n")
    assert list(operations.import_many([str(folder / "a.md")]))


def of_a_site(folder: Path, patch: pytest.MonkeyPatch) -> None:
    transfer.export_site(folder / "site")
    patch.setattr(site, "_refuse_unless_empty", lambda: None)
    patch.setattr(site, "_read", lambda _context: None)  # what is read is not what this is about
    transfer.import_site(folder / "site")


def of_the_search(_folder: Path, _patch: pytest.MonkeyPatch) -> None:
    call_command("rebuild_search")


@pytest.mark.parametrize("act", [of_documents, of_a_site, of_the_search])
def test_statistics_are_gathered_after_an_import_or_a_rebuilding(act: Callable[..., None], tmp_path: Path, monkeypatch):
    make.user(is_superuser=True)
    with CaptureQueriesContext(connection) as queries:
        act(tmp_path, monkeypatch)
    asked = [query["sql"] for query in queries]
    assert asked.count("ANALYZE") == 1
    assert not [sql for sql in asked[asked.index("ANALYZE") :] if sql.startswith("INSERT")]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts in its own time")
def test_sqlite_knows_how_many_rows_there_are():
    make.edition()
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {model._meta.db_table for model in (Address, Article, Edition)} <= {table for (table,) in cursor}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL samples, and says how many rows a table has")
def test_every_index_of_a_table_has_as_many_rows_as_the_table():
    """Looking at a part of each index SQLite guesses how many rows that has, another number for each."""
    for _each in range(3):
        make.edition(cards=12)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 5")
        cursor.execute("ANALYZE")
        queries._count_rows(cursor)
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'articles_publishedfact' AND idx IS NOT NULL")
        assert {stat.partition(" ")[0] for _index, stat in cursor.fetchall()} == {str(PublishedFact.objects.count())}
