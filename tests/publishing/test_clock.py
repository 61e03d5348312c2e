"""A clock that was set back publishes nothing until somebody decides."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.models import ClockDecision, Edition, History
from articles.publishing import PublishingError
from articles.publishing.clock import now
from tests import make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def published(**fields) -> Edition:
    return make.edition(**fields)


def is_refused(**fields) -> bool:
    before = Edition.objects.count()
    try:
        published(**fields)
    except PublishingError:
        assert Edition.objects.count() == before
        return True
    return False


def test_a_clock_set_back_an_hour_files_no_version_before_the_old_one():
    with time_machine.travel(NOON, tick=False):
        live = published(title="The old words")
    with time_machine.travel(NOON - HOUR, tick=False):
        revision = drafts.keep_revision(live.article, "requested", by=live.article.owner)
        with pytest.raises(PublishingError) as refused:
            publishing.publish(revision)
    assert "2030-05-01 11:00:00" in str(refused.value)
    assert "2030-05-01 12:00:00" in str(refused.value)
    assert "manage.py accept_clock" in str(refused.value)
    assert [*Edition.objects.all()] == [live]


def test_no_act_of_the_timeline_is_possible_then_and_rendering_again_is():
    with time_machine.travel(NOON, tick=False):
        live = published()
        waiting = publishing.take_down(live.article, at=NOON + HOUR)
    with time_machine.travel(NOON - HOUR, tick=False):
        for act in (
            lambda: publishing.take_down(live.article),
            lambda: publishing.take_down(live.article, at=NOON + 2 * HOUR),
            lambda: publishing.cancel(waiting),
            lambda: publishing.reschedule(waiting, NOON + 3 * HOUR),
        ):
            with pytest.raises(PublishingError, match="accept_clock"):
                act()
        publishing.rebuild(live)
    assert Edition.objects.get(pk=waiting.pk).visible_from == NOON + HOUR


def test_the_sentence_reaches_the_editor_and_the_refusal_is_on_record():
    with time_machine.travel(NOON, tick=False):
        published()
        ready = make.approved()
    with time_machine.travel(NOON - HOUR, tick=False):
        with pytest.raises(workflow.WorkflowError, match="accept_clock"):
            workflow.make(states.PUBLISH, ready, by=make.editor(), change=ready.change)
        assert "accept_clock" in History.objects.filter(article=ready, act="refused").get().note


def test_the_same_instant_and_a_site_without_events_are_fine():
    with time_machine.travel(NOON, tick=False):
        assert not is_refused()
        assert not is_refused()


@pytest.mark.slow
def test_a_decision_covers_exactly_its_gap():
    with time_machine.travel(NOON, tick=False):
        published()
    with time_machine.travel(NOON - HOUR, tick=False):
        call_command("accept_clock", note="The battery was empty: Mina looked at it.")
        decision = ClockDecision.objects.get()
        assert (decision.clock_at, decision.newest_made_at) == (NOON - HOUR, NOON)
        assert decision.note.startswith("The battery")
        assert not is_refused()
    with time_machine.travel(NOON - HOUR / 2, tick=False):
        assert not is_refused()
    with time_machine.travel(NOON - HOUR / 2 - dt.timedelta(seconds=1), tick=False):
        assert is_refused(), "an event made after the decision is guarded, though the clock is in the gap"
    with time_machine.travel(NOON - HOUR - dt.timedelta(seconds=1), tick=False):
        assert is_refused(), "a clock before that of the decision is another gap"
        call_command("accept_clock")
        assert not is_refused()
    assert ClockDecision.objects.count() == 2


def test_there_is_nothing_to_decide_while_the_clock_is_right():
    with time_machine.travel(NOON, tick=False):
        with pytest.raises(CommandError, match="nothing to decide"):
            call_command("accept_clock")
        published()
        with pytest.raises(CommandError, match="nothing to decide"):
            call_command("accept_clock")
    with time_machine.travel(NOON - HOUR, tick=False), pytest.raises(CommandError, match="300"):
        call_command("accept_clock", note="x" * 301)
    assert not ClockDecision.objects.exists()


def test_the_guard_is_one_query_that_walks_an_index():
    published()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert now() <= timezone.now()
    assert len(queries) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "made_at" in plan or "articles_ed_made_at" in plan
        assert "TEMP B-TREE" not in plan
