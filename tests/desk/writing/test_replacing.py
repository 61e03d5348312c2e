"""Find and replace: every place is shown, the ticked ones are replaced together, and undone together."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from articles import drafts
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    cards = (
        make.card(heading="Joo Ji-hoon sings", body="Joo Ji-hoon [sings](https://example.org/Joo%20Ji-hoon)."),
        make.card(heading="The lamps", body="Nobody counts them."),
    )
    return make.article(title="Facts about Joo Ji-hoon", introduction="Who is Joo Ji-hoon?", cards=cards, faqs=1)


@pytest.fixture
def browser(article: Article) -> Client:
    browser = Client()
    browser.force_login(article.owner)
    return browser


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/replace/"


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the form with the places, all of them ticked."""
    form = page.split('<form method="post" class="desk-form"')[1].split("</form>")[0]
    pairs = re.findall(r'<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"', form)
    fields: dict[str, Any] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(html.unescape(value))
    return fields


def look(browser: Client, article: Article, **query: str) -> str:
    return browser.get(address(article), {"find": "joo ji-hoon", "by": "Ju Ji-hoon", **query}).content.decode()


def test_it_shows_every_place_and_replaces_those_that_are_ticked(browser, article):
    page = look(browser, article)
    assert "4 places" in page
    fields = fields_of(page)
    fields["place"] = [key for key in fields["place"] if not key.startswith("introduction")]
    answer = browser.post(address(article), fields)
    assert "Replaced at 3 places." in answer.content.decode()
    article.refresh_from_db()
    assert article.title == "Facts about Ju Ji-hoon"
    assert article.introduction == "Who is Joo Ji-hoon?"
    assert article.cards.get(position=1).body == "Ju Ji-hoon [sings](https://example.org/Joo%20Ji-hoon)."


@pytest.mark.slow
def test_a_replacement_is_undone_as_one(browser, article):
    before = drafts.document_of(article)
    answer = browser.post(address(article), fields_of(look(browser, article))).content.decode()
    undo = html.unescape(re.search(r'name="undo" value="([^"]+)"', answer)[1])
    assert browser.post(address(article) + "undo/", {"undo": undo}).status_code == 302
    assert drafts.document_of(Article.objects.get()) == before


@pytest.mark.slow
def test_nothing_is_undone_over_newer_words(browser, article):
    answer = browser.post(address(article), fields_of(look(browser, article))).content.decode()
    undo = html.unescape(re.search(r'name="undo" value="([^"]+)"', answer)[1])
    now = drafts.introduction_of(Article.objects.get())
    drafts.save_introduction(
        article, drafts.Introduction(introduction="New."), token=drafts.token(now), by=article.owner
    )
    assert browser.post(address(article) + "undo/", {"undo": undo}).status_code == 409
    assert Article.objects.get().title == "Facts about Ju Ji-hoon"
    assert Article.objects.get().introduction == "New."


def test_words_that_changed_since_they_were_looked_for_are_not_replaced(browser, article):
    fields = fields_of(look(browser, article))
    now = drafts.introduction_of(article)
    changed = drafts.Introduction(introduction="Who was Joo Ji-hoon?")
    drafts.save_introduction(article, changed, token=drafts.token(now), by=article.owner)
    assert browser.post(address(article), fields).status_code == 409
    assert Article.objects.get().title == "Facts about Joo Ji-hoon"


@pytest.mark.parametrize("find", ["", "x" * 201, "\x00"])
def test_what_cannot_be_looked_for_is_said(browser, article, find):
    answer = browser.get(address(article), {"find": find, "by": ""})
    assert answer.status_code == 400


@pytest.mark.parametrize("find", [".*", "\\", "(", "[a-z]", "ﷺ", "<b>", "'; DROP"])
def test_signs_with_a_meaning_elsewhere_are_looked_for_as_they_are(browser, article, find):
    assert "0 places" in browser.get(address(article), {"find": find, "by": ""}).content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"tokens": "x", "place": "details title 0 3"}, {"place": "x"}, {"place": "details title 12 15"}]
)
def test_a_made_up_post_changes_nothing(browser, article, fields):
    answer = browser.post(address(article), {"find": "Joo", "by": "Ju", **fields})
    assert answer.status_code in {400, 409}
    assert Article.objects.get().title == "Facts about Joo Ji-hoon"


@pytest.mark.parametrize("undo", ["", "x", "W10:abc:def"])
def test_a_made_up_undo_changes_nothing(browser, article, undo):
    assert browser.post(address(article) + "undo/", {"undo": undo}).status_code == 400
