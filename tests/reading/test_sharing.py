"""Share pictures: one for each article and each fact in force, drawn once, never a word too many."""

import io
import threading

import pytest
from django.conf import settings as site
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from articles import images, publishing
from articles.models import Edition
from articles.models.pictures import write_once
from articles.reading import sharing
from articles.reading.sharing import ShareImage
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db


def of_article(edition: Edition) -> str:
    return sharing.article_path(sharing.of_article(site.SITE_NAME, edition), edition.slug)


def of_fact(edition: Edition, public_id: str) -> str:
    return sharing.fact_path(sharing.of_fact(site.SITE_NAME, edition, public_id), public_id)


def kept_files() -> list[str]:
    return default_storage.listdir("share")[1] if default_storage.exists("share") else []


def head_of(path: str) -> dict[str, str]:
    page = LexborHTMLParser(Client().get(path).content.decode())
    return {
        str(node.attributes.get("property") or node.attributes.get("name")): str(node.attributes["content"])
        for node in page.css("meta[property], meta[name]")
    }


@pytest.fixture
def drawings(monkeypatch) -> list[dict[str, object]]:
    """What was asked of the draughtsman."""
    seen: list[dict[str, object]] = []
    draw = images.share_picture

    def share_picture(**asked: object) -> bytes:
        seen.append(asked)
        return draw(**asked)

    monkeypatch.setattr(images, "share_picture", share_picture)
    return seen


def test_a_picture_is_drawn_at_the_first_request_and_kept_for_ever(client: Client, drawings):
    edition = make.edition()
    first, again = (client.get(of_article(edition)) for _ in range(2))
    assert first["Content-Type"] == "image/jpeg"
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Image.open(io.BytesIO(first.content)).size == (1200, 675)
    assert again.content == first.content
    assert len(drawings) == len(kept_files()) == 1
    not_modified = client.get(of_article(edition), headers={"If-None-Match": first["ETag"]})
    assert (not_modified.status_code, not_modified.content) == (304, b"")


def test_number_heading_colour_and_cover_are_drawn(client: Client, drawings):
    picture = make.picture(focal_x=10, focal_y=90)
    subject = make.subject(name="Harbour", palette="teal")
    card = make.card(heading="Two lamps", emoji="🏮")
    edition = make.edition(
        title="Ferry facts", cards=(make.card(), card), cover=picture.public_id, subject=subject.slug
    )
    client.get(of_fact(edition, card.public_id))
    client.get(of_article(edition))
    fact, article = drawings
    assert (fact["number"], fact["heading"], fact["palette"], fact["focal"]) == ("2", "Two lamps", "teal", (10, 90))
    assert (fact["kicker"], article["kicker"]) == ("Harbour", "Harbour")
    assert (article["number"], article["heading"]) == ("2", "Ferry facts")
    assert fact["cover"] == article["cover"] == default_storage.open(picture.file).read()


@pytest.mark.slow
def test_the_head_names_the_picture_of_an_article_without_a_cover_too():
    edition = make.edition(title="Ferry facts", cards=(make.card(heading="Two lamps"),))
    fact = edition.facts.get()
    for path, picture, words in (
        (f"/articles/{edition.slug}/", of_article(edition), "Night Ferry: 1. Ferry facts"),
        (f"/facts/{fact.public_id}/{fact.slug}/", of_fact(edition, fact.public_id), "Night Ferry: 1. Two lamps"),
    ):
        head = head_of(path)
        assert head["og:image"] == f"http://testserver{picture}"
        assert (head["og:image:width"], head["og:image:height"]) == ("1200", "675")
        assert head["og:image:alt"] == words
        assert head["twitter:card"] == "summary_large_image"
        assert Client().get(picture).status_code == 200


@pytest.mark.slow
def test_nothing_beyond_a_spoiler_point_is_drawn(client: Client, drawings):
    hidden = make.card(heading="The captain dies", emoji="💀", spoiler_after=7)
    safe = make.card(heading="The captain lies", safe_heading="What the captain hides", spoiler_after=7)
    edition = make.edition(cards=(hidden, safe))
    for card in (hidden, safe):
        client.get(of_fact(edition, card.public_id))
    assert [each["heading"] for each in drawings] == [
        "A fact about Night Ferry, after episode 7",
        "What the captain hides",
    ]


