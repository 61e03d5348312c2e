"""The search page, its suggestions, and what it says when there is nothing."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Edition
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    cards = (
        make.card(
            heading="The ferry has nineteen lamps", body="Count the *lamps* <b>twice</b>: one is & stays broken."
        ),
        make.card(heading="He drowns", body="Under the pier.", spoiler_after=6, safe_heading="The keeper leaves"),
        make.card(heading="A song for the crossing", tags=("Music",), body="주지훈이 부른다."),
    )
    return make.edition(title="Three facts", dek="", cards=cards, faqs=(), tags=())


def page(client: Client, query: str, path: str = "/search/") -> LexborHTMLParser:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200, response.status_code
    return LexborHTMLParser(response.content.decode())


def titles(found: LexborHTMLParser) -> list[str]:
    return [node.text(strip=False) for node in found.css(".hits .fact-title a")]


def test_a_fact_is_shown_with_its_words_marked_and_leads_to_its_card(client: Client, edition: Edition):
    found = page(client, "q=LAMPS")
    (link,) = found.css(".hits .fact-title a")
    fact = edition.facts.get(heading__startswith="The ferry")
    assert link.attributes["href"] == f"/facts/{fact.public_id}/{fact.slug}/"
    assert [mark.text() for mark in found.css(".fact-title mark")] == ["lamps"]
    assert [mark.text() for mark in found.css(".fact-excerpt mark")] == ["lamps"]
    assert found.css_first(".meta a").attributes["href"] == f"/articles/{edition.slug}/#fact-{fact.public_id}"
    assert found.css_first("#search").attributes["value"] == "LAMPS"


def test_what_a_reader_types_and_a_writer_wrote_is_text(client: Client, edition: Edition):
    html = client.get("/search/", {"q": '"><script>alert(1)</script> lamps'}).content.decode()
    assert "<script>alert" not in html
    html = client.get("/search/", {"q": "twice"}).content.decode()
    assert "&lt;b&gt;<mark>twice</mark>&lt;/b&gt;: one is &amp; stays broken." in html


def test_articles_stand_beside_facts(client: Client, edition: Edition):
    assert titles(page(client, "q=three+facts")) == ["Three facts"]
    assert "Three facts" in titles(page(client, "q=ferry"))


def test_a_first_visit_helps(client: Client, edition: Edition):
    for query in ("", "q=", "q=%00", "q=...", "q=-lamps"):
        found = page(client, query)
        assert found.css_first(".search-tips"), query
        assert not found.css(".hits")


def test_nothing_found_leads_on_by_words_that_are_there(client: Client, edition: Edition):
    found = page(client, "q=lamps+zeppelin")
    assert "Nothing found for “lamps zeppelin”." in found.css_first(".empty-words").text()
    assert [link.attributes["href"] for link in found.css(".empty .tags a")] == ["/search/?q=lamps"]


def test_words_one_letter_apart_are_found_and_said(client: Client, edition: Edition):
    found = page(client, "q=ninteen+lmps")
    assert titles(found) == ["The ferry has nineteen lamps"]
    assert found.css_first(".search-mended a").attributes["href"] == "/search/?q=nineteen+lamps"


def test_the_page_of_one_subject_opens_what_a_reader_has_seen(client: Client, edition: Edition):
    assert titles(page(client, "q=drowns&seen=9")) == []
    assert titles(page(client, "q=drowns&subject=night-ferry&seen=5")) == []
    found = page(client, "q=drowns&subject=night-ferry&seen=6")
    assert titles(found) == ["He drowns"]
    assert found.css_first(".seen-form input[name=q]").attributes["value"] == "drowns"
    assert titles(page(client, "q=keeper&subject=night-ferry&seen=5")) == ["The keeper leaves"]
    assert titles(page(client, "q=keeper&subject=night-ferry&seen=6")) == ["He drowns"]
    assert client.get("/search/?q=a&subject=nobody").status_code == 404
    assert client.get("/search/?q=a&subject=a/b").status_code == 404


@pytest.mark.slow
def test_two_sites_that_differ_behind_a_spoiler_point_answer_alike(client: Client):
    def answers(heading: str, body: str) -> list[bytes]:
        card = make.card(public_id="bcdfghjkmn", heading=heading, body=body, spoiler_after=6, safe_heading="She leaves")
        with transaction.atomic():
            make.edition(title="Facts", slug="facts", cards=(card,), faqs=(), at=at)
            cache.clear()
            questions = ["leaves", "drowns", "drownz", "marries", "pier", "ferry", "he", "dr", "laeves", "she ferry"]
            pages = [client.get(f"/{path}", {"q": each}) for each in questions for path in PATHS]
            pages += [client.get("/search/", {"q": each, "subject": "night-ferry", "seen": 5}) for each in questions]
            transaction.set_rollback(True)
        return [response.content for response in pages]

    at = timezone.now() - dt.timedelta(hours=1)
    make.edition(title="Other facts", cards=1, faqs=0, at=at - dt.timedelta(hours=1))
    assert answers("He drowns", "Under the pier.") == answers("She marries", "On the mountain, at once.")


@pytest.mark.slow
def test_pages_go_on(client: Client):
    make.edition(cards=tuple(make.card(heading=f"Lamp {number:02}") for number in range(45)), title="X")
    assert [len(titles(page(client, f"q=lamp&page={number}"))) for number in (1, 2, 3)] == [20, 20, 5]
    assert titles(page(client, "q=lamp"))[:2] == ["Lamp 00", "Lamp 01"]
    for number in ("0", "-1", "4", "1e9", "1000000000", "x"):
        assert client.get("/search/", {"q": "lamp", "page": number}).status_code == 404


PATHS = ("search/", "search/suggest", "facts/")
HOSTILE = [
    *(
        '"',
        '""',
        "NEAR(",
        "NEAR(lamps, 3)",
        "*",
        "lamps*",
        "^lamps",
        "AND",
        "OR NOT",
        "lamps AND NOT",
        ":",
        "tokens:lamps",
    ),
    *(
        ":",
        "&|!",
        "lamps & !ferry",
        "<->",
        "':*",
        "\\",
        "'; DROP TABLE",
        "%",
        "_",
        "\x00",
        "lamps\x00ferry",
        "\ud800",
        "-",
    ),
    *("a" * 10_000, "lamps " * 2000, '"' * 5000, "-a " * 500, "주" * 3000, "가나 " * 500, "é" * 400, "lee kim " * 99),
    *("1e999", "💡", "(((((", "s1", "t1", "kju0cihon", "{", "$1", "%s", "%(x)s"),
]


@pytest.mark.parametrize("question", HOSTILE, ids=[repr(each)[:20] for each in HOSTILE])
def test_no_question_is_an_error(client: Client, edition: Edition, question: str):
    given = question.encode("utf-8", "surrogatepass")
    for path in ("/search/", "/search/suggest", "/facts/"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, {"q": given})
        assert response.status_code == 200 or (path == "/facts/" and response.status_code == 301)
        assert len(queries) <= 12


def test_repeated_parameters_and_broken_letters_are_a_page(client: Client, edition: Edition):
    for query in ("q=lamps&q=ferry", "q[]=a", "q=%ff%fe", "q=%ED%A0%80", "seen=1&seen=2&q=lamps", "page=1&page=2&q=x"):
        assert client.get(f"/search/?{query}").status_code in (200, 404)


# --- suggestions ------------------------------------------------------------------------------------------------------


def suggested(client: Client, words: str) -> list[str]:
    response = client.get("/search/suggest", {"q": words})
    assert response["Content-Type"].startswith("application/x-suggestions+json")
    asked, texts, kinds, urls = json.loads(response.content)
    assert asked == words
    assert len(texts) == len(kinds) == len(urls)
    assert all(url.startswith("http://testserver/") for url in urls)
    return texts


def test_suggestions_are_names_first_and_then_headings(client: Client, edition: Edition):
    assert suggested(client, "fer")[0] == "Night Ferry"
    assert "The ferry has nineteen lamps" in suggested(client, "fer")
    assert suggested(client, "mus") == ["Music", "A song for the crossing"]
    assert suggested(client, "") == suggested(client, "zzz") == []


def test_suggestions_tell_nothing_from_behind_a_spoiler_point(client: Client, edition: Edition):
    assert suggested(client, "drow") == []
    assert suggested(client, "keep") == ["The keeper leaves"]


def test_names_that_only_a_draft_uses_are_not_suggested(client: Client, edition: Edition):
    make.article(subject=make.subject(name="Canary").slug, cards=(make.card(tags=("Canaries",)),))
    assert suggested(client, "cana") == []


def test_browsers_are_told_how_to_search(client: Client):
    head = page(client, "", "/")
    href = head.css_first("link[rel=search]").attributes["href"]
    tree = ElementTree.fromstring(client.get(href).content)
    urls = [each.attrib["template"] for each in tree if each.tag.endswith("Url")]
    assert urls == [f"http://testserver/search/{path}?q={{searchTerms}}" for path in ("", "suggest")]
    assert head.css_first(".site-header input[name=q][data-search]")


# --- in the fact index ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_fact_index_takes_words_with_its_filters(client: Client, edition: Edition):
    make.edition(title="Elsewhere", cards=(make.card(heading="More lamps"),), subject=make.subject(name="Pier").slug)
    assert titles(page(client, "q=lamps", "/facts/")) == ["More lamps", "The ferry has nineteen lamps"]
    assert titles(page(client, "q=lamps&sort=oldest", "/facts/")) == ["The ferry has nineteen lamps", "More lamps"]
    assert titles(page(client, "q=lamps&subject=night-ferry", "/facts/")) == ["The ferry has nineteen lamps"]
    assert titles(page(client, "q=song&tag=music", "/facts/")) == ["A song for the crossing"]
    assert titles(page(client, "q=lamps&tag=music", "/facts/")) == []
    assert titles(page(client, "q=keeper", "/facts/")) == ["The keeper leaves"]
    assert titles(page(client, "q=keeper&spoilers=hide", "/facts/")) == []
    assert titles(page(client, "q=drowns&subject=night-ferry&seen=6", "/facts/")) == ["He drowns"]


def test_words_in_the_index_can_be_taken_away_again(client: Client, edition: Edition):
    found = page(client, "q=lamps&subject=night-ferry", "/facts/")
    ways = [link.attributes["href"] for link in found.css(".active-filters a")]
    assert ways == ["/facts/?subject=night-ferry", "/facts/?q=lamps", "/facts/"]
    assert found.css_first("input[name=q]#filter-words").attributes["value"] == "lamps"


def test_what_a_reader_has_seen_is_opened_by_the_script_in_hits_too(client: Client, edition: Edition):
    for path in ("/search/", "/facts/"):
        found = page(client, "q=keeper", path)
        (row,) = found.css(".hits [data-opens-at]")
        fact = edition.facts.get(spoiler_after=6)
        assert row.attributes["data-fact"] == fact.public_id
        assert (row.attributes["data-about"], row.attributes["data-opens-at"]) == (edition.subject.slug, "6")
        assert row.parent.attributes["data-opened"] == "/opened"
        assert found.css_first('script[src*="seen"]') is not None
    assert page(client, "q=lamps").css_first('script[src*="seen"]') is None, "nothing there to open"


def test_what_somebody_searches_is_nothing_for_other_searches(client: Client):
    assert "noindex" in client.get("/search/?q=lamps").content.decode()
    assert "noindex" not in client.get("/search/").content.decode()
