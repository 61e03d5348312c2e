"""Remarks, comparison, revisions and history."""

import pytest

from articles import drafts, states, workflow
from articles.models import Article, Comment, History, Revision
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


@pytest.mark.slow
def test_a_remark_is_answered_dealt_with_and_opened_again():
    article = make.handed_in()
    editors, writers = client(make.editor()), client(article.owner)
    card = article.cards.first()
    editors.post(at("comments", article), {"place": f"card:{card.public_id}", "quoted": "lamps", "text": "How many?"})
    remark = Comment.objects.get()
    assert (remark.place, remark.field, remark.quoted) == (f"card:{card.public_id}", "heading", "lamps")
    writers.post(at("reply", article, remark.pk), {"text": "Seven."})
    assert "Seven." in text(editors.get(at("comments", article)))
    editors.post(at("resolve", article, remark.pk))
    assert "0 open" in text(editors.get(at("change", article)))
    editors.post(at("resolve", article, remark.pk), {"open": "1"})
    assert "1 open" in text(editors.get(at("change", article)))


def test_an_empty_remark_is_refused_at_its_field():
    article = make.handed_in()
    response = client(make.editor()).post(at("comments", article), {"text": " "})
    assert response.status_code == 400
    assert tree(response).css_first("#id_text_error")
    assert client(make.editor()).post(at("comments", article), {"text": "x", "place": "nothing"}).status_code == 400
    assert not Comment.objects.exists()


def test_a_remark_on_another_article_is_not_found_here():
    article, other = make.handed_in(), make.handed_in()
    remark = workflow.comment(other, "Here?", by=make.editor())
    browser = client(make.editor())
    for name in ("reply", "resolve"):
        assert browser.post(at(name, article, remark.pk), {"text": "x"}).status_code == 404
        assert browser.get(at(name, article, remark.pk)).headers["Location"] == at("comments", article)


def test_a_remark_shows_as_text_whatever_is_in_it():
    article = make.handed_in(introduction="It <b>x</b> leaves.")
    workflow.comment(article, "<script>alert(1)</script>", by=make.editor(), quoted="<b>x</b>")
    page = client(article.owner).get(at("comments", article)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.slow
def test_an_editor_sees_what_would_change_before_approving():
    article, editor = make.live(introduction="It leaves at night."), make.editor()
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="It leaves at dawn.")
    sent_unchanged(browser, at("card_delete", article, article.cards.first().public_id))
    sent_unchanged(browser, at("card_add", article), heading="Brand new", body="Text")
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    page = tree(client(editor).get(at("move", article, "approve")))
    section = page.css_first(".comparison")
    assert [mark.text() for mark in section.css("del")] == ["night"]
    assert [mark.text() for mark in section.css("ins")] == ["dawn"]
    assert [mark.text() for mark in section.css(".item .mark")] == ["new", "removed"]


@pytest.mark.slow
def test_any_two_states_can_be_compared():
    article = make.live()
    sent_unchanged(client(article.owner), at("introduction", article), introduction="Other words.")
    browser = client(make.editor())
    url = at("compare", article)
    assert "Other" in text(browser.get(url))
    assert "No difference" in text(browser.get(f"{url}?old=1&new=live"))
    for query in ("old=99", "old=x", "new=live&old=now5", "old=99999999999999999999"):
        assert browser.get(f"{url}?{query}").status_code == 404
    assert browser.get(f"{at('compare', make.article())}?old=live").status_code == 404
    assert "nothing to compare" in text(browser.get(at("compare", make.article())))


@pytest.mark.slow
def test_going_back_keeps_what_stood_there():
    article = make.handed_in(introduction="First words.")
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="Second words.")
    assert "Second" in text(browser.get(at("restore", article, 1)))
    assert sent_unchanged(browser, at("restore", article, 1)).status_code == 302
    assert fresh(article).introduction == "First words."
    kept = [revision.document.introduction for revision in Revision.objects.filter(article=article)]
    assert "Second words." in kept


@pytest.mark.slow
def test_nobody_goes_back_over_words_that_they_have_not_seen():
    article = make.handed_in(introduction="First words.")
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="Second words.")
    asked = form_of(browser.get(at("restore", article, 1)))
    sent_unchanged(client(make.editor()), at("introduction", article), introduction="The editor's.")
    assert browser.post(at("restore", article, 1), asked).status_code == 409
    assert fresh(article).introduction == "The editor's."


def test_the_history_tells_who_did_what_and_why():
    article, editor = make.handed_in(), make.editor(name="eun-ji")
    workflow.make(states.SEND_BACK, article, by=editor, note="Count the lamps again")
    sent_unchanged(client(article.owner), at("introduction", article), introduction="New.")
    words = text(client(editor).get(at("history", article)))
    assert "eun-ji sent back" in words
    assert "Count the lamps again" in words
    assert "introduction" in words


def test_every_act_has_words_in_the_history():
    article, editor = make.article(), make.editor()
    acts = [*(move.name for move in states.MOVES), *History.Act.values]
    for act in acts:
        History.write(article, act, by=editor)
    pages = [tree(client(editor).get(at("history", article), {"page": page})) for page in (1, 2)]
    lines = [p.text(strip=True) for page in pages for p in page.css(".history strong + *")]
    assert sum(len(page.css(".history > li")) for page in pages) == len(acts) + 1
    assert not [line for line in lines if line in acts]


@pytest.mark.slow
def test_a_long_history_comes_in_pages():
    article = make.article()
    for number in range(120):
        History.write(article, "resolve", by=article.owner, about=f"remark {number}")
    browser = client(article.owner)
    assert "Page 1 of 3" in text(browser.get(at("history", article)))
    for page in ("3", "999", "x"):
        assert browser.get(f"{at('history', article)}?page={page}").status_code == 200


def test_revisions_are_listed_and_read():
    article = make.handed_in(title="The first title")
    browser = client(article.owner)
    drafts.keep_revision(article, Revision.Reason.REQUESTED, by=article.owner)
    assert len(tree(browser.get(at("revisions", article))).css(".history > li")) == 2
    assert "The first title" in text(browser.get(at("revision", article, 1)))
    assert browser.get(at("revision", article, 99)).status_code == 404
