"""An article marked as a template: new ones begin with its parts and its open comments; it is never published."""

import pytest

from articles import drafts, readiness, workflow
from articles.models import Article
from tests import make
from tests.desk.pages import at, client, text

pytestmark = pytest.mark.django_db

ADD = at("add")


@pytest.fixture
def template() -> Article:
    article = make.article(title="A list of ten", cards=3, faqs=1, introduction="Begin with a scene.")
    editor = make.editor()
    card = article.cards.get(position=2)
    workflow.comment(article, "Two sources here.", by=editor, place=f"card:{card.public_id}", quoted=card.heading)
    workflow.resolve(workflow.comment(article, "Done long ago.", by=editor), by=editor)
    assert client(editor).post(at("mark_template", article)).status_code == 302
    return Article.objects.get(pk=article.pk)


def test_a_new_article_begins_with_its_parts_and_what_is_to_do(template):
    writer = make.writer()
    byline = make.author(name="Sora Kim", user=writer)
    browser = client(writer)
    assert "A list of ten" in browser.get(ADD).content.decode(), "a template is for everybody who writes"
    browser.post(ADD, {"title": "Ten lamps", "template": template.pk})
    made = Article.objects.get(owner=writer)
    assert (made.title, made.introduction, made.is_template) == ("Ten lamps", "Begin with a scene.", False)
    assert (made.slug, list(made.authors.all())) == ("ten-lamps", [byline])
    old, new = drafts.document_of(template), drafts.document_of(made)
    assert [card.heading for card in new.cards] == [card.heading for card in old.cards]
    assert not {card.public_id for card in new.cards} & {card.public_id for card in old.cards}
    remark = made.comments.get()
    assert (remark.text, remark.resolved_at) == ("Two sources here.", None)
    assert (remark.place, remark.field) == (f"card:{made.cards.get(position=2).public_id}", "heading")


def test_without_a_template_nothing_is_said_of_one():
    html = client(make.writer()).get(ADD).content.decode()
    assert "Begin with the parts of" not in html


def test_an_article_that_is_no_template_cannot_be_taken_for_one(template):
    other = make.article(title="Not for you")
    writer = make.writer()
    assert client(writer).post(ADD, {"title": "Mine", "template": other.pk}).status_code == 400
    assert not Article.objects.filter(owner=writer).exists()


def test_a_template_is_not_handed_in_until_it_is_an_ordinary_article_again(template):
    codes = {problem.code for problem in readiness.blocking(drafts.document_of(template), template)}
    assert codes == {"is-template"}
    browser = client(make.editor())
    assert "This is a template" in text(browser.get(at("change", template)))
    browser.post(at("mark_template", template), {"ordinary": "1"})
    template.refresh_from_db()
    assert not template.is_template
    assert readiness.blocking(drafts.document_of(template), template) == []


@pytest.mark.slow
def test_writers_mark_none_and_what_readers_saw_is_none(template):
    article = make.article()
    assert client(article.owner).post(at("mark_template", article)).status_code == 403
    live = make.live()
    answer = client(make.editor()).post(at("mark_template", live))
    assert answer.status_code == 409
    assert "Readers have seen this article" in text(answer)
    assert not Article.objects.get(pk=live.pk).is_template


def test_the_history_says_who_made_it_one(template):
    assert "made it a template" in text(client(make.editor()).get(at("history", template)))


def test_duplicate_is_a_button_on_the_page():
    article = make.article(title="On board")
    browser = client(article.owner)
    assert at("duplicate", article) in browser.get(at("change", article)).content.decode()
    browser.post(at("duplicate", article))
    assert Article.objects.filter(title="Copy of On board", owner=article.owner).exists()


@pytest.mark.slow
def test_what_is_approved_cannot_become_a_template_and_so_cannot_be_published_as_one():
    article, editor = make.approved(), make.editor()
    answer = client(editor).post(at("mark_template", article))
    assert answer.status_code == 409
    assert "Only a draft can become a template" in answer.content.decode()
    article.refresh_from_db()
    assert not article.is_template
    assert "Make it a template" not in client(editor).get(at("change", article)).content.decode()
