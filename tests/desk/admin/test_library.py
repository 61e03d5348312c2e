"""The picture library: uploading, describing, replacing, and deleting what nothing shows."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import drafts, states, workflow
from articles.images.checking import MAX_BYTES
from articles.models import Picture
from tests import make
from tests.desk.pages import saved

pytestmark = pytest.mark.django_db

WORDS = {"title": "Ferry", "alt": "A ferry at night", "credit": "", "licence": "", "focal_x": "50", "focal_y": "50"}


def upload(data: bytes | None = None, name: str = "ferry.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.image_bytes() if data is None else data)


def page(act: str, *args: Any) -> str:
    return reverse(f"admin:articles_picture_{act}", args=args)


def add(client: Client, **fields: Any):
    return client.post(page("add"), WORDS | {"upload": upload()} | fields)


def change(client: Client, picture: Picture, **fields: Any):
    return saved(client, page("change", picture.pk), WORDS | fields)


def form_of(answer):
    return answer.context["adminform"].form


def test_a_writer_brings_in_a_picture_that_is_written_anew(sign_in):
    user = make.writer()
    assert add(sign_in(user), credit="Mina Park", licence="CC BY 4.0", focal_x="20").status_code == 302
    picture = Picture.objects.get()
    assert (picture.uploaded_by, picture.credit, picture.focal_x) == (user, "Mina Park", 20)
    assert (picture.width, picture.height) == (80, 60)
    assert picture.file.startswith("pictures/")
    assert picture.file.endswith(".jpg")
    assert default_storage.exists(picture.file)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "ferry.jpg", "empty"),
        (b"no picture at all", "ferry.jpg", "is not a picture that can be read here"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "ferry.svg", "SVG drawing"),
        (make.image_bytes(size=(20, 20)), "ferry.jpg", "needs at least 40"),
        (make.image_bytes(size=(900, 600))[:2000], "ferry.jpg", "damaged"),
        (b"\xff\xd8\xff" + bytes(MAX_BYTES + 10), "ferry.jpg", "the limit is 20 MB"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence_at_its_field(by_writer, data, name, sentence):
    answer = add(by_writer, upload=upload(data, name))
    assert answer.status_code == 200
    assert sentence in str(form_of(answer).errors["upload"])
    assert not Picture.objects.exists()


def test_a_file_is_needed_for_a_new_picture(by_writer):
    answer = by_writer.post(page("add"), WORDS)
    assert "upload" in form_of(answer).errors


def test_alternative_text_or_decorative_is_needed(by_writer):
    assert "alt" in form_of(add(by_writer, alt="")).errors
    assert add(by_writer, alt="", decorative="on").status_code == 302
    assert Picture.objects.get().decorative


def test_a_good_file_is_kept_while_another_field_is_put_right(by_writer):
    answer = add(by_writer, alt="")
    assert "there is no need to choose it again" in answer.content.decode()
    kept = form_of(answer)["kept"].value()
    assert by_writer.post(page("add"), WORDS | {"kept": kept}).status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (80, 60)
    assert default_storage.exists(picture.file)
    assert picture.thumbnail_url != picture.url


def test_what_is_said_to_be_kept_must_be_our_own_word(by_writer):
    answer = by_writer.post(page("add"), WORDS | {"kept": '{"file": "secret-key", "width": 1, "height": 1}'})
    assert "upload" in form_of(answer).errors
    assert not Picture.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("focal_x", "101"), ("focal_y", "-1"), ("title", ""), ("focal_x", "")])
def test_a_wrong_value_is_told_at_its_field(by_writer, field, value):
    assert field in form_of(add(by_writer, **{field: value})).errors


def test_words_are_changed_without_a_new_file(by_editor):
    picture = make.picture()
    assert change(by_editor, picture, alt="A ferry at dawn").status_code == 302
    assert Picture.objects.get().alt == "A ferry at dawn"
    assert Picture.objects.get().file == picture.file


def test_a_bad_new_file_leaves_the_picture_as_it_is(by_editor):
    picture = make.picture()
    assert "upload" in form_of(change(by_editor, picture, upload=upload(b"nothing"))).errors
    assert Picture.objects.get().file == picture.file


def test_the_page_shows_the_markdown_and_where_the_picture_is_used(by_editor):
    picture = make.picture()
    make.article(title="On board", cards=(make.card(body=f"See:\n\n{picture.markdown}"),))
    html = by_editor.get(page("change", picture.pk)).content.decode()
    assert f'value="{picture.markdown}"' in html
    assert "The article “On board”" in html


def test_a_writer_is_told_the_number_and_not_the_titles_of_other_peoples_articles(by_writer):
    picture = make.picture()
    make.article(title="Secret plan", cover=picture.public_id)
    html = by_writer.get(page("change", picture.pk)).content.decode()
    assert "Secret plan" not in html
    assert "1 article of somebody else" in html


def cover(picture: Picture) -> None:
    make.article(cover=picture.public_id)


def introduction(picture: Picture) -> None:
    make.article(introduction=picture.markdown)


def conclusion(picture: Picture) -> None:
    make.article(conclusion=picture.markdown)


def card(picture: Picture) -> None:
    make.article(cards=(make.card(body=picture.markdown),))


def question(picture: Picture) -> None:
    make.article(faqs=(make.faq(answer=picture.markdown),))


def author(picture: Picture) -> None:
    make.author(picture=picture)


def old_revision(picture: Picture) -> None:
    article = make.handed_in(introduction=picture.markdown)
    workflow.make(states.WITHDRAW, article, by=article.owner)
    drafts.save_introduction(
        article,
        drafts.Introduction(introduction="Nothing to see."),
        token=drafts.token(drafts.introduction_of(article)),
        by=article.owner,
    )


def beside_a_heading(picture: Picture) -> None:
    make.article(cards=(make.card(picture=picture.public_id),))


@pytest.mark.parametrize(
    "use", [cover, introduction, conclusion, card, beside_a_heading, question, author, old_revision]
)
def test_a_used_picture_is_not_deleted(by_editor, use):
    picture = make.picture()
    use(picture)
    for answer in (
        by_editor.get(page("delete", picture.pk)),
        by_editor.post(page("delete", picture.pk), {"post": "yes"}),
    ):
        assert answer.status_code == 200
        assert "cannot be deleted while it is used" in answer.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_that_nothing_shows_is_deleted_by_an_editor_only(by_editor, by_writer):
    picture = make.picture()
    make.article(introduction=make.picture().markdown)
    assert by_writer.post(page("delete", picture.pk), {"post": "yes"}).status_code == 403
    assert by_editor.post(page("delete", picture.pk), {"post": "yes"}).status_code == 302
    assert not Picture.objects.filter(pk=picture.pk).exists()


def test_the_list_shows_thumbnails_and_finds_by_words(by_writer):
    picture = make.picture(alt="A ferry at night")
    make.picture(alt="A lighthouse", title="Light")
    html = by_writer.get(page("changelist") + "?q=ferry").content.decode()
    assert f'src="{picture.thumbnail_url}"' in html
    assert "A lighthouse" not in html
