"""Comments at their place: words that are there, words that are found again, mentions, what moves along."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, workflow
from articles.models import Article, Comment
from articles.workflow import WorkflowError
from tests import make

pytestmark = pytest.mark.django_db

BODY = "The ferry has twelve lamps. The captain lights twelve lamps at dusk."


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=BODY), make.card()), faqs=1)


def place(article: Article, position: int = 1) -> str:
    return f"card:{article.cards.get(position=position).public_id}"


def edit(article: Article, **fields: str) -> None:
    card = drafts.part_at(article, place(article))
    row = article.cards.get(position=1)
    drafts.save_card(row, dataclasses.replace(card, **fields), token=drafts.token(card), by=article.owner)


def found(remark: Comment) -> str | None:
    text = drafts.texts_of(remark.article).get(remark.place, {}).get(remark.field, "")
    span = workflow.place_in(text, remark)
    return text[slice(*span)] if span else None


def test_of_equal_words_those_nearest_to_the_offset_are_meant(article):
    start = BODY.rindex("twelve lamps")
    words = {"place": place(article), "field": "body", "quoted": "twelve lamps"}
    remark = workflow.comment(article, "Eleven?", by=make.editor(), start=start + 2, **words)
    assert (remark.start, remark.before[-7:], remark.after, remark.about) == (start, "lights ", " at dusk.", "Lamps")


def test_words_are_found_again_after_edits_around_them_and_said_to_be_gone_without_them(article):
    words = {"place": place(article), "field": "body", "quoted": "The captain lights twelve lamps"}
    remark = workflow.comment(article, "Really?", by=make.editor(), **words)
    edit(article, body=f"In the evening light. {BODY}")
    assert found(remark) == words["quoted"]
    edit(article, body=BODY.replace("lights twelve", "lights all twelve"))
    assert found(remark) == "The captain lights all twelve lamps"
    edit(article, body="Nothing of the kind.")
    assert found(remark) is None
    remark.refresh_from_db()
    assert remark.quoted == words["quoted"]


def test_words_without_a_field_or_a_place_are_looked_for(article):
    editor = make.editor()
    assert workflow.comment(article, "x", by=editor, quoted="twelve").field == "body"
    assert workflow.comment(article, "x", by=editor, quoted="leaves at night").place == "introduction"
    assert workflow.comment(article, "x", by=editor, place="details").about == ""


@pytest.mark.parametrize(
    "words",
    [
        {"quoted": "thirteen lamps"},
        {"quoted": "twelve lamps", "field": "heading"},
        {"quoted": "twelve lamps", "field": "spoiler_after"},
        {"quoted": "twelve", "field": "body", "place": "introduction"},
        {"place": "card:bcdfghjkmn"},
        {"place": "card:\x00"},
        {"place": "card:"},
        {"place": "details:x"},
        {"place": "nothing"},
        {"quoted": "x" * 501},
        {"text": ""},
        {"text": "\u200b"},
        {"text": "x" * 100_000},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(article, words):
    given = {"text": "Why?", **words}
    with pytest.raises(WorkflowError, match=r"\.$"):
        workflow.comment(article, given.pop("text"), by=make.editor(), **given)
    assert not Comment.objects.exists()


def test_an_answer_to_a_comment_on_another_article_is_refused(article):
    editor = make.editor()
    foreign = workflow.comment(make.article(), "There", by=editor)
    with pytest.raises(WorkflowError, match="another article"):
        workflow.comment(article, "Here", by=editor, parent=foreign)
    with pytest.raises(PermissionDenied):
        workflow.comment(article, "Me too", by=make.writer())


def test_those_are_mentioned_who_may_see_the_article(article):
    editor, owner = make.editor(name="ha.neul"), article.owner
    make.writer(name="stranger")
    make.editor(name="gone", is_active=False)
    text = f"@HA.NEUL. and @{owner.username}, not @stranger, @gone, x@{owner.username}, @nobody or myself @chief"
    remark = workflow.comment(article, text, by=make.editor(name="chief"))
    assert set(remark.mentioned.all()) == {editor, owner}
    answer = workflow.comment(article, "@chief: yes", by=owner, parent=remark)
    assert [person.username for person in answer.mentioned.all()] == ["chief"]


def test_comments_go_along_with_a_card_and_wait_for_one_in_the_bin(article):
    target, where = make.article(owner=article.owner), place(article)
    remark = workflow.comment(article, "Why?", by=article.owner, place=where, quoted="twelve")
    answer = workflow.comment(article, "So.", by=article.owner, parent=remark)
    drafts.move_cards(article, [where.removeprefix("card:")], target, by=article.owner)
    assert set(target.comments.all()) == {remark, answer}
    card = target.cards.get(public_id=where.removeprefix("card:"))
    binned = drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    assert Comment.objects.count() == 2
    drafts.restore_part(binned, by=article.owner)
    remark.refresh_from_db()
    assert found(remark) == "twelve"
    assert remark.place == where


def test_the_stamp_tells_of_every_change(article):
    stamps = [workflow.stamp_of(article)]
    remark = workflow.comment(article, "Why?", by=article.owner)
    stamps.append(workflow.stamp_of(article))
    answer = workflow.comment(article, "So.", by=article.owner, parent=remark)
    stamps.append(workflow.stamp_of(article))
    workflow.resolve(remark, by=article.owner)
    stamps.append(workflow.stamp_of(article))
    workflow.resolve(remark, by=article.owner, is_open=True)
    workflow.comment(article, "Yes.", by=article.owner, parent=answer)
    stamps.append(workflow.stamp_of(article))
    assert stamps[0] == ""
    assert len(set(stamps)) == 5


def test_an_answer_is_not_resolved_by_itself(article):
    remark = workflow.comment(article, "Why?", by=article.owner)
    answer = workflow.comment(article, "So.", by=article.owner, parent=remark)
    with pytest.raises(WorkflowError):
        workflow.resolve(answer, by=article.owner)
