"""Saved facts: a page that is the same for everybody, rows by ids, a fact by chance, and the front page."""

import dataclasses
import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.models import Article, Correction, FeaturedFact
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

ROW = re.compile(r'class="fact-title"><a href="/facts/(\w+)/')


def rows(client: Client, *ids: str) -> tuple[list[str], str]:
    html = client.get("/saved/facts", {"fact": ids}).content.decode()
    return ROW.findall(html), html


def test_the_page_knows_of_nobody_and_speaks_without_scripts(client: Client):
    page = client.get("/saved/")
    assert "Saving facts takes JavaScript" in page.content.decode()
    assert "noindex" not in page.content.decode()
    assert "s-maxage" in page["Cache-Control"]
    assert 'href="/saved/"' in client.get("/").content.decode()


def test_rows_of_what_is_in_force_and_of_nothing_else(client: Client):
    edition, draft = make.edition(cards=3), make.article()
    ids = [fact.public_id for fact in edition.facts.all()]
    assert sorted(rows(client, *ids, draft.cards.first().public_id, "bcdfghjkmn")[0]) == sorted(ids)
    publishing.take_down(edition.article)
    assert rows(client, *ids)[0] == []


def test_a_closed_fact_shows_its_safe_heading_alone(client: Client):
    card = make.card(heading="She drowns", safe_heading="What happens to her", body="In the lake.", spoiler_after=9)
    found, html = rows(client, make.edition(cards=(card,)).facts.get().public_id)
    assert len(found) == 1
    assert "What happens to her" in html
    assert "drowns" not in html
    assert "lake" not in html


@pytest.mark.parametrize("query", [f"fact={'b' * 11}", "fact=%00", "&".join(["fact=bcdfghjkmn"] * 41)])
def test_a_question_that_the_script_does_not_ask_is_refused(client: Client, query: str):
    assert client.get(f"/saved/facts?{query}").status_code == 400


@pytest.mark.usefixtures("made_anew")
def test_only_a_correction_is_told_not_a_typo_and_the_card_says_the_same(client: Client):
    edition = make.edition(cards=(make.card(heading="Seven lamps"),), at=timezone.now() - dt.timedelta(days=2))
    public_id = edition.facts.get().public_id
    common = {"edition": edition, "public_id": public_id, "place": f"card:{public_id}"}
    Correction.objects.create(kind="typo", at=timezone.now(), **common)
    assert "data-of" not in rows(client, public_id)[1]
    Correction.objects.create(kind="correction", at=timezone.now() + dt.timedelta(days=1), **common)
    assert "data-of" not in rows(client, public_id)[1], "it has not happened yet"
    Correction.objects.create(kind="correction", at=timezone.now(), **common)
    assert f'data-of="{public_id}"' in rows(client, public_id)[1]
    assert f'data-save="{public_id}" data-corrected=""' in client.get(f"/articles/{edition.slug}/").content.decode()


@pytest.mark.slow
def test_a_published_correction_reaches_the_button(client: Client):
    writer, editor = make.writer(), make.editor()
    article = make.article(owner=writer, cards=(make.card(heading="Seven lamps"),))

    def published(**told: str) -> Article:
        ready = workflow.make(states.SUBMIT, Article.objects.get(pk=article.pk), by=writer)
        ready = workflow.make(states.APPROVE, ready, by=editor, change=ready.change)
        return workflow.make(states.PUBLISH, ready, by=editor, change=ready.change, **told)

    published()
    card = article.cards.get()
    old = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(old, body="There are nine."), token=drafts.token(old), by=writer)
    published(kind="correction", note="There are nine, as the log says.")
    saved_at = re.search(r'data-corrected="([^"]*)"', client.get(f"/articles/{article.slug}/").content.decode())[1]
    told_at = re.search(r'datetime="([^"]+)" data-of', rows(client, card.public_id)[1])[1]
    assert saved_at == told_at


# --- any fact ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_any_fact_by_chance_of_what_was_asked_for(client: Client):
    assert client.get("/facts/random/")["Location"] == "/facts/"
    cards = (make.card(heading="Open"), *(make.card(heading="Closed", spoiler_after=3) for _ in range(4)))
    edition = make.edition(cards=cards)
    found = {client.get("/facts/random/")["Location"] for _ in range(80)}
    assert len(found) == 5
    response = client.get("/facts/random/?spoilers=hide")
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    assert {client.get("/facts/random/?spoilers=hide")["Location"] for _ in range(9)} == {response["Location"]}
    assert f"/facts/{edition.facts.get(spoiler_after=None).public_id}/" in response["Location"]
    assert client.get("/facts/random/?spoilers=perhaps").status_code == 400


# --- the front page ---------------------------------------------------------------------------------------------------


def test_the_front_page_says_what_the_site_is(client: Client, settings):
    assert "Lists of facts for fans" in client.get("/").content.decode()
    settings.SITE_DESCRIPTION = "Ferries <b>and</b> lamps."
    page = client.get("/").content.decode()
    assert "Ferries &lt;b&gt;and&lt;/b&gt; lamps.</h1>" in page
    assert 'name="description" content="Ferries &lt;b&gt;and&lt;/b&gt; lamps."' in page
    assert "Ferries" in client.get("/llms.txt").content.decode()


@pytest.mark.slow
def test_newest_facts_are_one_a_subject_and_none_that_is_featured(client: Client):
    now = timezone.now()
    for number, name in enumerate(("Ferry", "Harbour", "Lamp")):
        cards = tuple(make.card(heading=f"{name} {each}") for each in range(3))
        make.edition(subject=make.subject(name=name).slug, cards=cards, at=now - dt.timedelta(days=1 + number))
    first = make.edition(subject="ferry", cards=(make.card(heading="Ferry featured"),)).facts.get()
    FeaturedFact.objects.create(public_id=first.public_id)
    html = client.get("/").content.decode()
    newest = html.partition('id="latest-facts"')[2].partition("</section>")[0]
    assert re.findall(r"(?:Ferry|Harbour|Lamp) (?:\d|featured)", newest) == ["Ferry 0", "Harbour 0", "Lamp 0"]
    publish_again(first.edition.article, title="Once more")
    assert client.get("/").content.decode().count("Ferry featured") == 1
