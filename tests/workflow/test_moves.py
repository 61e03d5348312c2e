"""The editorial life: every move from every status, for every role; approvals; two presses at once."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, Edition, History, Revision
from articles.roles import Role
from articles.states import Status
from articles.workflow import ConflictError, NotReadyError, WorkflowError
from tests import make

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
ROLES = [*Role, None]


def test_writers_move_their_own_articles_only():
    mine = make.article()
    assert workflow.possible_moves(mine, mine.owner) == [states.SUBMIT]
    workflow.make(states.SUBMIT, mine, by=mine.owner)
    with pytest.raises(PermissionDenied):
        workflow.make(states.WITHDRAW, mine, by=make.writer())


def test_an_edit_after_approval_makes_the_approval_lapse():
    article = make.approved()
    card = article.cards.first()
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body="Newer."), token=drafts.token(value), by=article.owner)
    article.refresh_from_db()
    assert article.effective_status is Status.DRAFT
    assert article in Article.objects.with_effective_status(Status.DRAFT)
    assert article not in Article.objects.with_effective_status(Status.APPROVED)
    with pytest.raises(WorkflowError):
        workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
    assert not Edition.objects.exists()


def test_words_newer_than_the_ones_read_are_a_conflict_and_not_an_approval():
    article = make.handed_in()
    read = article.change
    card = article.cards.first()
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body="Newer."), token=drafts.token(value), by=article.owner)
    with pytest.raises(ConflictError):
        workflow.make(states.APPROVE, article, by=make.editor(), change=read)
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW


def test_words_mended_in_review_are_approved_as_they_are_then_by_somebody_else():
    article = make.handed_in()
    mender = make.editor()
    card = article.cards.first()
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body="Mended."), token=drafts.token(value), by=mender)
    article.refresh_from_db()
    with pytest.raises(WorkflowError, match="somebody else"):
        workflow.make(states.APPROVE, article, by=mender, change=article.change)
    approved = workflow.make(states.APPROVE, article, by=make.editor(), change=article.change)
    assert approved.approved_revision.document.cards[0].body == "Mended."


def test_nobody_approves_what_they_handed_in():
    chief = make.editor()
    article = make.handed_in(owner=chief)
    assert states.APPROVE not in workflow.possible_moves(article, chief)
    with pytest.raises(WorkflowError):
        workflow.make(states.APPROVE, article, by=chief, change=article.change)


def test_a_site_with_one_editor_may_switch_that_off_and_it_is_on_record(settings):
    settings.ALLOW_SELF_APPROVAL = True
    chief = make.editor()
    article = make.handed_in(owner=chief)
    workflow.make(states.APPROVE, article, by=chief, change=article.change)
    assert History.objects.filter(article=article).first().details["own_work"] is True


def test_the_revision_that_was_read_goes_live_word_for_word():
    article = make.approved()
    approved = article.approved_revision.document
    published = workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
    edition = Edition.objects.in_force().get(article=published)
    assert edition.revision.document == approved
    assert [card["id"] for card in edition.parts["cards"]] == [card.public_id for card in approved.cards]


def test_the_second_of_two_presses_is_told():
    article = make.handed_in()
    first, second = make.editor(), make.editor()
    workflow.make(states.APPROVE, article, by=first, change=article.change)
    with pytest.raises(WorkflowError, match="not possible now"):
        workflow.make(states.APPROVE, article, by=second, change=article.change)
    workflow.make(states.PUBLISH, article, by=first, change=article.change)
    with pytest.raises(WorkflowError, match="live already"):
        workflow.make(states.PUBLISH, article, by=second, change=article.change)
    workflow.make(states.TAKE_DOWN, article, by=first, note="A mistake.")
    with pytest.raises(WorkflowError, match="Nothing of this article is live"):
        workflow.make(states.TAKE_DOWN, article, by=second, note="A mistake.")
    assert Edition.objects.count() == 2


def test_what_was_taken_down_can_be_published_again():
    article = make.live()
    chief = make.editor()
    workflow.make(states.TAKE_DOWN, article, by=chief, note="For now.")
    assert workflow.public_state(article).current.is_removal
    workflow.make(states.PUBLISH, article, by=chief, change=article.change)
    assert workflow.public_state(article).is_live


def test_publication_at_a_time_happens_then_without_anybody():
    article, at = make.approved(), timezone.now() + HOUR
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=at)
    assert not workflow.public_state(article).is_live
    with time_machine.travel(at, tick=False):
        assert workflow.public_state(article).is_live


def test_a_waiting_publication_survives_later_edits_with_the_words_that_were_approved():
    article, at = make.approved(title="Approved"), timezone.now() + HOUR
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=at)
    details = drafts.details_of(article)
    drafts.save_details(
        article, dataclasses.replace(details, title="Later"), token=drafts.token(details), by=article.owner
    )
    with time_machine.travel(at, tick=False):
        assert Edition.objects.in_force().get(article=article).title == "Approved"
    state = workflow.public_state(article)
    moved = workflow.make(states.RESCHEDULE, article, by=make.editor(), at=at + HOUR, event=state.waiting[0])
    assert workflow.public_state(moved).waiting[0].title == "Approved"


@pytest.mark.slow
def test_an_event_that_somebody_cancelled_cannot_be_cancelled_again():
    article = make.approved()
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=timezone.now() + HOUR)
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=timezone.now() + 2 * HOUR)
    event = workflow.public_state(article).waiting[0]
    stale = Edition.objects.get(pk=event.pk)
    workflow.make(states.CANCEL, article, by=make.editor(), event=event)
    with pytest.raises(WorkflowError, match=r"already happened|cancelled"):
        workflow.make(states.CANCEL, article, by=make.editor(), event=stale)
    assert len(workflow.public_state(article).waiting) == 1


def test_handing_in_lists_every_gap_and_changes_nothing():
    article = drafts.create(make.document(cards=(make.card(heading=""),), authors=()), by=make.writer())
    with pytest.raises(NotReadyError) as caught:
        workflow.make(states.SUBMIT, article, by=article.owner)
    assert {problem.code for problem in caught.value.problems} == {"no-author", "no-heading"}
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    assert not article.revisions.exists()


def test_sending_back_asks_for_a_note():
    article = make.handed_in()
    with pytest.raises(WorkflowError, match="why"):
        workflow.make(states.SEND_BACK, article, by=make.editor(), note="  ")
    sent = workflow.make(states.SEND_BACK, article, by=make.editor(), note="Name a source.")
    assert sent.status == Status.CHANGES_REQUESTED


def test_a_revision_never_changes():
    revision = make.handed_in().revisions.get()
    revision.number = 7
    with pytest.raises(TypeError):
        revision.save()
    assert Revision.objects.get().number == 1


def test_remarks_can_be_answered_and_resolved():
    article = make.handed_in()
    card = article.cards.first()
    chief = make.editor()
    remark = workflow.comment(article, "Is this true?", by=chief, place=f"card:{card.public_id}", quoted="lamps")
    answer = workflow.comment(article, "It is.", by=article.owner, parent=remark)
    assert (answer.parent, answer.place) == (remark, f"card:{card.public_id}")
    workflow.resolve(remark, by=article.owner)
    remark.refresh_from_db()
    assert remark.resolved_by == article.owner
    with pytest.raises(PermissionDenied):
        workflow.comment(article, "Me too!", by=make.writer())


def test_a_remark_on_a_card_of_another_article_is_refused():
    article, other = make.handed_in(), make.article()
    with pytest.raises(WorkflowError):
        workflow.comment(article, "Hm.", by=make.editor(), place=f"card:{other.cards.first().public_id}")
