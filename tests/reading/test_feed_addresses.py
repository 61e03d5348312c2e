"""Which feeds there are, where they are, and what asking for one costs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author, Subject, Tag
from tests import make
from tests.reading.addresses import publish_again
from tests.reading.feed_reader import DAY, FORMATS, NOW, every_feed, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db: None) -> None:
    make.edition(title="Ferry", cards=(make.card(heading="Lamps", tags=("Light",)),), tags=("Sea",))
    jo, train = make.author(name="Jo Doe").slug, make.subject(name="Day Train", slug="train").slug
    make.edition(title="Train", cards=(make.card(heading="Wagons"),), tags=("Land",), authors=(jo,), subject=train)


@pytest.mark.parametrize(
    ("owner", "articles", "facts"),
    [
        ("", ["Train", "Ferry"], ["Wagons", "Lamps"]),
        ("tags/sea/", ["Ferry"], ["Lamps"]),
        ("tags/light/", [], ["Lamps"]),
        ("subjects/train/", ["Train"], ["Wagons"]),
        ("authors/jo-doe/", ["Train"], ["Wagons"]),
    ],
)
def test_each_feed_tells_of_its_own(client: Client, two: None, owner: str, articles: list[str], facts: list[str]):
    for suffix in FORMATS:
        assert titles(client, f"/feeds/{owner}articles.{suffix}") == articles
        assert titles(client, f"/feeds/{owner}facts.{suffix}") == facts


def test_a_choice_has_what_has_any_of_its_tags(client: Client, two: None):
    assert titles(client, "/feeds/facts.atom?tag=land&tag=light") == ["Wagons", "Lamps"]
    assert titles(client, "/feeds/articles.json?tag=land&tag=sea") == ["Train", "Ferry"]
    assert titles(client, "/feeds/facts.rss?tag=light&tag=nobody") == ["Lamps"]


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("facts.atom?tag=sea&tag=land", "facts.atom?tag=land&tag=sea"),
        ("facts.atom?tag=land&tag=sea&tag=land", "facts.atom?tag=land&tag=sea"),
        ("articles.json?tag=sea", "tags/sea/articles.json"),
        ("facts.rss?tag=&tag=sea&tag=sea", "tags/sea/facts.rss"),
    ],
)
def test_a_choice_has_one_address(client: Client, two: None, asked: str, canonical: str):
    response = client.get(f"/feeds/{asked}")
    assert (response.status_code, response["Location"]) == (301, f"/feeds/{canonical}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/facts.atom?" + "&".join(f"tag=t{number}" for number in range(11)), 400),
        ("/feeds/facts.atom?tag=nobody", 404),
        ("/feeds/facts.atom?tag=a/b", 404),
        ("/feeds/facts.atom?tag=%00", 404),
        ("/feeds/facts.atom?tag=%FF", 404),
        ("/feeds/facts.atom?tag=" + "x" * 10_000, 404),
        ("/feeds/facts.xml", 404),
        ("/feeds/words.atom", 404),
        ("/feeds/tags/nobody/facts.atom", 404),
        ("/feeds/people/mina-park/facts.atom", 404),
    ],
)
def test_what_is_no_feed_says_so(client: Client, two: None, path: str, status: int):
    assert client.get(path).status_code == status


def test_old_names_lead_to_the_new(client: Client, two: None):
    for model, old, new in ((Tag, "sea", "ocean"), (Subject, "train", "rail"), (Author, "jo-doe", "jo")):
        row = model.objects.get(slug=old)
        row.slug = new
        row.save()
        kind = f"{model.__name__.lower()}s"
        response = client.get(f"/feeds/{kind}/{old}/facts.atom")
        assert (response.status_code, response["Location"]) == (301, f"/feeds/{kind}/{new}/facts.atom")
    assert client.get("/feeds/facts.atom?tag=land&tag=sea")["Location"] == "/feeds/facts.atom?tag=land&tag=ocean"


def test_what_was_taken_down_leaves_every_feed(client: Client, two: None):
    publishing.take_down(Article.objects.get(title="Train"))
    assert titles(client, "/feeds/facts.atom") == ["Lamps"]
    assert client.get("/feeds/subjects/train/facts.atom").status_code == 404
    assert titles(client, "/feeds/facts.atom?tag=land&tag=sea") == ["Lamps"]


# --- ids and dates ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_reader_that_comes_again_gets_nothing_new(client: Client):
    edition = make.edition(at=timezone.now() - DAY)
    for path in every_feed(edition):
        first = client.get(path)
        for name, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
            assert client.get(path, headers={name: value}).status_code == 304, path
    publish_again(edition.article, title="New words", at=timezone.now() + dt.timedelta(seconds=1))
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
        response = client.get("/feeds/articles.atom", headers={"If-Modified-Since": first["Last-Modified"]})
        assert "New words" in response.content.decode()


def test_two_events_of_one_second_are_told_apart(client: Client):
    with time_machine.travel(NOW, tick=False) as clock:
        make.edition()
        clock.shift(0.5)
        assert "Last-Modified" not in client.get("/feeds/facts.atom")
        clock.shift(1)
        assert "Last-Modified" in client.get("/feeds/facts.atom")


def cost(client: Client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.slow
def test_every_feed_costs_at_most_six_queries_however_much_there_is(client: Client):
    edition = make.edition()
    tags = tuple(f"Tag {number}" for number in range(10))
    make.edition(tags=tags)
    paths = [*every_feed(edition)]
    paths += [
        f"/feeds/{name}?" + "&".join(f"tag=tag-{place}" for place in range(10))
        for name in ("facts.rss", "articles.json")
    ]
    few = {path: cost(client, path) for path in paths}
    assert max(few.values()) <= 6
    for _ in range(20):
        make.edition(tags=(*tags, "Ferries"), cards=(make.card(tags=tags), make.card()))
    assert {path: cost(client, path) for path in paths} == few


@pytest.mark.slow
def test_pages_name_their_feeds(client: Client, two: None):
    for page, feed in (
        ("/", "/feeds/facts.atom"),
        ("/facts/", "/feeds/facts.atom"),
        ("/articles/", "/feeds/articles.atom"),
        ("/tags/sea/", "/feeds/tags/sea/facts.atom"),
        ("/subjects/train/", "/feeds/subjects/train/articles.atom"),
        ("/authors/jo-doe/", "/feeds/authors/jo-doe/articles.atom"),
    ):
        assert (
            f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in client.get(page).content.decode()
        ), page
