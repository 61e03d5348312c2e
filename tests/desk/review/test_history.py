"""The history: from and to, refused acts, filters, a table without formulas, and nobody who changes it."""

import csv
import datetime as dt
import io

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, states, workflow
from articles.desk.review import history_lines
from articles.desk.routes import ARTICLE_ROUTES
from articles.models import Article, History
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db

WHOLE = "/admin/articles/article/history/"


def lines(browser, query: str = "", url: str = WHOLE) -> list[str]:
    return [" ".join(node.text().split()) for node in tree(browser.get(url + query)).css(".history > li")]


def test_a_move_says_from_what_to_what_and_why():
    article, anna = make.handed_in(), make.editor(name="anna")
    workflow.make(states.SEND_BACK, article, by=anna, note="Names, please.")
    (line, *_rest) = lines(client(anna), url=at("history", article))
    assert "anna sent back" in line
    assert "from “In review” to “Changes requested”" in line
    assert "Names, please." in line


def test_a_move_that_the_state_refuses_leaves_a_line_of_its_own():
    article, anna = make.article(), make.editor(name="anna")
    with pytest.raises(workflow.WorkflowError):
        workflow.make(states.APPROVE, article, by=anna, change=article.change)
    line = History.objects.filter(act=History.Act.REFUSED).get()
    assert (line.details, line.actor) == ({"refused": "approve", "reason": "state"}, anna)
    assert "is not possible now" in line.note
    assert "was refused: “Approve”" in lines(client(anna))[0]
    assert Article.objects.get(pk=article.pk).status == "draft"


def test_a_move_that_rights_refuse_is_on_record_by_every_way():
    article = make.handed_in()
    with pytest.raises(PermissionDenied):
        workflow.make(states.APPROVE, article, by=article.owner, change=article.change)
    browser = client(article.owner)
    assert browser.get(at("move", article, "publish")).status_code == 403
    assert browser.post(at("move", article, "publish")).status_code == 403
    refused = History.objects.filter(act=History.Act.REFUSED).values_list("details__refused", "details__reason")
    assert sorted(refused) == [("approve", "rights"), ("publish", "rights")], "looking alone is no try"


def test_trying_again_and_again_is_one_line():
    article = make.handed_in()
    browser = client(article.owner)
    for _ in range(5):
        browser.post(at("move", article, "approve"))
    line = History.objects.get(act=History.Act.REFUSED)
    assert line.times == 5
    assert "5 times" in lines(client(make.editor()))[0]


def test_what_is_refused_is_rolled_back_without_its_line():
    """The line stands although the transaction of the act is gone."""
    article, anna = make.approved(), make.editor()
    workflow.make(states.PUBLISH, article, by=anna, change=article.change)
    with pytest.raises(workflow.WorkflowError):
        workflow.make(states.PUBLISH, article, by=anna, change=article.change)
    assert article.editions.count() == 1
    assert History.objects.filter(act=History.Act.REFUSED).count() == 1


@pytest.mark.slow
def test_the_history_of_all_is_narrowed():
    anna, writer = make.editor(name="anna"), make.writer(name="walter")
    ferry = make.handed_in(owner=writer, title="The ferry")
    make.article(owner=writer, title="The harbour")
    workflow.make(states.SEND_BACK, ferry, by=anna, note="No.")
    History._base_manager.filter(act="send-back").update(at=timezone.now() - dt.timedelta(days=9))
    browser = client(anna)
    assert len(lines(browser, "?who=anna")) == 1
    assert len(lines(browser, "?act=create")) == 2
    assert ["The ferry" in line for line in lines(browser, "?article=ferr")] == [True] * ferry.history.count()
    today, week = timezone.localdate(), timezone.localdate() - dt.timedelta(days=8)
    assert "sent back" not in " ".join(lines(browser, f"?since={week}"))
    assert len(lines(browser, f"?until={week}")) == 1
    assert lines(browser, f"?since={today}&until={today}&act=send-back") == []
    assert "Nothing happened" in text(browser.get(f"{WHOLE}?act=send-back&who=walter"))
    assert len(lines(browser, "?act=submit", url=at("history", ferry))) == 1


def test_what_is_deleted_stands_in_the_history_of_all():
    article, anna = make.article(title="Gone"), make.editor()
    drafts.delete(article, by=article.owner)
    Article.with_binned.filter(pk=article.pk).delete()
    assert any("Gone" in line for line in lines(client(anna)))
    assert History.objects.filter(article=None, title="Gone").exists()


