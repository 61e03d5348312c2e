"""An export of a large site remembers no more of it than a few rows at a time."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import transfer
from articles.models import Address
from articles.transfer import reference
from articles.transfer.articles import folder_names
from articles.transfer.context import ExportContext, names_of_rows
from articles.transfer.folder import Target
from articles.transfer.summary import TransferSummary
from tests import make
from tests.steps import calls

VALUES = [[], [1], ["a\nb", {"deep": ["가", None, {}]}, [], {}], [{"x": 1}, "\u2028"]]


@pytest.mark.parametrize("rows", VALUES)
def test_what_is_streamed_has_the_bytes_of_what_is_written_at_once(rows: list[object], tmp_path: Path):
    target = Target(tmp_path)
    target.write_list("one.json", iter(rows))
    target.write_json("other.json", rows)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    named = {f"{number}\n": row for number, row in enumerate(rows)}
    target.write_object("one.json", iter(named.items()))
    target.write_json("other.json", named)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


def test_a_streamed_file_with_the_same_bytes_is_left_as_it_is(tmp_path: Path):
    target = Target(tmp_path)
    target.write_list("rows.json", [1, 2])
    before = (tmp_path / "rows.json").stat()
    target.write_list("rows.json", [1, 2])
    assert (tmp_path / "rows.json").stat().st_ino == before.st_ino
    target.write_list("rows.json", [1, 3])
    assert json.loads((tmp_path / "rows.json").read_text()) == [1, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.json"]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_addresses_of_facts_are_not_all_in_memory(tmp_path: Path):
    def peak() -> int:
        export = ExportContext(Target(tmp_path), TransferSummary(), names_of_rows(), {})
        return peak_of(lambda: reference.write(export))

    add_fact_addresses(0, 2_000)
    peak()
    small = peak()
    add_fact_addresses(2_000, 20_000)
    assert peak() < 2 * small


def add_fact_addresses(first: int, end: int) -> None:
    kind, now = Address.Kind.FACT, timezone.now()
    rows = [Address(kind=kind, slug=f"{n:010}", visible_from=now) for n in range(first, end)]
    Address.objects.bulk_create(rows, batch_size=1000)


def peak_of(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.django_db
def test_no_query_names_every_article(tmp_path: Path):
    """PostgreSQL takes 65,535 values in a query, SQLite fewer."""
    owner = make.writer()
    for _ in range(30):
        make.article(cards=1, faqs=0, owner=owner)
    keys = ", ".join(str(pk) for pk in sorted(folder_names()))
    with CaptureQueriesContext(connection) as queries:
        transfer.export_site(tmp_path / "out")
    assert [query["sql"] for query in queries if keys in query["sql"]] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_names_of_drafts_with_one_title_are_each_found_at_once():
    def work() -> int:
        return calls(folder_names)

    for _ in range(20):
        make.article(title="Same", slug="", cards=0, faqs=0)
    folder_names()
    small = work()
    for _ in range(80):
        make.article(title="Same", slug="", cards=0, faqs=0)
    assert work() < 7 * small
    assert len(set(folder_names().values())) == 100


def test_what_an_earlier_export_left_of_an_article_is_removed(tmp_path: Path):
    first, second = Target(tmp_path), Target(tmp_path)
    first.begin()
    for name in ("kept", "gone"):
        for file in ("article.json", "revisions/0001.json", "revisions/0002.json", "editions/x.json"):
            first.write_json(f"articles/{name}/{file}", 1)
        first.finish_article(f"articles/{name}")
    first.finish()
    (tmp_path / "articles/gone/notes.txt").write_text("of somebody")
    second.begin()
    second.write_json("articles/kept/article.json", 1)
    second.write_json("articles/kept/revisions/0001.json", 1)
    second.finish_article("articles/kept")
    second.finish()
    left = {str(path.relative_to(tmp_path)) for path in (tmp_path / "articles").rglob("*") if path.is_file()}
    assert left == {"articles/kept/article.json", "articles/kept/revisions/0001.json", "articles/gone/notes.txt"}
    assert not (tmp_path / "articles/kept/editions").exists()
