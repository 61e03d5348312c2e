"""What a script asks when the reader's answer may open facts of a list; and what the closed ones never tell."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import FeaturedFact, PublishedFact
from tests import make

pytestmark = pytest.mark.django_db

BAD = [
    *("", "subject=night-ferry", "subject=night-ferry&seen=0", "subject=night-ferry&seen=x", "seen=3"),
    *("subject=%00&seen=3", "subject=night-ferry&seen=3&fact=%00", "subject=night-ferry&seen=3&fact=' OR 1=1"),
    "subject=night-ferry&seen=3" + "&fact=bcdfghjkmn" * 41,
]


def site(late: str = "Osprey") -> list[PublishedFact]:
    slug = make.subject(name="Night Ferry", slug="night-ferry").slug
    cards = (
        make.card(heading="Openly said", tags=("Boats",)),
        make.card(heading="Heron dies", spoiler_after=3),
        make.card(heading=f"{late} lives", body=f"The {late} lives.", tags=(late,), emoji="💀", spoiler_after=7),
    )
    faqs = (make.faq(question=f"Does {late} sing?", answer=f"{late} does.", spoiler_after=7),)
    edition = make.edition(subject=slug, cards=cards, faqs=faqs, tags=("Ferries",), slug="ferry")
    return list(edition.facts.order_by("number"))


def test_own_headings_are_given_for_what_the_answer_opens_and_for_nothing_else(client: Client):
    facts = site()
    make.edition(subject=make.subject(name="Other").slug, cards=(make.card(heading="Gull", spoiler_after=1),))
    gull = PublishedFact.objects.get(subject__name="Other")
    ids = "".join(f"&fact={fact.public_id}" for fact in (*facts, gull))
    for seen, words in ((2, []), (3, ["Heron dies"]), (7, ["Heron dies", "💀 Osprey lives"])):
        response = client.get(f"/opened?subject=night-ferry&seen={seen}{ids}")
        found = [
            " ".join(node.text().split()) for node in LexborHTMLParser(response.content.decode()).css(".fact-title")
        ]
        assert sorted(found) == sorted(words)
        assert "Cookie" not in response.get("Vary", "")
    assert "Gull" not in client.get(f"/opened?subject=night-ferry&seen=9{ids}").content.decode()


@pytest.mark.parametrize("query", BAD)
def test_other_questions_are_refused_with_a_sentence(client: Client, query: str):
    site()
    assert client.get(f"/opened?{query}").status_code == 400


def test_rows_name_what_a_script_needs_only_where_something_is_closed(client: Client):
    site()
    for path in ("/", "/tags/ferries/", "/subjects/night-ferry/"):
        page = LexborHTMLParser(client.get(path).content.decode())
        rows = page.css(".fact-row[data-fact]")
        assert sorted(row.attributes["data-opens-at"] for row in rows) == ["3", "7"], path
        assert {row.attributes["data-about"] for row in rows} == {"night-ferry"}
        assert "js/seen" in page.html, path
    assert "js/seen" not in client.get("/tags/boats/").content.decode()


def test_a_facts_own_page_asks_and_obeys_like_its_article(client: Client):
    _first, heron, osprey = site()
    path = f"/facts/{osprey.public_id}/{osprey.slug}/"
    plain, answered = (LexborHTMLParser(client.get(path + query).content.decode()) for query in ("", "?seen=3"))
    assert "1 fact" in plain.css_first(".seen-state").text()
    assert not answered.css("details[open]")
    assert "Heron dies" in answered.css_first(".neighbours").text()
    assert "Heron" not in plain.css_first(".neighbours").text()
    opened = LexborHTMLParser(client.get(f"{path}?seen=7").content.decode())
    assert "Osprey lives" in opened.css_first("details[open]").text()
    assert opened.css_first("head").html == plain.css_first("head").html
    own = LexborHTMLParser(client.get(f"/facts/{heron.public_id}/{heron.slug}/?seen=3").content.decode())
    assert own.css("details[open]")


@pytest.mark.slow
@pytest.mark.parametrize("seen", ["", "?seen=3", "?seen=6"])
def test_two_sites_that_differ_only_beyond_an_episode_are_the_same_before_it(client: Client, seen: str):
    """Their numbers, ids and instants are made equal first."""
    osprey = site("Osprey")
    FeaturedFact.objects.create(public_id=osprey[2].public_id)
    paths = (
        "/",
        "/tags/ferries/",
        "/tags/boats/",
        "/subjects/night-ferry/",
        "/authors/mina-park/",
        "/tags/",
        "/subjects/",
    )
    pages = [client.get(path + seen).content for path in (*paths, "/authors/")]
    edition = osprey[2].edition
    text = {"heading": "Plover rests", "body": "<p>A plover rests.</p>", "emoji": "🪶", "tags": []}
    edition.parts["cards"][2] |= text
    edition.parts["faqs"][0] |= {"question": "Does the plover rest?", "answer": "<p>The plover does.</p>"}
    edition.save()
    assert [client.get(path + seen).content for path in (*paths, "/authors/")] == pages
    assert b"Osprey" not in b"".join(pages)
    assert "💀".encode() not in b"".join(pages)
