"""The preview is the public page, and editing moves nothing of that page."""

import re

import pytest
from django.urls import reverse

from articles import publishing, states, workflow
from articles.models import Article, Revision
from tests import make
from tests.desk.pages import at, client, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


def rich_document():
    return make.document(
        title="What the ferry hides",
        cards=(
            make.card(body="> It sails.\n> — Captain Ahn\n\n- one\n- two", tags=("K-Drama",), emoji="🚢"),
            make.card(heading="The captain dies", spoiler_after=4, safe_heading="What became of the captain"),
        ),
    )


def in_lines(html: str) -> str:
    """Without the gaps that parts leave which are not there."""
    return re.sub(r"\s*(<[^>]+>)\s*", r"\n\1\n", html)


def test_the_preview_shows_what_is_published_then():
    owner = make.writer()
    article = make.approved(owner=owner, value=rich_document())
    preview = tree(client(owner).get(at("preview", article))).css_first(".article-body").html
    workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
    page = tree(client(None).get(reverse("article", args=[article.slug])))
    for act in page.css(".card-acts, .card-tools, [data-copy-from], [data-copy^='<iframe']"):
        act.decompose()  # nothing is done with what is not published
    public = re.sub(r' data-changed="[^"]+"', "", page.css_first(".article-body").html)
    assert in_lines(preview) == in_lines(public), "since when a fact has its words is known then"


def test_a_preview_is_for_nobody_else():
    article = make.article()
    response = client(article.owner).get(at("preview", article))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "noindex" in tree(response).css_first('meta[name="robots"]').attributes["content"]
    assert "Preview of change 1" in text(response)


def test_an_unfinished_draft_has_a_preview():
    article = make.article(subject="", authors=(), cards=0, faqs=0, title="Ω", introduction="", conclusion="")
    Article.objects.filter(pk=article.pk).update(slug="")
    assert client(article.owner).get(at("preview", article)).status_code == 200


def test_the_bar_names_the_change_that_is_read():
    article = make.handed_in()
    bar = tree(client(make.editor()).get(at("preview", article))).css(".preview-bar a")
    assert f"{at('move', article, 'approve')}?change={article.change}" in [link.attributes["href"] for link in bar]


def test_a_revision_is_read_as_it_was():
    article = make.handed_in(introduction="First words.")
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="Second words.")
    page = text(browser.get(at("revision", article, 1)))
    assert "First words." in page
    assert "Second words." not in page


@pytest.mark.slow
def test_the_public_page_does_not_move_by_a_byte():
    editor = make.editor()
    article = make.live(value=rich_document(), by=editor)
    url, visitor, browser = reverse("article", args=[article.slug]), client(None), client(article.owner)
    before = visitor.get(url)
    first = article.cards.first().public_id
    sent_unchanged(browser, at("card", article, first), heading="Other", body="Other", tags="other", emoji="🔥")
    sent_unchanged(browser, at("details", article), title="Another title", slug="another", tags="x", dek="y")
    sent_unchanged(browser, at("order", article), **{f"position-{first}": "2"})
    sent_unchanged(browser, at("faq_delete", article, article.faqs.first().public_id))
    sent_unchanged(browser, at("card_delete", article, first))
    after = visitor.get(url)
    assert Article.objects.get().change > article.change
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert publishing.compose(Revision.objects.first().document).edition.title == "What the ferry hides"
