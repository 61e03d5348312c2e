"""A page is that of one moment: an article that is published while its page is made is on all of it or nowhere."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, VainSearch
from tests import make
from tests.reading.addresses import OTHER_STATUS, TAKES_WORDS, WITHOUT_DATA, examples, names, publish_again

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

#: Of each page, the second question up to this one has something published before it.
QUESTIONS = 8
NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)


class Interruption:
    """Does something on another connection before the n-th question that a page asks for its words."""

    def __init__(self, act: Callable[[], None], before: int) -> None:
        self._act, self._left, self.is_done = act, before, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("(").startswith("SELECT") and " FROM " in sql and "sqlite_master" not in sql:
            self._left -= 1
            if not self._left and not self.is_done:
                self.is_done = True
                _elsewhere(self._act)
        return execute(sql, params, many, context)


@pytest.mark.parametrize("read_at", [NOW, NOW + dt.timedelta(days=1)], ids=["at the same time", "begun and not done"])
def test_what_is_published_between_two_questions_is_on_all_of_a_page_or_nowhere(
    client: Client, settings, read_at: dt.datetime
):
    """An instant that has come does not say that all which belongs to it can be seen yet."""
    settings.CACHE_RESPONSES = False
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        edition = make.edition(title="Version 0")
        pages = {name: path for name, path in examples(edition).items() if name in _changing_pages()}
    version, torn = 0, []
    for name, path in pages.items():
        for before in range(2, QUESTIONS + 1):
            version += 1
            at = NOW + dt.timedelta(seconds=version)
            old = _body(client, path, max(at, read_at))
            interruption = Interruption(partial(_publish, edition.article, f"Version {version}", at), before)
            with connection.execute_wrapper(interruption):
                seen = _body(client, path, max(at, read_at))
            if not interruption.is_done:
                break
            if seen not in (old, _body(client, path, max(at, read_at))):
                torn.append((name, before))
    assert version > 2 * len(pages)  # most ask three questions and more
    assert torn == []


def test_a_search_in_vain_is_still_counted(client: Client):
    make.edition()
    client.get(reverse("search"), {"q": "zeppelin"})
    assert VainSearch.objects.get().words == "zeppelin"


def test_an_error_while_a_page_is_read_leaves_no_transaction_open(client: Client):
    edition = make.edition()
    path = reverse("article", args=[edition.slug])
    client.raise_request_exception = False

    def fail(*_asked: Any) -> Any:
        raise KeyError("a fault")

    with connection.execute_wrapper(fail):
        assert client.get(path).status_code == 500
    publish_again(edition.article, title="Written after the fault")
    assert b"Written after the fault" in client.get(path).content


@pytest.mark.skipif(connection.vendor != "postgresql", reason="wants PostgreSQL")
def test_a_server_that_goes_away_while_a_page_is_read_costs_that_page_alone(client: Client):
    edition = make.edition()
    path = reverse("article", args=[edition.slug])
    client.raise_request_exception = False

    def lose_the_server(execute: Any, *asked: Any) -> Any:
        with suppress(OperationalError):
            execute("SELECT pg_terminate_backend(pg_backend_pid())", (), many=False, context=asked[-1])
        return execute(*asked)

    with connection.execute_wrapper(lose_the_server):
        assert client.get(path).status_code == 500
    connection.close()  # as the end of a request does where errors occurred
    assert client.get(path).status_code == 200


@pytest.mark.skipif(connection.vendor != "postgresql", reason="wants PostgreSQL")
def test_a_server_that_went_away_between_two_pages_costs_none(client: Client):
    edition = make.edition()
    path = reverse("article", args=[edition.slug])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()
    _elsewhere(partial(_end_backend, ours))
    connection.close_if_unusable_or_obsolete()  # as each request begins
    assert client.get(path).status_code == 200


def _end_backend(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def _changing_pages() -> set[str]:
    return {name for name in names() if not name.startswith("share-")} - WITHOUT_DATA - TAKES_WORDS - {*OTHER_STATUS}


def _body(client: Client, path: str, at: dt.datetime) -> tuple[int, bytes]:
    cache.clear()
    with time_machine.travel(at, tick=False):
        response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, content


def _publish(article: Article, title: str, at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        publish_again(article, title=title)


def _elsewhere(act: Callable[[], None]) -> None:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
