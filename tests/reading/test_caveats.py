"""A fact that is disputed, or true no longer: readers are told wherever its words may stand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.document import Card, Caveat
from articles.models import Edition, FactCheck
from articles.models.parts import current
from articles.reading import sharing
from tests import make
from tests.reading.feed_reader import DAY, FORMATS, NOW, read, update
from tests.reading.test_queries import cost

pytestmark = pytest.mark.django_db

LABEL = "Disputed since 3 March 2026"
TOLD = f"{LABEL}: The mate <counts> nine."


def disputed(**fields: Any) -> Card:
    caveat = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2026, 3, 3), "caveat_note": "The mate <counts> nine."}
    return make.card(**{"heading": "It has 8 lamps", "body": "Somebody counted them."} | caveat | fields)


def published(card: Card | None = None, **fields: Any) -> Edition:
    return make.edition(cards=(card or disputed(), make.card(heading="It sails")), slug="ferry", **fields)


def caveats(client: Client, path: str) -> list[str]:
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    return [" ".join(node.text().split()) for node in LexborHTMLParser(response.content.decode()).css(".caveat")]


def paths(edition: Edition) -> list[str]:
    """Where the first fact is shown with its words or its heading, each time once."""
    public_id = edition.parts["cards"][0]["id"]
    pages = ["/articles/ferry/", f"/facts/{public_id}/", "/", "/facts/", "/search/?q=lamps"]
    return [*pages, "/facts/?q=lamps", "/tags/ferries/", "/subjects/night-ferry/"]


@pytest.mark.slow
def test_it_is_told_wherever_the_fact_stands(client: Client):
    edition = published()
    for path in paths(edition):
        assert caveats(client, path) == [TOLD], path


def test_it_is_told_in_the_markdown_of_lists_and_of_a_search(client: Client):
    published()
    for path in ("/facts.md", "/search.md?q=lamps"):
        words = client.get(path).content.decode()
        assert words.count("It has 8 lamps") == words.count(f"({LABEL})") == 1, path


def test_it_stands_above_the_words_and_keeps_its_language(client: Client):
    published(language="ko")
    card = LexborHTMLParser(client.get("/articles/ferry/").content.decode()).css_first("article.card")
    assert [node.attributes["class"] for node in card.css(".caveat, .prose")] == ["caveat", "prose"]
    assert card.css_first(".caveat time").attributes["datetime"] == "2026-03-03"
    assert card.css_first(".caveat > span").attributes["lang"] == "ko"


def test_what_is_true_no_longer_says_so_and_one_without_a_day_too(client: Client):
    published(disputed(caveat=Caveat.OUTDATED))
    assert caveats(client, "/articles/ferry/") == ["No longer true since 3 March 2026: The mate <counts> nine."]
    Edition.objects.get().facts.filter(heading="It has 8 lamps").update(caveat_since=None)
    cache.clear()
    assert caveats(client, "/facts/") == ["No longer true: The mate <counts> nine."]


def test_a_kind_that_nobody_knows_is_left_out_and_the_fact_stays(client: Client, caplog: pytest.LogCaptureFixture):
    edition = published()
    edition.parts["cards"][0]["caveat"] = "doubtful"
    edition.save()
    edition.facts.update(caveat="doubtful")
    cache.clear()
    assert caveats(client, "/articles/ferry/") == caveats(client, "/facts/") == []
    assert "It has 8 lamps" in client.get("/facts/").content.decode()
    assert "doubtful" in caplog.text


@pytest.mark.slow
@pytest.mark.usefixtures("made_anew")
def test_it_costs_no_query(client: Client):
    published(make.card(heading="It has 8 lamps"))
    before = [cost(client, path) for path in ("/articles/ferry/", "/facts/", "/search/?q=lamps")]
    update(Edition.objects.get(), "clarification", cards=(disputed(), disputed(heading="It has lamps")))
    assert [cost(client, path) for path in ("/articles/ferry/", "/facts/", "/search/?q=lamps")] == before


def test_programs_get_it_as_fields_text_and_a_word_in_the_picture(client: Client):
    edition = published()
    public_id = edition.parts["cards"][0]["id"]
    caveat = {"kind": "disputed", "since": "2026-03-03", "note": "The mate <counts> nine."}
    listed = client.get("/api/facts").json()["items"]
    assert sorted((each["caveat"] for each in listed), key=bool) == [None, caveat]
    assert client.get(f"/api/facts/{public_id}").json()["caveat"] == caveat
    rows = b"".join(client.get("/api/facts.csv")).decode().splitlines()
    assert ["disputed,2026-03-03,The mate <counts> nine." in row for row in rows].count(True) == 1
    text = client.get("/articles/ferry.md").content.decode()
    assert f"**{LABEL}:** The mate \\<counts> nine." in text
    assert f"({LABEL})" in client.get("/facts.md").content.decode()
    page = client.get(f"/facts/{public_id}/", follow=True).content.decode()
    assert f'<meta name="description" content="{LABEL}. Somebody counted them.">' in page
    assert sharing.of_fact("Fanguide", edition, public_id).kicker.endswith("Disputed")


def test_feeds_tell_it_and_move_the_date_of_its_fact_alone_even_among_mended_typos(client: Client):
    plain, other = make.card(heading="It has 8 lamps", body="Eight."), make.card(heading="It sails")
    edition = make.edition(cards=(plain, other), at=timezone.now() - 3 * DAY)
    entries = [*read(client, "/feeds/articles.atom"), *read(client, "/feeds/facts.atom")]
    before = {entry.id: entry.updated for entry in entries}
    doubted = disputed(public_id=plain.public_id, body="Eight.")
    update(edition, "typo", cards=(doubted, dataclasses.replace(other, heading="It sails.")))
    for suffix in FORMATS:
        for content in ("articles", "facts"):
            told = [entry.html for entry in read(client, f"/feeds/{content}.{suffix}") if LABEL in entry.html]
            assert len(told) == 1
            assert "The mate &lt;counts&gt; nine." in told[0]
    facts = {entry.title: entry for entry in read(client, "/feeds/facts.atom")}
    (article,) = read(client, "/feeds/articles.atom")
    assert facts["It has 8 lamps"].updated > before[facts["It has 8 lamps"].id]
    assert article.updated > before[article.id]
    assert facts["It sails."].updated == before[facts["It sails."].id]
    assert not edition.article.editions.last().parts["corrections"]


def test_a_correction_that_only_says_so_shows_its_sentence(client: Client):
    plain = make.card(heading="It has 8 lamps", body="Eight.")
    edition = make.edition(cards=(plain,), slug="ferry", at=timezone.now() - 3 * DAY)
    update(edition, "correction", cards=(disputed(public_id=plain.public_id, body="Eight."),))
    page = LexborHTMLParser(client.get("/corrections/").content.decode())
    assert page.css_first(".correction ins").text() == "The mate <counts> nine."
    assert page.css_first(".correction-words").text().count("Nothing stood here.") == 1


def test_behind_a_spoiler_point_it_moves_no_date_among_mended_typos(client: Client):
    hidden = make.card(heading="She drowns", spoiler_after=4)
    edition = make.edition(cards=(make.card(), hidden), at=timezone.now() - 3 * DAY)
    before = [entry.updated for entry in read(client, "/feeds/articles.atom")]
    update(edition, "typo", cards=(make.card(), disputed(public_id=hidden.public_id, spoiler_after=4)))
    entries = read(client, "/feeds/articles.atom")
    assert [entry.updated for entry in entries] == before
    assert LABEL not in entries[0].html


def test_a_row_that_a_reader_has_opened_tells_it_with_its_own_heading(client: Client):
    published(disputed(spoiler_after=4))
    assert caveats(client, "/subjects/night-ferry/?seen=3") == []
    assert caveats(client, "/subjects/night-ferry/?seen=4") == [TOLD]


def test_nobody_finds_it_still_true_at_the_same_time(client: Client):
    edition = published()
    fact = edition.facts.get(heading="It has 8 lamps")
    FactCheck.objects.create(
        public_id=fact.public_id, words=fact.words, again_on=dt.date(2031, 1, 1), checked_by=edition.article.owner
    )
    for path in ("/articles/ferry/", f"/facts/{fact.public_id}/"):
        assert "still true" not in client.get(path, follow=True).content.decode()
    assert client.get(f"/api/facts/{fact.public_id}").json()["checked_on"] is None


def test_editions_of_before_have_none():
    with time_machine.travel(NOW, tick=False):
        parts = json.loads(json.dumps(published(make.card()).parts))
    for card in parts["cards"]:
        del card["caveat"], card["caveat_since"], card["caveat_note"]
    (card, _other) = current({**parts, "version": 3})["cards"]
    assert (card["caveat"], card["caveat_since"], card["caveat_note"]) == ("", None, "")
