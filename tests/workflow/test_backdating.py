"""A first publication that counts from the past, as the demo makes it: with every rule of a publication of now."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import states, workflow
from articles.models import Edition, PublishedFact
from articles.workflow import ConflictError, WorkflowError
from tests import make

pytestmark = pytest.mark.django_db

LAST_WEEK = timezone.now() - dt.timedelta(days=7)


def test_readers_and_history_have_the_instant_of_the_past():
    article, editor = make.approved(), make.editor()
    workflow.make(states.PUBLISH, article, by=editor, change=article.change, since=LAST_WEEK)
    edition = article.editions.get()
    assert edition.visible_from == edition.first_visible_from == edition.modified_at == LAST_WEEK
    assert set(PublishedFact.objects.values_list("first_visible_from", flat=True)) == {LAST_WEEK}
    line = article.history.get(act="publish")
    assert (line.actor, line.details["edition"], line.details["revision"]) == (editor, edition.pk, 1)


def test_rights_statuses_and_seen_changes_are_asked_for_as_ever():
    article, draft = make.approved(), make.article()
    with pytest.raises(PermissionDenied):
        workflow.make(states.PUBLISH, article, by=article.owner, change=article.change, since=LAST_WEEK)
    with pytest.raises(ConflictError):
        workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change - 1, since=LAST_WEEK)
    with pytest.raises(WorkflowError):
        workflow.make(states.PUBLISH, draft, by=make.editor(), change=draft.change, since=LAST_WEEK)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("case", ["ahead", "another move", "was public"])
def test_nothing_else_can_be_dated_back(case: str):
    article = make.live() if case == "was public" else make.approved()
    move = states.SCHEDULE if case == "another move" else states.PUBLISH
    ahead = timezone.now() + dt.timedelta(days=1)
    if case == "was public":
        workflow.make(states.TAKE_DOWN, article, by=make.editor(), note="Wrong.")
    before, since = article.editions.count(), ahead if case == "ahead" else LAST_WEEK
    with pytest.raises(ValueError, match="Only the first publication"):
        workflow.make(move, article, by=make.editor(), change=article.change, at=ahead, since=since)
    assert article.editions.count() == before
