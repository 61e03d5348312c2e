"""Editors choose facts for the home page: add, order, take off; and what becomes of a fact that is taken down."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Edition, FeaturedFact, History, PublishedFact
from articles.models.featured import MOST_FEATURED
from articles.operations import featuring
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/article/featured/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make.editor())
    return client


def facts(*headings: str, **fields) -> list[PublishedFact]:
    edition = make.edition(cards=tuple(make.card(heading=heading, **fields) for heading in headings))
    return list(edition.facts.order_by("number"))


def featured(client: Client) -> list[str]:
    page = LexborHTMLParser(client.get("/").content.decode())
    return [" ".join(node.text().split()) for node in page.css('[aria-labelledby="featured-facts"] .fact-title')]


def act(client: Client, fact: PublishedFact | str, what: str) -> str:
    public_id = fact if isinstance(fact, str) else fact.public_id
    response = client.post(PAGE, {"fact": public_id, "act": what}, follow=True)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode()).css_first(".messagelist").text() if what != "up" else ""


@pytest.mark.slow
def test_chosen_facts_stand_on_the_home_page_in_the_editors_order(desk: Client):
    one, two = facts("Bells", "Lamps")
    assert featured(desk) == []
    act(desk, one, "add")
    assert "Lamps" in act(desk, two, "add")
    assert featured(desk) == ["Bells", "Lamps"]
    act(desk, two, "up")
    act(desk, two, "up")
    assert featured(desk) == ["Lamps", "Bells"]
    act(desk, one, "remove")
    assert featured(desk) == ["Lamps"]
    acts = History.objects.filter(article=one.edition.article).order_by("pk").values_list("act", flat=True)
    assert [each for each in acts if "feature" in each] == [
        "feature-fact",
        "feature-fact",
        "move-featured",
        "unfeature-fact",
    ]


def test_a_featured_fact_does_not_stand_among_the_newest_too(desk: Client):
    bells, _lamps = facts("Bells", "Lamps")
    act(desk, bells, "add")
    titles = [node.text(strip=True) for node in LexborHTMLParser(desk.get("/").content.decode()).css(".fact-title")]
    assert sorted(titles) == ["Bells", "Lamps"]


def test_only_the_public_heading_is_shown(desk: Client):
    (fact,) = facts("Heron dies", spoiler_after=3, emoji="💀")
    act(desk, fact, "add")
    assert featured(desk) == ["A fact about Night Ferry, after episode 3"]
    assert "Heron" not in desk.get("/").content.decode()


@pytest.mark.slow
def test_what_is_taken_down_vanishes_from_home_and_is_named_on_the_desk(desk: Client):
    (fact,) = facts("Bells")
    act(desk, fact, "add")
    publishing.take_down(fact.edition.article)
    assert featured(desk) == []
    assert desk.get("/").status_code == 200
    page = desk.get(PAGE).content.decode()
    assert "Readers do not see this fact now" in page
    assert fact.edition.article.title in page
    act(desk, fact, "remove")
    assert not FeaturedFact.objects.exists()
    acts = fact.edition.article.history.values_list("act", flat=True)
    assert {"feature-fact", "unfeature-fact"} <= {*acts}, "also of what readers do not see any more"


@pytest.mark.slow
def test_facts_are_found_by_words_or_by_their_address(desk: Client):
    one, two = facts("Bells at night", "Lamps")

    def found(asked: str) -> set[str]:
        page = LexborHTMLParser(desk.get(PAGE, {"q": asked}).content.decode())
        return {str(field.attributes["value"]) for field in page.css('form:has([value="add"]) [name="fact"]')}

    assert found("night bells") == {one.public_id}
    assert found(f"https://example.org/facts/{two.public_id}/lamps/") == {two.public_id}
    assert found(f"/articles/ferry/#fact-{two.public_id}") == {two.public_id}
    assert found(two.public_id) == {two.public_id}
    for nothing in ("", "zebra", "%", "\0", "'" * 300, "/facts/zzzzzzzzzz/"):
        assert found(nothing) == set()
    act(desk, one, "add")
    assert found("bells") == set()


@pytest.mark.slow
def test_what_cannot_be_done_is_said_in_a_sentence(desk: Client):
    many = facts(*(f"Fact {number}" for number in range(MOST_FEATURED + 1)))
    assert "Readers see no such fact" in act(desk, "bcdfghjkmn", "add")
    assert "Readers see no such fact" in act(desk, "\0", "add")
    assert "Choose what to do" in act(desk, many[0], "burn")
    for fact in many[:-1]:
        act(desk, fact, "add")
    assert "chosen already" in act(desk, many[0], "add")
    assert "remove one first" in act(desk, many[-1], "add")
    assert len(featured(desk)) == MOST_FEATURED


def test_only_who_may_change_them_changes_them(client: Client):
    (fact,) = facts("Bells")
    writer = make.writer()
    for change in (featuring.feature, featuring.remove):
        with pytest.raises(PermissionDenied):
            change(fact.public_id, by=writer)
    client.force_login(writer)
    assert client.get(PAGE).status_code == client.post(PAGE, {"fact": fact.public_id, "act": "add"}).status_code == 403
    assert "featured" not in client.get("/admin/").content.decode()
    assert not FeaturedFact.objects.exists()


def test_the_page_leads_to_the_searches_that_found_nothing(desk: Client):
    assert "/admin/articles/vainsearch/" in desk.get(PAGE).content.decode()
    assert PAGE in desk.get("/admin/").content.decode()
    assert Edition.objects.count() == 0
