"""What the API answers: as its description says, the same facts as pages, and nothing more of what is closed."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.reading.api.endpoints import ENDPOINTS, JSON
from articles.reading.api.openapi import path_of
from articles.reading.api.urls import VIEWS
from tests import make
from tests.reading.addresses import examples, publish_again
from tests.reading.api.checker import check
from tests.reading.test_spoilers import spoiled, spoiler, tells

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
PATHS = ("/api/facts", "/api/articles", "/api/tags", "/api/subjects", "/api/search?q=lamps")


def answer(client: Client, path: str) -> dict:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), path
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def walked(client: Client, path: str) -> list[dict]:
    items, url = [], path
    while url:
        found = answer(client, url)
        items += found["items"]
        url = found["next"]
    return items


@pytest.mark.slow
def test_every_answer_is_as_the_description_says(client: Client):
    edition = spoiled()
    document = client.get("/api/openapi.json").json()
    addresses = examples(edition)
    tried = set()
    for endpoint in ENDPOINTS:
        operation = document["paths"][path_of(endpoint)]["get"]
        content = operation["responses"]["200"]["content"][endpoint.media_type]
        if endpoint.media_type == JSON:
            check(answer(client, addresses[endpoint.name]), content["schema"], document)
            tried.add(endpoint)
    for path in (f"/api/facts/{fact.public_id}" for fact in edition.facts.all()):
        check(answer(client, path), {"$ref": "#/components/schemas/WholeFact"}, document)
    for line in client.get("/api/facts.jsonl").getvalue().decode().splitlines():
        check(json.loads(line), {"$ref": "#/components/schemas/WholeFact"}, document)
    check(client.get("/api/facts?x=1").json(), {"$ref": "#/components/schemas/Problem"}, document)
    assert len(tried) == 7
    assert VIEWS.keys() == set(ENDPOINTS)


@pytest.mark.slow
def test_a_list_has_what_the_index_has(client: Client):
    edition = make.edition(tags=("Boats",), cards=(make.card(tags=("Ghosts",)), make.card()))
    make.edition(subject=make.subject(name="Other", slug="other").slug)
    boats = walked(client, f"/api/facts?tag=boats&subject={edition.subject.slug}")
    assert [fact["id"] for fact in boats if fact["tags"]] == [edition.facts.first().public_id]
    assert {fact["id"] for fact in boats} == {fact.public_id for fact in edition.facts.all()}
    assert [fact["id"] for fact in walked(client, "/api/facts?tag=boats&tag=ghosts")] == [
        edition.facts.first().public_id
    ]
    assert len(walked(client, "/api/facts")) == 5
    assert [found["slug"] for found in walked(client, "/api/articles?tag=boats")] == [edition.slug]
    assert [found["slug"] for found in walked(client, "/api/articles?subject=other")] != [edition.slug]
    assert {found["slug"] for found in walked(client, "/api/tags")} >= {"boats", "ghosts"}
    assert "other" in {found["slug"] for found in walked(client, "/api/subjects")}
    (hit,) = [each["fact"] for each in walked(client, f"/api/search?q={edition.facts.first().heading}")][:1]
    assert hit["id"] == edition.facts.first().public_id


@pytest.mark.slow
def test_a_draft_a_plan_and_what_was_taken_down_are_nowhere(client: Client):
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        draft = make.article(slug="draft", cards=(make.card(heading="Canary draft"),))
        down = make.edition(slug="down", cards=(make.card(heading="Canary down"),))
        make.edition(slug="plan", at=NOW + dt.timedelta(hours=1), cards=(make.card(heading="Canary plan"),))
        publishing.take_down(down.article, at=NOW - dt.timedelta(hours=1))
        public_id = down.facts.get().public_id
    with time_machine.travel(NOW, tick=False):
        for path in (*PATHS, "/api/facts.jsonl", "/api/facts.csv", "/api/search?q=canary"):
            assert b"Canary" not in client.get(path).getvalue(), path
        gone = [client.get("/api/articles/down"), client.get(f"/api/facts/{public_id}")]
        missing = [client.get("/api/articles/plan"), client.get(f"/api/facts/{draft.cards.get().public_id}")]
    assert [response.status_code for response in (*gone, *missing)] == [410, 410, 404, 404]
    for response in (*gone, *missing):
        assert response["Content-Type"] == "application/problem+json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "no-store"
        assert response.json()["detail"].endswith(".")
    with time_machine.travel(NOW + dt.timedelta(hours=2), tick=False):
        assert client.get("/api/articles/plan").status_code == 200


@pytest.mark.slow
def test_a_closed_fact_has_its_public_heading_and_nothing_else(client: Client):
    edition = spoiled()
    addresses = [path for name, path in examples(edition).items() if name.startswith("api-")]
    addresses += [*PATHS, *(f"/api/facts/{fact.public_id}" for fact in edition.facts.all())]
    for path in addresses:
        assert not tells(client.get(path).getvalue().decode()), path
    found = {fact["heading"]: fact for fact in walked(client, "/api/facts") if not fact["is_safe"]}
    assert set(found) == {"A fact about Night Ferry, after episode 7", "What the captain hides"}
    closed = found["A fact about Night Ferry, after episode 7"]
    assert closed["safe_after_episode"] == 7
    assert (closed["tags"], closed["excerpt"], closed["picture"], closed["emoji"]) == ([], "", None, "")


def test_two_sites_that_differ_only_behind_a_spoiler_point_give_the_same_bytes(client: Client):
    card = spoiler(public_id="bcdfghjkmn", safe_heading="What the captain hides")
    edition = make.edition(cards=(make.card(), card))
    paths = [*PATHS, "/api/facts/bcdfghjkmn", f"/api/articles/{edition.slug}", "/api/facts.jsonl", "/api/facts.csv"]
    paths += [f"/articles/{edition.slug}.md", "/facts.md", "/index.md", "/facts/bcdfghjkmn/what-the-captain-hides.md"]
    first = [_bytes_and_etag(client, path) for path in paths]
    others = {"heading": "All live", "body": "<p>Quite other words.</p>", "sources": [], "emoji": "", "picture": None}
    edition.parts["cards"][1] |= others | {"tags": []}
    edition.save()
    cache.clear()
    assert [_bytes_and_etag(client, path) for path in paths] == first


def _bytes_and_etag(client: Client, path: str) -> tuple[bytes, str]:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.getvalue(), response["ETag"]


@pytest.mark.slow
def test_whoever_walks_meets_each_fact_once_while_others_are_published(client: Client, monkeypatch):
    monkeypatch.setattr("articles.reading.api.views.PER_ANSWER", 4)
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):  # all seen first at one instant
        editions = [make.edition(cards=5) for _ in range(3)]
    there = {fact.public_id for edition in editions for fact in edition.facts.all()}
    met, url, now = [], "/api/facts", NOW
    while url:
        with time_machine.travel(now, tick=False):
            found = answer(client, url)
            make.edition(cards=2)
            publish_again(editions[len(met) % 3].article, title=f"Again after {len(met)}")
        met += [fact["id"] for fact in found["items"]]
        url, now = found["next"], now + dt.timedelta(minutes=1)
    assert (len(met), set(met)) == (15, there)
    with time_machine.travel(now, tick=False):
        found = [each["slug"] for each in walked(client, "/api/articles")]
        assert len(found) == len(set(found)) == 3 + 4


@pytest.mark.slow
def test_names_that_are_alike_are_met_once_too(client: Client, monkeypatch):
    monkeypatch.setattr("articles.reading.api.views.PER_ANSWER", 2)
    for number in range(5):
        subject = make.subject(name="Night Ferry" if number < 3 else f"Ship {number}", slug=f"ship-{number}")
        make.edition(subject=subject.slug, cards=1, tags=(f"Tag {number}",))
    assert [each["slug"] for each in walked(client, "/api/subjects")] == [f"ship-{number}" for number in range(5)]
    assert [each["slug"] for each in walked(client, "/api/tags")] == [f"tag-{number}" for number in range(5)]


def test_a_fact_that_two_articles_show_stands_once(client: Client):
    card = make.card()
    make.edition(cards=(card, make.card()))
    newer = make.edition(cards=1)
    newer.facts.update(public_id=card.public_id)
    newer.parts["cards"][0]["id"] = card.public_id
    newer.save()
    publishing.rebuild_counts()
    same = [fact for fact in walked(client, "/api/facts") if fact["id"] == card.public_id]
    assert [fact["article"]["slug"] for fact in same] == [newer.slug]
    lines = [json.loads(line) for line in client.get("/api/facts.jsonl").getvalue().decode().splitlines()]
    assert [fact["article"]["slug"] for fact in lines if fact["id"] == card.public_id] == [newer.slug]
    assert len(lines) == 2


def test_an_old_slug_leads_to_the_new_one(client: Client):
    edition = make.edition(slug="old-name")
    publish_again(edition.article, slug="new-name")
    response = client.get("/api/articles/old-name")
    assert (response.status_code, response["Location"]) == (301, reverse("api-article", args=["new-name"]))
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.slow
def test_an_unchanged_answer_is_not_sent_again(client: Client):
    make.edition()
    for path in (*PATHS, "/api/facts.jsonl", "/api/facts.csv", "/api/openapi.json"):
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304, path
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=1)):
        make.edition()
        assert client.get("/api/facts.csv", headers={"If-None-Match": etag}).status_code == 200
