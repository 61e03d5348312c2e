"""Bringing in a document."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import drafts
from articles.models import Article, History
from tests import make
from tests.desk.pages import at, client, text, tree

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


def test_a_pasted_text_becomes_a_draft():
    writer, subject = make.writer(), make.subject()
    byline = make.author(user=writer)
    sent = {"text": PASTED.replace("\n", "\r\n"), "subject": subject.pk, "title": "The night ferry"}
    response = client(writer).post(URL, sent)
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
    file = SimpleUploadedFile("ferry.txt", PASTED.encode())
    client(make.writer()).post(URL, {"file": file, "text": ""})
    assert Article.objects.get().cards.count() == 3


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "id_file"),
        ({"text": "  \n "}, "id_file"),
        ({"text": "Just one line without any list."}, "id_text"),
        ({"file": SimpleUploadedFile("a.txt", b"\x00\x01\x02\xff\xfe" * 40)}, "id_file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 words")}, "id_file"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "id_file"),
        ({"text": PASTED, "subject": "999"}, "id_subject"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_nothing_is_left(sent, field):
    response = client(make.writer()).post(URL, sent)
    assert response.status_code == 400
    assert tree(response).css_first(f"#{field}_error")
    assert not Article.objects.exists()


def test_a_text_that_does_not_say_its_title_is_asked_for_it():
    browser = client(make.writer())
    untitled = PASTED.partition("\n\n")[2]
    response = browser.post(URL, {"text": untitled})
    assert response.status_code == 400
    assert tree(response).css_first("#id_title_error")
    assert "captain cannot swim" in tree(response).css_first("#id_text").text()
    assert browser.post(URL, {"text": untitled, "title": "Mine"}).status_code == 302
    assert Article.objects.get().title == "Mine"


def test_more_than_an_article_can_hold_is_refused():
    text = PASTED.replace("Count them.", "Count them. " + "word " * 50_000)
    response = client(make.writer()).post(URL, {"text": text, "title": "Long"})
    assert response.status_code == 400
    assert "at most 200000 fit" in tree(response).css_first("#id_text_error").text()
    assert not Article.objects.exists()


def test_a_file_and_a_text_at_once_are_one_too_many():
    file = SimpleUploadedFile("ferry.txt", PASTED.encode())
    assert client(make.writer()).post(URL, {"file": file, "text": PASTED}).status_code == 400


def test_what_found_no_place_stands_on_the_outline_until_somebody_dismisses_it():
    article = make.article()
    Article.objects.filter(pk=article.pk).update(unplaced_text="A stray line")
    browser = client(article.owner)
    assert "A stray line" in text(browser.get(at("change", article)))
    assert browser.get(at("dismiss_unplaced", article)).status_code == 405
    assert browser.post(at("dismiss_unplaced", article)).status_code == 302
    assert "A stray line" not in text(browser.get(at("change", article)))
