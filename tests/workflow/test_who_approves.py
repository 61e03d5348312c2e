"""Whose yes counts: not that of whoever handed in, and only of accounts that may; and what is open is asked about."""

import pytest
from django.core import checks

from articles import states, workflow
from articles.states import Status
from articles.workflow import WorkflowError
from articles.workflow.approvers import check_approvers
from tests import make
from tests.desk.pages import at, client, text
from tests.workflow.test_decisions import decide, fresh, places, review

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_an_approval_does_not_count_once_its_giver_hands_in(settings):
    """Who approved parts, took the article back and handed it in is no second pair of eyes."""
    editor, other = make.editor(), make.editor()
    article = make.handed_in()
    first, *others = places(article)
    for place in others:
        decide(article, place, by=editor)
    workflow.make(states.WITHDRAW, fresh(article), by=editor)
    workflow.make(states.SUBMIT, fresh(article), by=editor)
    assert review(article).approved == []
    assert decide(article, first, by=other).status == Status.IN_REVIEW
    assert review(article).approved == [first]
    settings.ALLOW_SELF_APPROVAL = True
    assert review(article).is_approved, "a site with one editor goes on"
    settings.ALLOW_SELF_APPROVAL = False
    settings.APPROVERS, settings.APPROVALS = (editor.username, other.username), "all"
    now = fresh(article)
    assert workflow.make(states.APPROVE, now, by=other, change=now.change).effective_status is Status.APPROVED


def test_names_of_the_setting_that_can_approve_nothing_are_told(settings):
    make.editor(name="anna")
    make.writer(name="ben")
    make.editor(name="cleo", is_active=False)
    settings.APPROVERS = ("anna", "ben", "cleo", "nobody")
    said = workflow.approver_problems()
    assert [name for name in ("anna", "ben", "cleo", "nobody") if any(f"“{name}”" in line for line in said)] == [
        *("ben", "cleo", "nobody"),
    ]
    assert [name for name in ("anna", "ben", "cleo", "nobody") if f"“{name}”, but there is no" in " ".join(said)] == [
        "nobody"
    ]
    warnings = check_approvers(databases=["default"])
    assert [(each.id, each.level) for each in warnings] == [("articles.W001", checks.WARNING)] * 3
    assert check_approvers(databases=None) == [], "where the database is not asked for it is not read"
    settings.APPROVERS = ("anna",)
    assert not workflow.approver_problems()


def test_open_remarks_are_asked_about_by_the_move_itself():
    article, editor = make.article(), make.editor()
    workflow.comment(article, "Why twelve?", by=editor)
    with pytest.raises(WorkflowError, match="Still open: 1 comment"):
        workflow.make(states.SUBMIT, article, by=article.owner)
    read = workflow.open_remarks_of(article).key
    workflow.resolve(article.comments.get(), by=article.owner)
    workflow.comment(article, "Why lamps?", by=editor)
    with pytest.raises(WorkflowError, match="Still open"):
        workflow.make(states.SUBMIT, article, by=article.owner, despite=read)
    now = workflow.open_remarks_of(article).key
    assert workflow.make(states.SUBMIT, article, by=article.owner, despite=now).status == Status.IN_REVIEW


@pytest.mark.slow
def test_the_review_page_tells_of_them(settings):
    article, editor = make.handed_in(), make.editor()
    settings.APPROVERS = ("nobody", editor.username)
    page = text(client(editor).get(at("review", article)))
    assert "FANGUIDE_APPROVERS names “nobody”, but there is no such account" in page
