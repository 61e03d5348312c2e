"""The language of an article at the desk: chosen among the details, and what its fields say to a browser."""

from __future__ import annotations

import pytest

from articles import drafts, exporting, importing
from articles.desk.writing import forms
from articles.desk.writing.language_field import WORDS
from articles.models import Article
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=1, faqs=1)


@pytest.fixture
def browser(article: Article):
    return client(article.owner)


def test_it_is_chosen_by_its_own_name(article, browser):
    options = tree(browser.get(at("details", article))).css("select[name=language] option")
    assert options[0].text() == "English, as the site"
    assert {"한국어", "日本語", "العربية", "繁體中文"} <= {option.text() for option in options}
    assert sent_unchanged(browser, at("details", article), language="ko").status_code == 302
    article.refresh_from_db()
    assert (article.language, drafts.document_of(article).language) == ("ko", "ko")


@pytest.mark.parametrize("wrong", ["tlh", "Korean", '"><b>', "x" * 400, "\x00"])
def test_what_is_no_tag_is_refused(article, browser, wrong):
    answer = browser.post(
        at("details", article), form_of(browser.get(at("details", article))) | {"language": wrong}, **JSON
    )
    article.refresh_from_db()
    if answer.status_code == 200:
        assert article.language == wrong == "tlh", "a well-formed tag that came with an import may stay"
    else:
        assert "language" in answer.json()["errors"]


def test_one_that_came_with_an_import_stays_and_is_offered(article, browser):
    Article.objects.filter(pk=article.pk).update(language="de-CH-1901")
    assert sent_unchanged(browser, at("details", article), title="Other").status_code == 302
    article.refresh_from_db()
    assert (article.language, article.title) == ("de-CH-1901", "Other")


@pytest.mark.slow
def test_fields_with_words_say_it_and_no_others(article, browser):
    Article.objects.filter(pk=article.pk).update(language="ar")
    card, faq = article.cards.get(), article.faqs.get()
    seen = set()
    for url in (
        at("details", article),
        at("introduction", article),
        at("conclusion", article),
        at("card", article, card.public_id),
        at("faq", article, faq.public_id),
    ):
        page = tree(browser.get(url))
        for field in page.css("#content form :is(input, textarea)[lang]"):
            assert (field.attributes["lang"], field.attributes["dir"]) == ("ar", "rtl")
            seen.add(field.attributes["name"])
    assert seen == WORDS
    assert tree(browser.get(at("change", article))).css_first("[data-desk]").attributes["data-language"] == "ar"


def test_without_one_the_fields_are_in_the_sites(article, browser):
    page = tree(browser.get(at("introduction", article)))
    assert page.css_first("textarea").attributes["lang"] == "en"
    assert 'lang="en"' in str(forms.CardForm()["body"])


def test_it_comes_back_from_an_export_and_out_of_front_matter():
    value = make.document(language="zh-Hant")
    assert exporting.from_markdown(exporting.to_markdown(value)).language == "zh-Hant"
    for line, expected in (("lang: ko", "ko"), ("language: pt_BR", "pt-BR"), ("language: Korean", "")):
        source = f"---\ntitle: Lamps\n{line}\n---\n\n## 1. One\n\nIt burns.\n\n## 2. Two\n\nIt burns too.\n"
        read = importing.read(source.encode(), "lamps.md")
        assert read.document.language == expected
        assert ("Korean" in str(read.account)) is (expected == "")
