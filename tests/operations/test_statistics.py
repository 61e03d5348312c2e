"""After many rows came at once the database looks at how they are spread, or it would plan as for an empty site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import operations, transfer
from articles.models import Address, Article, Edition
from articles.models.queries import refresh_statistics
from tests import make

pytestmark = pytest.mark.django_db


ACTS: dict[str, Callable[[Path], object]] = {
    "an import of documents": lambda folder: list(operations.import_many([str(folder / "a.md")])),
    "an import of a site": lambda folder: transfer.import_site(folder / "site"),
    "making the search anew": lambda _folder: call_command("rebuild_search"),
}


@pytest.mark.parametrize("name", ACTS)
def test_statistics_are_gathered_after(name: str, tmp_path: Path):
    make.user(is_superuser=True)
    (tmp_path / "a.md").write_text("# Two lamps\n\n## 1. One lamp\n\nIt burns.\n\n## 2. Another lamp\n\nIt does not.\n")
    transfer.export_site(tmp_path / "site")
    with CaptureQueriesContext(connection) as queries:
        ACTS[name](tmp_path)
    assert queries[-1]["sql"] == "ANALYZE"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts in its own time")
def test_sqlite_knows_how_many_rows_there_are():
    make.edition()
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {model._meta.db_table for model in (Address, Article, Edition)} <= {table for (table,) in cursor}
