"""The list of articles and the first page cost the same however many articles there are that they do not show."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.admin import articles as desk_articles
from articles.desk.admin import deleting
from articles.models import Article, Edition, FactCard, Source, SourceCheck, Tag
from articles.models.queries import refresh_statistics
from tests import make
from tests.desk.pages import client, text, tree

pytestmark = pytest.mark.django_db

DAY = dt.date(2030, 5, 1)
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_few_articles_pass_is_asked_once():
    changed(3)
    make.edition()
    browser = client(make.editor())
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(LIST + "?public=changed")
    assert len(tree(response).css("#result_list tbody tr")) == 3
    assert len([query for query in queries if re.search(r'"articles_revision" "?U2', query["sql"])]) == 1


@pytest.mark.slow
def test_more_than_a_page_is_counted_and_leafed_through(monkeypatch):
    monkeypatch.setattr(desk_articles.ArticleAdmin, "list_per_page", 2)
    changed(5)
    make.edition()
    browser = client(make.editor())
    pages = [titles(browser, f"?public=changed&p={number}") for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [2, 2, 1]
    assert len(set().union(*pages)) == 5
    assert "5 articles" in text(browser.get(LIST + "?public=changed"))


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of a small table on PostgreSQL says nothing")
@pytest.mark.parametrize(
    "url", ["/admin/", *(LIST + name for name in ("facts/", "events/", "bin/")), *(LIST + query for query in FILTERS)]
)
def test_no_table_is_read_whole_but_to_count_it(url: str):
    changed(2)
    make.edition()
    refresh_statistics()
    browser = client(make.editor())
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    for query in queries.captured_queries:
        is_clock = '"last_event"' in query["sql"]  # of the public site: it takes the last row of all
        if query["sql"].startswith("SELECT") and "COUNT(*)" not in query["sql"] and not is_clock:
            assert not [step for step in plan_of(query["sql"]) if SCAN.search(step)], query["sql"]


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows that NOT (… IS NULL) is IS NOT NULL")
@pytest.mark.parametrize(
    ("found", "index"),
    [
        (lambda: Article.objects.filter(planned_for__isnull=False), "article_planned"),
        (lambda: Article.objects.filter(planned_for__range=(DAY, DAY)), "article_planned"),
        (lambda: Article.objects.filter(due_on__range=(DAY, DAY)), "article_due"),
        (lambda: Article.with_binned.filter(binned_at__isnull=False), "article_binned"),
        (lambda: FactCard.objects.filter(check_on__lte=DAY), "card_dated"),
        (lambda: SourceCheck.objects.dead().in_use(), "articles_so_url"),
        (lambda: Edition.objects.outdated(), "COVERING INDEX articles_ed_rendere"),
    ],
)
def test_what_few_rows_have_is_found_by_an_index_of_these(found: Callable[[], QuerySet[Any]], index: str):
    for number in range(5):
        make.edition(cards=3, title=f"Ferry {number}")
    Article.objects.filter(pk=Article.objects.order_by("pk")[0].pk).update(planned_for=DAY, due_on=DAY)
    Source.objects.update(url=Concat("url", Cast("pk", TextField())))
    refresh_statistics()
    sql, params = found().order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        assert index in " ".join(row[3] for row in cursor.fetchall())


def test_counting_uses_looks_at_no_article_of_them():
    """A tag may stand on 30,000 articles; those in the bin are few, and subtracted."""
    kept, binned = make.article(tags=("Ferries",)), make.article(tags=("Ferries",))
    Article.objects.filter(pk=binned.pk).update(binned_at=timezone.now())
    assert kept.tags.get().tagged_articles.count() == 2
    browser = client(make.editor())
    with CaptureQueriesContext(connection) as queries:
        listed = browser.get("/admin/articles/tag/").context["cl"].result_list
    assert [tag.article_count for tag in listed] == [1]
    (counting,) = [query["sql"] for query in queries if "article_count" in query["sql"]]
    assert 'INNER JOIN "articles_article"' not in counting


def test_what_is_used_very_often_says_so_without_a_count(monkeypatch):
    monkeypatch.setattr(deleting, "MOST_ARTICLES", 3)
    monkeypatch.setattr(deleting, "NAMED", 2)
    for _each in range(4):
        make.article(tags=("Ferries",))
    browser = client(make.editor())
    tag = Tag.objects.get(name="Ferries")
    assert "Many more articles" in text(browser.get(f"/admin/articles/tag/{tag.pk}/delete/"))


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def test_who_owns_no_article_is_found_out_by_an_index():
    """EXISTS makes PostgreSQL read all articles for them where others own many."""
    make.edition()
    browser = client(make.editor())
    with CaptureQueriesContext(connection) as queries:
        browser.get(LIST)
    (asked,) = [query["sql"] for query in queries if "auth_user" in query["sql"] and '"owner_id" = (' in query["sql"]]
    assert "EXISTS" not in asked
    assert re.search(r'ORDER BY [^()]*"changed_at" DESC LIMIT 1\)', asked)


@pytest.mark.slow
def test_the_list_does_not_name_every_subject():
    make.edition()
    browser, owner, sizes = client(make.editor()), make.writer(), []
    for more in (5, 60):
        for number in range(more):
            subject = make.subject(name=f"Ward {more} {number}")
            make.article(subject=subject.slug, title=f"Ward {number}", owner=owner)
        sizes.append(len(browser.get(LIST + "?public=live").content))
    assert sizes[1] - sizes[0] < 200


@pytest.mark.slow
def test_a_subject_is_found_by_a_part_of_a_name():
    ward = make.subject(name="Lantern Ward", original_name="등불 병동")
    make.article(subject=ward.slug, title="On the ward")
    make.article(subject=make.subject().slug, title="On the ferry")
    browser = client(make.editor())
    assert titles(browser, "?about=lantern") == {"On the ward"}
    assert titles(browser, "?about=병동") == {"On the ward"}
    for hostile in ("nobody", "%25", "%00", "x" * 10_000, "<b>"):
        assert titles(browser, f"?about={hostile}") == set()