def test_the_history_of_all_is_for_those_who_see_all():
    assert client(make.writer()).get(WHOLE).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "?who=x",
        "?act=x",
        "?since=x",
        "?until=2030-02-31",
        "?since=9999-12-31&until=9999-12-31",
        "?since=0001-01-01",
        "?page=x",
        "?who=%00",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_nonsense_in_filters_breaks_nothing(query, zone):
    make.article()
    with timezone.override(zone):
        _finds_something_or_nothing(query)


def _finds_something_or_nothing(query: str) -> None:
    assert client(make.editor()).get(WHOLE + query).status_code == 200
    assert client(make.editor()).get(f"{WHOLE}{query}&format=csv").status_code == 200


def test_a_line_that_an_import_brought_with_details_of_any_kind_is_shown():
    article = make.article()
    details = {"from": ["draft"], "to": {"x": 1}, "kind": [], "revision": {}, "parts": [[]], "at": []}
    History.objects.create(article=article, title="Ferry", act="edit", actor_name="anna", details=details)
    assert any("anna" in line for line in lines(client(make.editor()), url=at("history", article)))


def test_pages_keep_the_filters(monkeypatch):
    monkeypatch.setattr("articles.desk.review.history.ON_A_PAGE", 1)
    make.article(), make.article()
    page = tree(client(make.editor()).get(f"{WHOLE}?act=create"))
    assert page.css_first(".pages a").attributes["href"] == "?act=create&page=2"


# --- the table --------------------------------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("hostile", FORMULAS)
def test_no_cell_starts_a_formula(hostile):
    anna = make.editor()
    article = make.article(title="Plain")
    History.objects.create(
        article=article, title=hostile, actor_name=hostile, act=hostile, note=hostile, details={"about": hostile}
    )
    answer = client(anna).get(f"{WHOLE}?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="history.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["when", "until", "who", "what", "article", "details", "why"]
    for row in rows[1:]:
        for each in row:
            assert not each.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), each
    assert any(hostile in each for each in rows[1]), "the words themselves are there, behind an apostrophe"


def test_a_table_has_what_the_page_has_and_says_when_there_is_more(monkeypatch):
    article, anna = make.handed_in(title="Ferry"), make.editor()
    browser = client(anna)
    table = browser.get(f"{at('history', article)}?format=csv&act=submit").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(table)))) == 2
    monkeypatch.setattr(history_lines, "MOST_LINES", 1)
    assert "There are older lines" in browser.get(f"{WHOLE}?format=csv").content.decode()


# --- nobody edits it --------------------------------------------------------------------------------------------------


def test_a_line_is_never_changed_or_deleted():
    make.article()
    line = History.objects.get()
    line.note = "Other"
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.save(update_fields=["note"])
    with pytest.raises(TypeError):
        line.delete()
    with pytest.raises(TypeError):
        History.objects.update(note="Other")
    with pytest.raises(TypeError):
        History.objects.all().delete()
    with pytest.raises(TypeError):
        line.article.history.all().delete()
    assert History.objects.get().note == ""


@pytest.mark.slow
def test_no_page_changes_it():
    assert not admin.site.is_registered(History)
    article = make.article()
    before = list(History.objects.values())
    chief = client(make.admin(is_superuser=True))
    for url in (WHOLE, at("history", article)):
        for sent in ({}, {"note": "x", "pk": before[0]["id"], "delete": "1"}):
            chief.post(url, sent), chief.put(url, sent), chief.delete(url)
    assert list(History.objects.values()) == before
    names = [name for _below, _view, name, _more in ARTICLE_ROUTES if "history" in name]
    assert names == ["history"], "a new page of the history: see that it changes nothing"


def test_an_account_that_is_deleted_stays_by_name():
    anna = make.editor(name="anna")
    article = make.handed_in()
    workflow.make(states.SEND_BACK, article, by=anna, note="No.")
    anna.delete()
    line = History.objects.get(act="send-back")
    assert (line.actor, line.actor_name) == (None, "anna")


def test_the_history_costs_the_same_for_two_and_for_fifty(django_assert_num_queries, django_assert_max_num_queries):
    article, browser = make.article(), client(make.editor())
    with django_assert_max_num_queries(10) as few:
        browser.get(WHOLE)
    for number in range(50):
        History.write(article, "comment", by=article.owner, about=str(number))
    with django_assert_num_queries(len(few)):
        browser.get(WHOLE)
