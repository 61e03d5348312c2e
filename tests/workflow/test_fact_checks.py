"""“Checked, still true”: what readers are told, what it never touches, and when a fact is due."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles import drafts, states, workflow
from articles.document import Caveat
from articles.models import Article, Edition, FactCard, FactCheck, History, PublishedFact
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2030, 5, 10)
NEXT = dt.date(2030, 11, 10)
DISPUTED = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2030, 5, 2), "caveat_note": "The mate counts eight."}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2030, 5, 10, 12, tzinfo=dt.UTC), tick=True):
        yield


def live(**fields: Any) -> FactCard:
    article = make.live(cards=(make.card(**{"check_on": dt.date(2030, 5, 1), **fields}),), faqs=0)
    return article.cards.get()


def due(until: dt.date = TODAY) -> list[FactCard]:
    return list(workflow.facts_to_check(Article.objects.all(), until=until))


def words(card: FactCard) -> str:
    found = PublishedFact.objects.in_force().filter(public_id=card.public_id).order_by("-visible_from").first()
    return found.words if found else ""


def check(card: FactCard, **fields: Any) -> FactCheck | None:
    fresh = FactCard.objects.get(pk=card.pk)
    return workflow.check_fact(fresh, **{"by": make.editor(), "words": words(card), "again_on": NEXT, **fields})


def shown(card: FactCard) -> tuple[bool, bool]:
    """Whether the article and the fact's own page say that it was checked."""
    edition = Edition.objects.in_force().versions().get(article=card.article)
    own = Client().get(f"/facts/{card.public_id}/", follow=True).content.decode()
    return tuple("still true" in page for page in (Client().get(f"/articles/{edition.slug}/").content.decode(), own))


def republish(card: FactCard, **changes: Any) -> None:
    article = Article.objects.get(pk=card.article_id)
    row = article.cards.get()
    value = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(value, **changes), token=drafts.token(value), by=article.owner)
    article = workflow.make(states.SUBMIT, Article.objects.get(pk=article.pk), by=article.owner)
    editor = make.editor()
    article = workflow.make(states.APPROVE, article, by=editor, change=article.change)
    workflow.make(states.PUBLISH, article, by=editor, change=article.change, kind="typo")


@pytest.mark.slow
def test_what_is_in_doubt_is_found_true_by_nobody_until_readers_are_told_otherwise():
    card = live()
    republish(card, **DISPUTED)
    with pytest.raises(workflow.WorkflowError, match="disputed or no longer true"):
        check(card)
    republish(card, caveat=Caveat.NONE, caveat_since=None, caveat_note="")
    check(card)
    assert shown(card) == (True, True)


@pytest.mark.slow
def test_readers_see_the_day_and_nothing_else_changes():
    card = live()
    before = Article.objects.get(pk=card.article_id)
    assert shown(card) == (False, False)
    check(card)
    after = Article.objects.get(pk=card.article_id)
    assert shown(card) == (True, True)
    assert (after.change, after.effective_status) == (before.change, "approved")
    assert Edition.objects.count() == 1
    assert FactCard.objects.get(pk=card.pk).check_on == card.check_on
    line = History.objects.get(act=History.Act.CHECK_FACT)
    assert line.details["about"] == card.heading
    page = Client().get(f"/articles/{before.slug}/").content.decode()
    assert '<time datetime="2030-05-10">Checked again on 10 May 2030: still true</time>' in page


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"heading": "Another"},
        {"body": "Other words."},
        {"sources": ()},
        {"spoiler_after": 4},
        {"emoji": "🚢"},
        DISPUTED,
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_day_goes_with_the_words_and_comes_back_with_them(changes: dict[str, Any]):
    card = live()
    value = drafts.card_value(card)
    check(card)
    republish(card, **changes)
    assert shown(card) == (False, False)
    assert due() == [card]
    with time_machine.travel(dt.datetime(2030, 5, 11, tzinfo=dt.UTC), tick=True):
        republish(card, **{name: getattr(value, name) for name in changes})
        assert shown(card) == (True, True)
        assert due(dt.date(2030, 5, 11)) == []


