"""Feed, robots.txt, security.txt, favicon, signs of life, pictures."""

import datetime as dt
import io
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles.models import Edition
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.timedelta(days=1)


def feed(client: Client) -> ET.Element:
    response = client.get("/feeds/articles.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(client: Client) -> dict[str, ET.Element]:
    return {entry.findtext(f"{ATOM}title"): entry for entry in feed(client).iter(f"{ATOM}entry")}


@pytest.mark.slow
def test_the_feed_tells_of_the_twenty_newest_articles(client: Client):
    for days in range(25):
        make.edition(title=f"Day {days}", cards=1, faqs=0, at=timezone.now() - (days + 1) * DAY)
    assert list(entries(client)) == [f"Day {days}" for days in range(20)]


def test_an_entry_says_who_when_and_what(client: Client, settings):
    settings.SITE_URL = "https://fans.example"
    authors = (make.author(name="Mina Park").slug, make.author(name="Jo Doe").slug)
    edition = make.edition(title="Ferry", dek="A short dek", authors=authors)
    entry = entries(client)["Ferry"]
    assert entry.find(f"{ATOM}link").get("href") == "https://fans.example/articles/ferry/"
    assert [each.findtext(f"{ATOM}name") for each in entry.iter(f"{ATOM}author")] == ["Mina Park", "Jo Doe"]
    assert entry.findtext(f"{ATOM}summary") == "A short dek"
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated")
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == edition.visible_from


def test_an_entry_keeps_its_id_through_a_new_slug_host_and_text(client: Client, settings):
    edition = make.edition(title="Ferry")
    before = entries(client)["Ferry"].findtext(f"{ATOM}id")
    publish_again(edition.article, slug="boats", title="Boats")
    settings.SITE_URL = "https://elsewhere.example"
    assert entries(client)["Boats"].findtext(f"{ATOM}id") == before
    assert before.startswith("urn:uuid:")


def test_only_new_words_move_the_date_of_an_entry(client: Client):
    edition = make.edition(title="Ferry", at=timezone.now() - 3 * DAY)
    before = entries(client)["Ferry"].findtext(f"{ATOM}updated")
    publish_again(edition.article)
    assert entries(client)["Ferry"].findtext(f"{ATOM}updated") == before
    publish_again(edition.article, dek="New words")
    assert entries(client)["Ferry"].findtext(f"{ATOM}updated") > before


def test_a_feed_without_articles_is_a_feed(client: Client):
    first, second = (client.get("/feeds/articles.atom") for _ in range(2))
    assert first.content == second.content
    assert feed(client).findtext(f"{ATOM}updated")


# --- robots and signs of life -----------------------------------------------------------------------------------------


def test_robots_are_kept_out_of_the_desk_and_shown_the_sitemap(client: Client, settings):
    settings.SITE_URL = "https://fans.example"
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: https://fans.example/sitemap.xml" in text
    assert "Content-Signal" not in text


def test_robots_learn_what_the_setting_allows_them(client: Client, settings):
    settings.CONTENT_SIGNAL = "search=yes, ai-train=no"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Content-Signal: search=yes, ai-train=no"]


def test_security_txt_names_whom_to_tell_for_half_a_year(client: Client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ("mailto:safe@fans.example", "https://fans.example/holes")
    settings.SITE_URL = "https://fans.example"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == list(settings.SECURITY_CONTACT)
    (expires,) = [dt.datetime.fromisoformat(value) for name, value in fields if name == "Expires"]
    assert 178 * DAY < expires - timezone.now() < 181 * DAY
    assert ["Canonical", "https://fans.example/.well-known/security.txt"] in fields


def test_old_programs_find_an_icon(client: Client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Cache-Control"]) == (302, "public, max-age=86400")
    icon = client.get(response["Location"])
    data = b"".join(icon.streaming_content)
    assert icon["Content-Type"] == "image/x-icon"
    assert Image.open(io.BytesIO(data)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_healthz_answers_without_a_database(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")


def test_readyz_says_what_does_not_answer(client: Client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def fail(*_args: object) -> None:
        raise DatabaseError("gone away")

    with connection.execute_wrapper(fail):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: database\n")
    monkeypatch.setattr(cache, "set", fail)
    assert client.get("/readyz").content == b"not ready: cache\n"


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_a_picture_of_the_library_is_kept_for_ever(client: Client, django_assert_num_queries):
    picture = make.picture()
    with django_assert_num_queries(0):
        response = client.get(picture.url, headers={"Accept-Encoding": "gzip"})
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    again = client.get(picture.url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["", "pictures/", "pictures/none.jpg", "secret.txt", "pictures/../secret.jpg", "pictures/page.html", "other/a.jpg"],
)
def test_nothing_but_pictures_is_served(client: Client, settings, path: str):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.MEDIA_ROOT / "other").mkdir()
    for name in ("secret.txt", "secret.jpg", "other/a.jpg"):
        (settings.MEDIA_ROOT / name).write_text("secret")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_page_whose_picture_is_missing_is_a_page(client: Client, settings):
    picture = make.picture()
    edition = make.edition(cover=picture.public_id, pictures=(picture.as_value(),))
    (settings.MEDIA_ROOT / picture.file).unlink()
    assert client.get(f"/articles/{edition.slug}/").status_code == 200
    assert Edition.objects.get(pk=edition.pk).cover
