"""Other words that an editor suggests: taken as a save like any other, declined, or said not to fit any more."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, states, workflow
from articles.models import Article, Comment, History
from articles.states import Status
from articles.workflow import WorkflowError
from tests import make

pytestmark = pytest.mark.django_db

BODY = "The ferry has twelve lamps. The captain lights twelve lamps at dusk."


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=BODY),), faqs=1)


def suggested(article: Article, wording: str = "eleven lamps", quoted: str = "twelve lamps", **more: object) -> Comment:
    words = {"place": f"card:{article.cards.get().public_id}", "field": "body", "quoted": quoted, **more}
    return workflow.suggest(article, wording, by=make.editor(), **words)


def body(article: Article) -> str:
    return article.cards.get().body


def edit(article: Article, text: str) -> None:
    card = article.cards.get()
    old = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(old, body=text), token=drafts.token(old), by=article.owner)


def test_taking_a_suggestion_is_a_save_with_credit_for_both(article):
    remark = suggested(article, start=BODY.rindex("twelve"))
    change = article.change
    after = workflow.take(remark, by=article.owner)
    assert body(article) == BODY[: BODY.rindex("twelve")] + "eleven lamps at dusk."
    assert (after.change, after.changed_by) == (change + 1, article.owner)
    remark.refresh_from_db()
    assert (remark.outcome, remark.resolved_by) == ("taken", article.owner)
    line = article.history.get(act=History.Act.TAKE_SUGGESTION)
    assert (line.actor, line.details["suggested_by"]) == (article.owner, remark.author.username)
    assert drafts.versions_of(article, remark.place).get().value["body"] == BODY


def test_a_suggestion_follows_its_words_and_is_refused_when_they_have_changed(article):
    remark = suggested(article)
    edit(article, f"Look! {BODY}")
    edited = f"Look! {BODY}".replace("has twelve lamps", "has twelve tall lamps").replace("lights twelve", "lights all")
    edit(article, edited)
    with pytest.raises(WorkflowError, match="does not fit any more"):
        workflow.take(remark, by=article.owner)
    assert body(article) == edited
    remark.refresh_from_db()
    assert remark.resolved_at is None
    edit(article, BODY)
    workflow.take(remark, by=article.owner)
    assert body(article).startswith("The ferry has eleven lamps.")


def test_a_whole_text_and_nothing_at_all_can_be_suggested(article):
    workflow.take(suggested(article, "Quite another text.", quoted=""), by=article.owner)
    assert body(article) == "Quite another text."
    workflow.take(suggested(article, "", quoted=" another"), by=article.owner)
    assert body(article) == "Quite text."


@pytest.mark.parametrize(
    "words",
    [
        {"wording": "twelve lamps"},
        {"wording": "x" * 200_001},
        {"quoted": "thirteen"},
        {"quoted": "", "field": "safe_heading"},
        {"quoted": "", "field": ""},
        {"quoted": "", "place": ""},
        {"text": "x" * 100_000},
    ],
)
def test_a_suggestion_that_means_nothing_is_refused(article, words):
    with pytest.raises(WorkflowError, match=r"\.$"):
        suggested(article, **words)
    assert not Comment.objects.exists()


def test_what_the_gate_refuses_is_refused_when_it_is_taken(article):
    place = f"card:{article.cards.get().public_id}"
    remark = workflow.suggest(article, "x" * 500, by=make.editor(), place=place, field="heading", quoted="Lamps")
    with pytest.raises(WorkflowError):
        workflow.take(remark, by=article.owner)
    assert article.cards.get().heading == "Lamps"
    assert not article.history.filter(act=History.Act.TAKE_SUGGESTION).exists()


def test_a_suggestion_is_decided_on_once(article):
    remark = suggested(article)
    workflow.decline(remark, by=article.owner, reason="There are twelve.")
    remark.refresh_from_db()
    assert (remark.outcome, remark.replies.get().text) == ("declined", "There are twelve.")
    assert article.history.get(act=History.Act.DECLINE_SUGGESTION).note == "There are twelve."
    for act in (workflow.take, workflow.decline):
        with pytest.raises(WorkflowError, match="decided"):
            act(remark, by=article.owner)
    workflow.resolve(remark, by=article.owner, is_open=True)
    workflow.take(remark, by=article.owner)
    assert "eleven" in body(article)


def test_only_who_may_change_the_article_takes(article):
    remark = suggested(article)
    stranger = make.writer()
    for act in (workflow.take, workflow.decline):
        with pytest.raises(PermissionDenied):
            act(remark, by=stranger)
    with pytest.raises(WorkflowError, match="take it or decline"):
        workflow.resolve(remark, by=article.owner)
    with pytest.raises(WorkflowError, match="no suggestion"):
        workflow.take(workflow.comment(article, "Hm", by=article.owner), by=article.owner)


@pytest.mark.slow
def test_taking_ends_an_approval_and_is_not_possible_in_the_archive_or_without_the_part(article):
    article = make.approved(cards=1)
    remark = suggested(article, quoted="Count them")
    assert workflow.take(remark, by=article.owner).effective_status is Status.DRAFT
    other = suggested(article, quoted="second", wording="third")
    workflow.make(states.ARCHIVE, article, by=make.editor())
    with pytest.raises(WorkflowError, match="archived"):
        workflow.take(other, by=article.owner)
    workflow.make(states.UNARCHIVE, article, by=make.editor())
    card = article.cards.get()
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    with pytest.raises(WorkflowError, match="bin"):
        workflow.take(other, by=article.owner)


# --- before a move ----------------------------------------------------------------------------------------------------


def test_open_remarks_are_counted_and_named(article):
    assert str(workflow.open_remarks_of(article)) == ""
    first = workflow.comment(article, "Why?", by=article.owner)
    workflow.comment(article, "So.", by=article.owner, parent=first)
    remark = suggested(article)
    remarks = workflow.open_remarks_of(article)
    assert (remarks.comments, remarks.suggestions, str(remarks)) == (1, 1, "1 comment and 1 suggestion")
    assert list(remarks.first) == [first, remark]
    workflow.resolve(first, by=article.owner)
    assert str(workflow.open_remarks_of(article)) == "1 suggestion"


def test_where_the_site_says_so_nothing_goes_on_with_open_remarks(settings):
    settings.OPEN_REMARKS = "refuse"
    article = make.article()
    remark = workflow.comment(article, "Why?", by=article.owner)
    with pytest.raises(WorkflowError, match="Still open: 1 comment"):
        workflow.make(states.SUBMIT, article, by=article.owner)
    workflow.resolve(remark, by=article.owner)
    workflow.make(states.SUBMIT, article, by=article.owner)
    workflow.resolve(remark, by=article.owner, is_open=True)
    editor = make.editor()
    with pytest.raises(WorkflowError, match="Still open"):
        workflow.make(states.APPROVE, article, by=editor, change=article.change)
    workflow.make(states.SEND_BACK, article, by=editor, note="See the comment.")
