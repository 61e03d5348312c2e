"""How often articles are read: a number for each article and day, counted once a network, of nobody in particular."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Edition, ReadCount, read_counts
from articles.models.read_counts import STORED, ReadCountQuerySet, is_first_today
from articles.reading import response_cache
from articles.reading.selectors.read_counts import DAYS, FEWEST_READERS, MOST_CANDIDATES
from tests import make
from tests.reading.addresses import publish_again
from tests.together import at_once

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.COUNT_READERS = True
    caches["readers"].clear()
    with time_machine.travel(NOW, tick=False):
        yield
    caches["readers"].clear()


def edition(**fields) -> Edition:
    return make.edition(at=NOW - dt.timedelta(days=9), cards=2, faqs=0, **fields)


def say_read(slug: str, address: str = "192.0.2.7", *, body: bytes = b"", at: dt.datetime = NOW, **headers: str):
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
    with time_machine.travel(at, tick=False):
        return client.post(f"/articles/{slug}/read", body, content_type="text/plain", headers=headers)


def numbers() -> dict[tuple[int, dt.date], int]:
    return {(row.article_id, row.day): row.count for row in ReadCount.objects.all()}


def readers(article: int, count: int, *, days_ago: int = 1) -> None:
    ReadCount.objects.create(article_id=article, day=TODAY - dt.timedelta(days=days_ago), count=count)


def test_a_reader_is_a_number_of_the_article_and_the_day():
    one, other = edition(), edition()
    for slug, address in ((one.slug, "10.0.1.1"), (one.slug, "10.0.2.1"), (other.slug, "10.0.1.1")):
        answer = say_read(slug, address)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
    say_read(one.slug, "10.0.1.1", at=NOW + dt.timedelta(hours=13))
    tomorrow = TODAY + dt.timedelta(days=1)
    assert numbers() == {(one.article_id, TODAY): 2, (other.article_id, TODAY): 1, (one.article_id, tomorrow): 1}


def test_a_network_counts_once_a_day_so_that_one_address_pushes_nothing_up():
    slug = edition().slug
    for address in ("192.0.2.7", "192.0.2.7", "192.0.2.200", "::ffff:192.0.2.1"):
        say_read(slug, address)
    for address in ("2001:db8::1", "2001:db8:0:ff::2"):
        say_read(slug, address)
    assert [*numbers().values()] == [2]


def test_nothing_that_is_kept_names_an_address():
    say_read(edition().slug, "192.0.2.7")
    kept: dict[str, bytes] = caches["readers"]._cache  # of the tests: in memory
    assert len(kept) == 1
    assert "192.0" not in f"{kept} {vars(ReadCount.objects.get())}"
    assert not any("192.0" in key for key in cache._cache)


def test_an_address_is_forgotten_when_the_day_ends():
    is_first_today(1, "192.0.2.7", NOW)
    (ends,) = caches["readers"]._expire_info.values()
    assert ends == dt.datetime(2031, 5, 2, tzinfo=dt.UTC).timestamp()


@pytest.mark.parametrize("field", ["Sec-GPC: 1", "DNT: 1", "Sec-Fetch-Site: cross-site", "Origin: null"])
def test_who_asks_not_to_be_counted_or_is_sent_by_another_site_is_not(field: str):
    name, _colon, value = field.partition(": ")
    answer = say_read(edition().slug, **{name: value})
    assert answer.status_code == 204
    assert numbers() == {}


def test_a_site_that_does_not_count_counts_nobody_and_asks_the_database_nothing(settings):
    slug = edition().slug
    settings.COUNT_READERS = False
    with CaptureQueriesContext(connection) as queries:
        assert say_read(slug).status_code == 204
    assert len(queries) == 0
    assert numbers() == {}


@pytest.mark.parametrize("body", [b"x" * 5_000_000, b"\xff\x00\xfe" * 99, b"article=1&article=2", b"{"])
def test_what_is_sent_with_it_changes_nothing(body: bytes):
    found = edition()
    assert say_read(found.slug, body=body).status_code == 204
    assert numbers() == {(found.article_id, TODAY): 1}


def test_what_readers_do_not_see_counts_nothing_and_is_told_from_nothing():
    draft, seen = make.article(), edition()
    gone, ahead = edition(), make.edition(at=NOW + dt.timedelta(days=1))
    publishing.take_down(gone.article)
    answers = [say_read(slug) for slug in (draft.slug, gone.slug, ahead.slug, "never-was", "1", "x" * 3000, "주지훈")]
    assert {(each.status_code, each.content, *sorted(each.headers)) for each in answers} == {
        (204, b"", *sorted(say_read(seen.slug).headers))
    }
    ReadCount.objects.all().delete()
    assert numbers() == {}
    assert len(caches["readers"]._cache) == 1, "what does not count is not noted either"


def test_a_page_that_was_opened_before_its_article_moved_still_counts():
    found = edition()
    publish_again(found.article, slug="elsewhere")
    say_read(found.slug, at=NOW + dt.timedelta(minutes=1))
    assert numbers() == {(found.article_id, TODAY): 1}


def test_a_reader_costs_two_queries_and_one_who_is_not_counted_one():
    slug = edition().slug
    say_read(slug, "10.0.1.1")
    with CaptureQueriesContext(connection) as first:
        say_read(slug, "10.0.2.1")
    with CaptureQueriesContext(connection) as again:
        say_read(slug, "10.0.2.1")
        say_read("never-was", "10.0.3.1")
    assert [query["sql"].split()[0] for query in first] == ["SELECT", "UPDATE"]
    assert [query["sql"].split()[0] for query in again] == ["SELECT", "SELECT"]


def test_a_page_counts_for_nobody_when_it_is_asked_for():
    found = edition()
    Client().get(f"/articles/{found.slug}/")
    assert Client().get(f"/articles/{found.slug}/read").status_code == 405
    assert numbers() == {}


def test_a_database_that_takes_nothing_is_no_error(monkeypatch: pytest.MonkeyPatch, caplog):
    def refuse(*_args: object) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(ReadCountQuerySet, "add_one", refuse)
    assert say_read(edition().slug).status_code == 204
    assert "a reader of article" in caplog.text


def test_sums_older_than_a_year_and_a_month_go_with_the_first_reader_of_a_day():
    found = edition()
    for days in (STORED.days, STORED.days + 1):
        readers(found.article_id, 5, days_ago=days)
    say_read(found.slug)
    assert sorted(numbers().values()) == [1, 5]


def test_a_count_is_no_public_event_and_forgets_no_page(settings):
    settings.CACHE_PURGE_URLS = ("http://cache.example:6081/",)
    found = edition()
    with CaptureQueriesContext(connection) as queries:
        say_read(found.slug)
    tables = {name for query in queries for name in re.findall(r'(?:INTO|UPDATE|FROM) "(\w+)"', query["sql"])}
    assert tables == {"articles_edition", "articles_address", "articles_readcount"}


# --- the article's page -----------------------------------------------------------------------------------------------


def test_the_script_is_on_the_page_of_an_article_of_a_site_that_counts(settings):
    found = edition()
    fact = found.facts.first()
    paths = [f"/articles/{found.slug}/", "/", f"/facts/{fact.public_id}/{fact.slug}/"]
    paths += [f"/embed/articles/{found.slug}/", f"/embed/{fact.public_id}/"]
    with_script = [path for path in paths if "js/read.js" in Client().get(path).content.decode()]
    assert with_script == paths[:1]
    settings.COUNT_READERS = False
    response_cache.cache.forget()
    assert "js/read.js" not in Client().get(paths[0]).content.decode()


def test_a_preview_counts_nobody():
    draft = make.article()
    client = Client()
    client.force_login(draft.owner)
    page = client.get(f"/admin/articles/article/{draft.pk}/preview/")
    assert page.status_code == 200
    assert "js/read.js" not in page.content.decode()


@pytest.mark.parametrize("counts", [True, False])
def test_the_privacy_page_says_what_is_kept(settings, counts: bool):
    settings.COUNT_READERS = counts
    page = Client().get("/privacy/").content.decode()
    assert ("how often it was read" in page) == counts
    assert ("no measuring of visitors" in page) == (not counts)


# --- the home page ----------------------------------------------------------------------------------------------------


def home(path: str = "/"):
    return Client().get(path)


def listed(page: str) -> list[str]:
    section = re.search(r'<ol class="most-read">(.*?)</ol>', page, re.DOTALL)
    return re.findall(r'<li><a class="most-read-title" href="/articles/([^/]+)/"', section.group(1)) if section else []


def most_read() -> list[str]:
    return listed(home().content.decode())


@pytest.mark.slow
def test_the_home_page_has_what_was_read_most_in_the_seven_days_before_today():
    once, often, lately, few = edition(), edition(), edition(), edition()
    readers(once.article_id, 15, days_ago=DAYS)
    readers(often.article_id, 12), readers(often.article_id, 12, days_ago=3)
    readers(lately.article_id, 99, days_ago=0), readers(lately.article_id, 99, days_ago=DAYS + 1)
    readers(few.article_id, FEWEST_READERS - 1)
    assert most_read() == [often.slug, once.slug]
    assert "## Most read" in home("/index.md").content.decode()


def test_without_readers_or_without_the_setting_there_is_no_such_list(settings):
    found = edition()
    assert "Most read" not in home().content.decode()
    readers(found.article_id, 99)
    settings.COUNT_READERS = False
    cache.clear()
    assert "Most read" not in home("/?again").content.decode()


@pytest.mark.slow
def test_an_article_that_is_not_among_the_newest_is_found_too():
    old = make.edition(at=NOW - dt.timedelta(days=300))
    for _ in range(12):
        edition()
    readers(old.article_id, 50)
    page = home().content.decode()
    assert listed(page) == [old.slug]
    assert page.count('<li class="teaser ') == 9


@pytest.mark.slow
def test_at_most_five_are_shown_and_one_that_is_taken_down_makes_room_at_once():
    found = [edition() for _ in range(7)]
    for place, each in enumerate(found):
        readers(each.article_id, 100 - place)
    slugs = [each.slug for each in found]
    assert most_read() == slugs[:5]
    publishing.take_down(found[1].article)
    assert most_read() == [slugs[0], *slugs[2:6]]


def test_a_title_that_changes_changes_there_at_once():
    found = edition()
    readers(found.article_id, 50)
    most_read()
    publish_again(found.article, title="Renamed since")
    assert "Renamed since" in home().content.decode().split('<ol class="most-read">')[1]


def test_shared_caches_keep_the_page_until_the_day_ends_and_the_site_does_too(settings):
    settings.PUBLIC_CACHE_SECONDS = 10 * 24 * 3600
    found = edition()
    readers(found.article_id, 50, days_ago=0)
    assert most_read() == []
    assert "s-maxage=43199" in home()["Cache-Control"], "twelve hours, and a second less"
    with time_machine.travel(NOW + dt.timedelta(hours=11, minutes=59), tick=False):
        assert most_read() == []
        assert "s-maxage=59" in home()["Cache-Control"]
    with time_machine.travel(NOW + dt.timedelta(hours=12), tick=False):
        assert most_read() == [found.slug]


def test_the_public_event_that_comes_first_ends_it_before_the_day_does(settings):
    settings.PUBLIC_CACHE_SECONDS = 10 * 24 * 3600
    edition()
    make.edition(at=NOW + dt.timedelta(hours=1))
    assert "s-maxage=3599" in home()["Cache-Control"]


@pytest.mark.slow
def test_it_costs_one_query_a_day_and_none_beside(settings):
    settings.CACHE_RESPONSES = False
    found = [edition() for _ in range(MOST_CANDIDATES)]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            home()
        return len(queries)

    settings.COUNT_READERS = False
    cost()
    without = cost()
    settings.COUNT_READERS = True
    for each in found:
        readers(each.article_id, 50)
    assert cost() == without + 1
    assert len(most_read()) == 5
    assert cost() == without
    publish_again(found[0].article, title="Another")
    cost()
    assert cost() == without


# --- many at once -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_who_read_at_the_same_moment_none_is_lost(monkeypatch: pytest.MonkeyPatch):
    """On a day on which nobody has read the article yet."""
    monkeypatch.setattr(read_counts, "LONGEST_WAIT", 20_000)  # the machine may be slow
    article = edition().article_id

    def read() -> None:
        for _ in range(5):
            ReadCount.objects.add_one(article, NOW)

    assert at_once(*[read] * 8) == ["done"] * 8
    assert numbers() == {(article, TODAY): 40}
