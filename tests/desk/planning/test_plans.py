"""Planning an article: who may plan what, what it leaves alone, and the line that it leaves."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, History
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

Priority = Article.Priority


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_a_plan_changes_no_word_and_no_approval():
    article, editor = make.approved(), make.editor()
    before = drafts.document_of(article)
    workflow.plan(article, by=editor, due_on=tomorrow(), priority=Priority.URGENT, reviewer=editor)
    after = fresh(article)
    assert (after.due_on, after.priority, after.reviewer) == (tomorrow(), Priority.URGENT, editor)
    assert after.change == article.change
    assert after.changed_at == article.changed_at
    assert after.effective_status == "approved"
    assert drafts.document_of(after) == before


@pytest.mark.slow
def test_the_history_says_from_what_to_what_and_only_of_what_changed():
    article, editor = make.article(), make.editor(name="anna")
    workflow.plan(article, by=editor, priority=Priority.HIGH, due_on=None)
    workflow.plan(article, by=editor, priority=Priority.HIGH)
    line = History.objects.get(act=History.Act.PLAN)
    assert line.details == {"plan": {"priority": [0, 1]}}
    workflow.plan(article, by=editor, reviewer=editor, planned_for=tomorrow())
    shown = text(client(editor).get(at("history", article)))
    assert "anna changed the plan" in shown
    assert "priority: from Normal to High" in shown
    assert "reviewer: from none to anna" in shown


def test_a_history_that_says_nonsense_of_plans_can_be_read():
    article, editor = make.article(), make.editor()
    for plan in ("x", {"due_on": "x"}, {"due_on": ["2030-02-31", None], "priority": [99, []], "other": [1, 2]}):
        History.write(article, "plan", by=editor, plan=plan)
    assert client(editor).get(at("history", article)).status_code == 200


@pytest.mark.parametrize("name", ["reviewer", "due_on", "priority"])
def test_a_writer_wishes_for_a_day_and_plans_nothing_else(name):
    article = make.article()
    workflow.plan(article, by=article.owner, planned_for=tomorrow())
    value = {"reviewer": article.owner, "due_on": tomorrow(), "priority": 1}[name]
    with pytest.raises(PermissionDenied):
        workflow.plan(article, by=article.owner, **{name: value})
    page = client(article.owner)
    sent_unchanged(page, at("planning", article), **{name: "1"})
    assert getattr(fresh(article), name) in (None, 0)
    with pytest.raises(PermissionDenied):
        workflow.plan(article, by=make.writer(), planned_for=tomorrow())


@pytest.mark.parametrize(
    "sent",
    [
        {"due_on": "yesterday"},
        {"due_on": "0001-01-01"},
        {"planned_for": "2030-02-31"},
        {"planned_for": "10000-01-01"},
        {"reviewer": "99999999999999999999"},
        {"reviewer": "x"},
        {"priority": "3"},
        {"priority": "\x00"},
    ],
)
def test_bad_input_is_refused_with_a_sentence(sent):
    article, editor = make.article(), make.editor()
    answer = sent_unchanged(client(editor), at("planning", article), **sent)
    assert answer.status_code in (400, 409)
    assert tree(answer).css_first("[role=alert]").text(strip=True)
    assert not History.objects.filter(act=History.Act.PLAN).exists()


@pytest.mark.slow
def test_somebody_who_may_not_review_is_no_reviewer():
    article, editor, writer = make.article(), make.editor(), make.writer()
    with pytest.raises(workflow.WorkflowError, match="may not review"):
        workflow.plan(article, by=editor, reviewer=writer)
    assert sent_unchanged(client(editor), at("planning", article), reviewer=str(writer.pk)).status_code == 400
    gone = make.editor(is_active=False)
    assert gone not in workflow.reviewers()


def test_two_people_planning_different_things_do_not_undo_each_other():
    article, editor = make.article(), make.editor()
    browser = client(editor)
    opened = form_of(browser.get(at("planning", article)))
    workflow.plan(article, by=editor, due_on=tomorrow())
    browser.post(at("planning", article), opened | {"priority": "2"})
    assert (fresh(article).due_on, fresh(article).priority) == (tomorrow(), 2)


def test_an_archived_article_and_a_template_are_not_planned():
    editor = make.editor()
    archived = workflow.make(states.ARCHIVE, make.article(), by=editor)
    with pytest.raises(workflow.WorkflowError, match="archived"):
        workflow.plan(archived, by=editor, priority=1)
    template = make.article()
    drafts.mark_template(template, is_template=True, by=editor)
    with pytest.raises(workflow.WorkflowError, match="template"):
        workflow.plan(template, by=editor, planned_for=tomorrow())


# --- taking a review --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_person_takes_a_review_and_others_see_who_has_it():
    article, anna, bert = make.handed_in(title="Lamps"), make.editor(name="anna"), make.editor(name="bert")
    client(anna).post(at("take_review", article))
    assert fresh(article).reviewer == anna
    assert "anna has it" in text(client(bert).get("/admin/"))
    assert "you have it" in text(client(anna).get("/admin/"))
    refused = client(bert).post(at("take_review", article))
    assert refused.status_code == 409
    assert "anna has this review already" in text(refused)
    client(bert).post(at("take_review", article), {"instead_of": anna.pk})
    assert fresh(article).reviewer == bert
    client(anna).post(at("release_review", article))
    assert fresh(article).reviewer == bert, "what somebody else has is not given back for them"
    client(bert).post(at("release_review", article))
    assert fresh(article).reviewer is None


def test_taking_twice_is_one_line():
    article, anna = make.handed_in(), make.editor()
    for _ in range(2):
        workflow.take_review(article, by=anna)
    assert History.objects.filter(act=History.Act.TAKE_REVIEW).count() == 1


@pytest.mark.parametrize("move", [states.APPROVE, states.SEND_BACK, states.ARCHIVE])
def test_a_decision_ends_the_review(move):
    article, anna = make.handed_in(), make.editor()
    workflow.take_review(article, by=anna)
    workflow.make(move, article, by=anna, change=article.change, note="Why")
    assert fresh(article).reviewer is None


def test_a_reviewer_named_beforehand_stays_when_it_is_handed_in():
    article, anna = make.article(), make.editor()
    workflow.plan(article, by=anna, reviewer=anna)
    workflow.make(states.SUBMIT, article, by=article.owner)
    assert fresh(article).reviewer == anna


def test_publication_ends_the_wish_for_it():
    article, anna = make.approved(), make.editor()
    workflow.plan(article, by=anna, due_on=tomorrow(), planned_for=tomorrow())
    workflow.make(states.PUBLISH, article, by=anna, change=article.change)
    assert (fresh(article).due_on, fresh(article).planned_for) == (None, None)


def test_a_draft_is_not_taken():
    article, anna = make.article(), make.editor()
    assert client(anna).post(at("take_review", article), headers={"accept": "application/json"}).status_code == 409
    assert fresh(article).reviewer is None
