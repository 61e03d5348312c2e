"""Pictures in an S3-like store: uploaded, shown, private, and what happens while the store is away."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from articles import images, states, workflow
from articles.models import Edition, Picture
from articles.models.pictures import rendition_name
from articles.operations.backup import media
from fanguide import storage
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


def use(settings, endpoint: str, *, bucket: str = "pictures-of-a-test", public: str = "") -> None:
    settings.S3_BUCKET, settings.S3_ENDPOINT, settings.S3_BY_PATH, settings.S3_REGION = (
        bucket,
        endpoint,
        True,
        "eu-west-1",
    )
    settings.S3_KEY, settings.S3_SECRET, settings.S3_PUBLIC_URL = "a-key", "a-secret", public
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "fanguide.storage.PictureStore"}}


@pytest.fixture
def bucket(moto: str, settings, monkeypatch):
    monkeypatch.setattr(storage, "ANSWER_SECONDS", 120)  # moto loads itself at the first request
    use(settings, moto, bucket=f"pictures-{uuid.uuid4().hex}")
    region = {"LocationConstraint": settings.S3_REGION}
    return default_storage.connection.create_bucket(Bucket=settings.S3_BUCKET, CreateBucketConfiguration=region)


@pytest.mark.slow
def test_an_upload_goes_into_the_bucket_and_the_site_shows_it_at_its_own_address(bucket):
    picture = make.picture(size=(800, 600))
    names = {each.key for each in bucket.objects.all()}
    assert picture.file in names
    copy = rendition_name(picture.file, 320, "webp")
    assert copy in names
    assert picture.url == f"/media/{picture.file}"
    for name in (picture.file, copy):
        answer = Client().get(f"/media/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content) == bucket.Object(name).get()["Body"].read()
    assert Client().get("/media/pictures/00000000000000000000000000000000.jpg").status_code == 404


@pytest.mark.slow
def test_nothing_in_the_bucket_is_public_by_itself(bucket):
    picture = make.picture()
    grants = bucket.Object(picture.file).Acl().grants
    assert not [grant for grant in grants if "AllUsers" in grant["Grantee"].get("URI", "")]


@pytest.mark.slow
def test_smaller_copies_come_from_the_public_address_and_the_original_does_not(bucket, settings, moto):
    use(settings, moto, bucket=settings.S3_BUCKET, public="https://pictures.example/site")
    picture = make.picture(size=(800, 600))
    copy = rendition_name(picture.file, 320, "webp")
    answer = Client().get(f"/media/{copy}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"https://pictures.example/site/{copy}"
    assert Client().get(f"/media/{picture.file}").status_code == 200


@pytest.mark.slow
def test_backups_find_and_place_what_is_in_the_bucket(bucket):
    picture = make.picture()
    assert picture.file in set(media.names())
    data = media.read(picture.file)
    default_storage.delete(picture.file)
    media.place(picture.file, data)
    media.place(picture.file, data)
    assert media.read(picture.file) == data


def dead() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.slow
def test_while_the_store_is_away_pages_stay_and_uploads_say_so(settings):
    use(settings, dead())
    live = make.edition(slug="the-ferry")
    assert Client().get(f"/articles/{live.slug}/").status_code == 200
    answer = Client().get("/media/pictures/00000000000000000000000000000000.jpg")
    assert answer.status_code == 503
    assert "no-store" in answer.headers["Cache-Control"]
    with pytest.raises(images.ImageError, match="could not be stored"):
        Picture().take(make.image_bytes(), "a.png")
    upload = ContentFile(make.image_bytes(), "a.png")
    client = Client()
    client.force_login(make.editor())
    page = client.post(reverse("admin:articles_picture_add"), {"title": "A", "alt": "A", "upload": upload})
    assert page.status_code == 200
    assert "could not be stored" in page.content.decode()


@pytest.mark.slow
def test_nothing_asks_the_store_from_the_hand_in_to_the_publication(monkeypatch):
    """While an article is locked, everybody who works on it would wait for the store."""
    picture = make.picture()
    card = make.card(body=f"{picture.markdown}\n\nA ferry.", picture=picture.public_id)
    editor, asked = make.editor(), []
    for name in ("_open", "_save", "exists", "size", "delete", "listdir"):
        monkeypatch.setattr(type(default_storage._wrapped), name, lambda *_a, name=name, **_k: asked.append(name))
    article = make.live(cards=(card,), cover=picture.public_id, by=editor)
    workflow.make(states.TAKE_DOWN, article, by=editor, note="Wrong.")
    assert Edition.objects.filter(article=article).count() == 2
    assert picture.file in str(Edition.objects.filter(article=article).order_by("pk")[0].parts)
    assert asked == []
