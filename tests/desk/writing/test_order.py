"""The order of cards and questions."""

import pytest

from articles.desk.writing.order import sorted_by_wish
from articles.models import Article
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

SEVEN = list("abcdefg")


@pytest.fixture
def article() -> Article:
    return make.article(cards=5)


@pytest.fixture
def browser(article):
    return client(article.owner)


def ids(article: Article) -> list[str]:
    return list(article.cards.values_list("public_id", flat=True))


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({}, "abcdefg"),
        ({"g": "2"}, "agbcdef"),
        ({"b": "7"}, "acdefgb"),
        ({"b": "6"}, "acdefbg"),
        ({"a": "7", "g": "1"}, "gbcdefa"),
        ({"f": "1", "g": "1"}, "fgabcde"),
        ({"a": "3", "e": "3"}, "becadfg"),
    ],
)
def test_what_moves_gets_its_number_and_the_others_make_room(given, order):
    assert sorted_by_wish(SEVEN, given) == (list(order), {})


def test_the_order_page_writes_the_order(article, browser):
    before = ids(article)
    response = sent_unchanged(browser, at("order", article), **{f"position-{before[4]}": "1"})
    assert response.status_code == 302
    assert ids(article) == [before[4], *before[:4]]
    assert [card.position for card in article.cards.all()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("wish", ["0", "6", "-1", "two", "", "99999999999999999999"])
def test_a_position_out_of_range_is_refused_at_its_field(article, browser, wish):
    before = ids(article)
    response = sent_unchanged(browser, at("order", article), **{f"position-{before[1]}": wish})
    assert response.status_code == 400
    assert "from 1 to 5" in tree(response).css_first(f"#error-{before[1]}").text()
    assert tree(response).css_first(f"#position-{before[1]}").attributes["value"] == wish
    assert ids(article) == before


@pytest.mark.slow
def test_a_card_of_another_article_cannot_be_ordered_in(article, browser):
    foreign = make.article(owner=article.owner).cards.first().public_id
    before = ids(article)
    token = form_of(browser.get(at("order", article)))["token"]
    for sent in ({f"position-{foreign}": "1"}, {"order": " ".join([*before, foreign])}, {"order": ""}):
        assert browser.post(at("order", article), {"token": token, **sent}).status_code == 400
    assert ids(article) == before


@pytest.mark.slow
def test_an_order_made_on_an_old_page_is_told(article, browser):
    before = ids(article)
    asked = form_of(browser.get(at("order", article)))
    sent_unchanged(client(make.editor()), at("order", article), **{f"position-{before[0]}": "5"})
    response = browser.post(at("order", article), asked | {f"position-{before[1]}": "5"})
    assert response.status_code == 409
    assert "Look again" in text(response)
    assert ids(article) == [*before[1:], before[0]]
    assert browser.post(at("order", article), form_of(response)).status_code == 302


def test_a_card_deleted_meanwhile_makes_the_page_old(article, browser):
    asked = form_of(browser.get(at("order", article)))
    sent_unchanged(browser, at("card_delete", article, ids(article)[0]))
    assert browser.post(at("order", article), asked).status_code == 409


def test_questions_have_an_order_too(article, browser):
    first, second = article.faqs.values_list("public_id", flat=True)
    sent_unchanged(browser, at("faq_order", article), **{f"position-{second}": "1"})
    assert list(article.faqs.values_list("public_id", flat=True)) == [second, first]


def test_a_script_orders_with_one_field(article, browser):
    before = ids(article)
    token = form_of(browser.get(at("order", article)))["token"]
    response = browser.post(at("order", article), {"token": token, "order": " ".join(reversed(before))}, **JSON)
    assert response.json()["order"] == ids(article) == before[::-1]
    response = browser.post(at("order", article), {"token": token, "order": " ".join(before)}, **JSON)
    assert response.status_code == 409
    assert response.json()["order"] == before[::-1]
