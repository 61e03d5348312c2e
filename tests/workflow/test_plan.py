"""A plan is what happens: held against a crawl of the public addresses before and after, and nothing stays of it."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing, states, workflow
from articles.document import Document
from articles.models import Article, Edition, History, Tag
from articles.states import Move
from articles.workflow import PublishPlan
from tests import make
from tests.workflow.test_decisions import decide, fresh, places

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def value_of(article: Article) -> Document:
    return article.revisions.order_by("number").last().document


def approved_again(article: Article, **fields: Any) -> Article:
    """The article with other words, approved by another person. `card` changes the first fact."""
    value = drafts.document_of(fresh(article))
    if "card" in fields:
        first = dataclasses.replace(value.cards[0], **fields.pop("card"))
        value = dataclasses.replace(value, cards=(first, *value.cards[1:]))
    value = dataclasses.replace(value, **fields)
    article = fresh(article)
    revision = drafts.keep_revision(article, "requested", by=article.owner, value=value)
    drafts.restore(article, revision, change=article.change, by=article.owner)
    ready = workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    return workflow.make(states.APPROVE, ready, by=make.editor(), change=ready.change)


# --- the crawl --------------------------------------------------------------------------------------------------------


def paths_of(*articles: Article) -> set[str]:
    """Every address that any revision of the articles could have."""
    found = set()
    for article in articles:
        for revision in article.revisions.all():
            composed = publishing.compose(revision.document)
            found.add(reverse("article", args=[composed.edition.slug]))
            found |= {reverse("fact", args=[fact.public_id, fact.slug]) for fact in composed.facts}
    return found


def crawl(paths: set[str], at: dt.datetime | None = None) -> dict[str, tuple[int, str, str]]:
    """What each address answers: the status, the words, where it leads."""
    client, found = Client(), {}
    with time_machine.travel(at or timezone.now(), tick=False):
        for path in paths:
            answer = client.get(path)
            found[path] = (answer.status_code, answer.content.decode(), answer.headers.get("Location", ""))
    return found


def numbers(at: dt.datetime | None = None) -> dict[str, Any]:
    """How many facts the pages count, what the feed and the corrections hold."""
    client = Client()
    with time_machine.travel(at or timezone.now(), tick=False):
        feed = client.get(reverse("feed", args=["articles", "atom"])).content.decode()
        return {
            "index": client.get(reverse("facts")).content.decode(),
            "tags": {
                tag.slug: client.get(reverse("tag", args=[tag.slug])).content.decode() for tag in Tag.objects.all()
            },
            "entries": [part.split("</id>")[0] + part.split("<updated>")[1][:40] for part in feed.split("<entry>")[1:]],
            "corrections": client.get(reverse("corrections")).content.decode(),
        }


def counted(page: str) -> int:
    """How many facts a list says that it has; one without any says so in another way."""
    said = LexborHTMLParser(page).css_first(".found")
    return int(said.text().split()[0]) if said else 0


def state() -> dict[str, Any]:
    """All rows of all tables."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


def held(move: Move, article: Article, *others: Article, by: Any = None, **how: Any) -> PublishPlan:
    """The plan of a move, which is made after that, and held against what the public addresses answer."""
    by = by or make.editor()
    at = how.get("at")
    article, paths, rows = fresh(article), paths_of(article, *others), state()
    later = at + dt.timedelta(seconds=1) if at else None
    before, counts = crawl(paths, later), numbers(later)
    plan = workflow.plan_of(move, article, by, **how)
    assert state() == rows, "a look changes nothing"
    assert crawl(paths, later) == before
    assert not plan.refused
    workflow.make(move, fresh(article), by=by, **{"change": fresh(article).change, **how})
    paths |= paths_of(article)
    assert_true(plan, before, crawl(paths, later), counts, numbers(later))
    return plan


def assert_true(plan: PublishPlan, before: dict, after: dict, counts: dict, counts_after: dict) -> None:
    statuses = {path: (before.get(path, (404,))[0], answer[0]) for path, answer in after.items()}
    assert {*plan.made} == {path for path, (was, now) in statuses.items() if now == 200 and was != 200}
    assert {*plan.gone} == {path for path, (was, now) in statuses.items() if now == 410 and was != 410}
    leads = {path: answer[2] for path, answer in after.items() if answer[2]}
    assert dict(plan.redirected) == {path: to for path, to in leads.items() if before.get(path, ("", "", ""))[2] != to}
    stayed = {path for path, pair in statuses.items() if pair == (200, 200)}
    assert {*plan.changed} <= stayed
    assert all(before[path][1] != after[path][1] for path in plan.changed)
    assert counted(counts_after["index"]) == plan.index_now
    for tag in plan.tags:
        assert counted(counts["tags"][tag.slug]) == tag.was
        assert counted(counts_after["tags"][tag.slug]) == tag.now
    told = len(counts_after["entries"]) - len(counts["entries"])
    has_changed = counts_after["entries"] != counts["entries"]
    assert (plan.feed, told) in {("new", 1), ("gone", -1), ("updated", 0), ("", 0)}
    assert bool(plan.feed) == has_changed
    for entry in plan.corrections:
        assert entry.heading in counts_after["corrections"]


# --- the moves --------------------------------------------------------------------------------------------------------


def test_a_first_publication():
    plan = held(states.PUBLISH, make.approved(cards=3, slug="ferry", tags=("Ferries", "Night")))
    assert len(plan.made) == 4
    assert len(plan.facts_added) == 3
    assert (plan.index_was, plan.index_now, plan.feed) == (0, 3, "new")
    assert [(tag.name, tag.was, tag.now) for tag in plan.tags] == [("Ferries", 0, 3), ("Night", 0, 3)]
    assert not plan.changed + plan.redirected + plan.gone + plan.corrections


