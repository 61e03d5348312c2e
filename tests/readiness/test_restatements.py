"""The checklist names what still says what a fact said before, and questions that rest on no fact."""

from __future__ import annotations

import pytest

from articles import drafts, readiness, workflow
from articles.models import Article
from articles.readiness import Problem
from tests.restatements.makers import NEW, OLD, article, reword_card

pytestmark = pytest.mark.django_db


def problems(row: Article, code: str) -> list[Problem]:
    row = Article.objects.select_related("subject").get(pk=row.pk)
    return [each for each in readiness.problems(drafts.document_of(row), row) if each.code == code]


def test_each_mark_is_advice_at_its_field_with_both_sentences():
    row = article()
    reword_card(row, 2, OLD, NEW)
    found = problems(row, "said-before")
    assert [(each.place.partition(":")[0], each.field) for each in found] == [
        ("details", "dek"),
        ("conclusion", "conclusion"),
        ("faq", "answer"),
    ]
    assert found[2].sentence == (
        "Question 1: “In 26, within a week.” says what Fact 2 said before. "
        "That says now: “Within a week it stood in the Top 10 of 27 countries.”."
    )
    assert found[0].sentence.startswith("Dek: ")
    assert not any(each.is_blocking for each in found)


def test_a_question_that_repeats_no_fact_says_so_until_somebody_has_looked():
    row = article()
    third = row.faqs.get(position=3)
    (found,) = problems(row, "rests-on-nothing")
    assert (found.place, found.field) == (f"faq:{third.public_id}", "question")
    workflow.restatements.rest_on(row, found.place, [], by=row.owner)
    assert problems(row, "rests-on-nothing") == []
    workflow.restatements.leave_as_found(row, found.place, by=row.owner)
    assert len(problems(row, "rests-on-nothing")) == 1


def test_queries_grow_neither_with_marks_nor_with_earlier_wordings(django_assert_num_queries):
    row = article()
    for old, new in ((OLD, NEW), (NEW, "31 countries"), ("31 countries", "41 countries")):
        reword_card(row, 2, old, new)
        fresh = Article.objects.select_related("subject").get(pk=row.pk)
        value = drafts.document_of(fresh)
        with django_assert_num_queries(10):  # something is contested, its figures; and a rank has no day
            readiness.problems(value, fresh)
