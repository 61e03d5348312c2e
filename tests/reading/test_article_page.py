"""The article page and the page of one fact: complete, in order, in words that readers and machines understand."""

import datetime as dt
import itertools
import json

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.document import Numbering, Source
from articles.models import PublishedFact
from articles.reading import pages
from articles.reading.site import site_of
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db


def page_of(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return LexborHTMLParser(response.content.decode())


def data_of(page: LexborHTMLParser) -> dict[str, dict]:
    """The nodes of the structured data by their type."""
    graph = json.loads(page.css_first('script[type="application/ld+json"]').text())
    return {node["@type"]: node for node in graph["@graph"]}


def meta(page: LexborHTMLParser, name: str) -> str | None:
    node = page.css_first(f'meta[property="{name}"]') or page.css_first(f'meta[name="{name}"]')
    return node.attributes["content"] if node else None


def test_everything_of_an_article_stands_on_its_page(client: Client):
    card = make.card(
        heading="Two lamps",
        emoji="🏮",
        body="One **lamp**.\n\n> Two.\n> — The captain",
        tags=("Lamps",),
        sources=(
            Source(url="https://example.org/l", title="Lamps", publisher="The Post", seen_on=dt.date(2026, 1, 2)),
            Source(title="A book"),
        ),
    )
    question = make.faq(question="Why two?", answer="Because *three* are too many.")
    edition = make.edition(
        title="Ferry facts", dek="A short dek", introduction="Hello.", cards=(card, make.card()), faqs=(question,)
    )
    page = page_of(client, f"/articles/{edition.slug}/")
    text = page.css_first("main").text(separator=" ")
    for words in ("Ferry facts", "A short dek", "Hello.", "Two lamps", "lamp", "The captain", "Lamps", "The Post"):
        assert words in text, words
    for words in ("2 January 2026", "A book", "Ashore", "It arrives in the morning.", "Why two?", "three", "Mina Park"):
        assert words in text, words
    assert page.css_first(f"#fact-{card.public_id} figure.quotation figcaption").text() == "The captain"
    assert page.css_first(".contents a").attributes["href"] == f"#fact-{card.public_id}"
    assert page.css_first(f"#question-{question.public_id}").text().strip() == "Because three are too many."


@pytest.mark.parametrize(
    ("numbering", "numbers"),
    [(Numbering.UP, ["1", "2", "3"]), (Numbering.COUNTDOWN, ["3", "2", "1"]), (Numbering.NONE, [])],
)
def test_cards_are_numbered_as_the_article_says(client: Client, numbering: Numbering, numbers: list[str]):
    page = page_of(client, f"/articles/{make.edition(numbering=numbering).slug}/")
    assert [node.text() for node in page.css(".card-number")] == numbers
    assert [node.text() for node in page.css(".contents-number")] == numbers


def test_headings_are_in_order_and_emoji_are_not_read_aloud(client: Client):
    edition = make.edition(cards=(make.card(emoji="🏮"), make.card(emoji="🏮", spoiler_after=2)))
    fact = edition.facts.filter(spoiler_after=None).get()
    for path in (f"/articles/{edition.slug}/", f"/facts/{fact.public_id}/{fact.slug}/", "/", "/facts/"):
        page = page_of(client, path)
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (path, levels)
        for node in page.css(".emoji"):
            assert node.attributes["aria-hidden"] == "true"
            node.decompose()
        assert "🏮" not in page.html, path


def test_korean_names_are_marked_as_korean(client: Client):
    subject = make.subject(name="Ferry 나룻배", original_name="밤배")
    edition = make.edition(title="Ju Ji-hoon (주지훈)", subject=subject.slug, tags=("명대사",))
    page = page_of(client, f"/articles/{edition.slug}/")
    marked = {node.text() for node in page.css('[lang="ko"]')}
    assert {"주지훈", "나룻배", "밤배", "명대사"} <= marked
    assert meta(page, "og:title") == "Ju Ji-hoon (주지훈)"


@pytest.mark.slow
def test_words_of_writers_are_shown_and_never_run(client: Client):
    evil = "</script><script>alert(1)</script><b>&"
    edition = make.edition(
        title=f"Title {evil}",
        dek=f"Dek {evil}",
        cards=(make.card(heading=f"Heading {evil}", tags=("<i>tag</i>",)), make.card()),
        faqs=(make.faq(question=evil),),
        subject=make.subject(name=f"Subject {evil}").slug,
        authors=(make.author(name=f"Author {evil}", bio=evil).slug,),
    )
    fact = PublishedFact.objects.filter(edition=edition).first()
    paths = (
        "/",
        "/facts/",
        "/subjects/",
        "/tags/",
        f"/articles/{edition.slug}/",
        f"/facts/{fact.public_id}/{fact.slug}/",
    )
    for path in (*paths, f"/subjects/{edition.subject.slug}/", f"/authors/{edition.authors.get().slug}/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html, path
        assert "<i>tag" not in html, path
    page = page_of(client, f"/articles/{edition.slug}/")
    assert data_of(page)["Article"]["headline"] == f"Title {evil}"
    assert page.css_first("h1").text() == f"Title {evil}"


def test_structured_data_is_true(client: Client, settings):
    settings.SITE_URL = "https://fans.example"
    spoiler = make.card(heading="Never told", spoiler_after=3)
    edition = make.edition(cards=(make.card(heading="Told"), spoiler), dek="A short dek", title="Ferry facts")
    page = page_of(client, "/articles/ferry-facts/")
    data, here = data_of(page), "https://fans.example/articles/ferry-facts/"
    article = data["Article"]
    assert (article["headline"], article["description"], article["mainEntityOfPage"]) == (
        "Ferry facts",
        "A short dek",
        here,
    )
    assert article["datePublished"] == article["dateModified"] == edition.visible_from.isoformat(timespec="seconds")
    assert article["author"] == [
        {"@type": "Person", "name": "Mina Park", "url": "https://fans.example/authors/mina-park/"}
    ]
    assert article["about"] == {
        "@type": "TVSeries",
        "name": "Night Ferry",
        "url": "https://fans.example/subjects/night-ferry/",
    }
    items = data["ItemList"]["itemListElement"]
    assert [(item["position"], item["name"]) for item in items] == [
        (1, "Told"),
        (2, "A fact about Night Ferry, after episode 3"),
    ]
    anchors = [item["url"].removeprefix(f"{here}#") for item in items]
    assert anchors == [node.attributes["id"] for node in page.css("article.card")]
    crumbs = [item["name"] for item in data["BreadcrumbList"]["itemListElement"]]
    assert crumbs == ["Articles", "Night Ferry", "Ferry facts"]


def test_the_head_names_the_page_by_its_public_address(client: Client, settings):
    settings.SITE_URL = "https://fans.example"
    picture = make.picture(alt="A lamp")
    edition = make.edition(
        title="Ferry facts", dek="A short dek", cover=picture.public_id, pictures=(picture.as_value(),)
    )
    page = page_of(client, f"/articles/{edition.slug}/")
    here = "https://fans.example/articles/ferry-facts/"
    assert page.css_first("title").text() == "Ferry facts · Fanguide"
    assert page.css_first('link[rel="canonical"]').attributes["href"] == meta(page, "og:url") == here
    assert meta(page, "description") == meta(page, "og:description") == "A short dek"
    assert meta(page, "og:type") == "article"
    shared = meta(page, "og:image")
    assert shared.startswith("https://fans.example/share/articles/ferry-facts-")
    assert (meta(page, "og:image:width"), meta(page, "og:image:alt")) == ("1200", "Night Ferry: 3. Ferry facts")
    assert client.get(shared.removeprefix("https://fans.example")).status_code == 200
    assert client.get(picture.url).status_code == 200


def test_dates_are_shown_and_an_update_only_when_words_changed(client: Client):
    with time_machine.travel(dt.datetime(2030, 3, 1, 8, tzinfo=dt.UTC), tick=False):
        edition = make.edition()
    with time_machine.travel(dt.datetime(2030, 3, 5, 8, tzinfo=dt.UTC), tick=False):
        publish_again(edition.article)
        page = page_of(client, f"/articles/{edition.slug}/")
        assert [node.text() for node in page.css(".hero time")] == ["1 March 2030"]
    with time_machine.travel(dt.datetime(2030, 3, 9, 8, tzinfo=dt.UTC), tick=False):
        publish_again(edition.article, dek="New words")
        page = page_of(client, f"/articles/{edition.slug}/")
        assert [node.text() for node in page.css(".hero time")] == ["1 March 2030", "9 March 2030"]


@pytest.mark.slow
def test_related_articles_are_about_the_same_and_never_the_article_itself(client: Client):
    now = timezone.now()
    other = make.subject(name="Other").slug
    titles = [("Same subject", None, ()), ("Same tag", other, ("Lamps",)), ("Unlike", other, ("Oars",))]
    for number, (title, subject, tags) in enumerate(titles):
        about = {"subject": subject} if subject else {"subject": make.subject(name="Ferry", slug="ferry").slug}
        make.edition(title=title, tags=tags, at=now - dt.timedelta(days=10 + number), **about)
    edition = make.edition(title="This one", subject="ferry", tags=("Lamps",), at=now - dt.timedelta(days=11, hours=1))
    page = page_of(client, f"/articles/{edition.slug}/")
    assert [node.text() for node in page.css(".band .teaser-title")] == ["Same subject"], (
        "what stands as newer is not offered twice"
    )
    neighbours = {node.attributes["rel"]: node.text(strip=True) for node in page.css(".neighbours a")}
    assert neighbours == {"prev": "OlderUnlike", "next": "NewerSame tag"}


@pytest.mark.slow
def test_neighbours_lead_through_articles_of_one_instant(client: Client):
    """An import at one instant: from each article the older one is another, until the list ends."""
    at = timezone.now() - dt.timedelta(days=1)
    slugs = [make.edition(at=at, cards=1, faqs=0).slug for _ in range(4)]
    path, seen = f"/articles/{slugs[0]}/", []
    while path:
        seen.append(path)
        older = page_of(client, path).css_first('.neighbours [rel="prev"]')
        path = older.attributes["href"] if older else ""
    assert seen == [f"/articles/{slug}/" for slug in slugs]


def test_a_related_article_disappears_when_it_is_taken_down(client: Client):
    edition, other = make.edition(), make.edition(title="The other one")
    assert "The other one" in client.get(f"/articles/{edition.slug}/").content.decode()
    publishing.take_down(other.article)
    assert "The other one" not in client.get(f"/articles/{edition.slug}/").content.decode()


# --- one fact ---------------------------------------------------------------------------------------------------------


def test_a_fact_has_a_page_with_its_words_and_its_place(client: Client):
    second = make.card(heading="Second", body="The **second** body.", emoji="🏮")
    cards = (make.card(heading="First"), second, make.card())
    make.edition(cards=(make.card(heading="Of another list"),))
    edition = make.edition(title="Ferry facts", cards=cards)
    page = page_of(client, f"/facts/{second.public_id}/second/")
    text = page.css_first("main").text(separator=" ")
    assert "The second body." in " ".join(text.split())
    assert page.css_first(".part-of a").attributes["href"] == f"/articles/{edition.slug}/#fact-{second.public_id}"
    assert "Fact 2 of 3 in" in text
    assert page.css_first("title").text() == "Second · Night Ferry · Fanguide"
    assert page.css_first('.neighbours [rel="prev"]').attributes["href"] == f"/facts/{cards[0].public_id}/first/"
    assert "Before: fact 1" in page.css_first('.neighbours [rel="prev"]').text()
    assert "Next: fact 3" in page.css_first('.neighbours [rel="next"]').text()
    assert [node.text(strip=True) for node in page.css(".band .fact-title")] == ["Of another list"], (
        "nothing just shown"
    )


# --- the desk's preview -----------------------------------------------------------------------------------------------


def test_a_preview_is_the_public_page_of_an_edition_that_nobody_saved(client: Client):
    document = make.document(title="Not yet", cards=(make.card(tags=("Lamps",)), make.card(spoiler_after=3)))
    make.edition(tags=("Lamps",))  # the tag exists
    composed = publishing.compose(document)
    context = pages.preview_page(site_of(RequestFactory().get("/")), composed.edition)
    page = LexborHTMLParser(render_to_string(pages.ARTICLE_TEMPLATE, context))
    assert page.css_first("h1").text() == "Not yet"
    assert len(page.css("article.card")) == 2
    assert page.css_first("details.spoiler")
    assert "Lamps" in page.css_first("article.card").text()
    assert meta(page, "robots") == "noindex, follow"
    assert not page.css("script[type='application/ld+json']")
    assert not page.css(".hero time")
