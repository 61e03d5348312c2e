"""The picture of a fact: beside its heading in the article, on its own page, embedded, in lists, shared."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles import drafts
from articles.models import Edition, Picture
from articles.models.parts import PARTS_VERSION, current
from articles.reading import sharing
from tests import make
from tests.reading.test_queries import cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    words = {"credit": "Harbour office", "licence": "CC BY 4.0"}
    return make.picture(alt="Two lamps", size=(400, 300), focal_x=20, focal_y=80, **words)


@pytest.fixture
def edition(picture: Picture) -> Edition:
    cards = (make.card(heading="Two lamps burn", picture=picture.public_id), make.card())
    return make.edition(slug="ferry", cards=cards)


def at(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def images(page: LexborHTMLParser, place: str) -> list[LexborNode]:
    return page.css(f"{place} picture > img")


def test_it_stands_at_its_card_in_the_article(client: Client, edition: Edition):
    page = at(client, "/articles/ferry/")
    figure = page.css_first("article.card:first-child figure.card-picture")
    image = figure.css_first("picture > img").attributes
    assert (image["alt"], image["width"], image["height"]) == ("Two lamps", "400", "300")
    assert (image["loading"], image["class"]) == ("lazy", "focus-x-20 focus-y-80")
    assert all(source.attributes["sizes"] for source in figure.css("source"))
    assert figure.css_first("figcaption").text() == "Harbour office, CC BY 4.0"
    assert not page.css("article.card:last-child figure")


def test_it_stands_on_its_own_page_and_embedded_and_is_asked_for_at_once(client: Client, edition: Edition):
    fact = edition.facts.get(heading="Two lamps burn")
    pages = {f"/facts/{fact.public_id}/{fact.slug}/": ".card-picture", f"/embed/{fact.public_id}/": ".embed-picture"}
    for path, place in pages.items():
        (image,) = images(at(client, path), place)
        assert image.attributes["fetchpriority"] == "high"
        assert "loading" not in image.attributes


@pytest.mark.parametrize("path", ["/facts/", "/facts/?subject={}", "/subjects/{}/", "/tags/ferries/", "/"])
def test_lists_show_it_small(client: Client, edition: Edition, path: str):
    page = at(client, path.format(edition.subject.slug))
    rows = page.css(".fact-row")
    assert rows
    shown = [image.attributes["alt"] for row in rows for image in row.css(".fact-picture img")]
    assert shown == ["Two lamps"]


@pytest.mark.usefixtures("made_anew")
def test_lists_and_pages_ask_no_more_for_it(client: Client, edition: Edition):
    bare = make.edition(slug="bare", cards=2)
    assert cost(client, f"/articles/{edition.slug}/") == cost(client, f"/articles/{bare.slug}/")
    assert cost(client, "/facts/") <= 6
    assert cost(client, "/articles/ferry/") == 3


def test_its_share_picture_is_drawn_on_it(edition: Edition, picture: Picture):
    with_picture, without = (sharing.of_fact("Fanguide", edition, card["id"]) for card in edition.parts["cards"])
    assert (with_picture.cover, with_picture.focal_x) == (picture.file, 20)
    assert without.cover == ""
    assert sharing.draw(with_picture).is_whole


@pytest.mark.slow
def test_of_a_closed_fact_it_stands_in_the_closed_part_and_nowhere_else(client: Client, picture: Picture):
    """Neither its address nor its alternative text, in frames, lists, feeds, structured data and the API."""
    card = make.card(heading="The captain dies", picture=picture.public_id, spoiler_after=7)
    edition = make.edition(slug="closed", cards=(card,), tags=("Ferries",))
    fact, name = edition.facts.get(), picture.file.rpartition("/")[2].rpartition(".")[0]
    own = ("/articles/closed/", f"/facts/{fact.public_id}/{fact.slug}/")
    for path in own:
        page = at(client, path)
        assert name in page.css_first("details:not([open]) .spoiler-body").html
        page.css_first("details .spoiler-body").decompose()
        assert name not in page.html
        assert "Two lamps" not in page.html
    lists = ("/", "/facts/", f"/subjects/{edition.subject.slug}/", "/feeds/facts.atom", "/feeds/articles.rss")
    frames = (f"/embed/{fact.public_id}/", "/embed/articles/closed/", f"/oembed?url=http://testserver{own[1]}")
    for path in (*lists, *frames, "/api/facts", f"/api/facts/{fact.public_id}", "/api/articles/closed"):
        said = client.get(path).content.decode()
        assert name not in said, path
        assert "Two lamps" not in said, path


def test_the_structured_list_names_it(client: Client, edition: Edition, picture: Picture):
    graph = json.loads(at(client, "/articles/ferry/").css_first('script[type="application/ld+json"]').text())["@graph"]
    items = next(node for node in graph if node["@type"] == "ItemList")["itemListElement"]
    assert [item.get("image") for item in items] == [f"http://testserver{picture.url}", None]


def test_a_picture_that_the_library_lost_is_left_out(client: Client):
    make.edition(slug="ferry", cards=(make.card(picture="bcdfghjkmn"),))
    assert not at(client, "/articles/ferry/").css(".card-picture")


def test_what_is_live_goes_on_showing_the_words_of_then(client: Client, edition: Edition, picture: Picture):
    Picture.objects.filter(pk=picture.pk).update(alt="Three lamps", credit="")
    assert images(at(client, "/articles/ferry/"), ".card-picture")[0].attributes["alt"] == "Two lamps"


@pytest.mark.parametrize("version", [1, 2])
def test_editions_of_before_have_none(client: Client, edition: Edition, version: int):
    parts: dict[str, Any] = dict(edition.parts) | {"version": version}
    parts["cards"] = [{key: value for key, value in card.items() if key != "picture"} for card in parts["cards"]]
    assert current(parts)["version"] == PARTS_VERSION
    Edition.objects.filter(pk=edition.pk).update(parts=parts)
    page = at(client, "/articles/ferry/")
    assert len(page.css("article.card")) == 2
    assert not page.css(".card-picture")


def test_a_broken_one_takes_no_card_along(client: Client, edition: Edition):
    edition.parts["cards"][0]["picture"] = "none"  # type: ignore[typeddict-item]
    Edition.objects.filter(pk=edition.pk).update(parts=edition.parts)
    assert len(at(client, "/articles/ferry/").css("article.card")) == 2


def test_a_document_comes_with_the_pictures_of_its_cards(picture: Picture):
    article = make.article(cards=(make.card(picture=picture.public_id), make.card(picture="bcdfghjkmn")))
    assert drafts.document_of(article).pictures == (picture.as_value(),)
