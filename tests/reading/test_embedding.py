"""A fact on other sites: oEmbed answers for facts in force alone, and a page in a frame that tells no spoiler."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import PublishedFact
from tests import make

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


@pytest.fixture
def fact() -> PublishedFact:
    return make.edition(
        title="Ferry facts", cards=(make.card(heading="Two lamps <3", body="One **lamp**."),)
    ).facts.get()


def asked(url: str, **more: str):
    return Client().get(f"/oembed?{urlencode({'url': url, **more})}")


def page(path: str) -> LexborHTMLParser:
    response = Client().get(path)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def path_of(fact: PublishedFact) -> str:
    return f"/facts/{fact.public_id}/{fact.slug}/"


def test_a_facts_page_leads_to_an_answer_that_leads_to_a_frame(fact):
    link = page(path_of(fact)).css_first('link[type="application/json+oembed"]').attributes["href"]
    assert link.startswith(f"{HERE}/oembed?")
    response = Client().get(link)
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    answer = response.json()
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", "Two lamps <3")
    assert (answer["provider_name"], answer["provider_url"]) == ("Fanguide", f"{HERE}/")
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes
    assert frame["src"] == f"{HERE}/embed/{fact.public_id}/"
    assert frame["title"] == "Two lamps <3"
    assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))
    assert "<3" not in answer["html"]
    assert Client().get(answer["thumbnail_url"]).status_code == 200
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 675)


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ({}, (560, 420)),
        ({"maxwidth": "300"}, (300, 420)),
        ({"maxheight": "200"}, (560, 200)),
        ({"maxwidth": "1", "maxheight": "1"}, (1, 1)),
        ({"maxwidth": "99999", "maxheight": "99999"}, (560, 420)),
        ({"maxwidth": "-5", "maxheight": "0"}, (560, 420)),
        ({"maxwidth": "wide", "maxheight": "1e3"}, (560, 420)),
        ({"maxwidth": "٣٠٠", "maxheight": "9" * 5000}, (560, 420)),
    ],
)
def test_the_frame_keeps_to_the_room_that_is_there(fact, room: dict[str, str], size: tuple[int, int]):
    answer = asked(f"{HERE}{path_of(fact)}", **room).json()
    assert (answer["width"], answer["height"]) == size


def test_a_thumbnail_is_named_only_where_it_fits(fact):
    url = f"{HERE}{path_of(fact)}"
    assert "thumbnail_url" in asked(url, maxwidth="1200", maxheight="675").json()
    for room in ({"maxwidth": "1199"}, {"maxheight": "674"}):
        assert not [name for name in asked(url, **room).json() if name.startswith("thumbnail")]


def test_every_address_of_a_fact_is_understood(fact):
    article = f"/articles/{fact.edition.slug}/#fact-{fact.public_id}"
    for path in (path_of(fact), f"/facts/{fact.public_id}/", f"/facts/{fact.public_id}/old-words/", article):
        assert asked(HERE + path).json()["title"] == "Two lamps <3", path
    assert asked(f"{HERE}/embed/{fact.public_id}/?x=1").status_code == 200


def test_what_is_no_fact_of_this_site_is_not_there(fact):
    draft = make.article().cards.first()
    for url in (
        "",
        "x",
        HERE,
        f"{HERE}/",
        f"{HERE}/articles/{fact.edition.slug}/",
        f"{HERE}/articles/{fact.edition.slug}/#fact-x",
        f"{HERE}/facts/{draft.public_id}/",
        f"{HERE}/nothing/",
        f"http://elsewhere.example{path_of(fact)}",
        "http://[::1/facts/",
        f"{HERE}/facts/%ff%00/",
        path_of(fact),
    ):
        assert asked(url).status_code == 404, url
    assert Client().get("/oembed").status_code == 404
    publishing.take_down(fact.edition.article)
    assert asked(f"{HERE}{path_of(fact)}").status_code == 404


def test_other_formats_are_not_given(fact):
    for other in ("xml", "JSON", ""):
        assert asked(f"{HERE}{path_of(fact)}", format=other).status_code == 501


def test_the_embedded_page_may_be_framed_by_anyone_and_no_other_page_by_anybody(client: Client, fact):
    framed = client.get(f"/embed/{fact.public_id}/")
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in framed
    assert framed["X-Robots-Tag"] == "noindex"
    for path in (path_of(fact), f"/articles/{fact.edition.slug}/", "/"):
        other = client.get(path)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_the_embedded_page_holds_the_fact_and_the_way_to_it(fact):
    here = page(f"/embed/{fact.public_id}/")
    assert here.css_first("h1").text() == "Two lamps <3"
    assert "One lamp." in here.css_first(".prose").text()
    assert here.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    links = [node.attributes["href"] for node in here.css("a")]
    assert f"{HERE}{path_of(fact)}" in links
    assert f"/articles/{fact.edition.slug}/#fact-{fact.public_id}" in links
    assert here.css_first("base").attributes == {"target": "_blank"}
    assert not here.css("script, [style]")


def test_a_spoiler_is_closed_in_the_frame_and_untold_around_it():
    card = make.card(heading="The captain dies", emoji="💀", body="At sea.", tags=("Deaths",), spoiler_after=7)
    fact = make.edition(cards=(card,)).facts.get()
    here = page(f"/embed/{fact.public_id}/")
    closed = here.css_first("details[data-nosnippet]")
    assert "open" not in closed.attributes
    assert "The captain dies" in closed.text()
    assert "episode 7" in closed.css_first("summary").text()
    closed.decompose()
    for words in ("captain", "💀", "At sea", "Deaths"):
        assert words not in here.html
    told = asked(f"{HERE}{path_of(fact)}").content.decode()
    assert "A fact about Night Ferry, after episode 7" in told
    assert "captain" not in told


def test_what_was_taken_down_is_gone_from_the_frame_too(client: Client, fact):
    assert client.get("/embed/bcdfghjkmn/").status_code == 404
    publishing.take_down(fact.edition.article)
    assert client.get(f"/embed/{fact.public_id}/").status_code == 410
