"""The smaller copies of a picture: made once at upload, found by its content and width, and never needed."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from articles import images
from articles.models import Picture
from articles.models.pictures import rendition_name
from tests import make

pytestmark = pytest.mark.django_db


def taken(width: int, height: int = 300) -> Picture:
    picture = Picture(title="Ferry", alt="A ferry")
    picture.take(make.image_bytes(size=(width, height)), "ferry.jpg")
    picture.save()
    return picture


def test_an_upload_keeps_every_width_and_format_below_its_digest():
    picture = taken(700)
    digest = picture.file.removesuffix(".jpg")
    for width in (320, 640, 700):
        for extension in ("avif", "webp", "jpg"):
            assert default_storage.size(f"{digest}/{width}.{extension}")
    assert images.fitting(700) == (320, 640, 700)
    assert rendition_name(picture.file, 640, "jpeg") == f"{digest}/640.jpg"


@pytest.mark.parametrize(
    ("own", "wanted", "width"), [(2000, 320, 320), (2000, 700, 960), (2000, 9000, 1920), (200, 320, 200)]
)
def test_the_smallest_copy_that_is_wide_enough_is_shown(own, wanted, width):
    picture = taken(own)
    url = picture.url_of_width(wanted)
    assert url.endswith(f"/{width}.webp")
    answer = Client().get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_picture_without_copies_shows_itself():
    picture = taken(700)
    picture.copies = {}
    assert picture.thumbnail_url == picture.url


def test_a_copy_that_a_crash_tore_is_made_whole_by_the_next_upload():
    picture = taken(700)
    name = rendition_name(picture.file, 320, "webp")
    whole = default_storage.size(name)
    with default_storage.open(name, "wb") as torn:
        torn.write(b"RIFF")
    taken(700)
    assert default_storage.size(name) == whole


def test_the_same_content_is_stored_once():
    taken(700)
    before = default_storage.listdir("pictures")
    taken(700)
    assert default_storage.listdir("pictures") == before
