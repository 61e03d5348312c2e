"""What the desk's script asks for, and what it may do by itself."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import drafts, workflow
from articles.models import Article, Presence
from articles.states import Status
from tests import make
from tests.desk.pages import JSON, at, client

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=3, faqs=1)


@pytest.fixture
def browser(article):
    return client(article.owner)


def contents(browser, article) -> dict:
    return browser.get(at("contents", article), **JSON).json()


def test_every_part_comes_with_the_token_that_its_save_needs(article, browser):
    told = contents(browser, article)
    document = drafts.document_of(article)
    cards = [f"card:{card.public_id}" for card in document.cards]
    assert set(told["parts"]) == {
        "details", "introduction", "conclusion", *cards, f"faq:{document.faqs[0].public_id}"
    }  # fmt: skip
    assert told["order"]["cards"]["ids"] == [card.public_id for card in document.cards]
    part = told["parts"]["introduction"]
    saved = browser.post(
        at("introduction", article), {**part["value"], "introduction": "New.", "token": part["token"]}, **JSON
    )
    assert saved.status_code == 200
    assert contents(browser, article)["parts"]["introduction"]["value"] == {"introduction": "New."}
    assert contents(browser, article)["change"] == saved.json()["change"]


def test_parts_come_in_as_many_queries_however_many_there_are(browser, article):
    def queries(row: Article) -> int:
        with CaptureQueriesContext(connection) as seen:
            contents(browser, row)
        return len(seen)

    queries(article)
    few = queries(article)
    assert queries(make.article(cards=30, faqs=9, owner=article.owner)) == few


def test_remarks_are_counted_at_their_card(article, browser):
    card = article.cards.first()
    workflow.comment(article, "Is it true?", by=article.owner, place=f"card:{card.public_id}")
    assert contents(browser, article)["remarks"] == {f"card:{card.public_id}": 1}


def test_people_see_each_other_while_they_are_there(article, browser):
    jun = make.editor(name="jun")
    other = client(jun)
    card = f"card:{article.cards.first().public_id}"
    with time_machine.travel(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
        assert other.post(at("pulse", article), {"place": card}, **JSON).json()["people"] == []
        assert browser.post(at("pulse", article), **JSON).json()["people"] == [{"name": "jun", "place": card}]
        clock.shift(15)
        assert browser.post(at("pulse", article), **JSON).json()["people"]
        clock.shift(10)
        assert browser.post(at("pulse", article), **JSON).json()["people"] == []
        other.post(at("pulse", article), **JSON)
        other.post(at("pulse", article), {"gone": "1"}, **JSON)
        assert browser.post(at("pulse", article), **JSON).json()["people"] == []
    assert Presence.objects.filter(article=article).count() == 1


def test_a_pulse_tells_a_change_and_makes_none(article, browser):
    before = browser.post(at("pulse", article), {"place": "x" * 500}, **JSON).json()
    assert before["change"] == article.change
    drafts.add_card(article, make.card(), by=article.owner)
    assert browser.post(at("pulse", article), **JSON).json()["change"] == before["change"] + 1
    assert browser.get(at("pulse", article), **JSON).status_code == 405


def problems_of(browser, article: Article) -> list[dict[str, Any]]:
    groups = browser.get(at("checklist", article), **JSON).json()["groups"]
    return [problem for group in groups for problem in group["problems"]]


@pytest.mark.slow
def test_thirty_facts_without_a_source_are_one_line_and_what_blocks_stands_first(browser, article):
    cards = tuple(make.card(sources=(), heading=f"Lamp {n}" if n else "") for n in range(30))
    bare = make.article(cards=cards, owner=article.owner, dek="")
    groups = browser.get(at("checklist", bare), **JSON).json()["groups"]
    by_code = {group["code"]: group for group in groups}
    assert by_code["no-source"]["sentence"] == "30 facts have no source"
    assert len(by_code["no-source"]["problems"]) == 30
    assert by_code["no-heading"]["sentence"] == by_code["no-heading"]["problems"][0]["sentence"], "one says it itself"
    blocks = [group["blocking"] for group in groups]
    assert blocks == sorted(blocks, reverse=True)
    page = browser.get(at("change", bare)).content.decode()
    assert "<summary>30 facts have no source</summary>" in page


@pytest.mark.slow
def test_the_checklist_names_the_place_and_the_field_and_its_page_opens(browser, article):
    bare = make.article(cards=(make.card(heading="", sources=()),), owner=article.owner)
    problems = problems_of(browser, bare)
    found = {problem["code"]: problem for problem in problems}
    assert found["no-heading"]["blocking"]
    assert not found["no-source"]["blocking"]
    assert found["no-heading"]["place"] == f"card:{bare.cards.get().public_id}"
    assert found["no-heading"]["field"] == "heading"
    for problem in problems:
        assert browser.get(problem["url"]).status_code == 200


def test_a_fact_told_elsewhere_is_linked(browser, article):
    live = make.edition(cards=(make.card(heading="The ferry leaves at midnight every day"),))
    again = make.article(cards=(make.card(heading="The ferry leaves at midnight, every day!"),), owner=article.owner)
    problems = problems_of(browser, again)
    links = next(problem["links"] for problem in problems if problem["code"] == "published-elsewhere")
    assert links[0]["url"].startswith(f"/facts/{live.facts.get().public_id}/")


@pytest.mark.slow
def test_a_script_makes_no_approval_lapse_without_saying_so():
    article = make.approved(cards=1)
    browser = client(article.owner)
    told = contents(browser, article)
    card = article.cards.get().public_id
    tries = [
        (at("introduction", article), {"introduction": "New.", "token": told["parts"]["introduction"]["token"]}),
        (at("card_add", article), {"heading": "New", "sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0}),
        (at("card_delete", article, card), {"token": told["parts"][f"card:{card}"]["token"]}),
        (at("order", article), {"order": card, "token": told["order"]["cards"]["token"]}),
    ]
    for url, fields in tries:
        answer = browser.post(url, fields, **JSON)
        assert (answer.status_code, answer.json()["lapses"]) == (409, True), url
    article = Article.objects.get(pk=article.pk)
    assert article.effective_status is Status.APPROVED
    url, fields = tries[0]
    answer = browser.post(url, {**fields, "lapse": "yes"}, **JSON)
    assert answer.status_code == 200
    assert "draft again" in " ".join(answer.json()["notes"])
    assert Article.objects.get(pk=article.pk).effective_status is Status.DRAFT


def test_an_archived_article_takes_no_words(article, browser):
    told = contents(browser, article)
    Article.objects.filter(pk=article.pk).update(status=Status.ARCHIVED)
    part = told["parts"]["introduction"]
    answer = browser.post(at("introduction", article), {"introduction": "New.", "token": part["token"]}, **JSON)
    assert answer.status_code == 409
    assert "archive" in answer.json()["sentence"]
    assert Article.objects.get(pk=article.pk).introduction == article.introduction


def test_a_script_is_told_when_its_form_is_too_old(article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(article.owner)
    answer = strict.post(at("pulse", article), **JSON)
    assert (answer.status_code, answer.json()["csrf"]) == (403, True)
    token = strict.get(at("contents", article), **JSON).json()["csrf"]
    assert strict.post(at("pulse", article), **JSON, HTTP_X_CSRFTOKEN=token).status_code == 200


def test_the_rules_stand_in_one_place(browser):
    page = browser.get("/admin/articles/article/checks/").content.decode()
    assert "Each fact has a heading." in page
    assert "Each fact names a source." in page


def test_an_order_can_be_saved_right_after_something_was_added(article, browser):
    formset = {"sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0}
    added = browser.post(at("card_add", article), {"heading": "New", "position": 1, **formset}, **JSON).json()
    ids = [card.public_id for card in article.cards.all()]
    assert ids[0] == added["value"]["public_id"]
    order = {"order": " ".join(reversed(ids)), "token": added["order_token"]}
    assert browser.post(at("order", article), order, **JSON).status_code == 200


def test_a_page_of_one_account_saves_nothing_for_another(article, browser):
    told = contents(browser, article)["parts"]["introduction"]
    sent = {"introduction": "Under a false name.", "token": told["token"]}
    answer = browser.post(at("introduction", article), sent, headers={"X-Account": str(article.owner.pk + 1)}, **JSON)
    assert (answer.status_code, answer.json()["stranger"]) == (401, True)
    assert contents(browser, article)["parts"]["introduction"] == told
    own = browser.post(at("introduction", article), sent, headers={"X-Account": str(article.owner.pk)}, **JSON)
    assert own.status_code == 200
