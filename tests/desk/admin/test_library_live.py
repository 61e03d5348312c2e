"""Replacing, rewording or deleting a picture changes nothing that is live: no page, no file, no feed."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import drafts
from articles.models import Edition, Picture
from tests import make
from tests.desk.pages import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return make.picture(credit="Mina Park")


@pytest.fixture
def edition(picture: Picture) -> Edition:
    """It shows the picture in all places: as cover, in text, card, question and conclusion."""
    return make.edition(
        cover=picture.public_id,
        introduction=f"Look:\n\n{picture.markdown}",
        cards=(make.card(body=f"See:\n\n{picture.markdown}"),),
        faqs=(make.faq(answer=picture.markdown),),
        conclusion=picture.markdown,
    )


def public_pages(edition: Edition) -> dict[str, bytes]:
    fact = edition.facts.get()
    addresses = [
        reverse("home"),
        reverse("article", args=[edition.slug]),
        reverse("facts"),
        reverse("fact", args=[fact.public_id, fact.slug]),
        reverse("feed", args=["articles", "atom"]),
    ]
    return {address: Client().get(address).content for address in addresses}


def served(url: str) -> bytes:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    return answer.getvalue()


def replaced(client: Client, picture: Picture) -> None:
    words = {"title": "Lamp", "alt": "A lamp at dawn", "credit": "", "licence": "", "focal_x": "10", "focal_y": "90"}
    data = SimpleUploadedFile("lamp.jpg", make.image_bytes(size=(800, 500)))
    url = reverse("admin:articles_picture_change", args=[picture.pk])
    assert saved(client, url, words | {"upload": data}).status_code == 302


@pytest.mark.slow
def test_a_replaced_picture_leaves_every_public_page_and_its_file_as_they_were(by_editor, picture, edition):
    old_url, old_thumbnail, old_file = picture.url, picture.thumbnail_url, picture.file
    before, bytes_before = public_pages(edition), served(old_url)
    assert old_url.encode() in before[reverse("article", args=[edition.slug])]
    replaced(by_editor, picture)
    picture.refresh_from_db()
    assert picture.file != old_file
    assert (picture.width, picture.height) == (800, 500)
    assert public_pages(edition) == before
    assert served(old_url) == bytes_before
    assert served(old_thumbnail)


@pytest.mark.slow
def test_the_new_file_is_live_with_the_next_publication_only(by_editor, picture, edition):
    page = reverse("article", args=[edition.slug])
    replaced(by_editor, picture)
    picture.refresh_from_db()
    again = drafts.document_of(edition.article)
    shown = again.picture(picture.public_id)
    assert shown is not None
    assert (shown.file, shown.alt) == (picture.file, "A lamp at dawn")
    assert picture.url.encode() not in Client().get(page).content


def test_a_picture_of_something_live_cannot_be_deleted_once_the_draft_dropped_it(by_editor, picture):
    article = make.edition(introduction=picture.markdown).article
    drafts.save_introduction(
        article,
        drafts.Introduction(introduction="Nothing to see."),
        token=drafts.token(drafts.introduction_of(article)),
        by=article.owner,
    )
    url = reverse("admin:articles_picture_delete", args=[picture.pk])
    assert "cannot be deleted while it is used" in by_editor.post(url, {"post": "yes"}).content.decode()
    assert served(picture.url)


def test_deleting_a_picture_takes_no_file_from_another_of_the_same_content(by_editor, edition, picture):
    twin = Picture(title="Twin", alt="The same")
    twin.take(default_storage.open(picture.file).read(), "twin.jpg")
    twin.file, twin.width, twin.height = picture.file, picture.width, picture.height
    twin.save()
    assert by_editor.post(reverse("admin:articles_picture_delete", args=[twin.pk]), {"post": "yes"}).status_code == 302
    assert served(picture.url)
    assert served(picture.thumbnail_url)
