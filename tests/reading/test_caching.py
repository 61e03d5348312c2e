"""What caches may keep, and for how long: never beyond the next public event."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Tag
from tests import make
from tests.reading.addresses import KEPT_FOR_EVER, TAKES_WORDS, WITHOUT_DATA, WITHOUT_EVENTS, examples, publish_again

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)


#: What counts days: it ends with the day (PublicClock.ending).
ENDS_EARLIER = {"facts", "facts-markdown"}


def shared_seconds(response) -> int:
    """The lifetime in a shared cache, in an answer that has the shape of all public answers."""
    found = re.fullmatch(r"public, max-age=0, must-revalidate, s-maxage=(\d+)", response["Cache-Control"])
    assert found, response["Cache-Control"]
    return int(found[1])


def pages(edition) -> dict[str, str]:
    others = WITHOUT_DATA | TAKES_WORDS | KEPT_FOR_EVER
    return {name: path for name, path in examples(edition).items() if name not in others}


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [0.001, 0.999, 1, 1.5, 2, 30, 59.9, 60, 61])
def test_no_answer_outlives_the_next_event(client: Client, ahead: float):
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        edition = make.edition()
        make.edition(at=NOW + dt.timedelta(seconds=ahead))
    with time_machine.travel(NOW, tick=False):
        for name, path in pages(edition).items():
            assert shared_seconds(client.get(path)) <= max(0, ahead - 1) or name in WITHOUT_EVENTS, name


@pytest.mark.slow
def test_without_an_event_ahead_answers_are_kept_as_long_as_the_setting_says(client: Client, settings):
    settings.PUBLIC_CACHE_SECONDS = 300
    for name, path in pages(make.edition()).items():
        assert shared_seconds(client.get(path)) == 300 or name in ENDS_EARLIER, name


def test_what_changes_without_an_event_ends_when_it_may_change(client: Client, settings):
    settings.PUBLIC_CACHE_SECONDS = 86400
    with time_machine.travel(NOW.replace(hour=23, minute=57, second=30), tick=False):
        found = pages(make.edition())
        seconds = {name: shared_seconds(client.get(found[name])) for name in ENDS_EARLIER}
    assert seconds == dict.fromkeys(ENDS_EARLIER, 149)  # a second before midnight


def test_what_is_missing_may_be_there_at_its_time(client: Client):
    edition = make.edition(at=timezone.now() + dt.timedelta(seconds=5))
    assert client.get(f"/articles/{edition.slug}/")["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_an_unchanged_page_is_not_sent_again(client: Client):
    for name, path in pages(make.edition()).items():
        first = client.get(path)
        if first.status_code != 200:
            continue
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), name
        assert again["Cache-Control"] == first["Cache-Control"]


@pytest.mark.slow
def test_publishing_shows_everywhere_at_once(client: Client):
    edition = make.edition(title="First title", slug="ferry")
    paths = {name: path for name, path in pages(edition).items() if name in ("home", "articles", "article", "feed")}
    before = {name: client.get(path)["ETag"] for name, path in paths.items()}
    publish_again(edition.article, title="Second title")
    for name, path in paths.items():
        response = client.get(path, headers={"If-None-Match": before[name]})
        assert response.status_code == 200, name
        assert "Second title" in response.content.decode(), name


def test_a_scheduled_event_changes_pages_at_its_instant_without_any_write(client: Client):
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        edition = make.edition()
        publishing.take_down(edition.article, at=NOW)
    with time_machine.travel(NOW - dt.timedelta(seconds=1), tick=False):
        assert edition.slug in client.get("/").content.decode()
    with time_machine.travel(NOW, tick=False):
        assert edition.slug not in client.get("/").content.decode()
        assert client.get("/tags/ferries/").status_code == 404


@pytest.mark.slow
def test_a_renamed_tag_shows_at_once(client: Client):
    edition = make.edition()
    paths = ("/", "/tags/", "/tags/ferries/", "/facts/", f"/articles/{edition.slug}/")
    for path in paths:
        assert "Ferries" in client.get(path).content.decode(), path
    tag = Tag.objects.get()
    tag.name = "Boats and ships"
    tag.save()
    for path in paths:
        assert "Boats and ships" in client.get(path).content.decode(), path


def test_an_article_that_is_imported_with_an_older_date_is_counted_at_once(client: Client):
    make.edition()
    assert "3 facts" in client.get("/facts/").content.decode()
    make.edition(at=timezone.now() - dt.timedelta(days=400))
    assert "6 facts" in client.get("/facts/").content.decode()


@pytest.mark.usefixtures("made_anew")
def test_numbers_are_counted_once_for_each_state_of_the_public_line(client: Client, django_assert_num_queries):
    make.edition()
    client.get("/facts/")
    with django_assert_num_queries(3):
        client.get("/facts/")
    make.edition(cards=(make.card(heading="A new fact"),))
    page = client.get("/facts/").content.decode()
    assert "4 facts" in page
    assert "A new fact" in page
