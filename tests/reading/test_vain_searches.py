"""What is searched in vain is counted for the editors: without personal data, without waiting, with an end."""

import datetime as dt
import sqlite3
import threading

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Edition, VainSearch
from articles.models.search import vain
from articles.reading import selectors
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make.edition(cards=(make.card(heading="The ferry has nineteen lamps"),))


def test_what_is_searched_in_vain_is_counted_by_the_day(client: Client, edition: Edition):
    for words in ("Zeppelins", "zeppelins", "lamps", "ninteen"):
        client.get("/search/", {"q": words})
    client.head("/search/", {"q": "zeppelins"})
    assert list(VainSearch.objects.values_list("words", "times", "day")) == [("zeppelins", 2, timezone.now().date())]


@pytest.mark.parametrize("words", ["a@b.example", "call 010-1234-5678", "https://x.example/a", "x " * 9, "y" * 70])
def test_what_may_be_personal_is_not_counted(client: Client, edition: Edition, words: str):
    client.get("/search/", {"q": words})
    assert not VainSearch.objects.exists()


def test_there_is_an_end_to_what_is_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vain, "MOST_A_DAY", 3)
    today = timezone.now().date()
    VainSearch.objects.create(words="old", day=today - vain.STORED - dt.timedelta(days=1))
    for number in range(5):
        VainSearch.objects.count_one(f"zeppelin {number}", today)
    assert VainSearch.objects.count() == 3
    assert not VainSearch.objects.filter(words="old").exists()
    with CaptureQueriesContext(connection) as queries:
        VainSearch.objects.count_one("zeppelin 9", today)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}, "a flood takes no lock"


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases have many writers")
@pytest.mark.django_db(transaction=True)
def test_a_search_in_vain_does_not_wait_for_whoever_writes(client: Client, edition: Edition):
    other = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(5, other.rollback)  # whoever waits will count
    ends.start()
    try:
        assert client.get("/search/", {"q": "zeppelins"}).status_code == 200
    finally:
        ends.cancel()
        ends.join()
        other.close()
    assert not VainSearch.objects.exists()
    client.get("/search/", {"q": "zeppelins"})
    assert VainSearch.objects.get().times == 1


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="said in SQLite's words")
@pytest.mark.django_db(transaction=True)
def test_a_search_in_vain_is_a_page_on_a_database_that_is_read_only(client: Client, edition: Edition):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert client.get("/search/", {"q": "zeppelins"}).status_code == 200
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert not VainSearch.objects.exists()


def test_a_search_works_where_nothing_can_be_written(client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(selectors, "count_vain", refuse)
    assert client.get("/search/", {"q": "zeppelins"}).status_code == 200


def test_editors_see_what_was_searched_in_vain(client: Client):
    VainSearch.objects.create(words="<b>zeppelins</b>", day=timezone.now().date(), times=7)
    client.force_login(make.editor())
    html = client.get("/admin/articles/vainsearch/").content.decode()
    assert "&lt;b&gt;zeppelins&lt;/b&gt;" in html
    assert "/search/?q=%3Cb%3Ezeppelins%3C%2Fb%3E" in html
    client.force_login(make.writer())
    assert client.get("/admin/articles/vainsearch/").status_code == 403
