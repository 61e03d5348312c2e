"""An article in another language than the site says so wherever its words stand, and nowhere else."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from articles.models import Edition
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic() -> Edition:
    cards = (
        make.card(heading="السفينة الليلية"),
        make.card(spoiler_after=3),
        make.card(spoiler_after=3, safe_heading="ما يخفيه القبطان"),
    )
    return make.edition(slug="ferry", language="ar", cards=cards, faqs=1)


def at(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def marks(page: LexborHTMLParser, selector: str) -> list[tuple[str | None, str | None]]:
    return [(node.attributes.get("lang"), node.attributes.get("dir")) for node in page.css(selector)]


ARABIC, NONE = ("ar", "rtl"), (None, None)


def test_its_words_say_so_in_the_article_and_the_sites_do_not(client: Client, arabic: Edition):
    page = at(client, "/articles/ferry/")
    for selector in ("h1.title", ".dek", ".introduction", ".cards .prose", "#conclusion", ".question-words"):
        found = marks(page, selector)
        assert set(found) == {ARABIC}, selector
    # “A fact about …” is a sentence of the site's.
    assert marks(page, ".card-title") == [ARABIC, NONE, ARABIC]
    assert marks(page, "html, article, main, footer, nav") == [
        ("en", None),
        *[NONE] * (len(page.css("article, main, footer, nav"))),
    ]
    graph = json.loads(page.css_first('script[type="application/ld+json"]').text())["@graph"]
    assert next(node["inLanguage"] for node in graph if node["@type"] == "Article") == "ar"


def test_so_they_do_on_the_facts_page_embedded_and_in_lists(client: Client, arabic: Edition):
    fact = arabic.facts.get(heading="السفينة الليلية")
    path = f"/facts/{fact.public_id}/{fact.slug}/"
    assert marks(at(client, path), "h1.title > span:last-child, .fact-body .prose, .part-of a") == [ARABIC] * 3
    assert (
        marks(at(client, f"/embed/{fact.public_id}/"), ".embed-title a, .embed-excerpt, .embed-foot p:first-child a")
        == [ARABIC] * 3
    )
    rows = at(client, "/facts/")
    assert sorted(marks(rows, ".fact-title a"), key=str) == sorted([ARABIC, NONE, ARABIC], key=str)
    assert marks(at(client, "/articles/"), ".teaser-title a, .teaser-dek") == [ARABIC] * 2


def test_so_they_do_among_the_hits_of_a_search(client: Client, arabic: Edition):
    hits = at(client, "/search/?q=السفينة")
    assert marks(hits, ".fact-title a, .fact-excerpt") == [ARABIC] * 2
    assert set(marks(at(client, f"/search/?q={arabic.title}"), ".fact-title a")) == {ARABIC}
    assert NONE in marks(at(client, "/search/?q=night+ferry"), ".fact-title a")


def test_a_heading_that_a_reader_opens_says_so_too(client: Client, arabic: Edition):
    assert set(marks(at(client, "/facts/?subject=night-ferry&seen=3"), ".fact-title a")) == {ARABIC}
    assert set(marks(at(client, "/search/?q=night+ferry&subject=night-ferry&seen=3"), ".fact-title a")) == {ARABIC}
    assert set(marks(at(client, "/articles/ferry/?seen=3"), "[data-title]")) == {ARABIC}
    assert marks(at(client, "/articles/ferry/"), "[data-title]") == [ARABIC, NONE, ARABIC]


def test_an_article_in_the_sites_language_says_nothing(client: Client):
    for slug, language in (("plain", ""), ("named", "en")):
        make.edition(slug=slug, language=language)
        page = at(client, f"/articles/{slug}/")
        assert page.css("[lang]:not(html)") == []
    with translation.override("en"):
        assert b"xml:lang=" not in client.get("/feeds/articles.atom").content.partition(b"<entry")[2]


def test_the_feed_names_the_language_of_an_entry(client: Client, arabic: Edition):
    make.edition(slug="plain")
    feed = client.get("/feeds/articles.atom").content.decode()
    assert feed.count('<entry xml:lang="ar">') == 1
    assert feed.count("<entry>") == 1


@pytest.mark.parametrize("stored", ['"><script>alert(1)</script>', "not a tag", "x" * 35])
def test_what_is_no_tag_in_a_row_stands_nowhere(client: Client, arabic: Edition, stored: str):
    Edition.objects.update(language=stored)
    for path in ("/articles/ferry/", "/facts/", "/articles/", "/feeds/articles.atom"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert f'lang="{stored}"' not in html
