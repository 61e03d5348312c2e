"""How a page looks up what it shows: by keys and indexes, never by reading a table that grows with the site."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.reading.addresses import examples

pytestmark = pytest.mark.django_db

#: Tables with a row for each article or fact that there ever was.
LARGE = {"articles_edition", "articles_editiontag", "articles_publishedfact", "articles_publishedtag"}


def tables_read_whole(sql: str) -> set[str]:
    """PostgreSQL would read a table of ten rows: so it may not, unless there is no other way, as with a million. Where
    there is none, it reads the table or an index from end to end.

    What it has counted of other tests' rows is forgotten (in this transaction): a table nobody counted it takes for
    some hundreds.
    """
    large = [sorted(LARGE)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relname = ANY(%s)", large)
        cursor.execute("DELETE FROM pg_statistic USING pg_class c WHERE c.oid = starelid AND relname = ANY(%s)", large)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        ((plan,),) = cursor.fetchall()
    return set(_read_whole(plan[0]["Plan"] if isinstance(plan, list) else json.loads(plan)[0]["Plan"]))


def _read_whole(node: dict[str, Any], *, is_limited: bool = False) -> Iterator[str]:
    """Below a limit the steps along an index are few."""
    is_limited = is_limited or node["Node Type"] == "Limit"
    is_small = node.get("Index Name") == "published_fact_shared"  # facts that several articles show: a few
    if not (is_limited or is_small) and node["Node Type"] in _ONE_BY_ONE and "Index Cond" not in node:
        yield from LARGE & {node["Relation Name"]}
    for part in node.get("Plans", ()):
        yield from _read_whole(part, is_limited=is_limited)


_ONE_BY_ONE = ("Seq Scan", "Index Scan", "Index Only Scan")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite tells no step along a key from a whole table")
@pytest.mark.parametrize("name", ["article", "fact", "home", "tag", "subject", "author", "corrections"])
def test_no_query_of_a_page_reads_a_large_table_whole(client: Client, name: str):
    edition = make.edition(tags=("Ferries", "Lamps"))
    make.edition(tags=("Ferries",))
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(examples(edition)[name])
    asked = [query["sql"] for query in queries if query["sql"].startswith(("SELECT", "("))]
    assert asked
    assert {sql: tables for sql in asked if (tables := tables_read_whole(sql))} == {}


def test_the_facts_of_the_front_page_are_found_by_their_ids(client: Client):
    """Not by looking through all facts until so many are found: a limit would hide that from the test above."""
    make.edition()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    (asked,) = [query["sql"] for query in queries if 'AS "position"' in query["sql"] and "featured" in query["sql"]]
    assert not re.search(r"LIMIT \d+$", asked)
    assert " OR " not in asked.rpartition(' AND "articles_publishedfact"."id" IN (')[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/articles/?page=2", "/articles/?subject=night-ferry&page=2", "/authors/mina-park/?page=2"]
)
def test_a_deep_page_of_articles_passes_over_keys_alone(client: Client, path: str):
    """A row of an edition holds the whole article: to pass over ten thousand of them is to read all of the site."""
    made = [make.edition(cards=1, faqs=0) for _ in range(22)]
    with CaptureQueriesContext(connection) as queries:
        html = client.get(path).content.decode()
    assert made[0].title in html
    (asked,) = [query["sql"] for query in queries if "OFFSET 20" in query["sql"]]
    _columns, keys, passed_over = asked.partition('"articles_edition"."id" IN (SELECT ')
    assert keys, asked
    assert "OFFSET 20" in passed_over
    assert "title" not in passed_over
