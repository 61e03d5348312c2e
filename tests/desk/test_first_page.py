"""The first page: what this person should look at next."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles import states, workflow
from articles.desk import overview
from tests import make

pytestmark = pytest.mark.django_db


def section(user: User, name: str) -> list[str]:
    return [row.title for section in overview.sections(user) if section.name == name for row in section.rows]


def test_an_editor_sees_what_waits_for_whom():
    editor = make.editor()
    make.handed_in(title="Read me")
    make.approved(title="Publish me")
    make.live(title="Out there")
    later = make.approved(title="Soon")
    at = timezone.now() + dt.timedelta(hours=1)
    workflow.make(states.SCHEDULE, later, by=editor, change=later.change, at=at)
    make.article(title="A draft of somebody")
    assert section(editor, "in-review") == ["Read me"]
    assert section(editor, "approved") == ["Publish me"], "what is live or waits for its time needs nobody"
    assert section(editor, "waiting") == ["Soon"]
    assert section(editor, "published") == ["Out there"]
    assert section(editor, "drafts") == []


def test_a_taking_down_that_waits_is_on_the_editors_page():
    article, editor = make.live(title="Out there"), make.editor()
    at = timezone.now() + dt.timedelta(hours=1)
    workflow.make(states.TAKE_DOWN_AT, article, by=editor, note="Rights end.", at=at)
    assert section(editor, "waiting") == ["Out there"]


def test_a_writer_sees_their_own_articles_by_what_is_to_do():
    writer = make.writer()
    make.article(owner=writer, title="Mine")
    back = make.handed_in(owner=writer, title="Came back")
    workflow.make(states.SEND_BACK, back, by=make.editor(), note="Names, please.")
    make.handed_in(owner=writer, title="Handed in")
    make.live(title="Of somebody else")
    make.handed_in(title="Of somebody else too")
    assert section(writer, "sent-back") == ["Came back"]
    assert section(writer, "drafts") == ["Mine"]
    assert section(writer, "handed-in") == ["Handed in"]
    assert not section(writer, "in-review")
    assert not section(writer, "published")


def test_an_approval_that_words_have_outrun_is_a_draft_again():
    writer = make.writer()
    article = make.approved(owner=writer, title="Mended")
    article.change += 1
    article.save()
    assert section(writer, "drafts") == ["Mended"]
    assert not section(make.editor(), "approved")


@pytest.mark.slow
@pytest.mark.parametrize("role", [make.writer, make.editor])
def test_every_link_of_the_page_leads_somewhere(role, sign_in):
    user = role()
    for _number in range(overview.MOST_ROWS + 1):
        make.article(owner=user)
        make.handed_in(owner=user)
    client = sign_in(user)
    html = client.get(reverse("admin:index")).content.decode()
    links = {part.split('"')[0] for part in html.split('href="')[1:]}
    pages = {link.replace("&amp;", "&") for link in links if link.startswith("/admin/")}
    assert reverse("admin:articles_article_add") in pages
    assert reverse("admin:articles_article_import") in pages
    assert any("status=draft" in link for link in pages)
    assert {link: client.get(link).status_code for link in pages} == dict.fromkeys(pages, 200)


@pytest.mark.slow
def test_the_page_costs_the_same_however_much_there_is(
    sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    editor = make.editor()
    client = sign_in(editor)
    for _number in range(overview.MOST_ROWS):
        make.handed_in()
        make.live(owner=editor, by=make.editor())
    with django_assert_max_num_queries(25) as few:
        client.get(reverse("admin:index"))
    for _number in range(6):
        make.handed_in()
        make.live()
    with django_assert_num_queries(len(few)):
        client.get(reverse("admin:index"))


def test_somebody_without_a_role_is_told_so(sign_in):
    user = make.writer()
    user.groups.clear()
    html = sign_in(user).get(reverse("admin:index")).content.decode()
    assert "no role yet" in html
    assert reverse("admin:articles_article_add") not in html


def test_a_row_says_the_status_of_its_article(client):
    writer = make.writer()
    make.article(owner=writer, title="Mine")
    client.force_login(writer)
    page = client.get(reverse("admin:index")).content.decode()
    row = page[page.index("Mine") :]
    assert "<span>Draft</span>" in row[: row.index("</li>")]
