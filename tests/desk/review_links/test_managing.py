"""The desk's page of review links: making, showing the address once, revoking; and what the review page says."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Article, ReviewLink
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.handed_in()


@pytest.fixture
def editors(db) -> Client:
    return client(make.editor(name="edda"))


def made(browser: Client, article: Article, **fields) -> str:
    """Makes a link as an editor does; gives its address, which is shown once."""
    page = at("review_links", article)
    fields = {"name": "Han Seo-yeon", "shows": "1", "days": "14", "may_comment": "on", **fields}
    assert browser.post(page, fields).status_code == 302
    field = tree(browser.get(page)).css_first("#made-url")
    return field.attributes["value"].removeprefix("http://testserver")


@pytest.mark.slow
def test_an_editor_makes_a_link_and_sees_its_address_once(article, editors):
    address = made(editors, article, may_agree="on")
    assert Client().get(address).status_code == 200
    again = editors.get(at("review_links", article))
    assert not tree(again).css("#made-url")
    assert address.split("/")[2].partition(".")[0] not in again.content.decode()
    words = text(again)
    assert "may comment and say yes" in words
    assert "opened once" in words
    assert "edda made a review link" in text(editors.get(at("history", article)))


def test_an_address_is_shown_on_no_other_articles_page(article, editors):
    address = made(editors, article)
    editors.cookies["review-link-made"] = address.split("/")[2]
    assert not tree(editors.get(at("review_links", make.handed_in()))).css("#made-url")


def test_a_link_can_show_the_words_as_they_are_now(editors):
    draft = make.article()
    sent_unchanged(editors, at("review_links", draft), name="Han Seo-yeon", shows=f"now-{draft.change}")
    link = ReviewLink.objects.get()
    assert (link.revision.change, link.may_comment, link.may_agree) == (draft.change, True, False)


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 101}, {"days": "0"}, {"days": "91"}, {"days": "x"}, {"shows": "99"}, {"shows": ""}],
)
def test_what_is_wrong_in_the_form_is_said_at_its_field(article, editors, wrong):
    fields = form_of(editors.get(at("review_links", article))) | {"name": "Han", "shows": "1"} | wrong
    page = editors.post(at("review_links", article), fields)
    assert page.status_code == 400
    assert tree(page).css_first(".desk-errors li a")
    assert not ReviewLink.objects.exists()


def test_words_that_changed_while_the_form_was_open_are_looked_at_again(editors):
    draft = make.article()
    fields = form_of(editors.get(at("review_links", draft))) | {"name": "Han", "shows": f"now-{draft.change}"}
    sent_unchanged(client(draft.owner), at("introduction", draft), introduction="Other words.")
    page = editors.post(at("review_links", draft), fields)
    assert page.status_code == 400
    assert "others by now" in text(page)
    assert not ReviewLink.objects.exists()


def test_a_revoked_link_opens_nothing_and_its_opinions_stay(article, editors):
    address = made(editors, article, may_agree="on")
    Client().post(address, {"act": "agree", "note": "Lawful"})
    row = ReviewLink.objects.get()
    for _each in range(2):
        assert editors.post(at("revoke_link", article, row.pk)).status_code == 302
    assert Client().get(address).status_code == 404
    words = text(editors.get(at("review_links", article)))
    assert "revoked by edda" in words
    assert "Lawful" in words
    assert article.history.filter(act="revoke-link").count() == 1


@pytest.mark.slow
def test_a_writer_neither_makes_nor_revokes_nor_sees_links(article, editors):
    made(editors, article)
    row, writers = ReviewLink.objects.get(), client(article.owner)
    for answer in (
        writers.get(at("review_links", article)),
        writers.post(at("review_links", article), {"name": "Me", "shows": "1", "days": "1"}),
        writers.post(at("revoke_link", article, row.pk)),
    ):
        assert answer.status_code == 403
    assert ReviewLink.objects.get().revoked_at is None
    for name in ("review", "change"):
        assert at("review_links", article) not in writers.get(at(name, article)).content.decode()
        assert at("review_links", article) in editors.get(at(name, article)).content.decode()


def test_a_link_of_another_article_is_not_found_here(article, editors):
    made(editors, article)
    row, other = ReviewLink.objects.get(), make.handed_in()
    assert editors.post(at("revoke_link", other, row.pk)).status_code == 404
    assert editors.post(at("revoke_link", other, 10**30)).status_code == 404
    assert editors.get(at("revoke_link", article, row.pk)).status_code == 302
    assert ReviewLink.objects.get().revoked_at is None


@pytest.mark.slow
def test_the_review_page_says_of_which_words_an_opinion_is(article, editors):
    address = made(editors, article, may_agree="on", name="<b>Han</b>")
    Client().post(address, {"act": "agree", "note": "Lawful"})
    words = text(editors.get(at("review", article)))
    assert "<b>Han</b> said yes to revision 1" in words
    assert "the words are the same now" in words
    sent_unchanged(client(article.owner), at("introduction", article), introduction="Other words.")
    assert "the words are others by now" in text(editors.get(at("review", article)))
    sent_unchanged(client(article.owner), at("introduction", article), introduction="It leaves  at night.")
    assert "the words are the same now" in text(editors.get(at("review", article)))


@pytest.mark.slow
def test_lists_cost_the_same_however_many_links_there_are(article, editors):
    counts = []
    editors.get(at("review", article))  # what each process remembers is read once
    for more in (1, 8):
        for number in range(more):
            how = {"by": make.editor(), "days": 3, "change": article.change, "may_comment": True, "may_agree": True}
            row, _token = workflow.make_link(article, f"Person {number}", **how)
            workflow.agree(row, "Yes")
            workflow.comment_by_link(row, "", "A remark")
        for name in ("review_links", "review"):
            with CaptureQueriesContext(connection) as queries:
                editors.get(at(name, article))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 9
