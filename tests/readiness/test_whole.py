"""Readiness of a whole article: order, blocking apart from advice, queries, and texts that are read once."""

import dataclasses

import pytest

from articles import drafts, readiness
from articles.document import Card, Document, Faq, Numbering
from articles.text import placeholders
from tests import make

pytestmark = pytest.mark.django_db


def codes(value: Document, *, is_blocking: bool | None = None) -> set[str]:
    found = readiness.problems(value)
    return {problem.code for problem in found if is_blocking is None or problem.is_blocking is is_blocking}


def test_an_empty_document_says_all_that_it_lacks():
    assert codes(Document(), is_blocking=True) == {"no-title", "no-subject", "no-author", "no-cards", "no-address"}


def test_a_whole_document_has_nothing_that_blocks():
    assert codes(make.document(slug="the-ferry"), is_blocking=True) == set()


def test_an_address_of_another_article_blocks():
    make.edition(slug="the-ferry")
    other = make.article(slug="the-ferry")
    found = readiness.blocking(drafts.document_of(other), other)
    assert [problem.code for problem in found] == ["address-taken"]


def test_an_article_may_keep_its_own_address():
    edition = make.edition(slug="the-ferry")
    assert not readiness.blocking(drafts.document_of(edition.article), edition.article)


def test_advice_blocks_nothing():
    bare = dataclasses.replace(
        make.document(slug="the-ferry"),
        dek="",
        introduction="",
        cards=(Card(public_id="a", heading="A", body="B"),),
    )
    assert codes(bare, is_blocking=True) == set()
    assert {"no-dek", "no-introduction", "no-source", "no-cover"} <= codes(bare, is_blocking=False)


def test_problems_come_in_reading_order():
    value = make.document(
        dek="", introduction="", cards=(make.card(heading=""), make.card(body="")), conclusion="TODO", faqs=(Faq(),)
    )
    first, second = (f"card:{card.public_id}" for card in value.cards)
    places = list(dict.fromkeys(problem.place for problem in readiness.problems(value)))
    assert places == ["details", "introduction", first, second, "conclusion", "faq:"]


def test_a_countdown_calls_its_facts_as_readers_see_them():
    value = make.document(numbering=Numbering.COUNTDOWN, cards=(make.card(heading=""), make.card(), make.card()))
    (problem,) = [problem for problem in readiness.problems(value) if problem.code == "no-heading"]
    assert problem.sentence.startswith("Fact 3: ")


def test_queries_do_not_grow_with_the_cards(django_assert_num_queries):
    small, large = make.article(cards=2), make.article(cards=40)
    for article in (small, large):
        value = drafts.document_of(article)
        with django_assert_num_queries(8):
            readiness.problems(value, article)


def test_a_document_alone_asks_the_database_nothing(django_assert_num_queries):
    value = make.document()
    with django_assert_num_queries(0):
        readiness.problems(value)


def test_a_text_that_did_not_change_is_not_read_again(monkeypatch):
    value = make.document(cards=5)
    found = readiness.problems(value)

    def refuse(_source: str) -> str:
        raise AssertionError("This text was read before.")

    monkeypatch.setattr(placeholders, "placeholder", refuse)
    assert readiness.problems(value) == found
    with pytest.raises(AssertionError, match="read before"):
        readiness.problems(dataclasses.replace(value, introduction="A new one."))


def test_words_of_any_length_are_read():
    long = "An anchor that nobody weighed. " * 1000 + "TODO"
    assert "placeholder" in codes(make.document(cards=(make.card(body=long),)))
