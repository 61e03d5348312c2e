"""What is deleted waits in the bin, and comes back as it was."""

import dataclasses
import datetime as dt

import pytest
import time_machine

from articles import drafts, states, workflow
from articles.document import Source
from articles.drafts import DraftError, StaleError
from articles.models import Address, Article, BinnedPart, FactCard, Faq, History
from tests import make

pytestmark = pytest.mark.django_db


def token_of(card: FactCard) -> str:
    return drafts.token(drafts.card_value(card))


def binned_card(article: Article, position: int = 1) -> BinnedPart:
    card = article.cards.get(position=position)
    return drafts.delete_card(card, token=token_of(card), by=article.owner)


def test_a_deleted_card_comes_back_to_its_place_with_all_that_was_its_own():
    rich = make.card(
        tags=("Zebra", "Apple"),
        sources=(Source(title="Second"), Source(url="https://example.org/a", seen_on=dt.date(2026, 1, 2))),
        spoiler_after=3,
        check_on=dt.date(2027, 1, 1),
    )
    article = make.article(cards=(make.card(), rich, make.card()))
    before = drafts.document_of(article)
    remark = workflow.comment(article, "Really?", by=make.editor(), place=f"card:{rich.public_id}")
    binned = binned_card(article, 2)
    assert [card.position for card in article.cards.all()] == [1, 2]
    change = article.change
    drafts.restore_part(binned, by=article.owner)
    assert drafts.document_of(article) == before
    assert [card.position for card in article.cards.all()] == [1, 2, 3]
    remark.refresh_from_db()
    assert remark.place == f"card:{article.cards.get(position=2).public_id}"
    article.refresh_from_db()
    assert article.change > change
    details = article.history.get(act=History.Act.TAKE_FROM_BIN).details
    assert (details["part"], details["number"]) == ("card", 2)
    assert not BinnedPart.objects.exists()


def test_a_deleted_question_comes_back():
    article = make.article(faqs=2)
    before = drafts.document_of(article)
    faq = article.faqs.first()
    binned = drafts.delete_faq(faq, token=drafts.token(drafts.faq_value(faq)), by=article.owner)
    drafts.restore_part(binned, by=article.owner)
    assert drafts.document_of(article) == before


def test_where_the_list_is_shorter_now_it_comes_back_at_the_end():
    article = make.article(cards=3)
    last = binned_card(article, 3)
    binned_card(article, 1)
    assert drafts.restore_part(last, by=article.owner).position == 2


def test_nothing_comes_back_twice():
    article = make.article(cards=2)
    binned = binned_card(article)
    drafts.restore_part(binned, by=article.owner)
    again = BinnedPart(pk=1, article=article, kind="cards", public_id="x", position=1, value={})
    with pytest.raises(DraftError, match="not in the bin any more"):
        drafts.restore_part(again, by=article.owner)
    assert article.cards.count() == 2


def test_a_card_that_came_back_another_way_comes_back_once_more_under_another_id():
    article = make.handed_in(cards=1)
    public_id = article.cards.get().public_id
    binned = binned_card(article)
    drafts.restore(article, article.revisions.get(), change=article.change, by=article.owner)
    again = drafts.restore_part(binned, by=article.owner)
    assert [card.public_id for card in article.cards.all()] == [again.public_id, public_id]
    assert again.public_id != public_id


@pytest.mark.slow
def test_a_fact_that_is_public_keeps_its_address_through_the_bin():
    article = make.live(cards=2)
    public_id = article.cards.get(position=1).public_id
    assert Address.objects.filter(kind=Address.Kind.FACT, slug=public_id).exists()
    assert drafts.restore_part(binned_card(article), by=article.owner).public_id == public_id


def test_an_archived_article_takes_nothing_back():
    article = make.article(cards=2)
    binned = binned_card(article)
    workflow.make(states.ARCHIVE, article, by=make.editor())
    with pytest.raises(DraftError, match="archive"):
        drafts.restore_part(binned, by=article.owner)
    assert BinnedPart.objects.exists()


def test_a_full_article_takes_nothing_back(monkeypatch):
    article = make.article(cards=2)
    binned = binned_card(article)
    monkeypatch.setattr("articles.drafts.items.MOST_CARDS", 1)
    with pytest.raises(DraftError, match="at most 1 facts"):
        drafts.restore_part(binned, by=article.owner)
    assert BinnedPart.objects.filter(pk=binned.pk).exists()


