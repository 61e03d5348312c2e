"""The same fact on the site: found by its words in what is live or waits, with a link, and never in itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from articles import drafts, publishing, readiness, states, workflow
from articles.models import Article, PublishedFact
from articles.readiness import Problem
from tests import make

pytestmark = pytest.mark.django_db

HEADING = "The captain learned to row in a single winter"
BODY = (
    "He had never been on the water before, and his teacher was **afraid** of it, as [she said](https://example.org/1)."
)
SAME_BODY = (
    "He had never been on the WATER before and his teacher was afraid of it, as [she said](https://example.org/2)"
)


def told(article: Article) -> list[Problem]:
    found = readiness.problems(drafts.document_of(article), article)
    return [problem for problem in found if problem.code == "published-elsewhere"]


def draft(**fields: Any) -> Article:
    return make.article(cards=(make.card(), make.card(**fields)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "field"), [({"heading": HEADING.upper() + " ⛴️"}, "heading"), ({"body": SAME_BODY}, "body")]
)
def test_the_same_words_in_another_article_are_shown_with_a_link(fields: dict[str, str], field: str):
    live = make.live(title="Ferries", cards=(make.card(), make.card(heading=HEADING, body=BODY)))
    article = draft(**fields)
    (problem,) = told(article)
    fact = PublishedFact.objects.get(number=2)
    assert (problem.place, problem.field) == (f"card:{article.cards.last().public_id}", field)
    assert not problem.is_blocking
    (link,) = problem.links
    assert (link.public_id, link.slug, link.article_id, link.is_live) == (fact.public_id, fact.slug, live.pk, True)
    assert link.words == "fact 2 of “Ferries”"
    assert link.words in problem.sentence


def test_other_words_are_another_fact():
    make.live(cards=(make.card(heading=HEADING, body=BODY),))
    assert not told(draft(heading=HEADING.replace("winter", "summer"), body=BODY.replace("water", "ice")))


def test_a_fact_is_never_the_same_as_itself():
    live = make.live(cards=(make.card(heading=HEADING, body=BODY),))
    assert not told(live)


def test_a_card_typed_again_under_a_new_id_is_told():
    live = make.live(cards=(make.card(heading=HEADING, body=BODY), make.card()))
    kept = drafts.document_of(live)
    again = dataclasses.replace(kept, cards=(kept.cards[1], make.card(heading=HEADING)))
    assert "published-elsewhere" in {problem.code for problem in readiness.problems(again, live)}


@pytest.mark.slow
def test_a_fact_that_waits_counts_and_one_taken_down_does_not():
    make.edition(at=timezone.now() + dt.timedelta(days=2), cards=(make.card(heading=HEADING),))
    (problem,) = told(draft(heading=HEADING))
    assert not problem.links[0].is_live
    assert "waits" in problem.sentence
    down = make.live(cards=(make.card(body=BODY),))
    workflow.make(states.TAKE_DOWN, down, by=make.editor(), note="Wrong.")
    assert not told(draft(body=BODY))


def test_a_fact_behind_a_spoiler_point_is_found_and_its_words_are_not_kept():
    make.live(cards=(make.card(heading=HEADING, body=BODY, spoiler_after=3, safe_heading="What he learned"),))
    fact = PublishedFact.objects.get()
    assert (fact.heading, fact.excerpt) == ("", "")
    assert told(draft(body=SAME_BODY))


@pytest.mark.slow
def test_a_short_heading_is_the_same_fact_for_the_same_subject_only():
    make.live(cards=(make.card(heading="It is based on a webtoon"),))
    assert told(draft(heading="It is based on a webtoon"))
    other = make.subject(name="Signal")
    assert not told(make.article(subject=other.slug, cards=(make.card(heading="It is based on a webtoon"),)))
    make.live(cards=(make.card(heading=HEADING),))
    assert told(make.article(subject=other.slug, cards=(make.card(heading=HEADING),)))


def test_a_fact_that_is_live_and_waits_is_shown_once():
    live = make.live(cards=(make.card(heading=HEADING),))
    publishing.publish(live.approved_revision, at=timezone.now() + dt.timedelta(days=2))
    assert PublishedFact.objects.count() == 2
    (problem,) = told(draft(heading=HEADING))
    assert [link.is_live for link in problem.links] == [True]