def test_another_digest_leads_to_the_present_picture_and_draws_nothing(client: Client, drawings):
    edition = make.edition()
    old = of_article(edition)
    publish_again(edition.article, title="Other words", slug="other-words")
    edition.article.refresh_from_db()
    present = of_article(edition.article.editions.in_force().get())
    for path in (old, present.replace(present[-24:-4], "0" * 20)):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, present)
        assert "immutable" not in answer["Cache-Control"]
    fact = edition.article.editions.in_force().get().facts.first()
    assert client.get(f"/share/facts/{fact.public_id}-{'0' * 20}.jpg").status_code == 302
    assert drawings == []


def test_only_what_is_in_force_is_drawn(client: Client, drawings):
    draft = make.article(title="Draft")
    waiting = make.edition(at=timezone.now() + timezone.timedelta(days=1), slug="waiting")
    card = draft.cards.first()
    for path in (
        f"/share/articles/{draft.slug}-{'0' * 20}.jpg",
        of_article(waiting),
        of_fact(waiting, waiting.parts["cards"][0]["id"]),
        f"/share/facts/{card.public_id}-{'0' * 20}.jpg",
        "/share/articles/never-0123456789abcdef0123.jpg",
        "/share/articles/x.jpg",
    ):
        assert client.get(path).status_code == 404, path
    live = make.edition()
    path, fact = of_article(live), of_fact(live, live.parts["cards"][0]["id"])
    publishing.take_down(live.article)
    assert client.get(path).status_code == client.get(fact).status_code == 410
    assert drawings == []


def test_another_word_number_colour_cover_or_site_makes_another_picture():
    given = ShareImage("Fanguide", "7", "Two lamps", "teal", "pictures/a.jpg", 50, 50)
    others = [
        given._replace(**change)
        for change in (
            {"site_name": "Other"},
            {"number": "8"},
            {"heading": "Two lamps\ud800"},
            {"palette": "rose"},
            {"cover": ""},
            {"kicker": "Night Ferry"},
            {"focal_x": 51},
            {"focal_x": 5, "focal_y": 5},
        )
    ]
    assert len({each.digest for each in (given, *others)}) == len(others) + 1
    assert given.digest == ShareImage(*given).digest


@pytest.mark.slow
def test_a_cover_that_cannot_be_had_now_is_drawn_again_later(client: Client, settings, drawings):
    picture = make.picture()
    edition = make.edition(cover=picture.public_id)
    file = settings.MEDIA_ROOT / picture.file
    data = file.read_bytes()
    file.unlink()
    without = client.get(of_article(edition))
    assert (without.status_code, without["Cache-Control"]) == (200, "public, max-age=60")
    assert kept_files() == []
    file.write_bytes(data)
    assert client.get(of_article(edition)).content != without.content
    assert len(kept_files()) == 1


@pytest.mark.slow
def test_a_picture_that_was_torn_by_a_crash_is_drawn_again(client: Client, settings):
    edition = make.edition()
    whole = client.get(of_article(edition)).content
    (name,) = kept_files()
    (settings.MEDIA_ROOT / "share" / name).write_bytes(whole[:1000])
    assert client.get(of_article(edition)).content == whole
    assert (settings.MEDIA_ROOT / "share" / name).read_bytes() == whole


@pytest.mark.slow
def test_first_requests_at_once_get_the_same_picture_and_keep_it_once():
    shared = ShareImage("Fanguide", "7", "Two lamps", "teal", "", 50, 50)
    found: list[bytes] = []
    at_once = threading.Barrier(4)

    def ask() -> None:
        at_once.wait()
        found.append(sharing.load_or_draw(shared).data)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == len(kept_files()) == 1


def test_a_full_disk_shows_the_picture_all_the_same(client: Client, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sharing, "write_once", full)
    assert client.get(of_article(make.edition())).status_code == 200
    assert kept_files() == []


def test_who_comes_second_leaves_no_second_file(monkeypatch):
    shared = ShareImage("Fanguide", "7", "Two lamps", "teal", "", 50, 50)
    data = sharing.load_or_draw(shared).data
    not_yet = [False, False]  # what a process is told that asked a moment too early
    exists = FileSystemStorage.exists
    monkeypatch.setattr(
        FileSystemStorage, "exists", lambda self, name: not_yet.pop() if not_yet else exists(self, name)
    )
    write_once(f"share/{shared.digest}.jpg", data)
    assert not not_yet
    assert kept_files() == [f"{shared.digest}.jpg"]