@pytest.mark.slow
def test_tags_and_a_new_number_are_no_words_of_the_fact():
    card = live()
    check(card)
    republish(card, tags=("Ferries", "Lamps"), check_on=dt.date(2030, 8, 1))
    assert shown(card) == (True, True)


@pytest.mark.slow
def test_a_draft_of_other_words_takes_nothing_from_what_is_live():
    card = live()
    check(card)
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body="New."), token=drafts.token(value), by=card.article.owner)
    assert shown(card) == (True, True)


def test_a_look_answers_the_date_that_was_due():
    card = live()
    assert due() == [card]
    assert due()[0].due_on == dt.date(2030, 5, 1)
    check(card)
    assert due() == []
    assert [each.due_on for each in due(NEXT)] == [NEXT]


def test_a_date_that_the_writer_sets_later_counts_again():
    card = live()
    check(card)
    value = drafts.card_value(card)
    sooner = dataclasses.replace(value, check_on=dt.date(2030, 5, 9))
    drafts.save_card(card, sooner, token=drafts.token(value), by=card.article.owner)
    assert due() == [card]


@pytest.mark.slow
def test_where_a_save_takes_nothing_away_the_cards_own_date_moves():
    draft = make.article(cards=(make.card(check_on=dt.date(2030, 5, 1)),)).cards.get()
    assert check(draft) is None, "nobody is told of what is not public"
    assert FactCard.objects.get(pk=draft.pk).check_on == NEXT
    assert due() == []
    card = live()
    republish_draft = drafts.card_value(card)
    drafts.save_card(
        card, dataclasses.replace(republish_draft, body="New."), token=drafts.token(republish_draft),
        by=card.article.owner,
    )  # fmt: skip
    check(card)
    assert FactCard.objects.get(pk=card.pk).check_on == NEXT
    assert shown(card) == (True, True)


@pytest.mark.parametrize("state", [make.handed_in, make.approved])
def test_what_is_not_public_and_waits_for_a_decision_is_refused(state):
    card = state(cards=(make.card(check_on=dt.date(2030, 5, 1)),)).cards.get()
    with pytest.raises(workflow.WorkflowError, match="not public"):
        check(card)
    assert not FactCheck.objects.exists()


def test_other_words_than_those_that_were_looked_at_are_a_conflict():
    card = live()
    with pytest.raises(workflow.ConflictError):
        check(card, words="0" * 32)
    with pytest.raises(workflow.WorkflowError, match="ahead"):
        check(card, again_on=TODAY)
    with pytest.raises(PermissionDenied):
        check(card, by=card.article.owner)
    assert not FactCheck.objects.exists()


def test_templates_and_the_archive_have_nothing_that_is_due():
    editor = make.editor()
    fields = {"cards": (make.card(check_on=TODAY),)}
    drafts.mark_template(make.article(**fields), is_template=True, by=editor)
    workflow.make(states.ARCHIVE, make.article(cards=(make.card(check_on=TODAY),)), by=editor)
    assert due() == []


def test_behind_a_spoiler_point_the_day_stands_in_the_closed_part():
    card = live(spoiler_after=4)
    check(card)
    page = Client().get(f"/articles/{card.article.slug}/").content.decode()
    assert page.index("<details") < page.index("still true") < page.index("</details>")


@pytest.mark.slow
def test_the_day_costs_no_query_more(django_assert_num_queries):
    cards = tuple(make.card(check_on=TODAY) for _ in range(20))
    article = make.live(cards=cards)
    for card in article.cards.all():
        check(card)
    with django_assert_num_queries(3):
        page = Client().get(f"/articles/{article.slug}/").content.decode()
    assert page.count("still true") == 20
    assert timezone.localdate() == TODAY
