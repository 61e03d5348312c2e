"""Answers that are kept in memory: the same bytes and headers for one query, and never an old one."""

from __future__ import annotations

import datetime as dt
import gzip
import re

import brotli
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import StampPart, Tag, VainSearch
from articles.reading import encodings
from articles.reading.response_cache import LARGEST, CachedResponse, CacheKey, ResponseCache
from articles.reading.response_cache import cache as responses
from articles.reading.selectors import PublicClock
from tests import make
from tests.reading.addresses import KEPT_FOR_EVER, OTHER_STATUS, TAKES_WORDS, WITHOUT_DATA, WITHOUT_EVENTS, examples

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
#: Of no state: they are written while they are sent, or say what no publication changes.
NOT_KEPT = {"api-facts-jsonl", "api-facts-csv", *WITHOUT_DATA, *TAKES_WORDS, *KEPT_FOR_EVER, *OTHER_STATUS}


def kept_pages() -> dict[str, str]:
    edition = make.edition(at=timezone.now() - dt.timedelta(days=1))
    return {name: path for name, path in examples(edition).items() if name not in NOT_KEPT}


def queries_of(path: str, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path, headers=headers).status_code in (200, 304)
    return [query["sql"] for query in queries]


@pytest.mark.slow
def test_what_was_asked_before_costs_one_query():
    for name, path in kept_pages().items():
        Client().get(path)
        assert len(queries_of(path)) == 1, name


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_it_is_the_same_answer(settings, encoding: str):
    for name, path in kept_pages().items():
        asked = {"headers": {"Accept-Encoding": encoding}} if encoding else {}
        first, again = Client().get(path, **asked), Client().get(path, **asked)
        assert again.content == first.content, name
        assert dict(again.headers) | {"X-Request-ID": ""} == dict(first.headers) | {"X-Request-ID": ""}, name
        settings.CACHE_RESPONSES = False
        plain = Client().get(path)
        settings.CACHE_RESPONSES = True
        assert unpacked(again) == plain.content, name
        left_out = {"Content-Length", "X-Request-ID", "ETag", "Content-Encoding", "Vary"}
        assert {k: v for k, v in again.headers.items() if k not in left_out} == {
            k: v for k, v in plain.headers.items() if k not in left_out
        }, name


def unpacked(response) -> bytes:
    made = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
    return made[response.headers.get("Content-Encoding", "")](response.content)


@pytest.mark.slow
def test_the_state_is_read_before_what_an_answer_is_made_of():
    """Else an act between the two would leave an old answer under the new state."""
    for name, path in kept_pages().items():
        if name in WITHOUT_EVENTS:  # their answers are of no state, so they are not kept
            continue
        cache.clear()
        responses.forget()
        assert StampPart._meta.db_table in queries_of(path)[0], name


def test_an_act_shows_at_once_and_once_costs_a_query_more():
    path = f"/articles/{make.edition().slug}/"
    cost = len(queries_of(path))
    queries_of(path)
    tag = Tag.objects.get()
    tag.name = "Boats and ships"
    tag.save()
    assert len(queries_of(path)) == cost + 1
    assert "Boats and ships" in Client().get(path).content.decode()
    assert len(queries_of(path)) == 1


def test_an_event_shows_at_its_instant():
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        edition = make.edition()
        publishing.take_down(edition.article, at=NOW)
    path = f"/articles/{edition.slug}/"
    with time_machine.travel(NOW - dt.timedelta(seconds=20.5), tick=False) as clock:
        first = Client().get(path)
        clock.shift(10)
        again = Client().get(path)
        assert (shared_seconds(first), shared_seconds(again)) == (19, 9)
        clock.shift(10.4)
        assert Client().get(path).status_code == 200
        clock.shift(0.1)
        assert Client().get(path).status_code == 410


def shared_seconds(response) -> int:
    found = re.search(r"s-maxage=(\d+)", response["Cache-Control"])
    assert found
    return int(found[1])


def test_what_counts_days_ends_with_the_day():
    with time_machine.travel(NOW.replace(hour=23, minute=59, second=59), tick=False) as clock:
        make.edition()
        queries_of("/facts/")
        assert len(queries_of("/facts/")) == 1
        clock.shift(1)
        assert len(queries_of("/facts/")) > 1


def test_a_question_that_finds_nothing_is_counted_each_time():
    make.edition()
    for _time in range(3):
        Client().get("/search/?q=zebra")
    assert VainSearch.objects.get().times == 3


