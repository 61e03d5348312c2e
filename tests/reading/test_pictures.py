"""Pictures on public pages: a size for each screen, the first one first, and nothing broken where a file is lost."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles import publishing, states, workflow
from articles.models import Edition, Picture
from articles.models.pictures import copies_of, rendition_name, stored_copies
from articles.reading.pictures import Cover
from tests import make

pytestmark = pytest.mark.django_db


def photo(**fields: object) -> Picture:
    """Wide enough for three copies."""
    row = Picture(title="Ferry", alt="A ferry at night", **fields)
    row.take(make.image_bytes(size=(800, 600), colour="navy"), "ferry.jpg")
    row.save()
    return row


@pytest.fixture
def picture() -> Picture:
    return photo(focal_x=20, focal_y=84)


@pytest.fixture
def edition(picture: Picture) -> Edition:
    return make.edition(cover=picture.public_id, introduction=picture.markdown)


def page(path: str) -> LexborHTMLParser:
    response = Client().get(path)
    assert response.status_code == 200, path
    return LexborHTMLParser(response.content.decode())


def candidates(source: LexborNode) -> list[str]:
    """Addresses out of a srcset."""
    return [each.split()[0] for each in source.attributes["srcset"].split(", ")]


def article(edition: Edition) -> LexborHTMLParser:
    return page(f"/articles/{edition.slug}/")


def test_a_cover_comes_in_every_width_and_format_that_was_made(edition, picture):
    sources = article(edition).css(".cover source")
    assert [source.attributes["type"] for source in sources] == ["image/avif", "image/webp"]
    for source, kind in zip(sources, ("avif", "webp"), strict=True):
        assert candidates(source) == [
            default_storage.url(rendition_name(picture.file, width, kind)) for width in (320, 640, 800)
        ]
        assert "vw" in source.attributes["sizes"]
        assert [Client().get(url).status_code for url in candidates(source)] == [200, 200, 200]


@pytest.mark.slow
def test_every_picture_says_its_size_and_the_first_alone_is_asked_for_at_once(edition):
    for path in (f"/articles/{edition.slug}/", "/", "/articles/", "/subjects/night-ferry/"):
        images = page(path).css("img")
        assert images, path
        for image in images:
            assert (image.attributes["width"], image.attributes["height"]) == ("800", "600")
            assert "style" not in image.attributes
        assert [image.attributes.get("fetchpriority") for image in images] == ["high"] + [None] * (len(images) - 1)
        assert [image.attributes.get("loading") for image in images] == [None] + ["lazy"] * (len(images) - 1), path


def test_without_a_cover_the_first_picture_of_the_words_is_the_pages(picture):
    card = make.card(body=picture.markdown)
    edition = make.edition(introduction=picture.markdown, cards=(card,))
    assert [image.attributes.get("fetchpriority") for image in article(edition).css("img")] == ["high", None]
    fact = edition.facts.get()
    assert [i.attributes.get("fetchpriority") for i in page(f"/facts/{fact.public_id}/{fact.slug}/").css("img")] == [
        "high"
    ]


def test_a_picture_behind_a_spoiler_waits_until_it_is_opened(picture):
    fact = make.edition(cards=(make.card(body=picture.markdown, spoiler_after=3),)).facts.get()
    (image,) = page(f"/facts/{fact.public_id}/{fact.slug}/").css("details img")
    assert image.attributes["loading"] == "lazy"


def test_what_matters_stays_in_sight_where_a_picture_is_cut(edition):
    assert article(edition).css_first(".cover img").attributes["class"] == "focus-x-20 focus-y-80"
    assert page("/").css_first(".teaser img").attributes["class"] == "focus-x-20 focus-y-80"
    assert "class" not in article(edition).css_first(".introduction img").attributes
    assert Cover("", 1, 1, focal_x=46, focal_y=54).focus == ""
    assert Cover("", 1, 1, focal_x=0, focal_y=100).focus == "focus-x-0 focus-y-100"


def test_an_authors_picture_has_its_copies_too(picture):
    author = make.author(name="Jun Seo", picture=picture)
    make.edition(authors=(author.slug,))
    here = page(f"/authors/{author.slug}/")
    assert len(here.css(".cover source")) == 2
    for source in here.css(".cover source"):
        assert Client().get(candidates(source)[0]).status_code == 200


@pytest.mark.slow
def test_where_no_copies_were_made_the_picture_itself_is_shown(picture):
    Picture.objects.update(copies={})
    picture.refresh_from_db()
    author = make.author(name="Jun Seo", picture=picture)
    edition = make.edition(cover=picture.public_id, introduction=picture.markdown, authors=(author.slug,))
    for path in (f"/articles/{edition.slug}/", "/", f"/authors/{author.slug}/"):
        here = page(path)
        assert not here.css("source")
        assert {image.attributes["src"] for image in here.css("img")} == {picture.url}


@pytest.mark.slow
def test_a_lost_file_leaves_the_page_and_its_alt_text(edition, picture, settings):
    before = article(edition).html
    for path in (settings.MEDIA_ROOT / "pictures").rglob("*.*"):
        path.unlink()
    assert article(edition).html == before
    assert article(edition).css_first(".cover img").attributes["alt"] == "A ferry at night"
    make.edition(cover=picture.public_id, introduction=picture.markdown)  # publishing again is no trouble either


@pytest.mark.slow
def test_an_edition_of_an_older_renderer_still_shows_its_cover(edition, picture):
    edition.cover = {name: edition.cover[name] for name in ("url", "width", "height", "alt", "credit", "licence")}
    edition.save(update_fields=["cover"])
    here = article(edition)
    assert here.css_first(".cover img").attributes["src"] == picture.url
    assert not here.css(".cover source")
    publishing.rebuild(edition)
    assert len(article(edition).css(".cover source")) == 2


@pytest.fixture
def silent_store(monkeypatch):
    def refuse(*_args: object, **_kwargs: object) -> bool:
        raise AssertionError("the library and its editions know their copies")

    for act in ("exists", "size", "open", "listdir", "save", "delete"):
        monkeypatch.setattr(type(default_storage._wrapped), act, refuse)


@pytest.mark.slow
def test_the_store_is_asked_for_nothing_while_a_page_is_read(edition, picture, silent_store):
    author = make.author(name="Jun Seo", picture=picture)
    make.edition(authors=(author.slug,))
    for path in (f"/articles/{edition.slug}/", "/", "/articles/", f"/authors/{author.slug}/"):
        assert page(path).css("source")


@pytest.mark.slow
def test_the_store_is_asked_for_nothing_while_an_article_is_published(picture, silent_store):
    """It may be slow, and then everybody else who wants to publish would wait for it."""
    article = make.live(cover=picture.public_id, introduction=picture.markdown)
    edition = article.editions.get()
    assert edition.cover["widths"] == [320, 640, 800]
    publishing.rebuild(edition)
    assert len(page(f"/articles/{article.slug}/").css("source")) == 4


@pytest.mark.slow
def test_a_file_that_was_replaced_keeps_its_copies(picture):
    """What was approved with it is published with it, and rendered again with it."""
    article, old = make.approved(cover=picture.public_id), picture.file
    picture.take(make.image_bytes(size=(700, 500), colour="red"), "other.jpg")
    picture.save()
    live = workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
    cover = live.editions.get().cover
    assert (cover["file"], cover["widths"]) == (old, [320, 640, 800])
    assert copies_of([picture.as_value()])[picture.file].widths == (320, 640, 700)


def test_copies_that_only_some_formats_have_are_told_as_such(picture):
    assert stored_copies(picture.file, 800).formats == ("avif", "webp", "jpeg")
    default_storage.delete(rendition_name(picture.file, 320, "avif"))
    copies = stored_copies(picture.file, 800)
    assert copies.formats == ("webp", "jpeg")
    assert [kind for kind, _copies in copies.sources("/media/a.jpg")] == ["image/webp"]
    assert copies.fallback("/media/a.jpg") == "/media/a/800.jpg"
