"""The list of articles and the first page cost the same however many articles there are that they do not show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.admin import articles as desk_articles
from articles.models import Article
from articles.models.queries import refresh_statistics
from tests import make
from tests.desk.pages import client, text, tree

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
FILTERS = [
    *("", "?public=live", "?public=changed", "?public=waiting", "?public=taken-down", "?public=never"),
    *("?queue=approved", "?queue=planned", "?queue=comments", "?queue=undated", "?about=ferry"),
]
#: What a look-up by rows of a whole table reads in a plan of SQLite: without an index.
SCAN = re.compile(r"SCAN (articles_article|articles_edition|articles_revision|articles_factcard|articles_comment)$")


def changed(number: int) -> None:
    """Makes articles whose words are newer than what is live."""
    for _ in range(number):
        edition = make.edition()
        Article.objects.filter(pk=edition.article_id).update(change=99)


def titles(browser: Any, query: str) -> set[str]:
    return {link.text(strip=True) for link in tree(browser.get(LIST + query)).css("#result_list .field-title a")}


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_costs_the_same_queries_for_more_articles(query: str):
    browser, counts = client(make.editor()), []
    for _ in range(2):
        changed(2)
        make.edition()
        browser.get(LIST + query)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(LIST + query).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_few_articles_pass_is_asked_once():
    changed(3)
    make.edition()
    browser = client(make.editor())
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(LIST + "?public=changed")
    assert len(tree(response).css("#result_list tbody tr")) == 3
    assert len([query for query in queries if re.search(r'"articles_revision" "?U2', query["sql"])]) == 1


def test_more_than_a_page_is_counted_and_leafed_through(monkeypatch):
    monkeypatch.setattr(desk_articles.ArticleAdmin, "list_per_page", 2)
    changed(5)
    make.edition()
    browser = client(make.editor())
    pages = [titles(browser, f"?public=changed&p={number}") for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [2, 2, 1]
    assert len(set().union(*pages)) == 5
    assert "5 articles" in text(browser.get(LIST + "?public=changed"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of a small table on PostgreSQL says nothing")
@pytest.mark.parametrize("url", ["/admin/", *(LIST + query for query in FILTERS)])
def test_no_table_is_read_whole_but_to_count_it(url: str):
    changed(2)
    make.edition()
    refresh_statistics()
    browser = client(make.editor())
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    for query in queries.captured_queries:
        if query["sql"].startswith("SELECT") and "COUNT(*)" not in query["sql"]:
            assert not [step for step in plan_of(query["sql"]) if SCAN.search(step)], query["sql"]


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def test_the_list_does_not_name_every_subject():
    make.edition()
    browser, owner, sizes = client(make.editor()), make.writer(), []
    for more in (5, 60):
        for number in range(more):
            subject = make.subject(name=f"Ward {more} {number}")
            make.article(subject=subject.slug, title=f"Ward {number}", owner=owner)
        sizes.append(len(browser.get(LIST + "?public=live").content))
    assert sizes[1] - sizes[0] < 200


def test_a_subject_is_found_by_a_part_of_a_name():
    ward = make.subject(name="Lantern Ward", original_name="등불 병동")
    make.article(subject=ward.slug, title="On the ward")
    make.article(subject=make.subject().slug, title="On the ferry")
    browser = client(make.editor())
    assert titles(browser, "?about=lantern") == {"On the ward"}
    assert titles(browser, "?about=병동") == {"On the ward"}
    for hostile in ("nobody", "%25", "%00", "x" * 10_000, "<b>"):
        assert titles(browser, f"?about={hostile}") == set()
