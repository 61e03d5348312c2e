"""The checklist asks for the days of what is true only for a time, quietly: once a part, and it holds nothing up."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from articles import drafts, proofs, readiness
from articles.models import Article
from articles.workflow import claims
from tests import make

pytestmark = pytest.mark.django_db

BODY = "It is currently No. 1. Season 2 has not been announced."


def problems(article: Article) -> list[readiness.Problem]:
    article = Article.objects.get(pk=article.pk)
    return [each for each in readiness.problems(drafts.document_of(article), article) if each.code == "no-day"]


def date_all(article: Article, place: str, most: int = 99) -> None:
    said = proofs.dated_of(drafts.document_of(article), proofs.Acts())[place][:most]
    again_on = timezone.localdate() + dt.timedelta(days=9)
    for each in said:
        claims.date(article, place, each.identity, as_of=None, again_on=again_on, by=article.owner)


def test_each_part_is_named_once_with_its_first_sentence_and_nothing_is_held_up():
    article = make.article(cards=(make.card(body=BODY), make.card()), faqs=0, conclusion="She is 25 years old.")
    first, last = problems(article)
    place = f"card:{drafts.document_of(article).cards[0].public_id}"
    assert (first.place, first.field, first.is_blocking) == (place, "body", False)
    assert first.sentence == (
        "Fact 1: say as of when these 2 sentences hold, and when to look again: “It is currently No. 1.” …"
    )
    assert last.sentence == "Conclusion: say as of when this holds, and when to look again: “She is 25 years old.”"


def test_one_day_is_enough_whether_a_person_or_the_words_say_it():
    article = make.article(cards=(make.card(body=BODY),), faqs=0, introduction="As of March 2025 it is No. 1.")
    (only,) = problems(article)
    date_all(article, only.place, most=1)
    assert "“Season 2 has not been announced.”" in problems(article)[0].sentence
    date_all(article, only.place)
    assert problems(article) == []


def test_without_such_a_sentence_it_costs_no_query(django_assert_num_queries):
    article = make.article(cards=3, faqs=1)
    value = dataclasses.replace(drafts.document_of(article), introduction="It began in 2019.")
    with django_assert_num_queries(0):
        assert proofs.undated(value, article) == {}
