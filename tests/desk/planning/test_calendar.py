"""The calendar: what stands on which day, and who moves it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import drafts, states, workflow
from articles.desk.planning.calendar_days import Period
from articles.models import Article, Edition, History
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db

CALENDAR = "/admin/articles/article/calendar/"
NOW = dt.datetime(2030, 5, 10, 12, tzinfo=dt.UTC)
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=True):
        yield


def day(number: int) -> dt.date:
    return dt.date(2030, 5, number)


def entries(browser: Client, query: str = "?on=2030-05-10") -> dict[str, list[str]]:
    """By day: the kind of each entry and its title. The tray is ""."""
    page = tree(browser.get(CALENDAR + query))
    found = {
        place.attributes["data-day"] or "": [
            f"{entry.attributes['class'].split('entry-')[-1]}: {entry.css_first('a').text()}"
            for entry in place.css(".entry")
        ]
        for place in page.css("[data-day]")
    }
    return {name: rows for name, rows in found.items() if rows}


def scheduled(title: str, when: dt.datetime, article: Article | None = None) -> Edition:
    editor = make.editor()
    article = article or make.approved(title=title)
    kind = "typo" if article.editions.exists() else ""
    workflow.make(states.SCHEDULE, article, by=editor, change=article.change, at=when, kind=kind)
    return article.editions.get(visible_from=when)


@pytest.mark.slow
def test_each_thing_stands_on_its_day_and_ideas_in_the_tray():
    editor = make.editor()
    make.article(title="Idea")
    wish = make.article(title="Wish")
    workflow.plan(wish, by=editor, planned_for=day(14), due_on=day(12))
    scheduled("Soon", NOW + dt.timedelta(days=3))
    live = make.live(title="Live")
    drafts.add_card(live, make.card(), by=live.owner)
    live = workflow.make(states.SUBMIT, Article.objects.get(pk=live.pk), by=live.owner)
    live = workflow.make(states.APPROVE, live, by=editor, change=live.change)
    scheduled("Live", NOW + dt.timedelta(days=5), live)
    workflow.make(states.TAKE_DOWN_AT, live, by=editor, at=NOW + dt.timedelta(days=9), note="Rights end.")
    archived = make.article(title="Archived")
    workflow.make(states.ARCHIVE, archived, by=editor)
    drafts.mark_template(make.article(title="Template"), is_template=True, by=editor)
    assert entries(client(editor)) == {
        "2030-05-10": ["published: Live"],
        "2030-05-12": ["due: Wish"],
        "2030-05-13": ["scheduled: Soon"],
        "2030-05-14": ["planned: Wish"],
        "2030-05-15": ["update: Live"],
        "2030-05-19": ["takedown: Live"],
        "": ["idea: Idea"],
    }
    assert list(entries(client(editor), "?view=week&on=2030-05-13")) == [
        "2030-05-12",
        "2030-05-13",
        "2030-05-14",
        "2030-05-15",
        "",
    ], "a week begins on Sunday in English"


@pytest.mark.slow
def test_a_writer_sees_their_own_and_moves_their_own_wishes():
    mine = make.article(title="Mine")
    make.article(title="Other")
    scheduled("Somebody's", NOW + dt.timedelta(days=3))
    browser = client(mine.owner)
    assert entries(browser) == {"": ["idea: Mine"]}
    browser.post(at("plan_day", mine), {"day": "2030-05-20"})
    assert entries(browser) == {"2030-05-20": ["planned: Mine"]}


def test_a_plan_moves_by_a_day_to_a_day_and_back_to_the_tray():
    article, browser = make.article(title="Wish"), client(make.editor())
    change = article.change

    def planned(**sent: str) -> dt.date | None:
        answer = browser.post(at("plan_day", article), {"view": "week", "on": "2030-05-15", **sent})
        assert answer.headers["Location"] == f"{CALENDAR}?view=week&on=2030-05-12"
        return Article.objects.get(pk=article.pk).planned_for

    assert planned(day="2030-05-15") == day(15)
    assert planned(step="1") == day(16)
    assert planned(step="-1") == day(15)
    assert planned(day="") is None
    assert Article.objects.get(pk=article.pk).change == change
    assert History.objects.filter(act=History.Act.PLAN).count() == 4


@pytest.mark.slow
def test_a_scheduled_event_moves_with_its_hour_by_the_move_that_does_it():
    event = scheduled("Soon", NOW + dt.timedelta(days=3))
    article, browser = event.article, client(make.editor())
    browser.post(at("move_event", article, event.pk), {"step": "1"})
    (moved,) = article.editions.all()
    assert moved.visible_from == NOW + dt.timedelta(days=4)
    assert browser.post(at("move_event", article, moved.pk), {"day": "2030-05-20"}, headers=JSON).status_code == 200
    (moved,) = article.editions.all()
    assert timezone.localtime(moved.visible_from) == dt.datetime(2030, 5, 20, 12, tzinfo=dt.UTC)
    assert History.objects.filter(act="reschedule").count() == 2
    refused = browser.post(at("move_event", article, moved.pk), {"day": "2030-05-01"}, headers=JSON)
    assert refused.status_code == 409
    assert refused.json()["sentence"]
    assert article.editions.get().visible_from == moved.visible_from


def test_a_writer_moves_no_event():
    event = scheduled("Soon", NOW + dt.timedelta(days=3))
    browser = client(event.article.owner)
    assert not tree(browser.get(CALENDAR + "?on=2030-05-10")).css(".entry-scheduled .entry-move")
    assert browser.post(at("move_event", event.article, event.pk), {"step": "1"}).status_code == 403
    assert event.article.editions.get().visible_from == event.visible_from


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"step": "2"},
        {"day": "x"},
        {"day": "2030-02-31"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"step": "1"},
    ],
)
def test_what_names_no_day_is_refused(sent):
    article, browser = make.article(), client(make.editor())
    answer = browser.post(at("plan_day", article), sent, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["sentence"]
    event = scheduled("Soon", NOW + dt.timedelta(days=3))
    if sent != {"step": "1"}:
        assert browser.post(at("move_event", event.article, event.pk), sent).status_code == 400
    assert browser.post(at("move_event", event.article, event.pk), {"day": ""}).status_code == 400
    assert browser.post(at("move_event", article, event.pk), {"step": "1"}).status_code == 404
    assert Article.objects.get(pk=article.pk).planned_for is None


def test_a_day_that_has_passed_is_refused():
    article = make.article()
    assert client(make.editor()).post(at("plan_day", article), {"day": "2030-05-09"}).status_code == 409


@pytest.mark.parametrize(
    "query", ["?on=x", "?on=2030-02-31", "?view=year", "?on=0001-01-01", "?on=9999-12-31", "?on=%00"]
)
def test_nonsense_in_the_address_is_some_month(query):
    assert client(make.editor()).get(CALENDAR + query).status_code == 200


def test_an_empty_calendar_says_so():
    page = text(client(make.editor()).get(CALENDAR))
    assert "Nothing is scheduled or planned in this time." in page
    assert "Every article has its day" in page


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_whole_weeks_around_all_of_its_days(month):
    period = Period.of("month", dt.date(2030, month, 15))
    assert len(period.days) % 7 == 0
    assert {period.begin, period.end - dt.timedelta(days=1)} <= set(period.days)
    assert period.days[0] <= period.begin < period.days[7]
    assert period.days == sorted(set(period.days))


@pytest.mark.slow
def test_the_calendar_costs_the_same_for_two_and_for_forty(django_assert_num_queries, django_assert_max_num_queries):
    editor = make.editor()
    browser = client(editor)

    def more() -> None:
        make.article()
        workflow.plan(make.article(), by=editor, planned_for=day(20), due_on=day(19))
        scheduled("Soon", NOW + dt.timedelta(days=3))

    more()
    with django_assert_max_num_queries(14) as few:
        browser.get(CALENDAR)
    for _ in range(12):
        more()
    with django_assert_num_queries(len(few)):
        browser.get(CALENDAR)
