"""One fact in several articles, as readers see it: where else it is told, and which address stands for all."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing
from articles.models import Article, Edition, PublishedFact, Revision
from articles.models.fact_uses import Mode
from articles.workflow import fact_uses
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_anew")]


@pytest.fixture
def origin() -> Article:
    return make.edition(cards=(make.card(heading="Lamps"),), title="10 facts about ferries").article


@pytest.fixture
def draft(origin) -> Article:
    """Tells the fact again; readers do not see it yet."""
    article = make.article(cards=(make.card(heading="Another"),), title="12 facts about lamps")
    fact_uses.use_fact(article, origin.cards.get().public_id, Mode.FOLLOW, by=article.owner)
    return article


def publish(article: Article, **how: object) -> Edition:
    article = Article.objects.get(pk=article.pk)
    return publishing.publish(drafts.keep_revision(article, Revision.Reason.APPROVED, by=article.owner), **how)


def fact(article: Article) -> PublishedFact:
    return PublishedFact.objects.in_force().get(edition__article=article, heading="Lamps")


def page(row: PublishedFact, ending: str = "") -> str:
    cache.clear()
    answer = Client().get(f"/facts/{row.public_id}/{row.slug}{ending or '/'}")
    assert answer.status_code == 200
    return answer.getvalue().decode()


def told(row: PublishedFact) -> list[tuple[str, str]]:
    nodes = LexborHTMLParser(page(row)).css(".also-in a")
    return [(node.attributes["href"] or "", node.text()) for node in nodes]


def canonical(row: PublishedFact) -> str:
    return LexborHTMLParser(page(row)).css_first("link[rel=canonical]").attributes["href"] or ""


def at(row: PublishedFact) -> str:
    return f"/facts/{row.public_id}/{row.slug}/"


@pytest.mark.slow
def test_each_page_leads_to_the_other_articles_that_are_in_force(origin, draft):
    assert told(fact(origin)) == []
    publish(draft)
    assert told(fact(origin)) == [(at(fact(draft)), "12 facts about lamps")]
    assert told(fact(draft)) == [(at(fact(origin)), "10 facts about ferries")]
    assert "Also told in: [12 facts about lamps]" in page(fact(origin), ".md")
    publishing.take_down(draft)
    assert told(fact(origin)) == []


@pytest.mark.slow
def test_the_words_of_the_original_have_its_address_as_canonical_and_keep_their_own(origin, draft):
    publish(draft)
    mine, original = fact(draft), fact(origin)
    assert canonical(mine).endswith(at(original))
    assert canonical(original).endswith(at(original))
    card = draft.cards.get(heading="Lamps")
    old = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(old, body="Our own."), token=drafts.token(old), by=draft.owner)
    publish(draft)
    assert canonical(fact(draft)).endswith(at(mine)), "other words stand for themselves"
    assert told(fact(draft)) == [(at(original), "10 facts about ferries")]


@pytest.mark.slow
def test_an_original_that_is_gone_is_no_canonical_address_and_siblings_stay(origin, draft):
    third = make.article(cards=1, title="Lights")
    fact_uses.use_fact(third, origin.cards.get().public_id, Mode.PIN, by=third.owner)
    publish(draft)
    publish(third)
    publishing.take_down(origin)
    assert canonical(fact(draft)).endswith(at(fact(draft)))
    assert told(fact(draft)) == [(at(fact(third)), "Lights")]


@pytest.mark.slow
def test_linking_and_unlinking_change_nothing_before_a_publication(origin, draft):
    publish(draft)
    before = page(fact(draft))
    card = draft.cards.get(heading="Lamps")
    fact_uses.set_mode(card, Mode.ADAPT, by=draft.owner)
    fact_uses.unlink(card, by=draft.owner)
    assert page(fact(draft)) == before
    edition = fact(draft).edition
    publishing.rebuild(edition)
    assert page(fact(draft)) == before, "rendering an edition again is no publication"
    publish(draft)
    assert told(fact(draft)) == told(fact(origin)) == []


def test_what_is_scheduled_is_told_from_its_instant_on(origin, draft):
    at_time = timezone.now() + dt.timedelta(days=1)
    publish(draft, at=at_time)
    assert told(fact(origin)) == []
    with time_machine.travel(at_time + dt.timedelta(seconds=1), tick=False):
        assert [title for _path, title in told(fact(origin))] == ["12 facts about lamps"]


@pytest.mark.slow
def test_a_closed_fact_does_not_lead_to_an_address_with_its_words():
    """Where another article has opened it, about another subject, say."""
    closed = make.edition(cards=(make.card(heading="The captain dies", spoiler_after=7),), title="10 facts").article
    opened = make.article(cards=1, title="12 facts about captains")
    fact_uses.use_fact(opened, closed.cards.get().public_id, Mode.ADAPT, by=opened.owner)
    card = opened.cards.get(heading="The captain dies")
    old = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(old, spoiler_after=None), token=drafts.token(old), by=opened.owner)
    publish(opened)
    rows = {row.edition.article_id: row for row in PublishedFact.objects.in_force().select_related("edition")}
    mine = next(row for row in rows.values() if row.public_id == closed.cards.get().public_id)
    theirs = PublishedFact.objects.in_force().get(public_id=card.public_id)
    assert "captain-dies" in theirs.slug
    assert told(mine) == [(f"/facts/{theirs.public_id}/", "12 facts about captains")]
    assert Client().get(told(mine)[0][0], follow=True).redirect_chain == [(at(theirs), 301)]
    assert f"(/facts/{theirs.public_id}.md)" in page(mine, ".md").replace("http://testserver", "")
    assert told(theirs) == [(at(mine), "10 facts")]


def test_titles_are_inert(origin):
    article = make.article(cards=1, title="<script>alert(1)</script> & “lamps”")
    fact_uses.use_fact(article, origin.cards.get().public_id, Mode.FOLLOW, by=article.owner)
    publish(article)
    assert "<script>alert" not in page(fact(origin))
    assert told(fact(origin))[0][1].endswith("& “lamps”")


@pytest.mark.slow
def test_it_costs_one_more_query_and_none_for_a_fact_that_stands_alone(origin, draft):
    def cost(row: PublishedFact) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(row)
        return len(asked)

    alone = cost(fact(origin))
    publish(draft)
    for number in range(12):
        other = make.article(cards=1, title=f"More lamps {number}")
        fact_uses.use_fact(other, origin.cards.get().public_id, Mode.FOLLOW, by=other.owner)
        publish(other)
    assert (alone, cost(fact(origin)), cost(fact(draft))) == (3, 4, 4)
    assert len(told(fact(draft))) == 8
    assert told(fact(draft))[0][1] == "10 facts about ferries", "the original first"
