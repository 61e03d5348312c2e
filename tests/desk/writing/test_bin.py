"""The bin on the desk: Undo for a script, pages and buttons for everybody, and nothing of what is in it elsewhere."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from articles import drafts, states, workflow
from articles.models import Article, BinnedPart
from tests import make
from tests.desk.pages import JSON, at, client, text, tree

pytestmark = pytest.mark.django_db

BIN = "/admin/articles/article/bin/"


@pytest.fixture
def article() -> Article:
    return make.article(cards=3)


@pytest.fixture
def browser(article):
    return client(article.owner)


def delete_first(browser, article):
    card = article.cards.first()
    token = drafts.token(drafts.card_value(card))
    return browser.post(at("card_delete", article, card.public_id), {"token": token}, **JSON)


def test_a_script_deletes_and_undoes_a_card(article, browser):
    before = drafts.document_of(article)
    gone = delete_first(browser, article).json()
    assert gone["order_token"] == drafts.token(drafts.order_of(article, "cards"))
    back = browser.post(gone["undo"], **JSON)
    assert back.status_code == 200
    value = drafts.card_value(article.cards.first())
    assert drafts.document_of(article) == before
    assert (back.json()["position"], back.json()["token"]) == (1, drafts.token(value))
    assert back.json()["url"] == at("card", article, value.public_id)
    assert (back.json()["value"]["heading"], back.json()["change"]) == (value.heading, gone["change"] + 1)
    again = browser.post(gone["undo"], **JSON)
    assert again.status_code == 404
    assert "restored it" in again.json()["sentence"]


def test_a_script_deletes_and_undoes_a_question(article, browser):
    faq = article.faqs.first()
    token = drafts.token(drafts.faq_value(faq))
    gone = browser.post(at("faq_delete", article, faq.public_id), {"token": token}, **JSON).json()
    assert gone["order_token"] == drafts.token(drafts.order_of(article, "faqs"))
    back = browser.post(gone["undo"], **JSON).json()
    assert (back["value"]["question"], back["url"]) == (faq.question, at("faq", article, faq.public_id))


def test_the_bin_of_an_article_shows_what_lies_there_and_brings_it_back(article, browser):
    assert "The bin is empty." in text(browser.get(at("bin", article)))
    heading = article.cards.first().heading
    delete_first(browser, article)
    page = browser.get(at("bin", article))
    assert heading in text(page)
    assert article.owner.username in text(page)
    form = tree(page).css_first("ol.lines form")
    back = browser.post(form.attributes["action"])
    assert back.headers["Location"].startswith(at("change", article))
    assert article.cards.first().heading == heading
    assert "The bin is empty." in text(browser.get(at("bin", article)))


@pytest.mark.slow
def test_after_thirty_one_days_nothing_is_shown_or_brought_back(article, browser):
    undo = delete_first(browser, article).json()["undo"]
    other = make.article(owner=article.owner)
    browser.post(at("delete", other))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)):
        browser = client(article.owner)
        assert "The bin is empty." in text(browser.get(at("bin", article)))
        assert "The bin is empty." in text(browser.get(BIN))
        assert browser.post(undo, **JSON).status_code == 409
        assert browser.post(at("take_from_bin", other)).status_code == 404


def test_an_archived_article_shows_its_bin_and_takes_nothing_back(article, browser):
    undo = delete_first(browser, article).json()["undo"]
    workflow.make(states.ARCHIVE, article, by=make.editor())
    assert tree(browser.get(at("bin", article))).css_first("ol.lines form") is None
    answer = browser.post(undo, **JSON)
    assert answer.status_code == 409
    assert "archive" in answer.json()["sentence"]


def test_bins_of_others_stay_closed(article, browser):
    undo = delete_first(browser, article).json()["undo"]
    stranger, mine = client(make.writer()), make.article(owner=make.writer(name="mina"))
    assert stranger.get(at("bin", article)).status_code == 403
    assert stranger.post(undo, **JSON).status_code == 403
    part = BinnedPart.objects.get().pk
    assert client(mine.owner).post(at("unbin", mine, part), **JSON).status_code == 404, "a part of another article"
    drafts.delete(article, by=article.owner)
    assert article.title not in text(stranger.get(BIN))
    assert stranger.post(at("take_from_bin", article)).status_code == 403
    assert Article.objects.filter(pk=article.pk).count() == 0


def test_restoring_is_a_post(article, browser):
    undo = delete_first(browser, article).json()["undo"]
    assert browser.get(undo).headers["Location"] == at("bin", article)
    assert browser.get(at("take_from_bin", article)).headers["Location"] == BIN
    assert BinnedPart.objects.count() == 1


@pytest.mark.slow
def test_a_deleted_article_waits_in_the_bin_of_the_site(article, browser):
    told = browser.post(at("delete", article), follow=True)
    assert tree(told).css_first(f'.messagelist a[href="{BIN}"]') is not None
    for chief in (browser, client(make.editor())):
        assert article.title in text(chief.get(BIN))
    back = browser.post(at("take_from_bin", article))
    assert back.headers["Location"] == at("change", article)
    assert browser.get(at("details", article)).status_code == 200
    assert article.title not in text(browser.get(BIN))
    assert browser.post(at("take_from_bin", article)).status_code == 409


def test_an_article_in_the_bin_is_nowhere_else(article):
    chief = client(make.editor())
    article = workflow.make(states.SUBMIT, article, by=article.owner)
    assert article.title in text(chief.get("/admin/"))
    drafts.delete(article, by=article.owner)
    for url in ("/admin/", reverse("admin:articles_article_changelist")):
        assert article.title not in text(chief.get(url)), url
    for name in ("change", "details", "preview", "history", "revisions", "compare", "comments", "delete", "bin"):
        assert chief.get(at(name, article)).status_code == 404, name
        assert chief.get(at(name, article), **JSON).status_code == 404, name


@pytest.mark.slow
def test_what_an_article_in_the_bin_uses_is_not_deleted(article):
    subject, byline = article.subject, article.authors.get()
    tag, picture = article.tags.first(), make.picture()
    drafts.save_details(
        article,
        drafts.Details(
            title=article.title,
            slug="ferry",
            subject=subject.slug,
            cover=picture.public_id,
            tags=(tag.name,),
            authors=(byline.slug,),
        ),
        token=drafts.token(drafts.details_of(article)),
        by=article.owner,
    )
    drafts.delete(article, by=article.owner)
    chief = client(make.admin())
    for thing in (subject, byline, tag, picture):
        url = reverse(f"admin:articles_{thing._meta.model_name}_delete", args=[thing.pk])
        assert f"“{article.title}” in the bin" in text(chief.get(url)), thing
        chief.post(url, {"post": "yes"})
        thing.refresh_from_db()


def test_a_picture_in_a_card_in_the_bin_is_in_use(article, browser):
    picture = make.picture()
    drafts.add_card(article, make.card(body=picture.markdown), by=article.owner, position=1)
    delete_first(browser, article)
    url = reverse("admin:articles_picture_delete", args=[picture.pk])
    assert article.title in text(client(make.admin()).get(url))


# --- adding -----------------------------------------------------------------------------------------------------------

EMPTY = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}


def add(browser, article, **fields):
    return browser.post(at("card_add", article), EMPTY | fields, **JSON)


def test_a_script_adds_a_card_at_a_place_under_its_own_id_and_may_say_so_twice(article, browser):
    sent = {"heading": "New", "public_id": "bcdfghjkmn", "position": "2"}
    first, second = add(browser, article, **sent).json(), add(browser, article, **sent).json()
    assert first == second
    assert first["value"]["public_id"] == "bcdfghjkmn"
    assert (first["position"], first["url"]) == (2, at("card", article, "bcdfghjkmn"))
    assert article.cards.count() == 4
    other = add(browser, article, **sent | {"heading": "Newer"})
    assert other.status_code == 409
    assert (other.json()["current"]["heading"], other.json()["submitted"]["heading"]) == ("New", "Newer")


def test_a_question_is_added_in_the_same_way(article, browser):
    sent = {"question": "Why?", "public_id": "bcdfghjkmn", "position": "1"}
    answer = browser.post(at("faq_add", article), sent, **JSON).json()
    assert (answer["position"], answer["url"]) == (1, at("faq", article, "bcdfghjkmn"))
    assert browser.post(at("faq_add", article), sent, **JSON).json() == answer


def test_behind_the_last_card_is_the_end(article, browser):
    assert add(browser, article, heading="New", position="9").json()["position"] == 4


@pytest.mark.parametrize("position", ["0", "-1", "1001", "two", "99999999999999999999"])
def test_a_place_that_cannot_be_is_refused(article, browser, position: str):
    answer = add(browser, article, heading="New", position=position)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["position"])
    assert article.cards.count() == 3


def test_the_card_after_the_last_possible_one_is_refused(article, browser, monkeypatch):
    monkeypatch.setattr("articles.drafts.items.MOST_CARDS", 3)
    answer = add(browser, article, heading="New")
    assert (answer.status_code, answer.json()["sentence"]) == (400, "An article takes at most 3 facts.")
