"""Search at the desk: any script, any case, by heading and text, in articles that one may see; a hit opens the card."""

import dataclasses

import pytest
from django.test import Client

from articles import drafts
from articles.models import FactCard
from articles.text import finding
from tests import make
from tests.desk.pages import JSON, at, client, text, tree

pytestmark = pytest.mark.django_db


def search(browser: Client, words: str):
    return browser.get(at("search"), {"q": words})


def found(browser: Client, words: str) -> list[str]:
    return [card["heading"] for card in browser.get(at("search"), {"q": words}, **JSON).json()["cards"]]


@pytest.mark.parametrize(
    ("heading", "body", "asked"),
    [
        ("The LIGHTHOUSE keeper", "", "lighthouse"),
        ("Älteste Fähre", "", "älteste FÄHRE"),
        ("Älteste Fähre", "", "alteste"),
        ("ТАЙНА острова", "", "тайна"),
        ("ΟΔΥΣΣΕΥΣ", "", "οδυσσευς"),
        ("주지훈이 부산에서", "", "부산"),
        ("", "밤에 항구를 떠나는 여객선에는", "여객선"),
        ("灯台守の秘密", "", "灯台"),
        ("Ｗｉｄｅ letters", "", "wide"),
        ("One", "She *waits*\n\nfor the **boat**.", "boat waits"),
        ("100% true_story", "", "100% TRUE_story"),
        ("İstanbul", "", "istanbul"),
    ],
)
def test_a_fact_is_found_in_any_script_and_case(heading, body, asked):
    article = make.article(cards=(make.card(heading=heading, body=body), make.card(heading="Other", body="Another.")))
    assert found(client(article.owner), asked) == [heading or "Fact 1"]


def test_all_words_have_to_be_there_and_wildcards_are_signs():
    article = make.article(cards=(make.card(heading="Night ferry", body="Seven lamps."),))
    browser = client(article.owner)
    assert found(browser, "ferry seven") == ["Night ferry"]
    for asked in ("ferry eight", "%", "_", "", "  ", "\x00", "\\", "' OR 1=1 --", "x" * 5000):
        assert found(browser, asked) == [], asked


def test_what_was_changed_is_found_as_it_is_now():
    article = make.article(cards=(make.card(heading="Night ferry"),))
    browser, row = client(article.owner), article.cards.get()
    value = drafts.card_value(row)
    new = dataclasses.replace(value, heading="Ночной паром")
    changed = drafts.save_card(row, new, token=drafts.token(value), by=article.owner)
    assert changed.heading == "Ночной паром"
    assert (found(browser, "night"), found(browser, "НОЧНОЙ")) == ([], ["Ночной паром"])
    drafts.duplicate(article, by=article.owner)
    assert len(found(browser, "паром")) == 2
    for card in FactCard.objects.all():
        assert card.folded == finding.folded(f"{card.heading}\n{card.body}")


def test_a_writer_finds_nothing_of_others_and_an_editor_finds_all():
    article = make.article(title="On board", cards=(make.card(heading="Secret lamps"),))
    stranger = make.writer()
    assert found(client(stranger), "secret") == []
    assert "On board" not in text(search(client(stranger), "board"))
    assert found(client(make.editor()), "secret") == ["Secret lamps"]
    drafts.delete(article, by=article.owner)
    assert found(client(make.editor()), "secret") == [], "what lies in the bin is found there"


def test_a_hit_shows_the_words_and_leads_to_the_card():
    body = "A" * 300 + " and then the **lamp** burns <b>bright</b> " + "Z" * 300
    article = make.article(title="On board", cards=(make.card(heading="One", body=body),))
    page = tree(search(client(article.owner), "LAMP"))
    link = page.css_first(".found a")
    assert link.attributes["href"] == f"{at('change', article)}#card-{article.cards.get().public_id}"
    assert page.css_first(".found mark").text() == "lamp"
    assert "<b>bright" not in page.html
    assert "Fact 1 of “On board”" in page.body.text()


def test_articles_are_found_by_title_too_and_the_list_leads_to_the_facts():
    article = make.article(title="Ночной паром")
    browser = client(article.owner)
    assert at("change", article) in search(browser, "ночной ПАРОМ").content.decode()
    listed = browser.get(at("changelist"), {"q": "lamp"}).content.decode()
    assert f"{at('search')}?q=lamp" in listed


def test_many_hits_come_in_pages_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    article = make.article(cards=tuple(make.card(heading=f"Lamp {number}") for number in range(40)))
    browser = client(article.owner)
    with django_assert_max_num_queries(9):
        page = search(browser, "lamp")
    assert "40 facts" in text(page)
    assert "?q=lamp&amp;page=2" in page.content.decode()
    assert len(tree(browser.get(at("search"), {"q": "lamp", "page": "2"})).css(".found li")) == 15