def test_an_update_with_a_correction():
    live = make.live(cards=(make.card(heading="It has five lamps"), make.card()), slug="ferry")
    other = make.live(cards=2, slug="harbour")
    ready = approved_again(live, card={"body": "Six of them."}, tags=("Ferries", "Lamps"))
    plan = held(states.PUBLISH, ready, other, kind="correction", note="There are six.")
    assert len(plan.facts_changed) == 1
    assert [(each.kind, each.heading) for each in plan.corrections] == [("correction", "It has five lamps")]
    assert [(tag.name, tag.was, tag.now) for tag in plan.tags] == [("Lamps", 0, 2)]
    assert (len(plan.changed), plan.feed, plan.is_kind_open) == (2, "updated", False)


@pytest.mark.slow
def test_a_typo_tells_no_feed_and_a_kind_that_is_not_chosen_is_told_as_open():
    live = make.live(cards=(make.card(heading="It has five lamps"),), slug="ferry")
    ready = approved_again(live, card={"body": "Count them well."})
    look = workflow.plan_of(states.PUBLISH, ready, make.editor())
    assert look.is_kind_open
    assert len(look.corrections) == 1
    plan = held(states.PUBLISH, ready, kind="typo")
    assert (plan.feed, plan.corrections) == ("", ())


@pytest.mark.slow
def test_another_slug_and_another_heading_redirect():
    live = make.live(cards=(make.card(heading="It has five lamps"),), slug="ferry")
    ready = approved_again(live, slug="big-ferry", card={"heading": "It has six lamps"})
    plan = held(states.PUBLISH, ready, kind="clarification")
    assert [path for path, _to in plan.redirected if "articles" in path] == ["/articles/ferry/"]
    assert len(plan.redirected) == 2
    assert len(plan.made) == 2


@pytest.mark.slow
def test_facts_that_leave_are_gone_and_the_rest_renumbered():
    live = make.live(cards=3, slug="ferry")
    ready = approved_again(live, cards=value_of(live).cards[1:])
    plan = held(states.PUBLISH, ready, kind="clarification")
    assert (len(plan.gone), len(plan.facts_removed), plan.renumbered) == (1, 1, 2)
    assert (plan.index_was, plan.index_now) == (3, 2)


@pytest.mark.slow
def test_taking_down_and_bringing_back():
    live = make.live(cards=2, slug="ferry")
    plan = held(states.TAKE_DOWN, live, note="Rights.")
    assert (len(plan.gone), plan.feed, plan.index_now) == (3, "gone", 0)
    plan = held(states.UNDO_PUBLICATION, live, note="They are ours.")
    assert (len(plan.made), plan.feed, plan.index_now) == (3, "new", 2)


@pytest.mark.slow
def test_undoing_an_update():
    live = make.live(cards=(make.card(heading="It has five lamps"), make.card()), slug="ferry")
    ready = approved_again(live, slug="big-ferry", card={"body": "Six of them."})
    workflow.make(states.PUBLISH, ready, by=make.editor(), change=ready.change, kind="correction", note="Six.")
    plan = held(states.UNDO_PUBLICATION, live, note="Five.")
    assert ("/articles/big-ferry/", "/articles/ferry/") in plan.redirected
    assert plan.corrections


@pytest.mark.slow
def test_a_partial_publication():
    article, editor = make.handed_in(cards=3, slug="ferry"), make.editor()
    left_out = article.cards.first()
    for place in places(article):
        if place != f"card:{left_out.public_id}":
            decide(article, place, by=editor)
    plan = held(states.PUBLISH_APPROVED, article, by=editor)
    assert (plan.index_now, len(plan.made)) == (2, 3)
    assert not any(left_out.public_id in path for path in plan.made)


@pytest.mark.slow
def test_a_scheduled_instant_is_compared_with_itself():
    live = make.live(cards=2, slug="ferry")
    at = timezone.now() + 2 * HOUR
    publishing.take_down(live, at=at - HOUR)
    ready = approved_again(live, dek="Told anew.")
    plan = held(states.SCHEDULE, ready, at=at)
    assert (len(plan.made), plan.feed, plan.at) == (3, "new", at)


@pytest.mark.slow
def test_a_fact_that_was_closed_and_is_open_then_is_named():
    closed = make.card(heading="He did it", safe_heading="Who did it", spoiler_after=8)
    make.subject(episodes=16)
    live = make.live(cards=(closed, make.card(spoiler_after=3)), slug="ferry")
    ready = approved_again(live, card={"spoiler_after": 2})
    [opened] = held(states.PUBLISH, ready, kind="typo").opened
    assert (opened.heading, opened.spoiler_after) == ("Who did it", 2)


def test_a_move_that_would_be_refused_is_told_in_its_sentence_and_leaves_no_line():
    ready, lines = make.approved(), History.objects.count()
    plan = workflow.plan_of(states.TAKE_DOWN, ready, make.editor())
    assert plan.refused == "Nothing of this article is live now."
    assert History.objects.count() == lines
    workflow.lock(ready, "", "A lawyer reads it.", by=make.editor())
    assert "lawyer" in workflow.plan_of(states.PUBLISH, ready, make.editor()).refused


@pytest.mark.slow
def test_what_it_costs_does_not_grow_with_the_facts(django_assert_num_queries, django_assert_max_num_queries):
    few, many, editor = (
        make.approved(cards=2),
        make.approved(cards=25),
        make.editor(),
    )  # as many as SQLite takes at once
    editor.has_perm("articles.publish_article")
    with django_assert_max_num_queries(75) as asked:
        workflow.plan_of(states.PUBLISH, few, editor)
    with django_assert_num_queries(len(asked)):
        workflow.plan_of(states.PUBLISH, many, editor)
    assert not Edition.objects.exists()
