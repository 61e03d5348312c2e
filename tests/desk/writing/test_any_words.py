"""Whatever a browser sends: a form is saved as typed, or comes back with an error and the words; never a crash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings

from articles import drafts
from articles.document import Document
from articles.models import Article, Comment
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, tree
from tests.strategies import hostile

pytestmark = pytest.mark.django_db
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

#: Each place that takes words: its page, the name of its field, and what is stored there.
PLACES: dict[str, tuple[Callable[[Article], str], str, Callable[[Document], str]]] = {
    "title": (lambda article: at("details", article), "title", lambda value: value.title),
    "dek": (lambda article: at("details", article), "dek", lambda value: value.dek),
    "introduction": (lambda article: at("introduction", article), "introduction", lambda value: value.introduction),
    "conclusion": (lambda article: at("conclusion", article), "conclusion", lambda value: value.conclusion),
    "heading": (lambda article: card(article), "heading", lambda value: value.cards[0].heading),
    "body": (lambda article: card(article), "body", lambda value: value.cards[0].body),
    "source": (lambda article: card(article), "sources-0-title", lambda value: value.cards[0].sources[0].title),
    "safe heading": (lambda article: card(article), "safe_heading", lambda value: value.cards[0].safe_heading),
    "question": (lambda article: faq(article), "question", lambda value: value.faqs[0].question),
    "answer": (lambda article: faq(article), "answer", lambda value: value.faqs[0].answer),
}


def card(article: Article) -> str:
    return at("card", article, article.cards.get().public_id)


def faq(article: Article) -> str:
    return at("faq", article, article.faqs.get().public_id)


def as_typed(text: str) -> str:
    """What a form keeps of a text: one kind of line end, and nothing around it that cannot be seen."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.fixture(scope="module")
def article(module_db) -> Article:
    return make.article(cards=1, faqs=1)


@pytest.fixture
def browser(article: Article) -> Client:
    return client(article.owner)


@pytest.mark.parametrize("place", PLACES)
@MANY
@given(text=hostile())
def test_a_form_is_saved_as_typed_or_comes_back_with_the_words(
    article: Article, browser: Client, place: str, text: str
):
    page, field, read = PLACES[place]
    with transaction.atomic():
        before = drafts.document_of(article)
        answer = sent_unchanged(browser, page(article), **{field: text})
        after = drafts.document_of(Article.objects.get(pk=article.pk))
        if answer.status_code == 302:
            assert as_typed(read(after)) == as_typed(text)
            shown = browser.get(page(article))
            assert as_typed(form_of(shown)[field]) == as_typed(text)
            assert tree(shown).css_first("#content")
        else:
            assert answer.status_code == 400
            assert after == before
            assert tree(answer).css_first(".desk-errors")
        transaction.set_rollback(True)


@pytest.mark.parametrize("place", PLACES)
@MANY
@given(text=hostile())
def test_sending_a_saved_form_again_changes_nothing(article: Article, browser: Client, place: str, text: str):
    page, field, _read = PLACES[place]
    with transaction.atomic():
        sent_unchanged(browser, page(article), **{field: text})
        before = drafts.document_of(Article.objects.get(pk=article.pk))
        assert sent_unchanged(browser, page(article)).status_code in {302, 400}
        assert drafts.document_of(Article.objects.get(pk=article.pk)) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("place", PLACES)
@MANY
@given(text=hostile())
def test_a_script_is_answered_with_json(article: Article, browser: Client, place: str, text: str):
    page, field, _read = PLACES[place]
    with transaction.atomic():
        sent = form_of(browser.get(page(article))) | {field: text}
        answer = browser.post(page(article), sent, **JSON)
        assert answer.status_code in {200, 400}
        assert answer.json()
        transaction.set_rollback(True)


@MANY
@given(text=hostile(), quoted=hostile())
def test_a_comment_is_kept_as_typed_or_refused(article: Article, browser: Client, text: str, quoted: str):
    with transaction.atomic():
        answer = browser.post(at("comments", article), {"text": text, "quoted": quoted})
        assert answer.status_code in {302, 400}
        if answer.status_code == 302:
            assert as_typed(Comment.objects.get().text) == as_typed(text)
            assert browser.get(at("comments", article)).status_code == 200
        transaction.set_rollback(True)
