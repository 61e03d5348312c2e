"""Where addresses lead: to the page, by one redirect to where it is now, to 410 when it was taken down, or to 404."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import drafts, publishing
from articles.models import Author, PublishedFact, Subject, Tag
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def where(response) -> tuple[int, str]:
    return response.status_code, response.get("Location", "")


def test_an_article_stands_at_its_slug(client: Client):
    edition = make.edition(title="Ferry facts")
    response = client.get("/articles/ferry-facts/")
    assert response.status_code == 200
    assert "Ferry facts" in response.content.decode()
    assert client.get(f"/articles/{edition.pk}/").status_code == 404


@pytest.mark.slow
def test_every_former_slug_redirects_once_to_the_current_one(client: Client):
    article = make.edition(slug="one").article
    publish_again(article, slug="two")
    publish_again(article, slug="three")
    assert where(client.get("/articles/one/")) == (301, "/articles/three/")
    assert where(client.get("/articles/two/")) == (301, "/articles/three/")
    assert client.get("/articles/three/").status_code == 200


def test_a_redirect_is_not_kept_beyond_the_caching_time(client: Client):
    article = make.edition(slug="one").article
    publish_again(article, slug="two")
    assert "max-age=0" in client.get("/articles/one/")["Cache-Control"]
    publish_again(article, slug="one")
    assert where(client.get("/articles/two/")) == (301, "/articles/one/")


def test_a_slug_of_a_waiting_version_is_unknown_until_its_time(client: Client):
    article, at = make.edition(slug="now").article, timezone.now() + HOUR
    publish_again(article, at=at, slug="later")
    assert client.get("/articles/later/").status_code == 404
    assert client.get("/articles/now/").status_code == 200
    with time_machine.travel(at, tick=False):
        assert client.get("/articles/later/").status_code == 200
        assert where(client.get("/articles/now/")) == (301, "/articles/later/")


def test_what_was_taken_down_is_gone_with_its_facts(client: Client):
    edition = make.edition(slug="old")
    publish_again(edition.article, slug="new")
    fact = PublishedFact.objects.in_force().first()
    address = reverse("fact", args=[fact.public_id, fact.slug])
    assert client.get(address).status_code == 200
    publishing.take_down(edition.article)
    for path in ("/articles/old/", "/articles/new/", address, f"/facts/{fact.public_id}/"):
        assert client.get(path).status_code == 410, path


def test_a_taking_down_happens_at_its_instant(client: Client):
    edition, at = make.edition(slug="ferry"), timezone.now() + HOUR
    publishing.take_down(edition.article, at=at)
    with time_machine.travel(at - dt.timedelta(microseconds=1), tick=False):
        assert client.get("/articles/ferry/").status_code == 200
    with time_machine.travel(at, tick=False):
        assert client.get("/articles/ferry/").status_code == 410


def test_a_fact_appears_and_goes_with_its_article_at_the_instant(client: Client):
    at, card = timezone.now() + HOUR, make.card(heading="Late")
    edition = make.edition(at=at, cards=(card,))
    publishing.take_down(edition.article, at=at + HOUR)
    seen = {}
    for moment in (at - HOUR / 2, at, at + HOUR):
        with time_machine.travel(moment, tick=False):
            seen[moment] = (client.get(f"/facts/{card.public_id}/late/").status_code, client.get("/facts/").content)
    assert [status for status, _index in seen.values()] == [404, 200, 410]
    assert [b"Late" in index for _status, index in seen.values()] == [False, True, False]


def test_a_mistyped_slug_finds_its_article(client: Client):
    make.edition(slug="주지훈-facts")
    decomposed = "주지훈-FACTS"
    assert where(client.get(f"/articles/{decomposed}/")) == (301, reverse("article", args=["주지훈-facts"]))
    assert client.get("/articles/주지훈-facts/").status_code == 200


def test_a_wrong_or_missing_fact_slug_redirects_to_the_right_one(client: Client):
    make.edition(cards=(make.card(heading="The lamp is green"),))
    public_id = PublishedFact.objects.get().public_id
    right = f"/facts/{public_id}/the-lamp-is-green/"
    assert where(client.get(f"/facts/{public_id}/")) == (301, right)
    assert where(client.get(f"/facts/{public_id}/the-lamp-is-red/")) == (301, right)
    assert client.get(right).status_code == 200


def test_a_fact_that_left_its_article_is_gone_and_back_when_it_returns(client: Client):
    kept, moved = make.card(), make.card(heading="The moved one")
    first = make.edition(cards=(kept, moved))
    card = first.article.cards.get(public_id=moved.public_id)
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=first.article.owner)
    publish_again(first.article)
    assert client.get(f"/facts/{moved.public_id}/the-moved-one/").status_code == 410
    other = make.article(cards=(moved,))
    other.cards.update(public_id=moved.public_id)
    publish_again(other, slug="elsewhere")
    response = client.get(f"/facts/{moved.public_id}/the-moved-one/")
    assert response.status_code == 200
    assert "/articles/elsewhere/" in response.content.decode()


def test_unknown_addresses_are_not_found(client: Client):
    make.edition()
    unknown = ("/articles/nothing/", "/facts/bbbbbbbbbb/", "/facts/0/", "/tags/nothing/", "/subjects/nothing/")
    for path in (
        *unknown,
        "/authors/nothing/",
        "/nothing",
        "/articles/a/b/",
        "/sitemap-facts-2.xml",
        "/sitemap-x-1.xml",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("model", [Subject, Tag, Author])
def test_a_former_slug_of_a_reference_row_redirects(client: Client, model: type):
    edition = make.edition()
    row = {Subject: edition.subject, Tag: edition.tags.first(), Author: edition.authors.first()}[model]
    kind, old = model.__name__.lower(), row.slug
    row.slug = "renamed"
    row.save()
    assert where(client.get(f"/{kind}s/{old}/")) == (301, f"/{kind}s/renamed/")
    assert client.get(f"/{kind}s/renamed/").status_code == 200


@pytest.mark.slow
def test_reference_rows_are_public_through_editions_in_force_only(client: Client):
    at = timezone.now() + HOUR
    subject, author = make.subject(name="Late subject"), make.author(name="Late author")
    make.edition(at=at, subject=subject.slug, authors=(author.slug,), tags=("Late tag",))
    paths = (f"/subjects/{subject.slug}/", f"/authors/{author.slug}/", "/tags/late-tag/")
    lists = ("/", "/subjects/", "/tags/", "/facts/", *(f"/sitemap-{kind}-1.xml" for kind in ("subjects", "tags")))
    assert {client.get(path).status_code for path in paths} == {404}
    assert not any(b"ate-" in client.get(path).content for path in lists)
    with time_machine.travel(at, tick=False):
        assert {client.get(path).status_code for path in paths} == {200}
        assert all(b"ate-" in client.get(path).content for path in lists)
    article = subject.editions.get().article
    with time_machine.travel(at + HOUR, tick=False):
        publishing.take_down(article)
        assert {client.get(path).status_code for path in paths} == {404}


def test_a_tag_with_a_script_or_signs_of_its_own_has_a_page(client: Client):
    make.edition(tags=("명대사", "C++", "C#", "🔥"))
    for slug in ("명대사", "c-plus-plus", "c-sharp", "fire"):
        response = client.get(f"/tags/{slug}/")
        assert response.status_code == 200, slug
        assert f'rel="canonical" href="http://testserver{reverse("tag", args=[slug])}"' in response.content.decode()