def test_a_bin_keeps_things_for_thirty_days_and_empties_itself():
    nine = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    with time_machine.travel(nine, tick=False) as clock:
        article, other = make.article(cards=3), make.article(owner=make.writer())
        binned = binned_card(article)
        drafts.delete(other, by=other.owner)
        clock.move_to(nine + dt.timedelta(days=30, seconds=-1))
        assert drafts.parts_in_bin(article).get() == binned
        assert drafts.articles_in_bin().get() == other
        clock.move_to(nine + dt.timedelta(days=30))
        assert not drafts.parts_in_bin(article).exists()
        assert not drafts.articles_in_bin().exists()
        with pytest.raises(DraftError):
            drafts.restore_part(binned, by=article.owner)
        with pytest.raises(DraftError):
            drafts.take_from_bin(other, by=other.owner)
        young = binned_card(article)
    assert list(BinnedPart.objects.all()) == [young]
    assert not Article.with_binned.filter(pk=other.pk).exists()
    assert History.objects.filter(article=None, title=other.title, act=History.Act.DELETE).exists()


def test_an_approved_draft_leaves_the_bin_for_good_as_well():
    nine = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    with time_machine.travel(nine, tick=False) as clock:
        approved, other = make.approved(), make.article()
        drafts.delete(approved, by=approved.owner)
        clock.move_to(nine + dt.timedelta(days=31))
        drafts.delete(other, by=other.owner)
    assert list(Article.with_binned.all()) == [other]


def test_an_article_comes_back_whole_and_in_its_state():
    article = make.handed_in()
    workflow.comment(article, "Really?", by=make.editor())
    before = drafts.document_of(article), article.status, article.revisions.count(), article.comments.count()
    drafts.delete(article, by=article.owner)
    assert not Article.objects.filter(pk=article.pk).exists()
    assert not Article.objects.filter(owner=article.owner).exists()
    with pytest.raises(DraftError, match="into the bin"):
        drafts.delete(article, by=article.owner)
    drafts.take_from_bin(article, by=article.owner)
    back = Article.objects.get(pk=article.pk)
    assert (drafts.document_of(back), back.status, back.revisions.count(), back.comments.count()) == before
    assert {line.act for line in back.history.all()} >= {
        History.Act.CREATE,
        History.Act.DELETE,
        History.Act.TAKE_FROM_BIN,
    }
    with pytest.raises(DraftError, match="not in the bin any more"):
        drafts.take_from_bin(article, by=article.owner)


def test_a_part_of_an_article_in_the_bin_is_not_saved():
    article = make.article(cards=1)
    card = article.cards.get()
    drafts.delete(article, by=article.owner)
    with pytest.raises(DraftError, match="into the bin"):
        drafts.save_card(card, make.card(), token=token_of(card), by=article.owner)


def test_an_article_that_went_into_the_bin_meanwhile_makes_no_move():
    article = make.article()
    drafts.delete(article, by=article.owner)
    with pytest.raises(workflow.WorkflowError, match="into the bin"):
        workflow.make(states.SUBMIT, article, by=article.owner)


# --- offered ids ------------------------------------------------------------------------------------------------------


def test_a_card_sent_twice_is_added_once():
    article = make.article(cards=1)
    value = make.card(public_id="bcdfghjkmn", tags=("New tag",))
    first = drafts.add_card(article, value, by=article.owner, position=1)
    change = article.change
    second = drafts.add_card(article, dataclasses.replace(value, tags=("new-tag",)), by=article.owner)
    assert (first.pk, first.public_id, second.position, article.change) == (second.pk, "bcdfghjkmn", 1, change)
    assert article.cards.count() == 2


def test_another_text_under_an_offered_id_is_told_and_not_written():
    article = make.article(cards=0, faqs=0)
    card, faq = make.card(public_id="bcdfghjkmn"), make.faq(public_id="bcdfghjkmp")
    drafts.add_card(article, card, by=article.owner)
    drafts.add_faq(article, faq, by=article.owner)
    with pytest.raises(StaleError) as caught:
        drafts.add_card(article, dataclasses.replace(card, body="Other."), by=article.owner)
    assert (caught.value.current.body, caught.value.submitted.body) == (card.body, "Other.")
    with pytest.raises(StaleError):
        drafts.add_faq(article, dataclasses.replace(faq, answer="Other."), by=article.owner)
    assert (article.cards.count(), article.faqs.count()) == (1, 1)


@pytest.mark.parametrize("wish", ["", "short", "aeiouaeiou", "bcdfghjkm\n", "bcdfghjkmn" * 30, "<script>12"])
def test_a_malformed_id_gets_another_one(wish: str):
    article = make.article(cards=0)
    row = drafts.add_card(article, make.card(public_id=wish), by=article.owner)
    assert row.public_id != wish
    assert len(row.public_id) == 10


@pytest.mark.slow
def test_an_id_that_means_something_else_gets_another_one():
    article, other = make.article(cards=2, faqs=1), make.live(cards=2, faqs=1)
    public = other.cards.get(position=1).public_id
    FactCard.objects.filter(public_id=public).delete()  # its address stays
    binned = binned_card(article).public_id
    wishes = [other.cards.get().public_id, other.faqs.get().public_id, public, binned, article.faqs.get().public_id]
    for wish in wishes:
        row = drafts.add_card(article, make.card(public_id=wish), by=article.owner)
        assert row.public_id not in wishes
    assert Faq.objects.filter(public_id__in=wishes).count() == 2
