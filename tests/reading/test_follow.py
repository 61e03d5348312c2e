"""The page that explains feeds and gives the addresses of what a reader chooses."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import Tag
from tests import make

pytestmark = pytest.mark.django_db


def follow(client: Client, query: str = "") -> LexborHTMLParser:
    response = client.get(f"/follow/{query}")
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def addresses(page: LexborHTMLParser, heading: str) -> list[str]:
    """The paths of the feeds that a section offers to copy."""
    fields = page.css(f"section[aria-labelledby={heading}] input[readonly]")
    return [field.attributes["value"].removeprefix("http://testserver") for field in fields]


def chosen(page: LexborHTMLParser) -> list[str]:
    return [box.attributes["value"] for box in page.css("input[name=tag][checked]")]


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    make.edition(tags=("Sea", "Lamps", "명대사"))


def test_it_offers_the_feeds_of_the_whole_site_and_every_tag(client: Client):
    page = follow(client)
    assert addresses(page, "everything") == ["/feeds/facts.atom", "/feeds/articles.atom"]
    assert addresses(page, "yours") == []
    assert {box.attributes["value"] for box in page.css("input[name=tag]")} == {"sea", "lamps", "명대사"}
    assert '<a href="/follow/">' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("?tag=sea", ["/feeds/tags/sea/facts.atom", "/feeds/tags/sea/articles.atom"]),
        ("?tag=lamps&tag=sea", ["/feeds/facts.atom?tag=lamps&tag=sea", "/feeds/articles.atom?tag=lamps&tag=sea"]),
        (
            "?subject=night-ferry",
            ["/feeds/subjects/night-ferry/facts.atom", "/feeds/subjects/night-ferry/articles.atom"],
        ),
        ("?author=mina-park", ["/feeds/authors/mina-park/facts.atom", "/feeds/authors/mina-park/articles.atom"]),
    ],
)
def test_a_choice_shows_its_addresses_and_every_link_answers(client: Client, query: str, paths: list[str]):
    page = follow(client, query)
    assert addresses(page, "yours") == paths
    links = [link.attributes["href"] for link in page.css(".feed-others a")]
    assert len(links) == 12
    for link in links:
        assert client.get(link.removeprefix("http://testserver")).status_code == 200, link
    assert page.css_first("meta[name=robots]").attributes["content"].startswith("noindex")


def test_pages_of_tags_subjects_and_authors_lead_there(client: Client):
    for path, query in (("tags/명대사", "tag"), ("subjects/night-ferry", "subject"), ("authors/mina-park", "author")):
        page = LexborHTMLParser(client.get(f"/{path}/").content.decode())
        link = page.css_first(f"main a[href^='/follow/?{query}=']").attributes["href"]
        assert addresses(follow(client, link.removeprefix("/follow/")), "yours")


def test_a_chosen_tag_stands_first_and_is_checked(client: Client):
    page = follow(client, "?tag=sea")
    assert chosen(page) == ["sea"]
    assert page.css_first("input[name=tag]").attributes["value"] == "sea"


@pytest.mark.parametrize(
    "query", ["?tag=sea&tag=lamps", "?tag=lamps&tag=sea&utm_source=x", "?tag=lamps&tag=sea&subject="]
)
def test_a_choice_has_one_address(client: Client, query: str):
    response = client.get(f"/follow/{query}")
    assert (response.status_code, response["Location"]) == (301, "/follow/?tag=lamps&tag=sea")


def test_a_renamed_tag_leads_on(client: Client):
    tag = Tag.objects.get(slug="sea")
    tag.slug = "ocean"
    tag.save()
    assert client.get("/follow/?tag=sea")["Location"] == "/follow/?tag=ocean"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?tag=nobody", 404),
        ("?subject=nobody", 404),
        ("?author=%00", 404),
        ("?subject=" + "x" * 10_000, 404),
        ("?" + "&".join(f"tag=t{number}" for number in range(11)), 400),
    ],
)
def test_what_nobody_knows_says_so(client: Client, query: str, status: int):
    assert client.get(f"/follow/{query}").status_code == status
