"""The fact index: by tags, subject and spoilers, in an order, page by page."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Edition, Subject, Tag
from articles.reading import paging
from tests import make

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def found(client: Client, query: str = "", path: str = "/facts/") -> list[str]:
    response = client.get(path + query, follow=True)
    assert response.status_code == 200, (response.status_code, query)
    return [node.text(strip=True) for node in LexborHTMLParser(response.content.decode()).css("ul.facts .fact-title")]


def facts(*headings: str, days_ago: int = 1, **fields) -> Edition:
    """An article with these facts; a heading may be a card."""
    cards = tuple(make.card(heading=each) if isinstance(each, str) else each for each in headings)
    return make.edition(cards=cards, at=timezone.now() - days_ago * DAY, **fields)


def test_newest_facts_come_first_and_keep_the_order_of_their_article(client: Client):
    facts("Old one", "Old two", days_ago=3)
    facts("New one", "New two", days_ago=2)
    assert found(client) == ["New one", "New two", "Old one", "Old two"]
    assert found(client, "?sort=oldest") == ["Old two", "Old one", "New two", "New one"]


def test_all_tags_must_hold(client: Client):
    facts(make.card(heading="Both", tags=("Boats", "Night")), make.card(heading="One", tags=("Boats",)), tags=())
    assert found(client, "?tag=boats") == ["Both", "One"]
    assert found(client, "?tag=boats&tag=night") == ["Both"]
    assert found(client, "?tag=night&tag=boats&tag=night") == ["Both"]


def test_an_article_lends_its_tags_to_its_facts(client: Client):
    facts("Lent", tags=("Boats",))
    assert found(client, "?tag=boats") == ["Lent"]


def test_by_subject_and_in_the_order_of_the_story(client: Client):
    other = make.subject(name="Other").slug
    facts("Elsewhere", subject=other)
    late = make.card(safe_heading="Late", spoiler_after=9)
    early = make.card(safe_heading="Early", spoiler_after=2)
    facts(late, "Open", early, subject=make.subject(name="Ferry", slug="ferry").slug)
    assert found(client, "?subject=ferry") == ["Late", "Open", "Early"]
    assert found(client, "?subject=ferry&sort=episode") == ["Open", "Early", "Late"]
    assert found(client, "?subject=ferry&sort=episode&spoilers=hide") == ["Open"]


def test_empty_fields_as_a_form_sends_them_ask_for_nothing(client: Client):
    facts("One")
    assert found(client, "?subject=&sort=&spoilers=&tag=") == ["One"]


@pytest.mark.parametrize(
    "query",
    ["?sort=random", "?sort=episode", "?spoilers=show", "?" + "&".join(f"tag=t{number}" for number in range(11))],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(client: Client, query: str):
    facts("One")
    response = client.get(f"/facts/{query}")
    assert response.status_code == 400
    assert "We do not understand this address" in response.content.decode()


def test_ten_tags_are_not_too_many(client: Client):
    tags = tuple(f"t{number}" for number in range(10))
    facts("One", tags=tags)
    assert found(client, "?" + "&".join(f"tag={tag}" for tag in tags)) == ["One"]


@pytest.mark.parametrize(
    "query", ["?tag=nothing", "?subject=nothing", "?tag=ferries&tag=nothing", "?tag=%00", "?tag=a/b"]
)
def test_unknown_tags_and_subjects_are_not_found(client: Client, query: str):
    facts("One")
    assert client.get(f"/facts/{query}").status_code == 404


def test_former_slugs_redirect_to_the_current_ones(client: Client):
    facts("One")
    tag, subject = Tag.objects.get(), Subject.objects.get()
    tag.slug, subject.slug = "boats", "ferry"
    tag.save()
    subject.save()
    response = client.get("/facts/?tag=ferries&subject=night-ferry&sort=oldest")
    assert (response.status_code, response["Location"]) == (301, "/facts/?tag=boats&subject=ferry&sort=oldest")
    assert found(client, "?tag=boats&subject=ferry&sort=oldest") == ["One"]


def test_a_filtered_index_stays_out_of_search_engines(client: Client):
    facts("One")
    for query, canonical in {
        "?tag=ferries": "/tags/ferries/",
        "?tag=ferries&sort=oldest": "/facts/",
        "?subject=night-ferry": "/facts/",
        "?spoilers=hide": "/facts/",
    }.items():
        head = LexborHTMLParser(client.get(f"/facts/{query}").content.decode())
        assert "noindex" in head.css_first('meta[name="robots"]').attributes["content"]
        assert head.css_first('link[rel="canonical"]').attributes["href"] == f"http://testserver{canonical}"
    assert "noindex" not in client.get("/facts/").content.decode()


def test_what_was_chosen_can_be_taken_away_again(client: Client):
    facts("One", tags=("Boats", "Night"))
    page = LexborHTMLParser(client.get("/facts/?tag=boats&tag=night&subject=night-ferry").content.decode())
    ways = [link.attributes["href"] for link in page.css(".active-filters a")]
    assert ways == [
        "/facts/?tag=night&subject=night-ferry",
        "/facts/?tag=boats&subject=night-ferry",
        "/facts/?tag=boats&tag=night",
        "/facts/",
    ]


def test_nothing_found_helps_onward(client: Client):
    facts("One", tags=("Boats",))
    facts("Two", tags=("Night",))
    page = client.get("/facts/?tag=boats&tag=night").content.decode()
    assert "No fact has all of this yet." in page
    assert found(client, "?tag=boats&tag=night") == []


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_and_a_half_pages() -> Edition:
    return facts(*(f"Fact {number:02}" for number in range(50)))


@pytest.mark.slow
def test_twenty_facts_stand_on_a_page(client: Client, two_and_a_half_pages: Edition):
    for path in ("/facts/", "/tags/ferries/"):
        pages = [found(client, f"?page={number}", path) for number in (1, 2, 3)]
        assert [len(page) for page in pages] == [20, 20, 10]
        assert [heading for page in pages for heading in page] == [f"Fact {number:02}" for number in range(50)]


@pytest.mark.parametrize("page", ["4", "0", "-1", "abc", "", "1.5", "２", "9" * 7, "9" * 5000, " 1", "0x1"])
def test_there_is_no_other_page(client: Client, two_and_a_half_pages: Edition, page: str):
    for path in ("/facts/", "/tags/ferries/"):
        assert client.get(path, {"page": page}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/articles/", "/subjects/", "/tags/", "/subjects/night-ferry/", "/authors/mina-park/"]
)
def test_all_lists_have_pages(client: Client, path: str):
    make.edition()
    assert client.get(path, {"page": "1"}).status_code == 200
    assert client.get(path, {"page": "2"}).status_code == 404
    assert client.get(path, {"page": "x"}).status_code == 404


@pytest.mark.slow
def test_pages_know_their_neighbours_and_their_own_address(client: Client, two_and_a_half_pages: Edition):
    site = "http://testserver/facts/"
    for number, canonical, newer, older in (
        (1, site, None, f"{site}?page=2"),
        (2, f"{site}?page=2", site, f"{site}?page=3"),
        (3, f"{site}?page=3", f"{site}?page=2", None),
    ):
        page = LexborHTMLParser(client.get(f"/facts/?page={number}", follow=True).content.decode())
        link = {node.attributes["rel"]: node.attributes["href"] for node in page.css("head link[rel]")}
        assert (link["canonical"], link.get("prev"), link.get("next")) == (canonical, newer, older)
        assert page.css_first(".pagination [aria-current=page]").text(strip=True).endswith(str(number))


def test_filters_stay_on_every_page(client: Client, two_and_a_half_pages: Edition):
    page = LexborHTMLParser(client.get("/facts/?tag=ferries&sort=oldest&page=2").content.decode())
    links = [link.attributes["href"] for link in page.css(".pagination a")]
    assert all("tag=ferries&sort=oldest" in link for link in links)


def test_nobody_pages_deeper_than_the_last_page(client: Client, monkeypatch):
    monkeypatch.setattr(paging, "MOST_PAGES", 2)
    facts(*(f"Fact {number:02}" for number in range(50)))
    assert client.get("/facts/?page=3").status_code == 404
    last = client.get("/facts/?page=2").content.decode()
    assert "50 facts" in last
    assert "narrow the choice to reach them" in last
