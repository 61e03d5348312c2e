"""One article, fact or name that is broken in the database breaks no page: it is left out and logged."""

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import DataError, connection, transaction
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing
from articles.models import Edition, EditionAuthor, Revision
from articles.publishing import UpdateNotice
from tests import make
from tests.reading.addresses import OTHER_STATUS, TAKES_WORDS, examples
from tests.sampling import is_thorough

pytestmark = pytest.mark.django_db

SECTIONS = ("pages", "articles", "facts", "subjects", "tags", "authors")


def sql(statement: str, *values: object) -> None:
    """As somebody with a console would do it: no model looks at the values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def column(table: str, name: str, value: object) -> Callable[[Edition], None]:
    """Sets a column of the broken article's rows in this table, of its first fact alone."""
    rows = {
        "articles_edition": "id = %s",
        "articles_publishedfact": "id = (SELECT MIN(id) FROM articles_publishedfact WHERE edition_id = %s)",
        "articles_address": "article_id = (SELECT article_id FROM articles_edition WHERE id = %s)",
        "articles_subject": "id = (SELECT subject_id FROM articles_edition WHERE id = %s)",
        "articles_tag": "id IN (SELECT tag_id FROM articles_editiontag WHERE edition_id = %s)",
        "articles_author": "id IN (SELECT author_id FROM articles_editionauthor WHERE edition_id = %s)",
    }
    return lambda edition: sql(f"UPDATE {table} SET {name} = %s WHERE {rows[table]}", value, edition.pk)


def part(change: Callable[[dict], object]) -> Callable[[Edition], None]:
    """Changes the stored parts of the broken article's edition."""

    def act(edition: Edition) -> None:
        parts = Edition.objects.get(pk=edition.pk).parts
        change(parts)
        sql("UPDATE articles_edition SET parts = %s WHERE id = %s", json.dumps(parts), edition.pk)

    return act


def without_author(edition: Edition) -> None:
    part(lambda parts: parts.update(authors=[987_654]))(edition)
    EditionAuthor.objects.filter(edition=edition).delete()


FILE = {"url": "/media/pictures/gone.jpg", "file": "pictures/gone.jpg", "width": 800, "height": 600, "alt": "Lamps"}
GONE = json.dumps(
    {**FILE, "credit": "", "licence": "", "focal_x": 50, "focal_y": 50, "widths": [320, 800], "formats": ["webp"]}
)
HOSTILE = "Lamps \x00\x08\x1b\x0b\ufffe &<\u202e> \x85 end"
BROKEN: dict[str, Callable[[Edition], None]] = {
    "a fact's id is none": column("articles_publishedfact", "public_id", "NOT AN ID!"),
    "a fact's id is empty": column("articles_publishedfact", "public_id", ""),
    "a fact's slug is none": column("articles_publishedfact", "slug", "a b/c"),
    "a card's id is none": part(lambda parts: [card.update(id="NOT AN ID!") for card in parts["cards"]]),
    "control signs in the title": column("articles_edition", "title", HOSTILE),
    "control signs in the dek": column("articles_edition", "dek", HOSTILE),
    "control signs in a heading": column("articles_publishedfact", "heading", HOSTILE),
    "control signs in a name": column("articles_author", "name", HOSTILE),
    "control signs in a tag": column("articles_tag", "name", HOSTILE),
    "a lone surrogate in a card": part(lambda parts: parts["cards"][0].update(heading="Half \ud83d a letter")),
    "the article's slug is none": column("articles_edition", "slug", "what/ever ?"),
    "the article's slug is empty": column("articles_edition", "slug", ""),
    "a tag's slug is none": column("articles_tag", "slug", "a b"),
    "an author's slug is none": column("articles_author", "slug", ""),
    "a subject's slug is none": column("articles_subject", "slug", "a/b"),
    "a subject of no known kind": column("articles_subject", "kind", "opera"),
    "a subject of no known colour": column("articles_subject", "palette", "ultraviolet"),
    "nobody wrote it": without_author,
    "first published at the beginning of time": column("articles_edition", "first_visible_from", "0001-01-01 00:00:00"),
    "changed at the end of time": column("articles_edition", "modified_at", "9999-12-31 23:59:59.999999"),
    "changed on no day": column("articles_edition", "modified_at", "2024-13-45 12:00:00"),
    "visible since no day": column("articles_edition", "visible_from", "9998-13-45 12:00:00"),
    "first published never": column("articles_edition", "first_visible_from", "soon"),
    "facts first published on no day": column("articles_publishedfact", "first_visible_from", "2024-02-31 12:00:00"),
    "an address since no day": column("articles_address", "visible_from", "0000-00-00 00:00:00"),
    "a source seen on no day": part(lambda parts: parts["cards"][0]["sources"][0].update(seen_on="yesterday")),
    "a card changed at no time": part(lambda parts: parts["cards"][0].update(changed_at="noon")),
    "a card without a body": part(lambda parts: parts["cards"][0].pop("body")),
    "a correction at no time": part(lambda parts: [entry.update(at="soon") for entry in parts["corrections"]]),
    "a cover of another shape": column("articles_edition", "cover", '{"url": 7, "widths": 3}'),
    "a cover that is a list": column("articles_edition", "cover", "[1, 2]"),
    "parts that are a list": column("articles_edition", "parts", "[1, 2]"),
    "parts that are nothing": column("articles_edition", "parts", "null"),
    "parts that are empty": column("articles_edition", "parts", "{}"),
    "cards that are a word": part(lambda parts: parts.update(cards="none")),
    "cards that are none": part(lambda parts: parts.update(cards=[None, 7, "card"])),
    "questions of another shape": part(lambda parts: parts.update(faqs={"question": 1})),
    "an introduction that is a number": part(lambda parts: parts.update(introduction=7)),
    "a body that is a number": part(lambda parts: parts["cards"][0].update(body=7)),
    "a body that never ends": part(lambda parts: parts["cards"][0].update(body="<p><b><!-- <script>")),
    "tags of a card that are numbers": part(lambda parts: parts["cards"][0].update(tags=[7, None])),
    "sources of another shape": part(lambda parts: parts["cards"][0].update(sources=[{"url": 3}, None])),
    "parts of a version to come": part(lambda parts: parts.update(version=99)),
    "a renderer to come": column("articles_edition", "renderer", 30_000),
    "a cover whose file is gone": column("articles_edition", "cover", GONE),
    "a fact's picture of another shape": column("articles_publishedfact", "picture", '{"src": 7}'),
    "a fact's picture that is a list": column("articles_publishedfact", "picture", "[3]"),
    "a language that is none": column("articles_edition", "language", "../../<b>"),
    "an episode without end": column("articles_publishedfact", "spoiler_after", 10**18),
}


