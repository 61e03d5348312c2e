"""The checklist says which facts rest on a source that is gone: once a copy is named, no more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles import drafts, readiness
from articles.document import Source
from articles.models import Article, SourceCheck
from tests import make

pytestmark = pytest.mark.django_db

GONE, THERE = "https://gone.example/log", "https://there.example/log"


def looked_at(url: str, outcome: str, *, days: int) -> SourceCheck:
    now, today = timezone.now(), timezone.localdate()
    check = SourceCheck(url=url, host="gone.example", asked_at=now)
    for ago in range(days, 0, -1):
        check.note(outcome, status=404, said="", at=now, day=today - dt.timedelta(days=ago))
    return check


def problems(article: Article) -> list[readiness.Problem]:
    return [each for each in readiness.problems(drafts.document_of(article), article) if each.code == "dead-source"]


def article_with(*sources: Source, cards: int = 1) -> Article:
    return make.article(cards=tuple(make.card(heading=f"Fact {n}", sources=sources) for n in range(cards)))


def test_a_fact_whose_source_is_gone_is_named_and_no_longer_once_a_copy_is():
    article = article_with(Source(url=THERE, title="The log"), Source(url=GONE, title="The old log"))
    looked_at(GONE, "gone", days=2)
    looked_at(THERE, "answers", days=2)
    (problem,) = problems(article)
    assert problem.place == f"card:{article.cards.get().public_id}"
    assert problem.field == "sources"
    assert "“The old log” is gone from the web" in problem.sentence
    assert not problem.is_blocking
    article.cards.get().sources.filter(url=GONE).update(archived_url="https://archive.example/")
    assert problems(article) == []


@pytest.mark.parametrize(("outcome", "days"), [("gone", 1), ("no-answer", 9), ("unclear", 9), ("private", 9)])
def test_one_bad_day_and_silence_are_no_death(outcome: str, days: int):
    looked_at(GONE, outcome, days=days)
    assert problems(article_with(Source(url=GONE))) == []


def test_it_is_one_query_however_many_facts_there_are(django_assert_num_queries):
    few, many = (article_with(Source(url=GONE, title="The log"), cards=number) for number in (1, 40))
    looked_at(GONE, "gone", days=2)
    for article, count in ((few, 1), (many, 40)):
        document = drafts.document_of(article)
        with django_assert_num_queries(8):
            found = readiness.problems(document, article)
        assert sum(each.code == "dead-source" for each in found) == count


def test_a_source_without_an_address_asks_nothing(django_assert_num_queries):
    article = article_with(Source(title="A book"), Source(url=GONE, archived_url=THERE))
    document = drafts.document_of(article)
    with django_assert_num_queries(7):
        assert readiness.problems(document, article)
