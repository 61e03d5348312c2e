"""Facts and articles on other sites: oEmbed answers for those in force alone, and pages in a frame without spoilers."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.document import Caveat
from articles.models import PublishedFact
from tests import make
from tests.reading.addresses import publish_again

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
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", "Two lamps <3 · Night Ferry")
    assert (answer["provider_name"], answer["provider_url"]) == ("Fanguide", f"{HERE}/")
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes
    assert frame["src"] == f"{HERE}/embed/{fact.public_id}/"
    assert frame["title"] == "Two lamps <3 · Night Ferry"
    assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))
    assert "<3" not in answer["html"]
    assert Client().get(answer["thumbnail_url"]).status_code == 200
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 675)


@pytest.mark.parametrize(
    ("room", "width", "most_height"),
    [
        ({}, 560, None),
        ({"maxwidth": "300"}, 300, None),
        ({"maxheight": "100"}, 560, 100),
        ({"maxwidth": "1", "maxheight": "1"}, 1, 1),
        ({"maxwidth": "99999", "maxheight": "99999"}, 560, None),
        ({"maxwidth": "-5", "maxheight": "0"}, 560, None),
        ({"maxwidth": "wide", "maxheight": "1e3"}, 560, None),
        ({"maxwidth": "٣٠٠", "maxheight": "9" * 5000}, 560, None),
    ],
)
def test_the_frame_keeps_to_the_room_that_is_there(fact, room: dict[str, str], width: int, most_height: int | None):
    answer = asked(f"{HERE}{path_of(fact)}", **room).json()
    assert answer["width"] == width
    assert answer["height"] == most_height if most_height else 150 < answer["height"] < 420
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes
    assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))


@pytest.mark.slow
def test_a_frame_is_as_high_as_its_words_need():
    def height(heading: str, body: str, width: str) -> int:
        card = make.card(heading=heading, body=body)
        fact = make.edition(cards=(card,)).facts.get()
        return asked(f"{HERE}{path_of(fact)}", maxwidth=width).json()["height"]

    low = height("Two lamps", "One lamp.", "560")
    assert height("Two lamps", "A lamp was lit in the harbour by somebody. " * 4, "560") > low
    assert height("Two lamps, which nobody lit " * 4, "One lamp.", "560") > low
    assert height("등대 " * 20, "등대가 있다. " * 20, "560") > low
    assert height("Two lamps", "A lamp was lit in the harbour by somebody. " * 4, "300") > height(
        "Two lamps", "A lamp was lit in the harbour by somebody. " * 4, "560"
    )
    assert height("Two lamps", "A body that goes on. " * 900, "560") < 420


def test_a_thumbnail_is_named_only_where_it_fits(fact):
    url = f"{HERE}{path_of(fact)}"
    assert "thumbnail_url" in asked(url, maxwidth="1200", maxheight="675").json()
    for room in ({"maxwidth": "1199"}, {"maxheight": "674"}):
        assert not [name for name in asked(url, **room).json() if name.startswith("thumbnail")]


def test_every_address_of_a_fact_is_understood(fact):
    article = f"/articles/{fact.edition.slug}/#fact-{fact.public_id}"
    for path in (path_of(fact), f"/facts/{fact.public_id}/", f"/facts/{fact.public_id}/old-words/", article):
        assert asked(HERE + path).json()["title"] == "Two lamps <3 · Night Ferry", path
    assert asked(f"{HERE}/embed/{fact.public_id}/?x=1").status_code == 200


def test_what_is_no_fact_of_this_site_is_not_there(fact):
    draft = make.article().cards.first()
    for url in (
        "",
        "x",
        HERE,
        f"{HERE}/",
        f"{HERE}/articles/",
        f"{HERE}/articles/no-such-article/",
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
    for other, status in (("xml", 501), ("JSON", 400), ("", 400), ("\x00", 400)):
        assert asked(f"{HERE}{path_of(fact)}", format=other).status_code == status


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
    assert here.css_first(".embed-excerpt").text() == "One lamp."
    assert here.css_first(".embed-ways a").attributes["href"] == f"{HERE}{path_of(fact)}"
    assert here.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert here.css_first("body > footer").text(separator=" ").split()[:5] == ["Fact", "1", "of", "1", "in"]
    links = [node.attributes["href"] for node in here.css("a")]
    assert f"{HERE}{path_of(fact)}" in links
    assert f"/articles/{fact.edition.slug}/#fact-{fact.public_id}" in links
    assert here.css_first("base").attributes == {"target": "_blank"}
    assert not here.css("script, [style]")
    assert [node.tag for node in here.body.iter()] == ["main", "nav", "footer"]  # nothing outside of a landmark


def test_a_frame_holds_nothing_of_what_lies_beyond_a_spoiler_point():
    card = make.card(heading="The captain dies", emoji="💀", body="At sea.", tags=("Deaths",), spoiler_after=7)
    fact = make.edition(cards=(card,)).facts.get()
    here = page(f"/embed/{fact.public_id}/")
    assert here.css_first("h1").text() == "A fact about Night Ferry, after episode 7"
    assert here.css_first(".embed-words").text() == "Spoiler: after episode 7"
    told = asked(f"{HERE}{path_of(fact)}").content.decode()
    assert "A fact about Night Ferry, after episode 7" in told
    for words in ("captain", "💀", "At sea", "Deaths"):
        assert words not in here.html
        assert words not in told


def test_an_article_is_framed_with_its_title_its_dek_and_its_cover(client: Client):
    edition = make.edition(
        title="Ferry <facts>", slug="ferry-facts", dek="Of lamps & men.", cards=(make.card(), make.card(heading="B"))
    )
    own = f"{HERE}/articles/ferry-facts/"
    link = page("/articles/ferry-facts/").css_first('link[type="application/json+oembed"]').attributes["href"]
    answer = client.get(link).json()
    assert answer["title"] == "Ferry <facts>"
    frame = LexborHTMLParser(answer["html"]).css_first("iframe").attributes
    assert frame["src"] == f"{HERE}/embed/articles/ferry-facts/"
    here = page("/embed/articles/ferry-facts/")
    assert here.css_first("h1").text() == "Ferry <facts>"
    assert here.css_first(".embed-excerpt").text() == "Of lamps & men."
    assert here.css_first(".embed-ways a").attributes["href"] == own
    assert "2 facts" in here.css_first("footer").text()
    assert asked(f"{own}#contents").json()["title"] == "Ferry <facts>"
    publishing.take_down(edition.article)
    assert client.get("/embed/articles/ferry-facts/").status_code == 410
    assert asked(own).status_code == 404
    assert client.get("/embed/articles/nothing/").status_code == 404


def test_an_articles_old_frame_leads_to_its_present_one(client: Client):
    publish_again(make.edition(slug="old-slug").article, slug="new-slug")
    response = client.get("/embed/articles/old-slug/")
    assert (response.status_code, response["Location"]) == (301, "/embed/articles/new-slug/")


def test_readers_copy_the_code_of_a_fact_and_of_an_article(client: Client, fact):
    article = f"/articles/{fact.edition.slug}/"
    for path, framed in ((path_of(fact), f"/embed/{fact.public_id}/"), (article, f"/embed{article}")):
        (code,) = [node.attributes["data-copy"] for node in page(path).css("[data-copy]")]
        frame = LexborHTMLParser(code).css_first("iframe").attributes
        answer = asked(HERE + path).json()
        assert frame["src"] == HERE + framed
        assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))
        assert frame["title"] == answer["title"]
        assert "max-width: 100%" in frame["style"]


def test_what_was_taken_down_is_gone_from_the_frame_too(client: Client, fact):
    assert client.get("/embed/bcdfghjkmn/").status_code == 404
    publishing.take_down(fact.edition.article)
    assert client.get(f"/embed/{fact.public_id}/").status_code == 410


def test_what_is_disputed_does_not_travel_without_saying_so():
    caveat = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2026, 3, 3), "caveat_note": "The museum counts two."}
    cards = (make.card(heading="One lamp", body="One.", **caveat), make.card(heading="Two lamps", body="Two."))
    disputed, other = make.edition(cards=cards).facts.order_by("id")
    assert "Disputed since 3 March 2026" in page(f"/embed/{disputed.public_id}/").css_first("[role=note]").text()
    assert page(f"/embed/{other.public_id}/").css_first("[role=note]") is None
    heights = [asked(f"{HERE}{path_of(fact)}").json()["height"] for fact in (disputed, other)]
    assert heights[0] > heights[1], "there is room for it"
