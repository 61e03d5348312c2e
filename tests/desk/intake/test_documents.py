"""Bringing in a document."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from articles import drafts
from articles.models import Article, History
from tests import make
from tests.desk.pages import at, client, form_of, text, tree

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/import/"
PASTED = """Three facts about the night ferry

It leaves at night, and nobody knows why.

1. 🚢 The ferry is real

It crosses the strait twice a week.

2. The captain cannot swim

He said so in an interview.

3. It has seven lamps

Count them.

Conclusion

It arrives in the morning.
"""


def preview_of(browser: Client, **sent: Any) -> HttpResponse:
    response = browser.post(URL, sent)
    assert response.status_code == 200
    return response


def created(browser: Client, shown: HttpResponse, **changes: Any) -> HttpResponse:
    """Presses "Create draft" on a preview."""
    return browser.post(URL, form_of(shown) | {"act": "create"} | changes)


@pytest.mark.slow
def test_a_pasted_text_is_shown_and_then_becomes_a_draft():
    writer, subject = make.writer(), make.subject()
    byline = make.author(user=writer)
    browser = client(writer)
    shown = preview_of(browser, text=PASTED.replace("\n", "\r\n"))
    assert not Article.objects.exists()
    response = created(browser, shown, subject=subject.slug, title="The night ferry")
    article = Article.objects.get()
    assert article.title == "The night ferry"
    assert response.headers["Location"] == at("change", article)
    value = drafts.document_of(article)
    assert [card.heading for card in value.cards] == [
        "The ferry is real",
        "The captain cannot swim",
        "It has seven lamps",
    ]
    assert value.cards[0].emoji == "🚢"
    assert (value.subject, value.authors, article.owner) == (subject.slug, (byline.slug,), writer)
    assert "3 facts" in text(client(writer).get(at("change", article)))
    assert History.objects.filter(act="import", article=article).exists()
    assert article.revisions.count() == 1


def test_a_file_becomes_a_draft():
    browser = client(make.writer())
    created(browser, preview_of(browser, file=SimpleUploadedFile("ferry.txt", PASTED.encode()), text=""))
    assert Article.objects.get().cards.count() == 3


def test_what_was_pasted_with_its_structure_is_read_with_it():
    html = "<h1>Two ships</h1><p>Hello.</p><h3>One</h3><p>Ada</p><h3>Two</h3><ul><li>Bob</li></ul>"
    browser = client(make.writer())
    created(browser, preview_of(browser, text="Two ships Hello. One Ada Two Bob", html=html))
    assert [card.body for card in drafts.document_of(Article.objects.get()).cards] == ["Ada", "- Bob"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "id_file"),
        ({"text": "  \n "}, "id_file"),
        ({"file": SimpleUploadedFile("a.txt", b"\x00\x01\x02\xff\xfe" * 40)}, "id_file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 words")}, "id_file"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "id_file"),
        ({"file": SimpleUploadedFile("a.docx", b"x" * (5 * 1024 * 1024 + 1))}, "id_file"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_nothing_is_left(sent, field):
    response = client(make.writer()).post(URL, sent)
    assert response.status_code == 400
    assert tree(response).css_first(f"#{field}_error")
    assert not Article.objects.exists()


def test_a_text_that_does_not_say_its_title_is_asked_for_it():
    browser = client(make.writer())
    shown = preview_of(browser, text=PASTED.partition("\n\n")[2])
    response = created(browser, shown)
    assert response.status_code == 400
    assert tree(response).css_first("#id_title_error")
    assert "captain cannot swim" in text(response)
    assert created(browser, response, title="Mine").status_code == 302
    assert Article.objects.get().title == "Mine"


def test_a_subject_that_does_not_exist_is_refused_at_its_field():
    browser = client(make.writer())
    response = created(browser, preview_of(browser, text=PASTED), subject="999")
    assert response.status_code == 400
    assert tree(response).css_first("#id_subject_error")
    assert not Article.objects.exists()


@pytest.mark.slow
def test_more_than_an_article_can_hold_is_refused():
    browser = client(make.writer())
    shown = preview_of(browser, text=PASTED.replace("Count them.", "Count them. " + "word " * 50_000))
    response = created(browser, shown, title="Long")
    assert response.status_code == 400
    assert "use at most 200000" in tree(response).css_first(".desk-errors").text()
    assert not Article.objects.exists()


def test_a_file_and_a_text_at_once_are_one_too_many():
    file = SimpleUploadedFile("ferry.txt", PASTED.encode())
    assert client(make.writer()).post(URL, {"file": file, "text": PASTED}).status_code == 400


def test_what_found_no_place_stands_on_the_outline_until_somebody_dismisses_it():
    article = make.article()
    Article.objects.filter(pk=article.pk).update(unplaced_text="A stray line")
    browser = client(article.owner)
    assert "A stray line" in text(browser.get(at("change", article)))
    assert browser.get(at("dismiss_unplaced", article)).headers["Location"] == at("change", article)
    assert browser.post(at("dismiss_unplaced", article)).status_code == 302
    assert "A stray line" not in text(browser.get(at("change", article)))


@pytest.mark.slow
def test_what_the_gate_refuses_is_told_at_its_block_and_the_roles_are_kept():
    writer = make.writer()
    browser = client(writer)
    long = f"## 1. One\n\nAda\n\n## 2. {'very ' * 50}long\n\nBob\n\n## 3. Three\n\nx\n\n"
    long += f"## Farewell\n\n{'word ' * 45_000}\n"
    answer = created(browser, preview_of(browser, text=long), title="Mine", **{"role-1": "left out"})
    assert answer.status_code == 400
    links = {node.text(): node.attributes["href"] for node in tree(answer).css(".errornote a")}
    assert links == {"Block 3": "#role-2", "Block 7": "#role-6"}
    assert tree(answer).css_first("#role-1 option[selected]").attributes["value"] == "left out"
    assert tree(answer).css_first("#id_title").attributes["value"] == "Mine"
    assert not Article.objects.exists()
