"""Tags, subjects and authors: what their pages lead on to, counted as the lists behind the links count; no dead end."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles import drafts, publishing
from articles.models import Author, FactCheck, PublishedFact, Revision, Subject, TagAlias
from articles.text.ids import new_public_id
from tests import make

pytestmark = pytest.mark.django_db


def tree(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200, path
    return LexborHTMLParser(response.content.decode())


def section(page: LexborHTMLParser, name: str) -> LexborNode | None:
    return page.css_first(f'section[aria-labelledby="{name}"]')


def narrower(page: LexborHTMLParser) -> dict[str, int]:
    """Addresses with the number that stands beside them."""
    links = page.css(".narrow a")
    return {str(link.attributes["href"]): int(link.css_first(".count").text(deep=False)) for link in links}


def titles(page: LexborHTMLParser, within: str = "main") -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(f"{within} .fact-title")]


# --- tags -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_narrows_a_tag_has_the_number_that_the_index_then_finds(client: Client):
    chance = random.Random(4)
    names = ["Boats", "Lamps", "Rain", "Crew", "Songs"]
    for place in range(4):
        slug = make.subject(name=f"Work {place}").slug
        cards = tuple(
            make.card(tags=tuple(chance.sample(names, 2)), spoiler_after=chance.choice([None, None, 3]))
            for _ in range(6)
        )
        make.edition(cards=cards, tags=("Ferries",), subject=slug)
    seen = 0
    for name in ("boats", "ferries", "rain"):
        for url, count in narrower(tree(client, f"/tags/{name}/")).items():
            assert f"tag={name}" in url
            assert len(titles(tree(client, url), ".index-results")) == count > 0, url
            seen += 1
    assert seen > 10


def test_tags_that_narrow_nothing_are_related_and_each_stands_once(client: Client):
    make.edition(cards=(make.card(tags=("Boats",)), make.card(tags=("Rain",))), tags=("Ferries",))
    page = tree(client, "/tags/boats/")
    assert narrower(page) == {}
    assert [link.text() for link in section(page, "related").css("a")] == ["Ferries", "Rain"]


def test_no_tag_of_a_closed_fact_is_told_beside_another(client: Client):
    closed = make.card(tags=("Boats", "Betrayal"), spoiler_after=4)
    make.edition(cards=(make.card(tags=("Boats",)), closed), tags=("Ferries",))
    for path in ("/tags/boats/", "/tags/ferries/", "/tags/", "/subjects/night-ferry/", "/"):
        assert "Betrayal" not in client.get(path).content.decode(), path


def test_tags_are_found_by_a_part_of_their_name_or_by_another_spelling(client: Client):
    edition = make.edition(tags=("Korean cinema", "Ferries", "K-Drama"))
    TagAlias.objects.create(tag=edition.tags.get(name="Ferries"), name="Boats")

    def shown(words: str) -> list[str]:
        page = tree(client, f"/tags/?q={words}")
        for number in page.css("#tag-names .count"):
            number.decompose()
        return [node.text().strip() for node in page.css("#tag-names a")]

    assert shown("") == ["Ferries", "K-Drama", "Korean cinema"]
    assert shown("CINE") == ["Korean cinema"]
    assert shown("k drama") == ["K-Drama"]
    assert shown("boat") == ["Ferries"]
    nothing = tree(client, "/tags/?q=<i>none</i>")
    assert "No tag has" in nothing.css_first(".empty").text()
    assert {"/tags/", "/search/?q=%3Ci%3Enone%3C/i%3E"} <= {a.attributes["href"] for a in nothing.css(".empty a")}


# --- subjects ---------------------------------------------------------------------------------------------------------


def by_episode() -> Subject:
    subject = make.subject(name="Night Ferry", slug="night-ferry", episodes=16, description="A ship, & its crew.")
    cards = (
        make.card(heading="Late", safe_heading="Later on", spoiler_after=7),
        make.card(heading="Open one"),
        make.card(heading="Early", safe_heading="Early on", spoiler_after=2),
        make.card(heading="Open two"),
    )
    faqs = (
        make.faq(question="Does it sink?", spoiler_after=5),
        make.faq(question="Who steers?"),
    )
    make.edition(subject=subject.slug, cards=cards, faqs=faqs, slug="ferry")
    return subject


def test_facts_of_a_work_stand_by_episode_under_the_headings_that_the_answer_opens(client: Client):
    by_episode()
    plain, answered = tree(client, "/subjects/night-ferry/"), tree(client, "/subjects/night-ferry/?seen=2")
    assert [node.text() for node in plain.css(".group-heading")] == [
        "Spoils nothing",
        "After episode 2",
        "After episode 7",
    ]
    assert titles(plain) == ["Open one", "Open two", "Early on", "Later on"]
    assert titles(answered) == ["Open one", "Open two", "Early", "Later on"]
    assert narrower(plain) == {
        "/subjects/night-ferry/#open": 2,
        "/subjects/night-ferry/#after-2": 1,
        "/subjects/night-ferry/#after-7": 1,
    }
    assert plain.css_first(".dek").text() == "A ship, & its crew."


def test_questions_lead_to_where_they_are_answered(client: Client):
    by_episode()
    article = tree(client, "/articles/ferry/")
    for seen, words in (("", "A question about Night Ferry, after episode 5"), ("?seen=5", "Does it sink?")):
        links = section(tree(client, f"/subjects/night-ferry/{seen}"), "questions").css("a")
        assert [link.text() for link in links] == ["Who steers?", words]
        for link in links:
            path, anchor = str(link.attributes["href"]).split("#")
            assert path == "/articles/ferry/"
            assert article.css_first(f'[id="{anchor}"]')


@pytest.mark.slow
def test_a_groups_address_leads_to_the_page_on_which_it_begins(client: Client):
    cards = tuple(make.card(spoiler_after=None if at < 21 else 3) for at in range(24))
    make.edition(cards=cards)
    for url in narrower(tree(client, "/subjects/night-ferry/?seen=1")):
        path, anchor = url.split("#")
        assert tree(client, path).css_first(f'[id="{anchor}"]'), url
    second = tree(client, "/subjects/night-ferry/?page=2&seen=3")
    assert len(titles(second)) == 4
    assert section(second, "articles") is None
    assert client.get("/subjects/night-ferry/?page=3").status_code == 404


def test_people_are_found_by_the_tags_with_their_names_both_ways(client: Client):
    person = make.subject(name="Ju Ji-hoon", kind=Subject.Kind.PERSON)
    make.subject(name="Lee Do-hyun", kind=Subject.Kind.PERSON)
    work = make.subject(name="Night Ferry")
    make.edition(subject=person.slug, tags=("Actors",))
    make.edition(subject=work.slug, tags=("Ferries",), cards=(make.card(tags=("Ju Ji-hoon", "Lee Do-hyun")),))
    people = section(tree(client, f"/subjects/{work.slug}/"), "people")
    assert [link.text() for link in people.css("a")] == ["Ju Ji-hoon"], "the other one has no public page"
    works = section(tree(client, f"/subjects/{person.slug}/"), "works")
    assert [link.text() for link in works.css("a")] == ["Night Ferry"]


@pytest.mark.slow
def test_all_articles_about_a_subject_can_be_reached(client: Client):
    for _ in range(8):
        make.edition(cards=1, faqs=0)
    link = section(tree(client, "/subjects/night-ferry/"), "articles").css_first(".more a")
    assert link.text() == "All 8 articles about Night Ferry"
    assert len(tree(client, str(link.attributes["href"])).css(".teaser")) == 8
    for slug in ("nobody", "%00", "a/b", "x" * 5000):
        assert client.get(f"/articles/?subject={slug}").status_code == 404


@pytest.mark.slow
def test_subjects_by_kind_with_their_numbers(client: Client):
    make.edition(subject=make.subject(name="Night Ferry", kind=Subject.Kind.FILM).slug, cards=2)
    make.edition(subject=make.subject(name="Jun", kind=Subject.Kind.PERSON).slug, cards=1)
    everything, film = tree(client, "/subjects/"), tree(client, "/subjects/?kind=film")
    assert [node.text() for node in everything.css(".subject-tile > a")] == ["Jun", "Night Ferry"]
    assert [node.text() for node in film.css(".subject-tile > a")] == ["Night Ferry"]
    assert "2 facts" in film.css_first(".subject-tile").text()
    assert narrowed_kinds(everything) == {"/subjects/?kind=film": 1, "/subjects/?kind=person": 1}
    assert film.css_first("link[rel=canonical]").attributes["href"].endswith("/subjects/"), "one page to be found"
    assert film.css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert "Nothing of this kind" in tree(client, "/subjects/?kind=game").css_first(".empty").text()
    for kind in ("films", "Film", "%00", "film'"):
        assert client.get(f"/subjects/?kind={kind}").status_code == 404


def narrowed_kinds(page: LexborHTMLParser) -> dict[str, int]:
    links = [link for link in page.css(".narrow a") if link.css_first(".count")]
    return {str(link.attributes["href"]): int(link.css_first(".count").text()) for link in links}


# --- authors ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("made_anew")
def test_an_author_has_what_they_wrote_and_what_they_checked(client: Client):
    account = make.editor()
    author = make.author(name="Mina Park", user=account)
    edition = make.edition(authors=(author.slug,), cards=(make.card(heading="Checked"), make.card(heading="Never"),
        make.card(heading="Hidden", safe_heading="Openly", spoiler_after=3)))  # fmt: skip
    for fact in edition.facts.exclude(heading="Never"):
        FactCheck.objects.create(
            public_id=fact.public_id, words=fact.words, checked_by=account, again_on=timezone.localdate()
        )
    other = edition.facts.get(heading="Never")
    FactCheck.objects.create(
        public_id=other.public_id, words="of before", checked_by=account, again_on=timezone.localdate()
    )
    page = tree(client, "/authors/mina-park/")
    assert sorted(titles(page, '[aria-labelledby="checked"]')) == ["Checked", "Openly"]
    assert account.username not in page.html
    Author.objects.update(user=None)
    assert section(tree(client, "/authors/mina-park/"), "checked") is None


def test_the_list_of_authors_counts_what_readers_see(client: Client):
    mina, jun = make.author(name="Mina Park"), make.author(name="Jun Seo")
    make.author(name="Nobody Yet")
    make.edition(authors=(mina.slug,))
    make.edition(authors=(mina.slug, jun.slug))
    make.edition(authors=(jun.slug,), at=timezone.now() + dt.timedelta(days=1))
    rows = [node.text() for node in tree(client, "/authors/").css(".author-row")]
    assert [" ".join(row.split()) for row in rows] == ["Jun Seo 1 article", "Mina Park 2 articles"]
    assert 'href="/authors/"' in client.get("/").content.decode()


# --- all of them ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_fact_that_moved_to_another_article_stands_once_in_every_list(client: Client):
    moved = make.card(public_id=new_public_id(), heading="It moved", tags=("Boats",))
    old = make.edition(cards=(moved, make.card(tags=("Boats",))), at=timezone.now() - dt.timedelta(days=2))
    row = old.article.cards.get(public_id=moved.public_id)
    other = make.article(cards=1)
    row.article, row.position = other, 2
    row.save()
    other.refresh_from_db()
    publishing.publish(drafts.keep_revision(other, Revision.Reason.IMPORTED, by=other.owner))
    assert PublishedFact.objects.in_force().filter(public_id=moved.public_id).count() == 2
    for path in ("/", "/facts/", "/tags/boats/", "/subjects/night-ferry/", "/facts/?tag=boats"):
        assert titles(tree(client, path)).count("It moved") == 1, path
    assert tree(client, "/tags/boats/").css_first(".found").text() == "2 facts"


@pytest.mark.parametrize("path", ["/tags/{}/", "/subjects/{}/", "/authors/{}/"])
@pytest.mark.parametrize("slug", ["none", "%00", "..", "a%2Fb", "%F0%9F%94%A5", "x" * 3000, "'", "%C0%AF", "주지훈"])
def test_hostile_slugs_meet_a_page_that_leads_on(client: Client, path: str, slug: str):
    make.edition()
    assert client.get(path.format(slug)).status_code in (400, 404)


@pytest.mark.parametrize("path", ["/tags/", "/subjects/", "/authors/", "/articles/"])
def test_lists_of_an_empty_site_say_so(client: Client, path: str):
    page = tree(client, path)
    assert page.css_first(".empty-words").text() == "Nothing is published yet."
    assert client.get(f"{path}?page=2").status_code == 404


@pytest.mark.slow
@pytest.mark.usefixtures("made_anew")
def test_pages_cost_as_much_with_much_data_as_with_little(client: Client):
    make.edition(cards=1, faqs=1, tags=("Ferries",))
    paths = ["/", "/tags/ferries/", "/subjects/night-ferry/?seen=3", "/authors/mina-park/", "/tags/", "/subjects/"]

    def cost() -> list[int]:
        found = []
        for path in paths:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    before = cost()
    for place in range(6):
        tags = tuple(f"Tag {place} {each}" for each in range(4))
        make.edition(cards=(make.card(tags=tags), make.card(spoiler_after=2)), faqs=4, tags=("Ferries", *tags[:2]))
    after = cost()
    assert after[:2] == before[:2]
    assert max(after) <= 6


def test_names_stand_from_a_to_z_whatever_their_case(client: Client):
    for name in ("bts", "Bae Doona", "BLACKPINK"):
        byline = make.author(name=name).slug
        make.edition(subject=make.subject(name=name).slug, authors=(byline,), tags=(f"{name} fans",))
    names = ["Bae Doona", "BLACKPINK", "bts"]
    for path, selector in (("/subjects/", ".subjects li"), ("/authors/", ".author-name"), ("/tags/", "#tag-names a")):
        shown = [node.text() for node in tree(client, path).css(selector)]
        assert [name for each in shown for name in names if name in each] == names, path
