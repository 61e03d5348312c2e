"""The list of articles: further filters, kept views, several articles at once."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafts, states, workflow
from articles.desk.planning import bulk
from articles.document import Caveat
from articles.models import Article, History, SavedView
from tests import make
from tests.desk.pages import client, form_of, text, tree

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def titles(browser: Any, query: str = "") -> set[str]:
    return {link.text(strip=True) for link in tree(browser.get(LIST + query)).css("#result_list .field-title a")}


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.mark.slow
def test_the_list_narrows_by_who_and_when():
    anna, bert = make.editor(name="anna"), make.editor(name="bert")
    mine, other, free = make.handed_in(title="Mine"), make.handed_in(title="Other"), make.handed_in(title="Free")
    workflow.take_review(mine, by=anna)
    workflow.take_review(other, by=bert)
    workflow.plan(mine, by=anna, due_on=day(3))
    Article.objects.filter(pk=other.pk).update(due_on=day(-2))
    browser = client(anna)
    assert titles(browser, "?reviewer=me") == {"Mine"}
    assert titles(browser, f"?reviewer={bert.pk}") == {"Other"}
    assert titles(browser, "?reviewer=nobody") == {"Free"}
    assert titles(browser, f"?owner={free.owner_id}") == {"Free"}
    assert titles(browser, "?due=week") == {"Mine"}
    assert titles(browser, "?due=over") == {"Other"}
    assert titles(browser, "?due=any") == {"Mine", "Other"}
    assert titles(browser, "?due=none&reviewer=nobody") == {"Free"}


@pytest.mark.slow
def test_the_list_narrows_by_what_it_is_about():
    make.author()
    zoe = make.author(name="Zoe")
    make.article(title="By Zoe", authors=(zoe.slug,), tags=())
    make.article(title="On boats", tags=("K-Drama",))
    make.article(title="A fact on boats", tags=(), cards=(make.card(tags=("k drama",)),))
    browser = client(make.editor())
    assert titles(browser, f"?author={zoe.slug}") == {"By Zoe"}
    assert titles(browser, "?tag=k+drama") == {"On boats", "A fact on boats"}
    assert titles(browser, "?tag=nothing") == set()


def test_the_list_narrows_by_facts_in_doubt():
    make.article(title="Sound")
    for caveat in (Caveat.DISPUTED, Caveat.OUTDATED):
        make.article(title=f"It is {caveat}", cards=(make.card(caveat=caveat), make.card()))
    browser = client(make.editor())
    assert titles(browser, "?caveat=disputed") == {"It is disputed"}
    assert titles(browser, "?caveat=outdated") == {"It is outdated"}


def test_the_list_narrows_by_how_long_nothing_was_changed():
    for name, weeks in (("Fresh", 0), ("Old", 3), ("Older", 60)):
        article = make.article(title=name)
        Article.objects.filter(pk=article.pk).update(changed_at=timezone.now() - dt.timedelta(weeks=weeks, hours=1))
    browser = client(make.editor())
    assert titles(browser, "?stale=2") == {"Old", "Older"}
    assert titles(browser, "?stale=52") == {"Older"}


@pytest.mark.slow
def test_the_list_narrows_by_what_is_missing_and_asks_anew_after_a_change():
    ready = make.article(title="Ready")
    make.article(title="Empty", cards=0)
    browser = client(make.editor())
    assert titles(browser, "?missing=nothing") == {"Ready"}
    assert titles(browser, "?missing=something") == {"Empty"}
    drafts.add_card(ready, by=ready.owner)
    assert titles(browser, "?missing=nothing") == set()


def test_a_writer_is_not_asked_whose_articles():
    article = make.article(title="Mine")
    make.article(title="Other")
    browser = client(article.owner)
    assert titles(browser, f"?owner={make.writer().pk}") == {"Mine"}
    assert 'name="owner"' not in browser.get(LIST).content.decode()


@pytest.mark.slow
def test_nonsense_narrows_nothing_and_breaks_nothing():
    make.article(title="One")
    browser = client(make.editor())
    for name in ("queue", "owner", "reviewer", "author", "caveat", "due", "stale", "missing"):
        for value in ("x", "99999999999999999999", "%00", "-1", "me%27"):
            assert titles(browser, f"?{name}={value}") == {"One"}, (name, value)
    for value in ("x" * 5000, "%00", "%F0%9F%94%A5"):
        assert browser.get(f"{LIST}?tag={value}").status_code == 200


def test_a_filter_keeps_the_others():
    make.article(title="One")
    page = tree(client(make.editor()).get(f"{LIST}?status=draft&q=One&author=mina-park"))
    form = page.css_first("select[name=author]").parent
    assert {(field.attributes["name"], field.attributes["value"]) for field in form.css("input")} == {
        ("status", "draft"),
        ("q", "One"),
    }
    assert form.css_first("option[selected]").attributes["value"] == "mina-park"


# --- views ------------------------------------------------------------------------------------------------------------


def test_a_view_is_kept_opened_shared_and_forgotten():
    anna, writer = make.editor(), make.writer()
    browser = client(anna)
    opened = f"{LIST}?reviewer=me&due=week&p=2"
    form = tree(browser.get(opened)).css_first(".saved-views form")
    query = form.css_first("[name=query]").attributes["value"]
    assert query == "reviewer=me&due=week", "pages and what is no filter are not kept"
    sent = {"name": "This week", "query": query, "is_shared": "on"}
    assert browser.post(f"{LIST}views/", sent).headers["Location"] == f"{LIST}?{query}"
    view = SavedView.objects.get()
    assert (view.owner, view.is_shared) == (anna, True)
    seen = tree(client(writer).get(LIST)).css_first(".saved-views a")
    assert (seen.text(), seen.attributes["href"]) == ("This week", f"{LIST}?{query}")
    assert client(writer).post(f"{LIST}views/{view.pk}/forget/").status_code == 403
    browser.post(f"{LIST}views/", {"name": "This week", "query": "due=over"})
    assert SavedView.objects.get().query == "due=over"
    assert client(writer).post(f"{LIST}views/{view.pk}/forget/").status_code == 404, "it is shared no more"
    browser.post(f"{LIST}views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_a_writer_shares_nothing():
    writer = make.writer()
    client(writer).post(f"{LIST}views/", {"name": "Mine", "query": "status=draft", "is_shared": "on"})
    assert not SavedView.objects.get().is_shared


@pytest.mark.parametrize(
    "sent",
    [{}, {"name": ""}, {"name": "x" * 61}, {"name": "x", "query": "q=" + "y" * 2000}, {"name": "\x00"}],
)
def test_a_bad_view_is_refused(sent):
    answer = client(make.editor()).post(f"{LIST}views/", sent)
    assert answer.status_code == 400
    assert not SavedView.objects.exists()


def test_what_a_view_keeps_leads_nowhere_else():
    browser = client(make.editor())
    browser.post(f"{LIST}views/", {"name": "Odd", "query": "//evil.example/?status=draft#x&_popup=1&q=%0d%0aA: b"})
    query = SavedView.objects.get().query
    assert "_popup" not in query
    assert "\n" not in query
    assert browser.get(f"{LIST}?{query}").status_code == 200


# --- several at once --------------------------------------------------------------------------------------------------


def several(browser: Any, act: str, articles: list[Article], **fields: str) -> Any:
    keys = [article.pk for article in articles]
    asked = browser.post(LIST, {"action": act, "_selected_action": keys, "index": "0"})
    assert asked.status_code == 200
    sent = {name: value for name, value in form_of(asked).items() if name != "_selected_action"}
    return browser.post(LIST, {**sent, "_selected_action": keys, **fields})


@pytest.mark.slow
def test_several_are_planned_and_each_is_told_of():
    anna = make.editor(name="anna")
    fine, gone = make.article(title="Fine"), make.article(title="Gone")
    workflow.make(states.ARCHIVE, gone, by=anna)
    answer = several(client(anna), "plan_several", [fine, gone], reviewer=str(anna.pk), due_on=str(day(5)))
    page = tree(answer)
    assert [row.text() for row in page.css(".bulk-done li")] == ["Fine"]
    assert [row.text() for row in page.css(".bulk-refused li")] == [
        "Gone: This article is archived. Unarchive it before you plan anything for it."
    ]
    now = Article.objects.get(pk=fine.pk)
    assert (now.reviewer, now.due_on, now.priority) == (anna, day(5), 0)
    assert History.objects.filter(act=History.Act.PLAN).count() == 1
    several(client(anna), "plan_several", [fine], reviewer="nobody", no_due_on="on", priority="2")
    now = Article.objects.get(pk=fine.pk)
    assert (now.reviewer, now.due_on, now.priority) == (None, None, 2)


@pytest.mark.slow
def test_whom_several_get_as_their_reviewer_is_looked_up_once():
    anna, counts = make.editor(name="anna"), []
    for count in (1, 4):
        articles = [make.article() for _each in range(count)]
        with CaptureQueriesContext(connection) as queries:
            several(client(anna), "plan_several", articles, reviewer=str(anna.pk))
        asked = [query for query in queries if query["sql"].count("auth_permission") and "ORDER BY" in query["sql"]]
        counts.append(len(asked))
        assert not Article.objects.filter(reviewer=None, pk__in=[article.pk for article in articles]).exists()
    assert counts[0] == counts[1]


@pytest.mark.slow
def test_several_are_archived_unless_readers_see_them():
    anna = make.editor()
    draft, live = make.article(title="Draft"), make.live(title="Live")
    page = tree(several(client(anna), "archive_several", [draft, live], note="Old."))
    assert [row.text() for row in page.css(".bulk-done li")] == ["Draft"]
    assert "take it down" in page.css_first(".bulk-refused").text()
    assert Article.objects.get(pk=live.pk).status == "approved"


def test_a_writer_wishes_for_a_day_for_their_own_alone():
    mine, other = make.article(title="Mine"), make.article(title="Other")
    browser = client(mine.owner)
    assert "archive_several" not in browser.get(LIST).content.decode()
    sent = {"action": "archive_several", "_selected_action": [mine.pk], "confirm": "1", "note": ""}
    assert browser.post(LIST, sent).status_code in (200, 302)
    assert Article.objects.get(pk=mine.pk).status == "draft"
    several(browser, "plan_several", [mine, other], planned_for=str(day(4)), priority="2")
    assert [Article.objects.get(pk=each.pk).planned_for for each in (mine, other)] == [day(4), None]
    assert Article.objects.get(pk=mine.pk).priority == 0


@pytest.mark.parametrize(
    "fields", [{}, {"due_on": "x"}, {"reviewer": "0"}, {"due_on": "2999-01-01", "no_due_on": "on"}]
)
def test_bad_input_plans_nothing(fields):
    answer = several(client(make.editor()), "plan_several", [make.article()], **fields)
    assert answer.status_code == 400
    assert not History.objects.filter(act=History.Act.PLAN).exists()


def test_too_many_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 1)
    articles = [make.article(), make.article()]
    browser = client(make.editor())
    keys = [article.pk for article in articles]
    answer = browser.post(LIST, {"action": "plan_several", "_selected_action": keys, "index": "0"}, follow=True)
    assert "at most 1 articles" in text(answer)
