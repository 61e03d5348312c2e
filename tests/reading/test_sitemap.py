"""The sitemap: every page that is to be found, in pieces, with dates that move when words do."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Edition, PublishedFact
from articles.reading.views import sitemaps
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PICTURE = "{http://www.google.com/schemas/sitemap-image/1.1}"
DAY = dt.timedelta(days=1)


def root_at(path: str) -> ET.Element:
    response = Client().get(path)
    assert response["Content-Type"].startswith("application/xml"), path
    return ET.fromstring(response.content)


def pieces() -> list[str]:
    return [str(each.findtext(f"{SITEMAP}loc")).removeprefix(HOST) for each in root_at("/sitemap.xml")]


def listed() -> dict[str, ET.Element]:
    """The entries of all pieces by their paths, each of which is listed once."""
    entries = [entry for piece in pieces() for entry in root_at(piece)]
    found = {str(entry.findtext(f"{SITEMAP}loc")).removeprefix(HOST): entry for entry in entries}
    assert len(found) == len(entries)
    return found


def changed_at(path: str) -> dt.datetime | None:
    text = listed()[path].findtext(f"{SITEMAP}lastmod")
    return dt.datetime.fromisoformat(text) if text else None


def path_of(fact: PublishedFact) -> str:
    return reverse("fact", args=[fact.public_id, fact.slug])


@pytest.mark.slow
def test_it_lists_every_public_page_and_each_answers_and_may_be_indexed(client: Client):
    edition = make.edition(tags=("명대사",))
    found = listed()
    own = {reverse(name) for name in sitemaps._OWN_PAGES}
    assert own | {"/about/", "/"} <= found.keys()
    assert len(found.keys() - own) == 1 + 3 + 3  # article, facts, subject, tag, author
    for path in found:
        response = client.get(path)
        assert response.status_code == 200, path
        assert b"noindex" not in response.content, path
        assert f'rel="canonical" href="{HOST}{path}"'.encode() in response.content, path
    publishing.take_down(edition.article)
    assert listed().keys() == own


def test_pieces_are_of_a_bounded_size_and_what_is_new_moves_nothing(client: Client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PIECE", 2)
    make.edition(cards=5, at=timezone.now() - DAY)
    paths = [path for path in pieces() if "facts" in path]
    assert paths == [f"/sitemap-facts-{number}.xml" for number in (1, 2, 3)]
    assert [len(root_at(path)) for path in paths] == [2, 2, 1]
    before = [client.get(path).content for path in paths[:2]]
    make.edition(cards=2)
    assert [client.get(path).content for path in paths[:2]] == before
    assert len(listed()) == len(sitemaps._OWN_PAGES) + 2 + 7 + 3


def test_facts_are_counted_by_the_ledger_and_passed_over_once(client: Client, monkeypatch):
    """A late piece of a million facts passes over nearly all of them."""
    monkeypatch.setattr(sitemaps, "PER_PIECE", 2)
    make.edition(cards=5)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap.xml")
        client.get("/sitemap-facts-3.xml")
    asked = [query["sql"] for query in queries]
    for table in ("articles_publishedfact", "articles_edition"):
        assert not [sql for sql in asked if sql.startswith(f'SELECT COUNT(*) AS "__count" FROM "{table}"')]
    (passing,) = [sql for sql in asked if "OFFSET 4" in sql]
    assert passing.startswith('SELECT "articles_publishedfact"."id" AS "pk" FROM')


@pytest.mark.parametrize(
    "name", ["facts-2", "facts-0", "pages-2", "nothing-1", f"facts-{'9' * 40}", f"tags-{'9' * 5000}"]
)
def test_there_is_no_piece_beyond_the_last(client: Client, name: str):
    make.edition()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.slow
def test_a_date_moves_when_the_words_of_that_page_do_and_never_else():
    open_card, other, closed = make.card(), make.card(), make.card(spoiler_after=3)
    edition = make.edition(title="Ferry", cards=(open_card, other, closed), at=timezone.now() - 3 * DAY)
    first, second, third = (path_of(edition.facts.get(public_id=card.public_id)) for card in (open_card, other, closed))
    article, then = "/articles/ferry/", edition.visible_from.replace(microsecond=0)
    assert changed_at(article) == changed_at(first) == changed_at(second) == then
    assert changed_at(third) is None  # it would say when words behind the spoiler point changed
    publish_again(edition.article)
    assert changed_at(article) == changed_at(first) == then
    edition.article.cards.filter(public_id=open_card.public_id).update(body="New words.")
    publish_again(edition.article)
    now = Edition.objects.in_force().get().visible_from.replace(microsecond=0)
    assert changed_at(article) == changed_at(first) == now
    assert (changed_at(second), changed_at(third)) == (then, None)


def test_pictures_are_listed_and_none_of_a_closed_fact():
    cover, own, hidden = make.picture(), make.picture(), make.picture()
    cards = (make.card(picture=own.public_id), make.card(picture=hidden.public_id, spoiler_after=2))
    edition = make.edition(title="Ferry", cards=cards, cover=cover.public_id)
    found = listed()
    first, closed = (path_of(edition.facts.get(public_id=card.public_id)) for card in cards)

    def pictures(path: str) -> list[str]:
        return [str(each.text).removeprefix(HOST) for each in found[path].iter(f"{PICTURE}loc")]

    assert pictures("/articles/ferry/") == [cover.url]
    assert pictures(first) == [own.url]
    assert pictures(closed) == []


def test_a_fact_in_two_articles_is_listed_at_the_one_address_that_answers(client: Client):
    first = make.edition(cards=1, at=timezone.now() - DAY)
    second = make.edition(cards=(make.card(heading="Second words"),))
    public_id = first.parts["cards"][0]["id"]
    second.parts["cards"][0]["id"] = public_id
    second.save()
    second.facts.update(public_id=public_id)
    publishing.rebuild_counts()
    paths = [path for path in listed() if public_id in path]
    assert paths == [f"/facts/{public_id}/second-words/"]
    assert client.get(paths[0]).status_code == 200


def test_a_piece_is_made_once_for_each_state_of_the_public_line(client: Client):
    make.edition()
    for path in pieces():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            first = client.get(path)
        assert len(queries) == 1, path
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    make.edition(cards=(make.card(heading="A new fact"),))
    assert "/a-new-fact/" in client.get("/sitemap-facts-1.xml").content.decode()


def test_a_scheduled_article_is_listed_at_its_instant_without_any_write():
    now = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
    with time_machine.travel(now - DAY, tick=False):
        make.edition(title="Ferry", at=now)
        assert "/articles/ferry/" not in listed()
    with time_machine.travel(now, tick=False):
        assert "/articles/ferry/" in listed()


def test_two_hosts_get_their_own_addresses(client: Client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    make.edition()
    for host in settings.ALLOWED_HOSTS:
        text = client.get("/sitemap-facts-1.xml", headers={"Host": host}).content.decode()
        assert text.count(f"<loc>http://{host}/facts/") == 3
