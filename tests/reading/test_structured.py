"""Structured data and the head of pages: true, whole, and silent about what lies behind a spoiler point."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.document import Source
from articles.models import Edition, Subject
from articles.text import plain_html
from tests import make

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
EVIL = "</script><script>alert(1)</script><!--&\u2028"
QUOTED = "> Go back to the ship.\n>\n> — The captain\n"


def page_at(path: str) -> LexborHTMLParser:
    response = Client().get(path)
    assert response.status_code == 200, path
    return LexborHTMLParser(response.content.decode())


def nodes_at(path: str) -> dict[str, Any]:
    (element,) = page_at(path).css('script[type="application/ld+json"]')
    graph = json.loads(element.text())["@graph"]
    found = {node["@type"]: node for node in graph}
    assert len(found) == len(graph)
    return found


def head_of(path: str) -> dict[str, str]:
    found = page_at(path).css("meta[property], meta[name]")
    return {str(n.attributes.get("property") or n.attributes.get("name")): str(n.attributes["content"]) for n in found}


def article_path(edition: Edition) -> str:
    return f"/articles/{edition.slug}/"


def fact_path(edition: Edition, place: int = 0) -> str:
    card = edition.parts["cards"][place]
    return f"/facts/{card['id']}/{card['slug']}/"


def pages_of(edition: Edition) -> list[str]:
    subject, author, tag = edition.subject.slug, edition.authors.get().slug, edition.tags.get().slug
    of_one = [
        article_path(edition),
        fact_path(edition),
        f"/subjects/{subject}/",
        f"/authors/{author}/",
        f"/tags/{tag}/",
    ]
    return ["/", "/articles/", "/facts/", "/tags/", "/subjects/", "/corrections/", "/about/", "/contact/", *of_one]


def test_an_article_tells_its_sources_quotations_and_questions():
    source = Source(url="https://example.org/log", title="The log", publisher="Harbour")
    cards = (make.card(sources=(source,), body=f"Words.\n\n{QUOTED}"), make.card(sources=(source,)))
    edition = make.edition(cards=cards, faqs=(make.faq(question="Why two?", answer="One is a *spare*."),))
    nodes = nodes_at(article_path(edition))
    article, here = nodes["Article"], f"http://testserver{article_path(edition)}"
    harbour = {"@type": "Organization", "name": "Harbour"}
    assert article["citation"] == [
        {"@type": "CreativeWork", "name": "The log", "url": "https://example.org/log", "publisher": harbour}
    ]
    assert article["hasPart"] == [{"@type": "Quotation", "text": "Go back to the ship.", "creditText": "The captain"}]
    (question,) = nodes["FAQPage"]["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == ("Why two?", "<p>One is a <em>spare</em>.</p>")
    assert question["url"] == f"{here}#{edition.parts['faqs'][0]['anchor']}"
    assert [item["position"] for item in nodes["ItemList"]["itemListElement"]] == [1, 2]


@pytest.mark.parametrize(
    ("kind", "of_schema"),
    [
        (Subject.Kind.FILM, "Movie"),
        (Subject.Kind.DRAMA, "TVSeries"),
        (Subject.Kind.PERSON, "Person"),
        (Subject.Kind.OTHER, "Thing"),
    ],
)
def test_what_a_page_is_about_has_the_type_of_its_kind(kind: str, of_schema: str):
    edition = make.edition(subject=make.subject(name="Harbour", kind=kind, original_name="항구").slug)
    about = {
        "@type": of_schema,
        "name": "Harbour",
        "alternateName": "항구",
        "url": "http://testserver/subjects/harbour/",
    }
    assert nodes_at(article_path(edition))["Article"]["about"] == about
    assert nodes_at(fact_path(edition))["WebPage"]["about"] == about
    assert nodes_at("/subjects/harbour/")["CollectionPage"]["about"] == about


def test_lists_authors_and_the_home_page_say_what_they_are():
    edition = make.edition(cards=2, authors=(make.author(name="Jo Doe", bio="Writes at sea.").slug,))
    website = nodes_at("/")["WebSite"]
    assert website["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={query}"
    listed = nodes_at("/facts/")["CollectionPage"]["mainEntity"]
    assert [item["name"] for item in listed["itemListElement"]] == [card["heading"] for card in edition.parts["cards"]]
    person = nodes_at("/authors/jo-doe/")["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"], person["description"]) == ("Person", "Jo Doe", "Writes at sea.")
    assert {"AboutPage", "ContactPage"} == {*nodes_at("/about/"), *nodes_at("/contact/")}
    for path in ("/articles/", "/tags/", "/subjects/", "/tags/ferries/", "/corrections/"):
        assert nodes_at(path)["CollectionPage"]["url"] == f"http://testserver{path}"


def test_an_empty_site_and_an_article_without_anything_have_data_too():
    assert "mainEntity" not in nodes_at("/articles/")["CollectionPage"]
    edition = make.edition(
        subject="", tags=(), cards=(make.card(sources=()),), faqs=0, conclusion="", conclusion_heading=""
    )
    nodes = nodes_at(article_path(edition))
    assert "FAQPage" not in nodes
    assert not {"about", "citation", "hasPart"} & nodes["Article"].keys()


@pytest.mark.slow
def test_hostile_words_stay_words():
    evil_source = Source(url="https://example.org/?a=%3C/script%3E", title=EVIL, publisher=EVIL)
    edition = make.edition(
        title=f"Title {EVIL}",
        cards=(make.card(heading=f"Heading {EVIL}", sources=(evil_source,), body=f"> {EVIL}\n>\n> — {EVIL}\n"),),
        faqs=(make.faq(question=f"Why {EVIL}?", answer=EVIL),),
        subject=make.subject(name=f"Subject {EVIL}").slug,
        authors=(make.author(name=f"Author {EVIL}", bio=EVIL).slug,),
        tags=(f"Tag {EVIL}"[:40],),
    )
    for path in pages_of(edition):
        html = Client().get(path).content.decode()
        assert "<script>alert" not in html, path
        assert html.count("</script>") == html.count("<script "), path
        assert nodes_at(path), path
    assert nodes_at(article_path(edition))["FAQPage"]["mainEntity"][0]["name"].startswith("Why </script>")


# --- the head ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_page_has_a_picture_that_is_there():
    edition = make.edition()
    more = ["/privacy/", "/search/?q=lamps", "/facts/?tag=ferries"]
    pictures = {}
    for path in [*pages_of(edition), *more]:
        head = head_of(path)
        pictures[path] = head["og:image"].removeprefix("http://testserver")
        assert head["og:image:alt"], path
    for picture in {*pictures.values()}:
        assert Client().get(picture)["Content-Type"] == "image/jpeg", picture
    own = [path for path, picture in pictures.items() if not picture.startswith("/share/site-")]
    assert own == pages_of(edition)[-5:]


@pytest.mark.slow
def test_the_picture_of_a_subject_obeys_its_present_name_and_slug():
    subject = make.subject(name="Harbour")
    edition = make.edition(subject=subject.slug)
    old = head_of("/subjects/harbour/")["og:image"]
    subject.name, subject.slug = "Old harbour", "old-harbour"
    subject.save()
    new = head_of("/subjects/old-harbour/")["og:image"]
    answer = Client().get(old)
    assert (answer.status_code, f"http://testserver{answer['Location']}") == (302, new)
    assert Client().get(f"/share/site-{'0' * 20}.jpg").status_code == 302
    assert Client().get(f"/share/subjects/nobody-{'0' * 20}.jpg").status_code == 404
    assert edition


def test_dates_are_in_the_head_of_articles_and_facts():
    edition = make.edition()
    instant = edition.visible_from.isoformat(timespec="seconds")
    for path, kind in ((article_path(edition), "Article"), (fact_path(edition), "WebPage")):
        head, node = head_of(path), nodes_at(path)[kind]
        assert head["article:published_time"] == node["datePublished"] == instant
        assert head["article:modified_time"] == node["dateModified"] == instant
    assert "article:published_time" not in head_of("/")


def test_a_shared_fact_names_its_work_once():
    cards = (make.card(heading="Two lamps"), make.card(heading="The night ferry has oars"))
    edition = make.edition(cards=cards, subject=make.subject(name="Night Ferry").slug)
    head, page = head_of(fact_path(edition)), page_at(fact_path(edition))
    assert head["og:title"] == "Two lamps · Night Ferry"
    assert page.css_first("title").text() == "Two lamps · Night Ferry · Fanguide"
    assert head["og:image:alt"] == "Night Ferry: 1. Two lamps"
    assert page.css_first("h1 span:last-child").text() == "Two lamps"
    head = head_of(fact_path(edition, 1))
    assert (head["og:title"], head["og:image:alt"]) == ("The night ferry has oars", "2. The night ferry has oars")


# --- spoilers ---------------------------------------------------------------------------------------------------------


def closed(words: str, safe_heading: str = "") -> dict[str, Any]:
    return {
        "heading": f"{words} dies",
        "safe_heading": safe_heading,
        "body": f"The {words} dies.\n\n{QUOTED.replace('captain', words)}",
        "tags": (f"{words} tag",),
        "sources": (Source(url=f"https://example.org/{words}", title=f"{words} log"),),
        "picture": make.picture(title=words, alt=words).public_id,
        "spoiler_after": 7,
    }


@pytest.mark.slow
@pytest.mark.parametrize("safe_heading", ["", "What the captain hides"])
def test_machines_learn_the_same_of_sites_that_differ_behind_the_spoiler_point(safe_heading: str):
    """The same article with other words behind its spoiler point: heads, data and sitemap do not change by a byte."""
    first, second = (_what_machines_learn(words, safe_heading) for words in ("Zebrafinch", "Ox"))
    assert first == second


def _what_machines_learn(words: str, safe_heading: str) -> dict[str, str]:
    """Of a site that is gone afterwards."""
    cache.clear()
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        cards = (
            make.card(public_id="bbbbbbbbbb", heading="Open", body="Open."),
            make.card(public_id="cccccccccc", **closed(words, safe_heading)),
        )
        question = make.faq(public_id="dddddddddd", question=f"Does {words} die?", answer=words * 3, spoiler_after=7)
        edition = make.edition(cards=cards, faqs=(question,), title="Facts", slug="facts")
        of_closed = nodes_at(fact_path(edition, 1))["WebPage"]
        assert not {"dateModified", "citation", "hasPart"} & of_closed.keys()
        assert "FAQPage" not in nodes_at(article_path(edition))
        found = {
            path: str(page_at(path).css_first("head").html) for path in [*pages_of(edition), fact_path(edition, 1)]
        }
        found["sitemap"] = Client().get("/sitemap-facts-1.xml").content.decode()
        transaction.set_rollback(True)
    return found


# --- quotations -------------------------------------------------------------------------------------------------------


def test_a_quotation_within_another_is_never_put_into_the_wrong_mouth():
    begin = '<figure class="quotation"><blockquote>\n'
    inner = f"{begin}<p>Inner</p>\n</blockquote><figcaption>A</figcaption></figure>"
    outer = f"{begin}<p>Outer</p>\n{inner}\n</blockquote><figcaption>B</figcaption></figure>"
    assert plain_html.quotations(outer) == [("Inner", "A")]
    assert plain_html.quotations("<blockquote>\n<p>Nobody's</p>\n</blockquote>") == []
    assert plain_html.bare('<p>A <a href="/x" title="&gt;">b</a><img src="c" alt="<d>"></p>\n') == "<p>A <a>b</a></p>"
    assert plain_html.quotations(inner + inner) == [("Inner", "A")] * 2
