"""Corrections where readers see them: at the card, at the end of the article, and on a page of all of them."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing
from articles.models import Article, Correction, Edition, Revision
from articles.publishing import UpdateNotice
from articles.reading import selectors
from tests import make
from tests.reading.addresses import examples

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WRONG = UpdateNotice("correction", "We had miscounted.")


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def published(**fields: Any) -> Edition:
    """A version since yesterday, whose first fact counts lamps."""
    cards = (make.card(**{"heading": "It has 8 lamps"} | fields.pop("card", {})), make.card())
    return make.edition(at=NOON - DAY, **{"cards": cards, "slug": "the-ferry"} | fields)


def update(article: Article, told: UpdateNotice | None, at: dt.datetime | None = None, **card: Any) -> Edition:
    last = article.revisions.order_by("number").last()
    assert last
    value = last.document
    first = dataclasses.replace(value.cards[0], **card)
    value = dataclasses.replace(value, cards=(first, *value.cards[1:]))
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)
    return publishing.publish(revision, notice=told, at=at)


def page(path: str) -> LexborHTMLParser:
    response = Client().get(path)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def text(path: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page(path).css(selector)]


ARTICLE, ALL = "/articles/the-ferry/", "/corrections/"


def test_a_correction_stands_on_its_card_with_the_words_before_and_after():
    update(published().article, WRONG, heading="It has 9 lamps")
    (told,) = text(ARTICLE, ".card-corrections")
    assert told == (
        "Corrected on 1 May 2031: We had miscounted. Before and after "
        "BeforeIt has [removed: 8] lamps AfterIt has [added: 9] lamps"
    )
    (listed,) = text(ARTICLE, ".corrections li")
    assert listed == "It has 9 lamps Corrected on 1 May 2031: We had miscounted."
    card = page(ARTICLE).css_first("article.card")
    assert page(ARTICLE).css_first(".corrections li a").attributes["href"] == f"#{card.id}"


def test_a_correction_stands_on_the_page_of_its_fact():
    edition = update(published().article, WRONG, heading="It has 9 lamps")
    path = reverse("fact-by-id", args=[edition.parts["cards"][0]["id"]])
    response = Client().get(path, follow=True)
    assert "We had miscounted." in response.content.decode()


def test_the_page_of_all_corrections_tells_it_and_leads_to_the_fact():
    edition = update(published().article, WRONG, heading="It has 9 lamps")
    (item,) = page(ALL).css(".correction")
    assert item.css_first("h2 a").attributes["href"] == f"{ARTICLE}#fact-{edition.parts['cards'][0]['id']}"
    assert edition.title in item.text()
    assert [node.text() for node in item.css("dd")] == ["It has [removed: 8] lamps", "It has [added: 9] lamps"]
    assert "Corrected on 1 May 2031" in item.text()


def marks(path: str, selector: str = "") -> list[tuple[str, str]]:
    """Each mark with its words, without what is there for those who do not see it."""
    tree = page(path)
    for hidden in tree.css(".visually-hidden"):
        hidden.decompose()
    return [(node.tag or "", node.text()) for node in tree.css(f"{selector} :is(del, ins)")]


@pytest.mark.slow
def test_one_word_that_changed_marks_one_word_and_a_new_text_is_marked_whole():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    for path in (ARTICLE, ALL):
        assert marks(path, ".has-marks") == [("del", "8"), ("ins", "9")]
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, WRONG, heading="Nobody counts")
        assert marks(ALL, ".correction:first-child") == [("del", "It has 9 lamps"), ("ins", "Nobody counts")]
        assert not page(ALL).css(".correction:first-child .has-marks")


def test_words_that_were_only_added_mark_nothing_in_the_words_before():
    update(published().article, WRONG, heading="It has 8 red lamps")
    assert marks(ALL) == [("ins", "red")]
    assert "It has 8 lamps" in page(ALL).css_first("dd").text()


def test_marks_leave_words_in_another_script_and_signs_of_html_whole():
    update(published(card={"heading": "등이 <b>8</b>개 & more"}).article, WRONG, heading="등이 <b>9</b>개 & more")
    tree = page(ALL)
    assert [node.text() for node in tree.css("dd span[lang=ko]")] == ["등이", "개", "등이", "개"]
    assert [text for _tag, text in marks(ALL)] == ["8", "9"]
    assert not tree.css("dd b")


@pytest.mark.slow
def test_a_clarification_is_called_one_and_a_typo_is_told_nowhere():
    article = published().article
    update(article, UpdateNotice("clarification"), heading="It has eight lamps")
    (told,) = text(ARTICLE, ".card-corrections")
    assert told.startswith("Clarified on 1 May 2031 Before and after")
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, UpdateNotice("typo", "Nobody reads this."), heading="It has eight lamps!")
        assert len(text(ARTICLE, ".corrections li")) == len(text(ALL, ".correction")) == 1
        assert "Nobody reads this" not in page(ARTICLE).html + page(ALL).html


def test_an_article_without_corrections_says_nothing_and_the_empty_page_says_so():
    published()
    assert not page(ARTICLE).css(".corrections, .card-corrections")
    assert "Nothing has been corrected yet." in page(ALL).css_first("main").text()


@pytest.mark.slow
def test_a_waiting_correction_is_nowhere_to_be_seen():
    edition = published()
    update(edition.article, UpdateNotice("correction", "Canary note."), at=NOON + DAY, heading="Canary heading")
    for path in examples(edition).values():
        assert b"Canary" not in Client().get(path).getvalue(), path
    cache.clear()
    with time_machine.travel(NOON + DAY, tick=False):
        assert "Canary note." in page(ALL).html
        assert "Canary note." in page(ARTICLE).html


def test_corrections_of_what_was_taken_down_are_not_told():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    with time_machine.travel(NOON + DAY, tick=False):
        publishing.take_down(article)
        assert text(ALL, ".correction") == []
        assert selectors.count_corrections(selectors.public_clock(NOON + DAY)) == 0


@pytest.mark.parametrize(("before", "after"), [(7, 7), (None, 7), (7, None)])
def test_what_lies_behind_a_spoiler_point_is_told_in_its_closed_card_alone(before: int | None, after: int | None):
    edition = published(card={"spoiler_after": before, "safe_heading": "How many lamps"})
    update(edition.article, UpdateNotice("correction", "Nine of them."), heading="It has 9 lamps", spoiler_after=after)
    listed = text(ALL, ".correction")[0]
    assert listed.startswith("How many lamps")
    for words in ("has 8 lamps", "has 9 lamps", "Nine of them."):
        assert words not in page(ALL).html
        assert words not in text(ARTICLE, ".corrections")[0]
    tree = page(ARTICLE)
    inside = " ".join(node.text() for node in tree.css("details.spoiler"))
    assert ("Nine of them." in inside) is (after is not None)
    for node in tree.css("details.spoiler"):
        node.decompose()
    assert "has 8 lamps" not in tree.html
    assert "Nine of them." not in tree.css_first("head").html


def test_a_spoiler_point_that_comes_later_closes_what_was_told_before():
    article = update(published().article, UpdateNotice("correction", "Nine of them."), heading="It has 9 lamps").article
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, UpdateNotice("typo"), spoiler_after=3)
        (listed,) = text(ALL, ".correction")
        assert listed.startswith("A fact about Night Ferry, after episode 3")
        assert "lamps" not in page(ALL).html
        assert "Nine of them" not in page(ALL).html


def test_words_of_a_correction_are_escaped():
    update(published().article, UpdateNotice("correction", "<b>Sorry</b>"), heading="It has <script> 9 lamps")
    for path in (ARTICLE, ALL):
        assert "<b>Sorry" not in page(path).html
        assert "<script> 9" not in Client().get(path).content.decode()


def test_structured_data_names_corrections_and_a_typo_leaves_its_date():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    node = structured()
    assert node["correction"] == [
        {"@type": "CorrectionComment", "text": "We had miscounted.", "datePublished": NOON.isoformat()}
    ]
    assert node["dateModified"] == NOON.isoformat()
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, UpdateNotice("typo"), heading="It has nine lamps")
        assert structured()["dateModified"] == NOON.isoformat()


def structured() -> dict[str, Any]:
    (element,) = page(ARTICLE).css("script[type='application/ld+json']")
    return next(node for node in json.loads(element.text())["@graph"] if node["@type"] == "Article")


# --- dates ------------------------------------------------------------------------------------------------------------


def answers() -> dict[str, tuple[bytes, str | None]]:
    cache.clear()
    paths = (ARTICLE, ALL, "/", "/articles/", "/facts/", "/feeds/articles.atom", "/sitemap-articles-1.xml")
    return {path: (response.content, response.get("ETag")) for path in paths for response in [Client().get(path)]}


@pytest.mark.slow
def test_publishing_without_a_change_leaves_every_byte_as_it_was():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    before = answers()
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, None)
        assert answers() == before
    assert article.editions.count() == 3


def test_a_typo_moves_no_date_of_page_feed_or_sitemap():
    article = published().article
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, UpdateNotice("typo"), heading="It has eight lamps")
        feed, sitemap, html = (
            Client().get(p).content.decode() for p in ("/feeds/articles.atom", "/sitemap-articles-1.xml", ARTICLE)
        )
    for answer in (feed, sitemap, html):
        assert "2031-04-30" in answer
        assert "2031-05-02" not in answer
    assert "It has eight lamps" in html
    assert "Updated" not in html


@pytest.mark.parametrize("told", [WRONG, UpdateNotice("clarification")])
def test_the_others_move_them_all(told: UpdateNotice):
    article = published().article
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, told, heading="It has 9 lamps")
        for path in ("/feeds/articles.atom", "/sitemap-articles-1.xml", ARTICLE):
            assert "2031-05-02" in Client().get(path).content.decode(), path


def test_each_card_says_since_when_its_words_are_these():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    with time_machine.travel(NOON + DAY, tick=False):
        update(article, UpdateNotice("typo"), heading="It has nine lamps")
        changed = [card.attributes["data-changed"] for card in page(ARTICLE).css("article.card")]
    assert changed == ["2031-05-01T12:00:00+00:00", "2031-04-30T12:00:00+00:00"]


# --- cost -------------------------------------------------------------------------------------------------------------


def cost(path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        page(path)
    return len(queries)


@pytest.mark.slow
@pytest.mark.usefixtures("made_anew")
def test_a_page_of_corrections_costs_the_same_for_one_and_for_twenty_articles():
    article = update(published().article, WRONG, heading="It has 9 lamps").article
    few = cost(ALL)
    for number in range(20):
        other = published(slug=f"ferry-{number}").article
        update(other, WRONG, heading="It has 9 lamps")
    assert cost(ALL) == few == 4
    assert len(text(ALL, ".correction")) == 20
    assert len(text(f"{ALL}?page=2", ".correction")) == 1
    assert Client().get(f"{ALL}?page=3").status_code == 404
    assert article.editions.count() == 2


@pytest.mark.slow
@pytest.mark.usefixtures("made_anew")
def test_corrections_cost_an_article_nothing():
    article = published().article
    before = cost(ARTICLE)
    for number in range(9, 19):
        with time_machine.travel(NOON + number * DAY, tick=False):
            update(article, WRONG, heading=f"It has {number} lamps")
    with time_machine.travel(NOON + 30 * DAY, tick=False):
        assert cost(ARTICLE) == before == 3
        assert len(text(ARTICLE, ".card-corrections .correction-note")) == 10
    assert Correction.objects.count() == 10


def test_a_removed_fact_is_told_at_the_end_with_its_words_and_leads_nowhere():
    edition = published()
    last = edition.revision.document
    value = dataclasses.replace(last, cards=last.cards[1:])
    revision = drafts.keep_revision(edition.article, Revision.Reason.IMPORTED, by=edition.article.owner, value=value)
    publishing.publish(revision, notice=WRONG)
    (listed,) = page(ARTICLE).css(".corrections li")
    assert not listed.css("a")
    assert "It has 8 lamps" in listed.css_first("del").text()
    assert "It was removed." in listed.text()
    assert page(ALL).css_first(".correction h2 a").attributes["href"] == ARTICLE
