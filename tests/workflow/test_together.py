"""Two people at the same moment, on real transactions."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Edition, FactCard, History
from tests import make
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_of_two_editors_who_publish_at_once_one_is_told():
    article, editors = make.approved(), [make.editor() for _ in range(4)]
    outcome = at_once(
        *(
            lambda editor=editor: workflow.make(states.PUBLISH, article, by=editor, change=article.change)
            for editor in editors
        )
    )
    assert outcome == ["WorkflowError", "WorkflowError", "WorkflowError", "done"]
    assert Edition.objects.count() == 1
    assert History.objects.filter(article=article, act="publish").count() == 1


def test_of_two_writers_who_save_one_card_at_once_one_gets_both_texts():
    article = make.article()
    card = article.cards.first()
    value = drafts.card_value(card)
    token = drafts.token(value)

    def save(body: str) -> None:
        row = FactCard.objects.select_related("article").get(pk=card.pk)
        drafts.save_card(row, dataclasses.replace(value, body=body), token=token, by=article.owner)

    assert at_once(lambda: save("One."), lambda: save("Two.")) == ["StaleError", "done"]
    assert FactCard.objects.get(pk=card.pk).body in {"One.", "Two."}


@pytest.mark.slow
def test_two_writers_who_save_different_cards_at_once_are_both_counted():
    article = make.article(cards=4)

    def save(card: FactCard) -> None:
        value = drafts.card_value(card)
        drafts.save_card(card, dataclasses.replace(value, body="New."), token=drafts.token(value), by=article.owner)

    cards = [FactCard.objects.select_related("article").get(pk=card.pk) for card in article.cards.all()]
    assert at_once(*(lambda card=card: save(card) for card in cards)) == ["done"] * 4
    before = article.change
    article.refresh_from_db()
    assert article.change == before + 4


@pytest.mark.slow
def test_an_edit_during_the_approval_never_slips_through():
    article = make.handed_in()
    card = FactCard.objects.select_related("article").get(pk=article.cards.first().pk)
    value = drafts.card_value(card)
    chief = make.editor()
    at_once(
        lambda: workflow.make(states.APPROVE, article, by=chief, change=article.change),
        lambda: drafts.save_card(
            card, dataclasses.replace(value, body="Slipped in."), token=drafts.token(value), by=article.owner
        ),
    )
    article.refresh_from_db()
    revision = article.approved_revision
    assert revision is None or "Slipped in." not in [card.body for card in revision.document.cards]
    assert article.effective_status is not states.Status.APPROVED


@pytest.mark.slow
def test_events_made_at_once_make_one_unbroken_line():
    article, chief = make.approved(), make.editor()
    now = timezone.now()
    hours = [dt.timedelta(hours=number) for number in (3, 1, 2, 4)]
    at_once(
        *(
            lambda hour=hour: workflow.make(states.SCHEDULE, article, by=chief, change=article.change, at=now + hour)
            for hour in hours
        )
    )
    line = list(Edition.objects.filter(article=article).order_by("visible_from"))
    assert len(line) == 4
    assert [event.visible_until for event in line[:-1]] == [event.visible_from for event in line[1:]]
