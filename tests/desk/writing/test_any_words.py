"""Whatever a browser sends: a form is saved as typed, or comes back with an error and the words; never a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given

from articles import drafts
from articles.document import Document
from articles.models import Article, Comment
from articles.text import signs
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, tree
from tests.strategies import SLOW, hostile

pytestmark = pytest.mark.django_db

Stored = Callable[[Document], str]
#: Each form that takes words: its page, and for each field what is stored of it.
FORMS: dict[str, tuple[Callable[[Article], str], dict[str, Stored]]] = {
    "details": (
        lambda article: at("details", article),
        {"title": lambda value: value.title, "dek": lambda value: value.dek},
    ),
    "introduction": (lambda article: at("introduction", article), {"introduction": lambda value: value.introduction}),
    "conclusion": (
        lambda article: at("conclusion", article),
        {"conclusion": lambda value: value.conclusion},
    ),
    "card": (
        lambda article: at("card", article, article.cards.get().public_id),
        {
            "body": lambda value: value.cards[0].body,
            "safe_heading": lambda value: value.cards[0].safe_heading,
            "sources-0-title": lambda value: value.cards[0].sources[0].title,
        },
    ),
    "faq": (
        lambda article: at("faq", article, article.faqs.get().public_id),
        {"question": lambda value: value.faqs[0].question, "answer": lambda value: value.faqs[0].answer},
    ),
}


BODIES = {"introduction", "conclusion", "body", "answer"}


def kept(field: str, text: str) -> str:
    """What a form keeps of a text: what the gate does, and nothing around it that cannot be seen."""
    return signs.body(text).strip() if field in BODIES else signs.line(text.strip())


@pytest.fixture(scope="module")
def article(module_db) -> Article:
    return make.article(cards=1, faqs=1)


@pytest.fixture
def browser(article: Article) -> Client:
    return client(article.owner)


def stored(article: Article) -> Document:
    return drafts.document_of(Article.objects.get(pk=article.pk))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "field"), [(form, field) for form, (_page, fields) in FORMS.items() for field in fields]
)
@SLOW
@given(text=hostile())
def test_a_form_is_saved_as_typed_or_comes_back_with_the_words(
    article: Article, browser: Client, form: str, field: str, text: str
):
    page, fields = FORMS[form]
    with transaction.atomic():
        before = stored(article)
        answer = sent_unchanged(browser, page(article), **{field: text})
        after = stored(article)
        if answer.status_code == 302:
            assert kept(field, fields[field](after)) == kept(field, text)
            shown = form_of(browser.get(page(article)))
            assert kept(field, shown[field]) == kept(field, text)
            assert browser.post(page(article), shown).status_code == 302
            assert stored(article) == after, "sent again as it came"
        else:
            assert answer.status_code == 400
            assert after == before
            assert tree(answer).css_first(".desk-errors")
        transaction.set_rollback(True)


@pytest.mark.parametrize(("form", "field"), [("details", "title"), ("details", "dek"), ("faq", "question")])
def test_a_field_of_one_line_holds_one_line(article: Article, browser: Client, form: str, field: str):
    page, fields = FORMS[form]
    sent_unchanged(browser, page(article), **{field: "Two\r\nlines"})
    assert fields[field](stored(article)).split("\n") == ["Two lines"]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@SLOW
@given(text=hostile())
def test_a_script_gets_json_whatever_it_sends(article: Article, browser: Client, form: str, text: str):
    page, fields = FORMS[form]
    with transaction.atomic():
        sent: dict[str, Any] = form_of(browser.get(page(article))) | dict.fromkeys(fields, text)
        answer = browser.post(page(article), sent, **JSON)
        assert answer.status_code in {200, 400}
        assert answer.json()
        transaction.set_rollback(True)


@pytest.mark.slow
@SLOW
@given(text=hostile(), quoted=hostile())
def test_a_comment_is_kept_as_typed_or_refused(article: Article, browser: Client, text: str, quoted: str):
    with transaction.atomic():
        answer = browser.post(at("comments", article), {"text": text, "quoted": quoted})
        assert answer.status_code in {302, 400}
        if answer.status_code == 302:
            assert Comment.objects.get().text == kept("body", text)
            assert browser.get(at("comments", article)).status_code == 200
        transaction.set_rollback(True)
