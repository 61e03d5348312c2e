"""The page of a part's earlier wordings, the way back, and versions of the whole under a name."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="The lamps", body="There are twelve lamps."),))


def signed_in(user: Any) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def rewrite(article: Article, body: str) -> None:
    row = article.cards.get()
    now = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(now, body=body), token=drafts.token(now), by=article.owner)


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/versions/card:{article.cards.get().public_id}/"


def test_it_shows_each_wording_beside_the_words_now(article):
    rewrite(article, "There are thirteen lamps.")
    page = signed_in(article.owner).get(address(article)).content.decode()
    assert "<del>twelve</del>" in page
    assert "<ins>thirteen</ins>" in page
    assert "As it was at the beginning" in page


@pytest.mark.slow
def test_wordings_with_other_pictures_cost_the_same_for_two_and_for_six(article):
    people, browser, costs = (make.editor(), make.editor()), signed_in(article.owner), []
    for total in (2, 6):
        for number in range(article.part_versions.count(), total):
            row = article.cards.get()
            now = drafts.card_value(row)
            new = dataclasses.replace(now, picture=make.picture().public_id)
            drafts.save_card(row, new, token=drafts.token(now), by=people[number % 2])
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(address(article)).content.decode()
        assert page.count("history-title") == total
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_part_that_nobody_changed_has_none_and_says_so(article):
    assert "None yet" in signed_in(article.owner).get(address(article)).content.decode()


def test_bringing_back_answers_with_the_article(article):
    rewrite(article, "There are thirteen lamps.")
    (version,) = article.part_versions.all()
    token = drafts.token(drafts.card_value(article.cards.get()))
    url = f"/admin/articles/article/{article.pk}/versions/{version.pk}/bring-back/"
    response = signed_in(article.owner).post(url, {"token": token})
    assert response.status_code == 302
    assert article.cards.get().body == "There are twelve lamps."


@pytest.mark.parametrize("token", ["", "0" * 16, "x" * 10_000, "\x00"])
def test_a_token_of_other_words_changes_nothing(article, token):
    rewrite(article, "There are thirteen lamps.")
    (version,) = article.part_versions.all()
    url = f"/admin/articles/article/{article.pk}/versions/{version.pk}/bring-back/"
    response = signed_in(article.owner).post(url, {"token": token})
    assert response.status_code == 409
    assert article.cards.get().body == "There are thirteen lamps."


def test_a_wording_of_another_article_is_not_brought_back_here(article):
    other = make.article(owner=article.owner, cards=1)
    rewrite(other, "There are thirteen lamps.")
    (version,) = other.part_versions.all()
    url = f"/admin/articles/article/{article.pk}/versions/{version.pk}/bring-back/"
    assert signed_in(article.owner).post(url, {"token": ""}).status_code == 409


def test_a_damaged_wording_is_said_and_does_not_break_the_page(article):
    rewrite(article, "There are thirteen lamps.")
    article.part_versions.update(value={"heading": 7})
    page = signed_in(article.owner).get(address(article))
    assert page.status_code == 200
    assert "cannot be read any more" in page.content.decode()


@pytest.mark.parametrize("place", ["card:nobody", "faq:", "card", "nonsense", "details:x", "card:" + "x" * 500])
def test_a_place_that_is_none_is_not_found(article, place):
    url = f"/admin/articles/article/{article.pk}/versions/{place}/"
    assert signed_in(article.owner).get(url).status_code == 404


def test_a_named_version_stands_among_the_revisions(article):
    browser = signed_in(article.owner)
    url = f"/admin/articles/article/{article.pk}/revisions/"
    assert browser.post(f"{url}keep/", {"name": "before the cuts"}).status_code == 302
    assert "Revision 1, “before the cuts”" in browser.get(url).content.decode()


def test_a_name_that_is_too_long_is_refused_with_a_sentence(article):
    url = f"/admin/articles/article/{article.pk}/revisions/keep/"
    response = signed_in(article.owner).post(url, {"name": "x" * 101})
    assert response.status_code == 400
    assert "there are 101 now" in response.content.decode()
    assert not article.revisions.exists()


def test_words_that_went_in_small_steps_can_be_brought_back(article):
    full = "There are twelve lamps, and each of them burns for one of the drowned."
    browser = signed_in(article.owner)
    for body in (full, full[:-8], full[:-16], full[:-20]):
        rewrite(article, body)
    page = browser.get(address(article)).content.decode()
    assert page.count("Bring this wording back") == 2
    assert "The longest that" in page
    version = drafts.versions_of(article, f"card:{article.cards.get().public_id}").first()
    answer = browser.post(
        f"/admin/articles/article/{article.pk}/versions/{version.pk}/bring-back/",
        {"token": drafts.token(drafts.card_value(article.cards.get())), "longest": ""},
    )
    assert answer.status_code == 302
    assert article.cards.get().body == full
    # What grew only, or is there again, is not listed twice.
    assert "The longest that" not in browser.get(address(article)).content.decode().partition("As ")[0]


def test_a_spell_that_lost_nothing_lists_no_longest(article):
    for body in (
        "There are twelve lamps.",
        "There are twelve lamps and a bell.",
        "There are twelve lamps and two bells.",
    ):
        rewrite(article, body)
    assert "The longest that" not in signed_in(article.owner).get(address(article)).content.decode()
