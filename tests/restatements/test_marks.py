"""What still says what a fact said before it was changed."""

import dataclasses

import pytest

from articles import drafts
from articles.models import Article
from tests import make
from tests.restatements.makers import (
    NEW,
    OLD,
    SEASON,
    article,
    found_in,
    marked,
    marks,
    reword_answer,
    reword_card,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Article:
    return article()


def test_nothing_is_marked_in_an_article_as_it_was_written(row: Article):
    assert marked(row) == []


def test_a_corrected_figure_marks_all_that_repeat_it_with_both_sentences(row: Article):
    reword_card(row, 2, OLD, NEW)
    assert marked(row) == ["dek", "conclusion", "1answer"]
    dek = marks(row)[0]
    assert dek.sentence == "How a drama about a hospital ship came to the Top 10 of 26 countries."
    assert (dek.old, dek.new) == (
        "Within a week it stood in the Top 10 of 26 countries.",
        "Within a week it stood in the Top 10 of 27 countries.",
    )


def test_a_statement_without_a_figure_marks_what_repeats_it(row: Article):
    reword_card(row, 3, SEASON, "The broadcaster has announced a second season.")
    assert marked(row) == ["conclusion", "2answer"]


def test_a_part_that_is_corrected_is_marked_no_more(row: Article):
    reword_card(row, 2, OLD, NEW)
    reword_answer(row, 1, "26", "27")
    assert marked(row) == ["dek", "conclusion"]


def test_another_sentence_of_the_part_does_not_matter(row: Article):
    reword_card(row, 2, OLD, NEW)
    old = drafts.conclusion_of(row)
    new = dataclasses.replace(old, conclusion=f"Ashore at last. {old.conclusion}")
    drafts.save_conclusion(row, new, token=drafts.token(old), by=row.owner)
    assert marked(row) == ["dek", "conclusion", "1answer"]


def test_a_fact_that_is_changed_back_takes_its_marks_along(row: Article):
    reword_card(row, 2, OLD, NEW)
    reword_card(row, 2, NEW, "31 countries")
    assert len(marked(row)) == 3
    reword_card(row, 2, "31 countries", OLD)
    assert marked(row) == []


@pytest.mark.parametrize("new", ["26  countries", "**26** countries", "“26 countries”", "26 countries 🌍"])
def test_white_space_marks_quotation_marks_and_emoji_are_no_change(row: Article, new: str):
    reword_card(row, 2, "**26 countries**", new)
    assert marked(row) == []


def test_a_sentence_that_says_what_the_fact_says_by_now_is_not_marked(row: Article):
    reword_card(row, 2, OLD, NEW)
    reword_answer(row, 1, "26", "28")
    reword_card(row, 2, NEW, "28 countries")
    assert "1answer" not in marked(row)


def test_a_sentence_that_is_gone_has_none_in_its_place(row: Article):
    reword_card(row, 2, "Within a week it stood in the Top 10 of **26 countries**. ", "")
    assert {mark.new for mark in marks(row)} == {""}
    assert len(marks(row)) == 3


def test_moves_mark_nothing(row: Article):
    ids = drafts.order_of(row, "cards")
    drafts.save_order(row, "cards", ids[::-1], token=drafts.token(ids), by=row.owner)
    assert marked(row) == []
    reword_card(row, 2, OLD, NEW)  # it stands in the middle either way
    assert len(marked(row)) == 3


def test_marks_stay_when_the_article_is_handed_in_and_published():
    row = make.live(value=article_document())
    reword_card(row, 2, OLD, NEW)
    row = Article.objects.get(pk=row.pk)
    assert len(marked(row)) == 3
    drafts.keep_revision(row, "submitted", by=row.owner)
    assert len(marked(row)) == 3


def article_document():
    from tests.restatements.makers import document

    return document()


def test_a_picture_that_shows_what_the_fact_said_is_marked(row: Article):
    picture = make.picture(alt="A map of the 26 countries that put it into their Top 10")
    card = row.cards.get(position=1)
    old = drafts.card_value(card)
    new = dataclasses.replace(old, picture=picture.public_id)
    drafts.save_card(card, new, token=drafts.token(old), by=row.owner)
    assert marked(row) == []
    reword_card(row, 2, OLD, NEW)
    (mark,) = [mark for mark in marks(row) if mark.is_picture]
    assert (mark.place, mark.field) == (f"card:{card.public_id}", "picture")


def test_what_was_written_after_the_change_is_measured_by_what_the_fact_said_then(row: Article):
    reword_card(row, 2, OLD, "25 countries")
    reword_answer(row, 3, "There is, and much shouting.", "Less than in 25 countries of the Top 10.")
    assert "3answer" not in marked(row)
    reword_card(row, 2, "25 countries", NEW)
    assert "3answer" in marked(row)


def test_each_part_rests_on_the_facts_that_it_repeats(row: Article):
    resting = found_in(row).resting
    first, second, third = (card.public_id for card in row.cards.all())
    one, two, three = (f"faq:{faq.public_id}" for faq in row.faqs.all())
    assert resting["details"].cards == (second,)
    assert resting["introduction"].cards == ()
    assert resting["conclusion"].cards == (second, third)
    assert [resting[place].cards for place in (one, two, three)] == [(second,), (third,), ()]
    assert first not in {card for each in resting.values() for card in each.cards}
