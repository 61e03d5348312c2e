"""The page that asks before a publication says what it will do, and a look changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import states, workflow
from articles.models import Edition, History, NotificationChoice
from tests import make
from tests.desk.pages import at, client, sent_unchanged, text, tree
from tests.desk.review.test_moves import HOUR, move_url, wall_clock
from tests.workflow.test_plan import approved_again, state

pytestmark = pytest.mark.django_db


def plan_of(response) -> str:
    section = tree(response).css_first("#plan")
    return " ".join(section.text(separator=" ").split()) if section else ""


@pytest.mark.slow
def test_before_the_first_publication():
    ready = make.approved(cards=2, slug="ferry", title="Facts & <ferries>", tags=("Ferries",))
    editor = client(make.editor())
    editor.get(at("change", ready))  # what a session writes is written
    rows = state()
    plan = plan_of(editor.get(move_url(ready, "publish")))
    assert state() == rows
    assert "3 addresses are there then:" in plan
    assert "/articles/ferry/" in plan
    assert "2 facts are new:" in plan
    assert "Ferries: 0 → 2" in plan
    assert "Facts in the index: 0 → 2." in plan
    assert "The feed gets an entry." in plan
    assert f"The next digest tells {ready.owner.username}." in plan


def test_whom_a_digest_tells():
    owner = make.writer()
    ready = make.approved(owner=owner)
    NotificationChoice.objects.create(user=owner, switched_off=["published"])
    assert "Nobody gets mail of it." in plan_of(client(make.editor()).get(move_url(ready, "publish")))


@pytest.mark.slow
def test_a_look_at_a_time_publishes_nothing():
    ready, browser = make.approved(slug="ferry"), client(make.editor())
    asked = browser.get(move_url(ready, "schedule"))
    assert "Choose a time, and look" in plan_of(asked)
    assert "address" not in plan_of(asked)
    time, rows = wall_clock(timezone.now() + 2 * HOUR), Edition.objects.count()
    seen = sent_unchanged(browser, move_url(ready, "schedule"), at=time, look="1")
    assert seen.status_code == 200
    assert "/articles/ferry/" in plan_of(seen)
    assert tree(seen).css_first("#id_at").attributes["value"] == time
    assert Edition.objects.count() == rows
    past = sent_unchanged(browser, move_url(ready, "schedule"), at=wall_clock(timezone.now() - HOUR), look="1")
    assert "It would be refused now: That time has passed" in plan_of(past)
    assert not History.objects.filter(act="refused").exists(), "a look is no attempt"
    assert sent_unchanged(browser, move_url(ready, "schedule"), at="soon", look="1").status_code == 400


@pytest.mark.slow
def test_the_kind_that_is_chosen_says_what_is_told():
    live = make.live(cards=(make.card(heading="It has five lamps"),), slug="ferry")
    ready, browser = approved_again(live, card={"body": "Six of them."}), client(make.editor())
    asked = plan_of(browser.get(move_url(ready, "publish")))
    assert "a typo tells no feed and no correction" in asked
    assert "It has five lamps (clarification)" in asked
    typo = plan_of(sent_unchanged(browser, move_url(ready, "publish"), kind="typo", look="1"))
    assert "corrections" not in typo
    assert "feed" not in typo
    told = sent_unchanged(browser, move_url(ready, "publish"), kind="correction", note="Six.", look="1")
    assert "It has five lamps (correction)" in plan_of(told)
    assert Edition.objects.filter(article=live).count() == 1


@pytest.mark.slow
def test_taking_down_and_undoing_say_what_is_gone():
    live, browser = make.live(cards=2, slug="ferry"), client(make.editor())
    for name in ("take-down", "undo-publication"):
        plan = plan_of(browser.get(move_url(live, name)))
        assert "3 addresses are gone (410):" in plan
        assert "The entry in the feed is gone." in plan


@pytest.mark.slow
def test_a_spoiler_that_is_told_stands_out():
    make.subject(episodes=16)
    live = make.live(cards=(make.card(safe_heading="Who did it", spoiler_after=8),), slug="ferry")
    ready = approved_again(live, card={"spoiler_after": None})
    page = tree(client(make.editor()).get(move_url(ready, "publish")))
    warning = page.css_first("#plan .is-warning").text(separator=" ", strip=True)
    assert "1 fact was closed behind a spoiler point" in warning


def test_a_plan_that_is_refused_says_why():
    ready = make.approved()
    workflow.lock(ready, "", "A lawyer reads it.", by=make.editor())
    assert "It would be refused now: " in plan_of(client(make.editor()).get(move_url(ready, "publish")))


def test_other_moves_and_writers_get_no_plan():
    ready = make.approved()
    assert plan_of(client(make.editor()).get(move_url(ready, "send-back"))) == ""
    assert client(ready.owner).get(move_url(ready, "publish")).status_code == 403


@pytest.mark.slow
def test_cancelling_says_what_is_not_there_and_what_is_free_again():
    ready, browser = make.approved(cards=2, slug="ferry"), client(make.editor())
    workflow.make(states.SCHEDULE, ready, by=make.editor(), change=ready.change, at=timezone.now() + 25 * HOUR)
    rows = state()
    page = browser.get(move_url(ready, "cancel"))
    assert state() == rows
    plan = plan_of(page)
    assert "Free for other articles again, for nobody has seen it: /articles/ferry/" in plan
    assert "3 addresses are not there then:" in plan
    assert "The entry in the feed is gone." in plan
    assert "What else happens on" in text(page)


@pytest.mark.slow
def test_another_time_is_told_for_both_times():
    live, browser = make.live(slug="ferry", cards=(make.card(heading="It has five lamps"),)), client(make.editor())
    ready, when = approved_again(live, card={"body": "Six of them."}, slug="boat"), timezone.now() + 25 * HOUR
    kind = {"kind": "correction", "note": "Six."}
    workflow.make(states.SCHEDULE, ready, by=make.editor(), change=ready.change, at=when, **kind)
    url = move_url(ready, "reschedule")
    assert "Choose a time, and look" in plan_of(browser.get(url))
    plan = plan_of(sent_unchanged(browser, url, at=wall_clock(when + 48 * HOUR), look="1"))
    assert plan.count("What is different in public on") == 2
    first, second = plan.split("What is different in public on")[1:]
    assert "1 entry is not on the page of corrections any more." in first
    assert "1 address is not there then: /articles/boat/" in first
    assert "/articles/ferry/" in first
    assert "address" not in second
    assert Edition.objects.get(visible_from=when)


@pytest.mark.slow
def test_a_schedule_says_what_is_kept_from_now_on():
    ready, browser = make.approved(slug="ferry"), client(make.editor())
    given = {"at": wall_clock(timezone.now() + 2 * HOUR), "look": "1"}
    plan = plan_of(sent_unchanged(browser, move_url(ready, "schedule"), **given))
    assert "Kept for this article from now on, though nobody sees it before: /articles/ferry/" in plan


@pytest.mark.slow
def test_the_page_costs_the_same_with_two_facts_and_with_many():
    few, many, browser = make.approved(cards=2), make.approved(cards=25), client(make.editor())
    browser.get(move_url(few, "publish"))
    costs = []
    for article in (few, many):
        with CaptureQueriesContext(connection) as asked:
            assert "addresses" in plan_of(browser.get(move_url(article, "publish")))
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 90, costs
