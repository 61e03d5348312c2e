"""Changes of pictures on the desk: told to who saves, waiting on the picture's page and on the editors' first page."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from articles import states, workflow
from articles.desk import overview
from articles.models import Article, Author, Picture, PictureChange
from tests import make
from tests.desk.admin.test_library import WORDS, change, page, upload
from tests.desk.pages import JSON, sent_unchanged, text, tree, version_at

pytestmark = pytest.mark.django_db


def portrait() -> Picture:
    picture = make.picture()
    Author.objects.create(name="Mina Park", picture=picture)
    return picture


def act(client: Client, change: PictureChange, name: str, **fields: str):
    return client.post(page(name, change.picture_id, change.pk), fields, follow=True)


@pytest.mark.slow
def test_a_writer_who_swaps_a_cover_in_review_is_told_and_the_editors_approval_fails(sign_in):
    picture, owner, editor = make.picture(), make.writer(), make.editor()
    article = make.handed_in(owner=owner, cover=picture.public_id)
    client, new = sign_in(owner), upload(make.image_bytes(colour="red"))
    assert "changes each article that shows it" in text(client.get(page("change", picture.pk)))
    assert "waits for an editor" in text(sign_in(make.writer()).get(page("change", picture.pk)))
    assert sent_unchanged(client, page("change", picture.pk), upload=new).status_code == 302
    assert "It is a change of 1 article." in text(client.get(page("changelist")))
    with pytest.raises(workflow.ConflictError):
        workflow.make(states.APPROVE, article, by=editor, change=article.change)


def test_a_locked_article_refuses_and_what_was_typed_is_still_there(sign_in):
    picture, owner = make.picture(), make.writer()
    article = make.article(owner=owner, title="On board", cover=picture.public_id)
    workflow.lock(article, "", "The lawyer reads it.", by=make.editor())
    answer = change(sign_in(owner), picture, alt="A ferry at dawn")
    assert answer.status_code == 200
    assert "“On board” shows this picture." in text(answer)
    assert "A ferry at dawn" in answer.content.decode()
    assert Picture.objects.get().alt == "A ferry at night"


def test_a_writer_is_not_told_the_title_of_a_locked_article_of_others(sign_in):
    picture, writer = make.picture(), make.writer()
    article = make.article(title="Secret plan", cover=picture.public_id)
    workflow.lock(article, "", "Hush.", by=make.editor())
    answer = change(sign_in(writer), picture, alt="A ferry at dawn")
    assert answer.status_code == 302, "It waits, and says nothing of the article."
    assert PictureChange.objects.get().values == {"alt": "A ferry at dawn"}


@pytest.mark.slow
def test_a_change_waits_on_the_page_and_in_the_queue_and_is_accepted(sign_in):
    picture, writer, editor = portrait(), make.writer(), make.editor()
    by_writer, by_editor = sign_in(writer), sign_in(editor)
    answer = change(by_writer, picture, alt="Mina laughs", upload=upload(make.image_bytes(colour="red")))
    assert answer.url == page("change", picture.pk)
    shown = by_writer.get(answer.url)
    assert "your change waits for an editor" in text(shown)
    assert "Withdraw your change" in text(shown)
    assert not tree(shown).css("button[value=accept]")

    (section,) = [each for each in overview.sections(editor) if each.name == "pictures"]
    assert [row.title for row in section.rows] == ["Ferry"]
    assert "Ferry" in text(by_editor.get(section.url))
    assert not [each for each in overview.sections(writer) if each.name == "pictures"]
    shown = by_editor.get(page("change", picture.pk))
    assert [side.text() for side in tree(shown).css("#waiting .both-text")] == ["A ferry at night", "Mina laughs"]
    token = tree(shown).css_first("input[name=token]").attributes["value"]
    done = act(by_editor, PictureChange.objects.get(), "decide", verdict="accept", token=token)
    assert f"Accepted the change by {writer.username}" in text(done)
    assert Picture.objects.get().alt == "Mina laughs"
    assert "Changes that were decided on" in text(done)
    assert LogEntry.objects.filter(object_id=str(picture.pk)).count() == 2
    assert not [each for each in overview.sections(editor) if each.name == "pictures"]


@pytest.mark.slow
def test_an_editor_declines_or_decides_nothing(sign_in):
    picture = portrait()
    change(sign_in(make.writer()), picture, alt="Mina laughs")
    row, by_editor = PictureChange.objects.get(), sign_in(make.editor())
    assert "Accept the change or decline it." in text(act(by_editor, row, "decide", verdict="burn"))
    assert "after you looked at it" in text(act(by_editor, row, "decide", verdict="accept", token="x"))
    assert "Declined the change" in text(act(by_editor, row, "decide", verdict="decline"))
    again = by_editor.post(page("decide", picture.pk, row.pk), {"verdict": "decline"}, **JSON)
    assert (again.status_code, again.json()["sentence"]) == (409, "Somebody has decided on this meanwhile.")
    for other in (picture.pk + 1, 10**30):
        assert by_editor.post(page("decide", other, row.pk), {"verdict": "decline"}).status_code == 404
    assert Picture.objects.get().alt == "A ferry at night"


@pytest.mark.slow
def test_a_writer_withdraws_an_own_change_and_no_other(sign_in):
    picture, writer = portrait(), make.writer()
    change(sign_in(writer), picture, alt="Mina laughs")
    row = PictureChange.objects.get()
    assert "Only who proposed" in text(act(sign_in(make.writer()), row, "withdraw"))
    assert sign_in(make.writer()).post(page("decide", picture.pk, row.pk), {"verdict": "decline"}).status_code == 403
    assert "You withdrew" in text(act(sign_in(writer), row, "withdraw"))
    assert PictureChange.objects.get().outcome == "withdrawn"


def test_a_second_writer_is_told_who_was_first(sign_in):
    picture, first = portrait(), make.writer()
    change(sign_in(first), picture, alt="One")
    answer = change(sign_in(make.writer()), picture, alt="Two")
    assert f"A change by {first.username} waits" in text(answer)
    assert "Two" in answer.content.decode()


@pytest.mark.slow
def test_the_dialog_tells_the_same(sign_in):
    picture, owner = make.picture(), make.writer()
    article = make.article(owner=owner, cover=picture.public_id)
    client, url = sign_in(owner), page("choose_one", picture.public_id)
    version = tree(client.get(page("change", picture.pk))).css_first("input[name=version]").attributes["value"]
    answer = client.post(url, WORDS | {"alt": "A ferry at dawn", "version": version}, **JSON)
    assert answer.json()["note"] == "It is a change of 1 article."
    assert Article.objects.get().change == article.change + 1
    workflow.lock(article, "", "The lawyer reads it.", by=make.editor())
    refused = client.post(url, WORDS | {"alt": "No ferry"} | version_at(client, page("change", picture.pk)), **JSON)
    assert refused.status_code == 400
    assert "The lawyer reads it." in refused.json()["sentence"]