def test_readers_of_markdown_hosts_and_languages_do_not_get_each_others_answers(settings):
    settings.ALLOWED_HOSTS = ["*"]
    path = f"/articles/{make.edition().slug}/"
    assert Client().get(path)["Content-Type"].startswith("text/html")
    assert Client().get(path, headers={"Accept": "text/markdown"})["Content-Type"].startswith("text/markdown")
    assert Client().get(path)["Content-Type"].startswith("text/html")
    there = Client().get(path, headers={"Host": "elsewhere.example"}).content.decode()
    assert "http://elsewhere.example/articles/" in there
    assert "elsewhere.example" not in Client().get(path).content.decode()


def test_whoever_is_logged_in_gets_what_everybody_gets_and_leaves_nothing_of_theirs():
    path = f"/articles/{make.edition().slug}/"
    editor = Client()
    editor.force_login(make.editor())
    first = editor.get(path)
    assert not first.cookies
    assert Client().get(path).content == first.content


def test_a_page_that_is_not_there_is_kept_nowhere():
    make.edition()
    for _time in range(2):
        assert Client().get("/articles/nothing/").status_code == 404
    make.edition(slug="nothing", title="Something")
    assert Client().get("/articles/nothing/").status_code == 200


def test_a_head_and_a_condition_leave_a_whole_answer():
    path = f"/articles/{make.edition().slug}/"
    assert Client().head(path).content == b""
    etag = Client().get(path)["ETag"]
    responses.forget()
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304
    whole = Client().get(path)
    assert whole.status_code == 200
    assert b"</html>" in whole.content
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304
    assert Client().head(path)["ETag"] == etag


def test_nothing_is_kept_while_no_act_has_told_a_state():
    make.edition()
    StampPart.objects.all().delete()
    assert len(queries_of("/")) > 1
    assert len(queries_of("/")) > 1


# --- how much is kept -------------------------------------------------------------------------------------------------

CLOCK = PublicClock(timezone.now(), None, None, 1)


def address(path: str) -> CacheKey:
    return CacheKey("http://testserver", path, "", "en", is_markdown=False, encoding="")


def an_answer(size: int, clock: PublicClock = CLOCK) -> CachedResponse:
    return CachedResponse(b"x" * size, {"Cache-Control": "public"}, clock, None)


def test_the_oldest_go_when_there_are_too_many():
    kept = ResponseCache(20_000)
    for number in range(10):
        kept.keep(address(f"/{number}"), an_answer(2000))
        kept.get(address("/0"), CLOCK)
    there = [number for number in range(10) if address(f"/{number}") in kept]
    assert there == [0, 7, 8, 9]


def test_another_state_forgets_all():
    kept = ResponseCache(100_000)
    kept.keep(address("/a"), an_answer(10))
    kept.keep(address("/b"), an_answer(10))
    later = PublicClock(timezone.now(), None, None, 2)
    assert kept.get(address("/a"), later) is None
    assert address("/b") not in kept
    kept.keep(address("/a"), an_answer(10))
    kept.keep(address("/c"), an_answer(10, later))
    assert address("/a") not in kept


def test_the_same_address_is_counted_once():
    kept = ResponseCache(10_000)
    for _time in range(50):
        kept.keep(address("/a"), an_answer(2000))
        kept.keep(address("/b"), an_answer(1000))
    assert address("/a") in kept
    assert address("/b") in kept


def test_what_is_too_large_is_made_each_time(monkeypatch):
    make.edition()
    monkeypatch.setattr("articles.reading.response_cache.LARGEST", 100)
    assert LARGEST > 100_000
    queries_of("/")
    assert len(queries_of("/")) > 1


# --- how it is sent ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.000", ""),
        ("br;q=0.1", "br"),
        ("identity", ""),
        ("*", ""),
        ("brotli", ""),
        (",;=,q=0" * 500, ""),
        ("gzip\x00", ""),
    ],
)
def test_the_encoding_is_one_that_the_reader_names(accepted: str, wanted: str):
    assert encodings.wanted(accepted) == wanted


def test_a_picture_and_a_short_answer_are_sent_as_they_are():
    edition = make.edition()
    picture = Client().get(examples(edition)["share-article"], headers={"Accept-Encoding": "br, gzip"})
    assert picture.content.startswith(b"\xff\xd8")
    assert "Content-Encoding" not in picture.headers
