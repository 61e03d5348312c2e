"""Whose a wording is stays known through the bin and through going back, so that nobody approves their own."""

import pytest
from django.contrib.auth.models import User

from articles import drafts, states, workflow
from articles.models import Article, FactCard
from articles.workflow import WorkflowError
from tests import make
from tests.workflow.test_decisions import decide, first_card, fresh, place_of, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """An editor has written its first card last, in somebody else's article."""
    article = make.article(cards=2)
    rewrite(first_card(article), make.editor(name="mina"), body="It sank twice.")
    return article


def hand_in(article: Article) -> None:
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)


def refuses_mina(article: Article, card: FactCard) -> None:
    hand_in(article)
    with pytest.raises(WorkflowError, match="You changed this last"):
        decide(article, place_of(card), by=User.objects.get(username="mina"))
    decide(article, place_of(card), by=make.editor())


@pytest.mark.slow
def test_going_back_to_a_revision_makes_nobody_the_writer_of_what_stays(article: Article):
    card, colleague = first_card(article), make.editor()
    kept = drafts.keep_named(article, "With Mina's words", by=article.owner)
    other = article.cards.get(position=2)
    rewrite(other, article.owner, body="Other words.")
    drafts.restore(fresh(article), kept, change=fresh(article).change, by=colleague)
    assert drafts.writer_of(fresh(article), place_of(other)) == colleague.pk
    refuses_mina(article, card)


def test_what_was_deleted_comes_back_as_the_words_of_its_writer(article: Article):
    card, colleague = first_card(article), make.editor()
    binned = drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=colleague)
    drafts.restore_part(binned, by=colleague)
    refuses_mina(article, card)


@pytest.mark.slow
def test_the_bin_and_an_earlier_revision_together_forget_nobody(article: Article):
    card, colleague = first_card(article), make.editor()
    binned = drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=colleague)
    kept = drafts.keep_named(article, "Without", by=colleague)
    rewrite(article.cards.get(), article.owner, body="Other words.")
    drafts.restore(fresh(article), kept, change=fresh(article).change, by=colleague)
    drafts.restore_part(binned, by=colleague)
    refuses_mina(article, card)
