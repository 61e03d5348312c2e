"""What is true only for a time, on the desk's pages: the list, the days of one sentence, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article, ClaimAct
from tests import make
from tests.desk.pages import at, client, text, tree
from tests.proofs.makers import identity, place_of
from tests.workflow.test_claim_days import BODY, NOW, dated, day, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=BODY),), faqs=0)


def post(row: Article, user=None, /, **given):
    sent = {"act": "date", "place": place_of(row), "claim": dated(row).identity, "back": "clock", **given}
    return client(user or row.owner).post(at("claim_act", row), sent, follow=True)


def test_a_writer_gives_a_sentence_its_days_without_a_script(row: Article):
    browser = client(row.owner)
    page = tree(browser.get(at("claims", row)))
    assert "True only for a time (2)" in page.css_first(".claim-views").text()
    page = tree(browser.get(at("claims", row), {"show": "clock"}))
    assert [node.text() for node in page.css(".claim-state")] == ["no day yet"] * 2
    link = page.css_first(".claims-page section li a").attributes["href"].removeprefix("one/")
    form = tree(browser.get(at("claim", row) + link)).css_first(".claim-form")
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.css("input")} | {"act": "date"}
    assert (sent["as_of"], sent["again_on"]) == (day(0).isoformat(), day(90).isoformat()), "today, and 90 days on"
    answer = browser.post(at("claim_act", row), sent, follow=True)
    assert "Saved: as of" in text(answer)
    assert "To be looked at again on" in text(answer)
    assert f"Said by {row.owner.username} on" in text(answer)
    assert tree(answer).css_first(".claim-state").text() == "no day yet", "of the other sentence"


@pytest.mark.slow
def test_any_claim_has_the_form_and_its_days_are_taken_back(row: Article):
    page = client(row.owner).get(at("claim", row), {"place": place_of(row), "claim": identity(row, "31 countries")})
    assert tree(page).css("input[name=again_on]")
    act = give(row)
    page = client(row.owner).get(at("claim", row), {"place": place_of(row), "claim": dated(row).identity})
    assert tree(page).css_first("button[value=take_back]")
    assert "Taken back." in text(post(row, act="take_back", row=act.public_id))
    assert not dated(row).has_day


@pytest.mark.parametrize(
    "given",
    [
        {"as_of": "", "again_on": ""},
        {"as_of": "soon", "again_on": "2999-01-01"},
        {"as_of": "9999-12-31", "again_on": ""},
        {"as_of": "", "again_on": "1999-01-01"},
        {"as_of": "\x00", "again_on": "10000000000-01-01"},
        {"act": "still_true", "months": "7"},
        {"act": "still_true", "months": "3", "row": "nobody"},
    ],
)
def test_what_is_no_day_or_the_wrong_one_is_refused_with_a_sentence(row: Article, given: dict[str, str]):
    answer = post(row, **given)
    assert answer.status_code == 409
    assert not ClaimAct.objects.exists()


def test_who_may_only_look_sees_the_days_and_no_form(row: Article):
    give(row)
    article = Article.objects.get(pk=row.pk)
    stranger = make.writer()
    assert client(stranger).get(at("claims", article), {"show": "clock"}).status_code == 403
    assert post(row, stranger, as_of=day(0).isoformat()).status_code == 403


def test_an_article_without_such_sentences_says_so():
    row = make.article(cards=(make.card(body="It began in 2019."),), faqs=0)
    assert "Nothing of the kind" in text(client(row.owner).get(at("claims", row), {"show": "clock"}))


# --- among the facts to check again -----------------------------------------------------------------------------------

LIST = "/admin/articles/article/facts/"


def overdue(row: Article) -> ClaimAct:
    act = give(row, as_of=-100, again_on=1)
    ClaimAct.objects.filter(pk=act.pk).update(again_on=day(-1))
    return act


@pytest.mark.slow
def test_still_true_is_one_press_in_the_list_of_facts_to_check(row: Article):
    overdue(row)
    editor = make.editor()
    browser = client(editor)
    page = tree(browser.get(LIST))
    assert [node.text() for node in page.css(".due-facts q")] == [NOW]
    assert page.css_first(".due-facts h3 a").attributes["href"] == at("card", row, place_of(row).partition(":")[2])
    form = page.css_first(".due-facts form")
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.css("input")}
    months = form.css_first("option").attributes["value"]
    answer = browser.post(form.attributes["action"], sent | {"act": "still_true", "months": months}, follow=True)
    assert "Saved: as of" in text(answer)
    assert "No fact is due" in text(answer)
    assert dated(row).as_of == timezone.localdate().isoformat()
    assert dated(row).again_on > timezone.localdate() + dt.timedelta(days=85)
    assert NOW in text(client(editor).get(at("history", row)))


@pytest.mark.slow
def test_a_writer_sees_their_own_alone_and_what_is_due_soon_is_apart(row: Article):
    give(row, again_on=20)
    assert NOW not in text(client(row.owner).get(LIST))
    assert NOW in text(client(row.owner).get(f"{LIST}?when=soon"))
    assert NOW not in text(client(make.writer()).get(f"{LIST}?when=soon"))


def test_the_first_page_of_the_desk_names_it(row: Article):
    overdue(row)
    assert "Lamps" in text(client(make.editor()).get("/admin/"))


def test_hostile_words_stay_words():
    words = "It is currently <b>“No. 1”</b> & 'first'."
    row = make.article(cards=(make.card(body=words),), faqs=0)
    (found,) = tree(client(row.owner).get(at("claims", row), {"show": "clock"})).css(".claims-page section li")
    assert "<b>" in found.text()
