"""Locks: what one person keeps the others from doing, and how it ends."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, states, workflow
from articles.drafts import DraftError
from articles.models import Article, History, Lock
from articles.workflow import WorkflowError
from tests import make

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def save_first(article: Article, by, body: str = "Newer.") -> None:
    card = article.cards.order_by("position")[0]
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, body=body), token=drafts.token(value), by=by)


ACTS = {
    "save": save_first,
    "add": lambda article, by: drafts.add_card(article, make.card(), by=by),
    "delete": lambda article, by: drafts.delete_card(
        (card := article.cards.first()), token=drafts.token(drafts.card_value(card)), by=by
    ),
    "order": lambda article, by: drafts.save_order(
        article,
        "cards",
        (order := drafts.order_of(article, "cards"))[::-1],
        token=drafts.token(order),
        by=by,
    ),
    "move": lambda article, by: drafts.move_card(article.cards.first(), make.article(owner=by), by=by),
    "tags": lambda article, by: drafts.tag_cards(
        article, [article.cards.first().public_id], add=["Sea"], remove=[], by=by
    ),
    "bin": lambda article, by: drafts.delete(article, by=by),
    "restore": lambda article, by: drafts.restore(
        article, article.revisions.first(), change=fresh(article).change, by=by
    ),
    "introduction": lambda article, by: drafts.save_introduction(
        article,
        drafts.Introduction(introduction="Newer."),
        token=drafts.token(drafts.introduction_of(article)),
        by=by,
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_locked_article_is_changed_by_nobody_else(act):
    article, lawyer, other = make.handed_in(), make.editor(first_name="Lena"), make.editor()
    workflow.lock(article, "", "The lawyer reads it", by=lawyer)
    before = drafts.document_of(fresh(article))
    with pytest.raises(DraftError, match="Lena has locked this article: The lawyer reads it"):
        ACTS[act](article, other)
    assert drafts.document_of(fresh(article)) == before
    ACTS[act](fresh(article), lawyer)


@pytest.mark.parametrize("act", ["save", "delete", "order", "move", "tags", "restore"])
def test_a_locked_fact_stays_as_and_where_it_is(act):
    article, lawyer, other = make.handed_in(), make.editor(), make.editor()
    card = article.cards.order_by("position")[0]
    workflow.lock(article, f"card:{card.public_id}", "A number to check", by=lawyer)
    with pytest.raises(DraftError, match="A number to check"):
        ACTS[act](article, other)
    ACTS["introduction"](article, other)
    ACTS["add"](article, other)


@pytest.mark.slow
def test_a_lock_keeps_the_others_from_publishing_and_not_from_reading():
    article, lawyer, other = make.approved(), make.editor(), make.editor()
    card = article.cards.first()
    workflow.lock(article, f"card:{card.public_id}", "Wait for Friday", by=lawyer)
    ahead = timezone.now() + dt.timedelta(days=1)
    for move, at in ((states.PUBLISH, None), (states.SCHEDULE, ahead)):
        with pytest.raises(WorkflowError, match="Wait for Friday"):
            workflow.make(move, fresh(article), by=other, change=article.change, at=at)
    workflow.make(states.PUBLISH, fresh(article), by=lawyer, change=article.change)


def test_editors_lift_a_lock_and_it_is_on_record():
    writer, other, editor = make.writer(), make.writer(), make.editor()
    article = make.article(owner=writer)
    row = workflow.lock(article, "", "I am in the middle of it", by=writer)
    with pytest.raises(PermissionDenied):
        workflow.unlock(row, by=other)
    workflow.unlock(row, by=editor)
    workflow.unlock(row, by=editor)
    save_first(article, editor)
    assert list(History.objects.filter(article=article, act__in=["lock", "unlock"]).values_list("act", "note")) == [
        ("unlock", "I am in the middle of it"),
        ("lock", "I am in the middle of it"),
    ]


def test_a_lock_of_an_editor_is_not_lifted_by_the_writer():
    article = make.article()
    row = workflow.lock(article, "", "Legal", by=make.editor())
    with pytest.raises(PermissionDenied):
        workflow.unlock(row, by=article.owner)


@pytest.mark.parametrize(
    ("place", "reason"), [("", ""), ("", " \n"), ("", "x" * 301), ("card:nothing", "Why"), ("details", "Why")]
)
def test_what_is_no_lock_is_refused(place, reason):
    article = make.article()
    with pytest.raises(WorkflowError):
        workflow.lock(article, place, reason, by=article.owner)
    assert not Lock.objects.exists()


def test_one_thing_is_locked_once():
    article = make.article()
    workflow.lock(article, "", "Mine", by=article.owner)
    with pytest.raises(WorkflowError, match="Mine"):
        workflow.lock(article, "", "Mine too", by=make.editor())


def test_a_lock_goes_with_its_fact_to_another_article():
    article, target, holder = make.article(cards=2), make.article(), make.editor()
    card = article.cards.get(position=1)
    held = workflow.lock(article, f"card:{card.public_id}", "The lawyer reads it.", by=holder)
    drafts.move_card(card, target, by=holder)
    card = target.cards.select_related("article").get(public_id=card.public_id)
    with pytest.raises(DraftError, match="The lawyer reads it"):
        drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=target.owner)
    assert not drafts.lock_sentence(article, ["*"], article.owner), "and keeps nobody from the article that it left"
    workflow.unlock(Lock.objects.get(pk=held.pk), by=holder)
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=target.owner)


def test_a_fact_is_not_moved_onto_the_lock_that_waits_for_it():
    article, holder, other = make.article(cards=2), make.editor(), make.editor()
    card = article.cards.get(position=1)
    workflow.lock(article, f"card:{card.public_id}", "Wait.", by=holder)
    elsewhere = make.article()
    Article.objects.get(pk=article.pk).cards.filter(pk=card.pk).update(article=elsewhere, position=9)
    with pytest.raises(DraftError, match="Wait"):
        drafts.move_card(elsewhere.cards.get(pk=card.pk), fresh(article), by=other)