@pytest.fixture(scope="module")
def editions(module_db) -> tuple[Edition, Edition]:
    """An article to be broken, with a correction, and a healthy one about something else."""
    article = make.edition(title="Broken lamps", tags=("Broken",)).article
    value = article.revisions.latest("number").document
    first = dataclasses.replace(value.cards[0], heading="It has 9 lamps, not 8")
    value = dataclasses.replace(value, cards=(first, *value.cards[1:]))
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)
    broken = publishing.publish(revision, notice=UpdateNotice("correction", "Counted again."))
    subject, author = make.subject(name="Day Train"), make.author(name="Jo Doe")
    healthy = make.edition(title="Sound wagons", tags=("Sound",), subject=subject.slug, authors=(author.slug,))
    return broken, healthy


def readable(response) -> str:
    """The text of an answer that can be parsed as what it says it is."""
    kind = response["Content-Type"].partition(";")[0]
    if kind == "image/jpeg" or response.status_code in (301, 302):
        return ""
    text = response.getvalue().decode()
    if kind in ("application/atom+xml", "application/rss+xml", "application/xml"):
        ET.fromstring(text)
    elif kind in ("application/json", "application/feed+json"):
        json.loads(text)
    elif kind == "text/html":
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
        page = LexborHTMLParser(text)
        assert page.css_first("html > body main") is not None
        for block in page.css("script[type='application/ld+json']"):
            assert json.loads(block.text())["@graph"]
    return text


#: How the log names what it tells of: by a key, a part of an edition, an address or the instant that moves the clock.
NAMED = r"\w+ pk \d+|\w+ slug '|\w+ public_id '|row \d+|part \w+|fact \w+|"
NAMED += r"part \d+ of the \w+ of Edition pk \d+|the address |the questions of edition pk \d+|"
NAMED += r"the last change of /|the event at "
#: What breaks nothing: there is nothing to leave out, or the text that readers see has lost it already.
HARMLESS = {"a subject of no known colour", "an episode without end", "a renderer to come", "a body that never ends"}
HARMLESS |= {"a cover whose file is gone", "a language that is none"}
#: Of the broken article itself. Those of a broken fact may fail: there is nothing to show.
OWN_PAGES = {"article", "tag", "subject", "author", "oembed", "share-article"}
#: With and without DEBUG; by default one of the two.
CASES = [
    (what, debug)
    for place, what in enumerate(BROKEN)
    for debug in (False, True)
    if is_thorough() or debug == bool(place % 2)
]


@pytest.mark.slow
@pytest.mark.parametrize(("what", "debug"), CASES)
def test_what_is_broken_is_left_out_and_logged(
    client: Client, editions, what: str, debug: bool, settings, caplog: pytest.LogCaptureFixture
):
    settings.DEBUG, settings.TIME_ZONE = debug, "America/New_York" if "beginning" in what else "Asia/Seoul"
    broken, healthy = editions
    others = {path for name, path in examples(healthy).items() if name not in {*OTHER_STATUS, *TAKES_WORDS}}
    own = {path for name, path in examples(broken).items() if name in OWN_PAGES}
    try:
        with transaction.atomic():
            BROKEN[what](broken)
    except DataError:
        assert connection.vendor == "postgresql"
        return  # PostgreSQL does not hold such a row to begin with
    cache.clear()
    for path in {*others, "/facts/", *(f"/sitemap-{name}-1.xml" for name in SECTIONS)}:
        response = client.get(path)
        assert response.status_code in (200, 301), path
        readable(response)
    for path in own:
        readable(client.get(path))
    for path in ("/", "/articles/", *(f"/feeds/{name}" for name in ("articles.atom", "articles.rss", "facts.json"))):
        assert "Sound wagons" in readable(client.get(path)), path
    assert "/articles/sound-wagons/" in readable(client.get("/sitemap-articles-1.xml"))
    told = [record.getMessage() for record in caplog.records if record.name == "articles.reading"]
    assert [line for line in told if not re.search(rf": ({NAMED}).* \(.+\)$", line, re.DOTALL)] == []
    assert bool(told) is (what not in HARMLESS)
