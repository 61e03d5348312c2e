"""The time of a move: its zone, hours that a clock change leaves out or shows twice, and what else happens that day."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles import publishing, states, workflow
from articles.models import Article, Edition
from tests import make
from tests.desk.pages import at, client, sent_unchanged, text, tree
from tests.desk.review.test_moves import move_url
from tests.workflow.test_plan import approved_again

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2030, 3, 1, 12, tzinfo=dt.UTC)
#: In Berlin clocks jump from 2 to 3 on this day, and show 2 to 3 twice on that.
SKIPPED, DOUBLED = "2030-03-31T02:30", "2030-10-27T02:30"


@pytest.fixture(autouse=True)
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def errors(response) -> str:
    return " ".join(each.text(strip=True) for each in tree(response).css("[id$=_error]"))


def waiting(article: Article) -> list[dt.datetime]:
    return [event.visible_from.astimezone(dt.UTC) for event in workflow.public_state(article).waiting]


def test_the_field_names_its_zone():
    page = text(client(make.editor()).get(move_url(make.approved(), "schedule")))
    assert "Time (Europe/Berlin)" in page


def test_an_hour_that_the_clock_leaves_out_is_refused():
    ready = make.approved()
    answer = sent_unchanged(client(make.editor()), move_url(ready, "schedule"), at=SKIPPED)
    assert answer.status_code == 400
    assert "2:30 a.m. does not come in Europe/Berlin" in errors(answer)
    assert not waiting(ready)


@pytest.mark.slow
@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_an_hour_that_comes_twice_is_asked_about(which: str, hour: int):
    ready, browser = make.approved(), client(make.editor())
    asked = sent_unchanged(browser, move_url(ready, "schedule"), at=DOUBLED)
    assert asked.status_code == 400
    assert "this time comes twice" in errors(asked)
    choices = [label.text(strip=True) for label in tree(asked).css("label") if "time (UTC" in label.text()]
    assert "the first time (UTC+0200)" in text(asked)
    assert "the second time, an hour later (UTC+0100)" in text(asked)
    assert len(choices) <= 2
    assert not waiting(ready)
    assert sent_unchanged(browser, move_url(ready, "schedule"), at=DOUBLED, which="third").status_code == 400
    assert sent_unchanged(browser, move_url(ready, "schedule"), at=DOUBLED, which=which).status_code == 302
    assert waiting(ready) == [dt.datetime(2030, 10, 27, hour, 30, tzinfo=dt.UTC)]


@pytest.mark.slow
def test_an_hour_that_comes_once_is_not_asked_about():
    ready, browser = make.approved(), client(make.editor())
    answer = sent_unchanged(browser, move_url(ready, "schedule"), at="2030-10-27T03:30", which="second")
    assert answer.status_code == 302
    assert waiting(ready) == [dt.datetime(2030, 10, 27, 2, 30, tzinfo=dt.UTC)]


@pytest.mark.parametrize("sent", ["soon", "", "2030-13-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "\x00"])
def test_what_is_no_time_is_refused(sent: str):
    ready = make.approved()
    answer = sent_unchanged(client(make.editor()), move_url(ready, "schedule"), at=sent)
    assert answer.status_code in (400, 409)
    assert not waiting(ready)


def test_dragging_an_event_onto_such_an_hour_is_refused():
    live = make.live()
    event = publishing.take_down(live, at=dt.datetime(2030, 4, 1, 0, 30, tzinfo=dt.UTC))
    for day in ("2030-03-31", "2030-10-27"):
        answer = client(make.editor()).post(at("move_event", live, event.pk), {"day": day})
        assert answer.status_code == 409
        assert waiting(live) == [event.visible_from]


@pytest.mark.slow
def test_other_events_of_that_day_are_listed():
    day = dt.datetime(2030, 5, 1, 22, 30, tzinfo=dt.UTC)  # half past midnight on the second, in Berlin
    make.edition(title="Other & <article>", at=day)
    make.edition(title="On another day", at=day - dt.timedelta(hours=1))
    gone = make.live(title="A goodbye")
    publishing.take_down(gone, at=day + dt.timedelta(hours=9))
    ready, browser = make.approved(), client(make.editor())
    before = text(browser.get(move_url(ready, "schedule")))
    assert "Scheduled so far" in before
    assert "On another day" in before
    look = sent_unchanged(browser, move_url(ready, "schedule"), at="2030-05-02T20:00", look="1")
    beside = tree(look).css_first("#beside").text(separator=" ", strip=True)
    assert "What else happens on May 2, 2030" in beside
    assert "Other & <article>" in beside
    assert "A goodbye" in beside
    assert "On another day" not in beside


@pytest.mark.slow
def test_the_list_of_a_day_is_bounded(django_assert_max_num_queries):
    ready, browser = make.approved(), client(make.editor())
    for number in range(22):
        make.edition(at=NOW + dt.timedelta(days=3, minutes=number))
    page = tree(browser.get(move_url(ready, "schedule")))
    assert len(page.css("#beside li")) == 20
    assert "And more" in page.css_first("#beside").text()


@pytest.mark.slow
def test_after_an_update_the_page_asks_about_another_version_that_waits(berlin):
    live = make.live(cards=2)
    ready = approved_again(live, dek="For May.")
    may, editor = timezone.now() + dt.timedelta(days=60), make.editor()
    workflow.make(states.SCHEDULE, ready, by=editor, change=ready.change, at=may, kind="clarification")
    ready = approved_again(live, dek="A fix for today.")
    berlin.shift(60)
    browser = client(editor)
    done = sent_unchanged(browser, move_url(ready, "publish"), kind="typo")
    assert done.status_code == 302, text(done)
    page = text(browser.get(done.headers["Location"]))
    assert "The version that is scheduled for April 30, 2030" in page
    workflow.make(states.CANCEL, ready, by=editor, event=Edition.objects.get(visible_from=may))
    ready = approved_again(live, dek="Another fix.")
    berlin.shift(60)
    done = sent_unchanged(browser, move_url(ready, "publish"), kind="typo")
    assert "The version that is scheduled" not in text(browser.get(done.headers["Location"]))
