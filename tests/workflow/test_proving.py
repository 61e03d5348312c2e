"""What a site wants proved before something is approved and published, and that no door leads around it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from articles import drafts, readiness, states, workflow
from articles.models import Article, ClaimAct, Decision, Edition, FactCard, ProofRequirement, Subject
from articles.workflow import NotReadyError, claims
from tests import make
from tests.proofs.makers import BODY, article, identity, place_of

pytestmark = pytest.mark.django_db


def want(level: str, kind: str = "drama") -> None:
    ProofRequirement.objects.update_or_create(kind=kind, defaults={"level": level})


def open_places(row: Article) -> dict[str, str]:
    row = Article.objects.get(pk=row.pk)
    found = readiness.problems(drafts.document_of(row), row)
    return {problem.place: problem.sentence for problem in found if problem.code == "open-claim"}


def prove(row: Article) -> None:
    """Everything: what the rules find, and the rest by hand."""
    claims.bind_all(row, by=row.owner)
    claims.tick(row, place_of(row), identity(row, "longest"), remark="The almanac.", by=row.owner)
    claims.set_aside(row, "introduction", identity(row, "3 lamps", "introduction"), reason="Seen.", by=row.owner)


@pytest.fixture
def row() -> Article:
    return article(conclusion="It ends.", conclusion_heading="End")


def test_nothing_is_wanted_until_somebody_says_so(row: Article):
    assert open_places(row) == {}
    want("everything", "band")
    assert open_places(row) == {}, "it is about a drama"


def test_the_open_ones_are_listed_with_their_place(row: Article):
    want("figures")
    place = place_of(row)
    assert open_places(row) == {
        "introduction": "Introduction: 1 claim is to be proved: “3 lamps”.",
        place: "Fact 1: 3 claims are to be proved: “26 countries”, “March 8, 2024”, “Nobody slept that night,”.",
    }
    want("everything")
    assert open_places(row)[place].startswith("Fact 1: 5 claims")
    prove(row)
    assert open_places(row) == {}


def test_an_article_is_handed_in_and_approved_once_it_is_proved(row: Article):
    want("everything")
    with pytest.raises(NotReadyError):
        workflow.make(states.SUBMIT, row, by=row.owner)
    prove(row)
    waiting = workflow.make(states.SUBMIT, row, by=row.owner)
    assert workflow.make(states.APPROVE, waiting, by=make.editor(), change=waiting.change).status == "approved"


def approved(row: Article) -> Article:
    waiting = workflow.make(states.SUBMIT, row, by=row.owner)
    return workflow.make(states.APPROVE, waiting, by=make.editor(), change=waiting.change)


def ahead(days: int = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


@pytest.mark.parametrize("move", [states.PUBLISH, states.SCHEDULE, states.PUBLISH_APPROVED], ids=lambda m: m.name)
def test_what_was_approved_before_is_not_published_unproved_now_or_at_a_time(row: Article, move: states.Move):
    ready = approved(row)
    if move is states.PUBLISH_APPROVED:
        assert Decision.objects.filter(article=ready, verdict="approved").exists()
        card = FactCard.objects.filter(article=ready).first()
        value = drafts.introduction_of(ready)
        new = dataclasses.replace(value, introduction="It has 4 lamps.")
        drafts.save_introduction(ready, new, token=drafts.token(value), by=row.owner)
        assert card
    want("everything")
    how: dict[str, Any] = {"change": ready.change} if move.requires_seen_change else {}
    if move.takes_time:
        how["at"] = ahead()
    with pytest.raises(NotReadyError, match="to be proved"):
        workflow.make(move, Article.objects.get(pk=row.pk), by=make.editor(), **how)
    assert not Edition.objects.exists()


@pytest.mark.slow
def test_a_scheduled_version_does_not_move_once_a_tick_is_taken_back(row: Article):
    want("everything")
    prove(row)
    ready = approved(row)
    workflow.make(states.SCHEDULE, ready, by=make.editor(), change=ready.change, at=ahead())
    event = Edition.objects.get()
    claims.take_back(row, ClaimAct.objects.get(kind="tick").public_id, by=row.owner)
    with pytest.raises(NotReadyError):
        workflow.make(states.RESCHEDULE, ready, by=make.editor(), event=event, at=ahead(2))
    assert Edition.objects.get().visible_from == event.visible_from


def test_an_import_as_live_is_no_way_around_it(row: Article):
    want("figures")
    with pytest.raises(NotReadyError):
        workflow.publish_imported(row, at=timezone.now() - dt.timedelta(days=9), by=make.editor())
    assert Article.objects.get(pk=row.pk).status == "draft"


def test_a_part_is_not_approved_while_its_claims_are_open(row: Article):
    waiting = workflow.make(states.SUBMIT, row, by=row.owner)
    want("everything")
    editor, place = make.editor(), place_of(row)
    token = workflow.review_of(waiting, drafts.document_of(waiting), editor).pieces[place].token
    with pytest.raises(NotReadyError):
        workflow.decide(waiting, place, workflow.Verdict.APPROVED, by=editor, token=token)


@pytest.mark.slow
def test_what_was_public_before_comes_back_whatever_is_wanted_now(row: Article):
    first = approved(row)
    editor = make.editor()
    workflow.make(states.PUBLISH, first, by=editor, change=first.change)
    workflow.make(states.TAKE_DOWN, Article.objects.get(pk=row.pk), by=editor, note="Wrong.")
    want("everything")
    workflow.make(states.UNDO_PUBLICATION, Article.objects.get(pk=row.pk), by=editor, note="It was right.")
    assert Edition.objects.in_force().get().title == row.title


@pytest.mark.slow
def test_one_changed_figure_is_enough_to_refuse_and_changed_back_all_is_as_before(row: Article):
    want("everything")
    prove(row)
    card = FactCard.objects.get(article=row)
    value = drafts.card_value(card)
    changed = dataclasses.replace(value, body=BODY.replace("26", "27"))
    drafts.save_card(card, changed, token=drafts.token(value), by=row.owner)
    assert list(open_places(row).values()) == ["Fact 1: 1 claim is to be proved: “27 countries”."]
    drafts.save_card(card, value, token=drafts.token(changed), by=row.owner)
    assert open_places(row) == {}
    assert Subject.objects.get().kind == "drama"
