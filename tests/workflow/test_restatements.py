"""What people say of parts that repeat facts: who may, what holds, what it is bound to, and the line of the history."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, states, workflow
from articles.models import Article, History, RestatementAct
from articles.restatements import Mark
from articles.workflow import restatements as acts
from tests import make
from tests.restatements.makers import NEW, OLD, article, found_in, marked, marks, reword_answer, reword_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Article:
    made = article()
    reword_card(made, 2, OLD, NEW)
    return made


def ids(row: Article) -> list[str]:
    return [card.public_id for card in row.cards.all()]


def question(row: Article, number: int) -> str:
    return f"faq:{row.faqs.get(position=number).public_id}"


def mark_of(row: Article, field: str) -> Mark:
    return next(mark for mark in marks(row) if mark.field == field)


def test_still_right_settles_one_mark_and_stands_in_the_history(row: Article):
    acts.still_right(row, mark_of(row, "dek").key, by=row.owner)
    assert marked(row) == ["conclusion", "1answer"]
    line = History.objects.filter(article=row).first()
    assert (line.act, line.actor, line.details["about"][:11]) == ("still-right", row.owner, "How a drama")
    assert row.change == Article.objects.get(pk=row.pk).change, "no word has changed"


@pytest.mark.slow
def test_it_is_asked_again_when_the_fact_changes_again_or_the_sentence_does(row: Article):
    acts.still_right(row, mark_of(row, "answer").key, by=row.owner)
    reword_card(row, 2, NEW, "31 countries")
    assert "1answer" in marked(row)
    reword_card(row, 2, "31 countries", NEW)
    assert "1answer" not in marked(row), "what was said of these very sentences holds again"
    reword_answer(row, 1, "In 26, within a week.", "It was a hit in 26 within one week.")
    assert "1answer" not in marked(row), "it was written with what the fact says now before it"
    reword_card(row, 2, NEW, "31 countries")
    assert "1answer" in marked(row) or "dek" in marked(row)


def test_still_right_can_be_taken_back(row: Article):
    key = mark_of(row, "dek").key
    acts.still_right(row, key, by=row.owner)
    acts.ask_again(row, key, by=row.owner)
    assert "dek" in marked(row)
    with pytest.raises(workflow.ConflictError):
        acts.ask_again(row, key, by=row.owner)
    assert RestatementAct.objects.count() == 2, "rows stay"


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "\x00", "é" * 500])
def test_a_mark_that_is_not_there_is_refused(row: Article, key: str):
    for act in (acts.still_right, acts.ask_again):
        with pytest.raises(workflow.ConflictError):
            act(row, key, by=row.owner)
    assert not RestatementAct.objects.exists()


def test_what_is_declared_counts_alone(row: Article):
    first, second, _third = ids(row)
    acts.rest_on(row, "details", [first], by=row.owner)
    assert "dek" not in marked(row), "found, and said to rest on something else"
    acts.rest_on(row, "details", [second], by=row.owner)
    assert "dek" not in marked(row), "said when the fact had changed already"
    reword_card(row, 2, NEW, "31 countries")
    assert "dek" in marked(row)


def test_a_declared_fact_marks_a_part_in_which_no_rule_sees_anything(row: Article):
    first, *_others = ids(row)
    place = question(row, 3)
    acts.rest_on(row, place, [first], by=row.owner)
    assert place not in found_in(row).by_place
    reword_card(row, 1, "Hwang Mi-ran", "Hwang Mi-rae")
    (mark,) = found_in(row).by_place[place]
    assert (mark.sentence, mark.field) == ("There is, and much shouting.", "answer")
    assert "Mi-ran" in mark.old
    assert "Mi-rae" in mark.new
    reword_card(row, 1, "Hwang Mi-rae", "Hwang Mi-ran")
    assert place not in found_in(row).by_place
    reword_card(row, 1, "by Hwang Mi-ran.", "by Hwang Mi-ran. It was her first.")
    (mark,) = found_in(row).by_place[place]
    assert (mark.old, mark.new) == ("", "It was her first.")
    reword_answer(row, 3, "There is, and much shouting.", "A little.")
    assert place not in found_in(row).by_place, "the part was written anew"


def test_a_declared_link_survives_moves_and_says_when_its_fact_is_gone(row: Article):
    first, *_others = ids(row)
    place = question(row, 3)
    acts.rest_on(row, place, [first], by=row.owner)
    order = drafts.order_of(row, "cards")
    drafts.save_order(row, "cards", order[::-1], token=drafts.token(order), by=row.owner)
    assert found_in(row).resting[place].cards == (first,)
    card = row.cards.get(public_id=first)
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=row.owner)
    (mark,) = found_in(row).by_place[place]
    assert mark.is_gone
    assert mark.old == "A nurse wrote the novel"


def test_the_history_names_the_part_and_the_facts(row: Article):
    first, second, _third = ids(row)
    acts.rest_on(row, "conclusion", [first, second, first], by=row.owner)
    acts.leave_as_found(row, "conclusion", by=row.owner)
    later, earlier = History.objects.filter(article=row)[:2]
    assert (later.act, earlier.act) == ("leave-as-found", "rest-on")
    assert earlier.details["about"].endswith("A nurse wrote the novel; A hit on three continents")


@pytest.mark.parametrize("place", ["", "card:none", "faq:none", "cover", "\x00", "introduction " * 20])
def test_a_part_that_is_not_there_is_refused(row: Article, place: str):
    for act in (
        lambda: acts.rest_on(row, place, [], by=row.owner),
        lambda: acts.leave_as_found(row, place, by=row.owner),
    ):
        with pytest.raises(workflow.ConflictError):
            act()
    assert not RestatementAct.objects.exists()


def test_facts_of_other_articles_and_too_many_are_refused(row: Article):
    (foreign, *_others) = ids(article())
    with pytest.raises(workflow.ConflictError):
        acts.rest_on(row, "conclusion", [foreign], by=row.owner)
    many = make.article(cards=30)
    with pytest.raises(workflow.WorkflowError, match="at most 20"):
        acts.rest_on(many, "conclusion", ids(many), by=many.owner)


def test_only_who_may_check_the_articles_claims_may_say_it(row: Article):
    key = mark_of(row, "dek").key
    for stranger in (make.user(role=None), make.writer()):
        with pytest.raises(PermissionDenied):
            acts.still_right(row, key, by=stranger)
        with pytest.raises(PermissionDenied):
            acts.rest_on(row, "conclusion", [], by=stranger)
    acts.still_right(row, key, by=make.editor())


def test_nothing_is_said_of_an_archived_article(row: Article):
    key = mark_of(row, "dek").key
    workflow.make(states.ARCHIVE, row, by=make.editor())
    with pytest.raises(workflow.WorkflowError, match="archived"):
        acts.still_right(row, key, by=make.editor())


def test_no_approval_lapses_by_it():
    row = make.approved(cards=(make.card(),))
    acts.rest_on(row, "conclusion", ids(row), by=row.owner)
    assert Article.objects.get(pk=row.pk).effective_status is states.Status.APPROVED


def test_an_act_never_changes(row: Article):
    act = acts.rest_on(row, "conclusion", [], by=row.owner)
    with pytest.raises(TypeError):
        act.save()
