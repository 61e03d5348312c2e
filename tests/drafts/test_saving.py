"""Saving parts of the working copy: nobody's words are lost, and every change counts."""

import dataclasses
import datetime as dt

import pytest
import time_machine

from articles import drafts, states, workflow
from articles.document import Numbering, Source
from articles.drafts import Conclusion, DraftError, Introduction, StaleError
from articles.models import Article, FactCard, History
from articles.states import Status
from tests import make

pytestmark = pytest.mark.django_db


def first_card(article: Article) -> FactCard:
    return article.cards.first()


def test_the_second_of_two_stale_saves_gets_both_texts_and_can_save_a_third():
    article = make.article()
    card = first_card(article)
    seen = drafts.card_value(card)
    token = drafts.token(seen)
    drafts.save_card(card, dataclasses.replace(seen, body="First text."), token=token, by=article.owner)
    mine = dataclasses.replace(seen, body="Second text.")
    with pytest.raises(StaleError) as caught:
        drafts.save_card(card, mine, token=token, by=article.owner)
    assert (caught.value.current.body, caught.value.submitted.body) == ("First text.", "Second text.")
    assert first_card(article).body == "First text."
    third = dataclasses.replace(seen, body="First text. Second text.")
    drafts.save_card(card, third, token=caught.value.token, by=article.owner)
    assert first_card(article).body == "First text. Second text."


def test_saves_of_different_cards_do_not_meet():
    article = make.article(cards=2)
    one, two = article.cards.all()
    values = [drafts.card_value(card) for card in (one, two)]
    for card, value in zip((one, two), values, strict=True):
        drafts.save_card(card, dataclasses.replace(value, heading="New"), token=drafts.token(value), by=article.owner)
    assert [card.heading for card in article.cards.all()] == ["New", "New"]


def test_every_save_that_changes_something_raises_the_change_number():
    article = make.article()
    before = article.change
    drafts.save_introduction(
        article,
        Introduction(introduction="Other words."),
        token=drafts.token(drafts.introduction_of(article)),
        by=article.owner,
    )
    article.refresh_from_db()
    assert article.change == before + 1


def test_a_save_of_the_same_words_changes_nothing():
    article = make.approved()
    card = first_card(article)
    value = drafts.card_value(card)
    drafts.save_card(card, value, token="stale anyway", by=article.owner)
    article.refresh_from_db()
    assert article.effective_status is Status.APPROVED


def test_a_card_keeps_its_tags_and_sources_in_order():
    article = make.article()
    card = first_card(article)
    value = drafts.card_value(card)
    sources = (Source(title="Second thoughts"), Source(url="https://example.org/a", seen_on=dt.date(2026, 1, 2)))
    new = dataclasses.replace(value, tags=("Zebra", "Apple", "zebra"), sources=sources, check_on=dt.date(2027, 1, 1))
    drafts.save_card(card, new, token=drafts.token(value), by=article.owner)
    saved = drafts.card_value(first_card(article))
    assert saved.tags == ("Zebra", "Apple")
    assert saved.sources == sources
    assert saved.check_on == dt.date(2027, 1, 1)


def test_another_spelling_of_a_tag_is_the_tag():
    article = make.article(tags=("K-Drama",))
    other = make.article(tags=("k drama", "Ｋ－Ｄｒａｍａ"))
    assert drafts.details_of(other).tags == ("K-Drama",)
    assert list(article.tags.all()) == list(other.tags.all())


def test_details_make_an_address_from_a_korean_title():
    article = make.article()
    details = dataclasses.replace(drafts.details_of(article), title="중증외상센터 이야기", slug="")
    drafts.save_details(article, details, token=drafts.token(drafts.details_of(article)), by=article.owner)
    article.refresh_from_db()
    assert article.slug == "중증외상센터-이야기"


def test_cards_are_put_in_order_whole_or_not_at_all():
    article = make.article(cards=3)
    order = drafts.order_of(article, "cards")
    turned = order[::-1]
    with pytest.raises(DraftError, match="once"):
        drafts.save_order(article, "cards", turned[:2], token=drafts.token(order), by=article.owner)
    drafts.save_order(article, "cards", turned, token=drafts.token(order), by=article.owner)
    assert drafts.order_of(article, "cards") == turned
    assert [card.position for card in article.cards.all()] == [1, 2, 3]
    with pytest.raises(StaleError):
        drafts.save_order(article, "cards", order, token=drafts.token(order), by=article.owner)


def test_adding_and_deleting_keep_the_positions_without_holes():
    article = make.article(cards=2)
    drafts.add_card(article, by=article.owner, position=1)
    card = article.cards.all()[1]
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    assert [card.position for card in article.cards.all()] == [1, 2]
    line = History.objects.filter(article=article, act=History.Act.DELETE).get()
    assert line.details["value"]["heading"] == card.heading


def test_a_card_that_changed_meanwhile_is_not_deleted():
    article = make.article()
    card = first_card(article)
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body="Better."), token=drafts.token(value), by=article.owner)
    with pytest.raises(StaleError):
        drafts.delete_card(card, token=drafts.token(value), by=article.owner)
    assert first_card(article).body == "Better."


def test_a_save_of_a_deleted_card_is_told():
    article = make.article()
    card = first_card(article)
    value = drafts.card_value(card)
    token = drafts.token(value)
    drafts.delete_card(FactCard.objects.get(pk=card.pk), token=token, by=article.owner)
    with pytest.raises(DraftError, match="deleted"):
        drafts.save_card(card, dataclasses.replace(value, body="Late."), token=token, by=article.owner)


def test_an_article_takes_a_thousand_cards_and_no_more(monkeypatch):
    monkeypatch.setattr("articles.drafts.items.MOST_CARDS", 2)
    article = make.article(cards=2)
    with pytest.raises(DraftError, match="at most 2 facts"):
        drafts.add_card(article, by=article.owner)
    assert article.cards.count() == 2


def test_an_archived_article_cannot_be_changed():
    article = make.article()
    workflow.make(states.ARCHIVE, article, by=make.editor())
    with pytest.raises(DraftError, match="archive"):
        drafts.save_conclusion(article, Conclusion(conclusion="New"), token="", by=article.owner)


def test_a_card_moves_to_another_article_with_its_id():
    source, target = make.article(cards=2), make.article(cards=1)
    card = first_card(source)
    drafts.move_card(card, target, by=source.owner)
    assert drafts.order_of(target, "cards")[-1] == card.public_id
    assert [row.position for row in source.cards.all()] == [1]
    assert [row.position for row in target.cards.all()] == [1, 2]


def test_saves_within_an_hour_are_one_line_of_the_history():
    nine = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    with time_machine.travel(nine, tick=False) as clock:
        article = make.article(cards=2)
        for minutes, position in ((1, 0), (30, 1), (90, 0)):
            clock.move_to(nine + dt.timedelta(minutes=minutes))
            card = article.cards.all()[position]
            value = drafts.card_value(card)
            new = dataclasses.replace(value, body=f"At {minutes}.")
            drafts.save_card(card, new, token=drafts.token(value), by=article.owner)
    lines = History.objects.filter(article=article, act=History.Act.EDIT)
    first, second = {"part": "card", "number": 1}, {"part": "card", "number": 2}
    assert [(line.times, line.details["parts"]) for line in lines] == [(1, [first]), (2, [first, second])]


@pytest.mark.parametrize("numbering", list(Numbering))
def test_a_document_written_and_read_again_is_equal(numbering: Numbering):
    value = make.document(numbering=numbering, tags=("Ferries", "Night"), slug="the-ferry")
    article = drafts.create(value, by=make.writer())
    assert drafts.document_of(article) == value


def test_reading_a_document_takes_as_many_queries_for_sixty_cards_as_for_three(django_assert_num_queries):
    few, many = make.article(cards=3), make.article(cards=60)
    with django_assert_num_queries(5) as queries:
        drafts.document_of(Article.objects.select_related("subject", "cover").get(pk=few.pk))
    with django_assert_num_queries(len(queries)):
        drafts.document_of(Article.objects.select_related("subject", "cover").get(pk=many.pk))


def test_ids_of_an_imported_document_are_new_where_they_are_taken():
    first = make.article(cards=2)
    value = drafts.document_of(first)
    second = drafts.create(value, by=first.owner)
    assert not set(drafts.order_of(first, "cards")) & set(drafts.order_of(second, "cards"))


def test_restoring_a_revision_brings_back_words_ids_and_order():
    article = make.handed_in(cards=3)
    revision = article.revisions.get()
    for card in article.cards.all()[:2]:
        drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    drafts.restore(article, revision, change=article.change, by=article.owner)
    assert drafts.document_of(article) == revision.document
    assert [row.reason for row in article.revisions.all()] == ["restored", "requested", "submitted"]


def test_nobody_goes_back_over_words_that_they_have_not_read():
    article = make.handed_in(cards=2)
    revision, read = article.revisions.get(), article.change
    card = article.cards.first()
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    for change in (read, None):
        with pytest.raises(DraftError, match="changed the article"):
            drafts.restore(article, revision, change=change, by=article.owner)
    assert article.cards.count() == 1


def test_what_was_ever_public_cannot_be_deleted():
    draft, public = make.article(), make.live()
    drafts.delete(draft, by=draft.owner)
    assert not Article.objects.filter(pk=draft.pk).exists()
    with pytest.raises(DraftError, match="taken down"):
        drafts.delete(public, by=public.owner)


def test_what_waits_for_its_time_cannot_be_deleted():
    waiting = make.edition(at=dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).article
    with pytest.raises(DraftError):
        drafts.delete(waiting, by=waiting.owner)
