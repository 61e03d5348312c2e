"""Entries of feeds: three formats that say the same, ids that never change, full text up to the spoiler point."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.models import Author, Edition, PublishedFact, Tag
from articles.text.ids import new_public_id
from tests import make
from tests.reading.feed_reader import DAY, FORMATS, NOW, every_feed, read, titles, update

pytestmark = pytest.mark.django_db


def test_three_formats_say_the_same(client: Client):
    make.edition(title="Ferry", language="ko", cards=(make.card(tags=("Lamps",)), make.card(spoiler_after=3)))
    make.edition(title="Train")
    for content, count in (("articles", 2), ("facts", 5)):
        atom, rss, json_ = (read(client, f"/feeds/{content}.{suffix}") for suffix in FORMATS)
        assert atom == json_
        rss = [entry._replace(published=atom[place].published) for place, entry in enumerate(rss)]  # RSS: whole seconds
        assert atom == rss
        assert len(atom) == count


def test_an_article_stands_there_in_full_and_in_order(client: Client, settings):
    settings.SITE_URL = "https://fans.example"
    picture = make.picture(size=(800, 600))
    cards = (
        make.card(
            heading="It has lamps", emoji="🛳", body="See [all](/facts/) or [below](#x).", picture=picture.public_id
        ),
        make.card(heading="The captain drowns", spoiler_after=4, safe_heading="What the sea takes"),
        make.card(heading="It sails at <night>", body=f"![Deck]({'picture:' + picture.public_id})"),
    )
    questions = (make.faq(question="Who steers?", answer="Nobody."), make.faq(question="Who drowns?", spoiler_after=4))
    edition = make.edition(
        title="Ferry", dek="A dek", cards=cards, faqs=questions, pictures=(picture.as_value(),), conclusion="The *end*."
    )
    (entry,) = read(client, "/feeds/articles.atom")
    html = entry.html
    closed = f'<h2>2. <a href="https://fans.example/facts/{cards[1].public_id}/what-the-sea-takes/">What the sea takes'
    order = ["A dek", "It leaves at night.", "<h2>1. It has lamps 🛳</h2>", closed, "<h2>3. It sails at &lt;night&gt;"]
    order += ["<h2>Ashore</h2>", "The <em>end</em>.", "<h3>Who steers?</h3>", "Nobody."]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert 'href="https://fans.example/facts/"' in html
    assert f'href="https://fans.example/articles/{edition.slug}/#x"' in html
    assert html.count('src="https://fans.example/media/') == 2
    assert 'alt="A ferry at night"' in html
    assert "drowns" not in html
    assert not {'="/', 'href="#', "srcset", "class="} & {
        sign for sign in ('="/', 'href="#', "srcset", "class=") if sign in html
    }
    assert entry.summary == "A dek"


def test_a_fact_has_its_words_its_sources_and_its_list(client: Client):
    edition = make.edition(title="Ferry", cards=(make.card(heading="It has lamps", body="Nine.", tags=("Lamps",)),))
    (entry,) = read(client, "/feeds/facts.json")
    assert (entry.title, entry.tags, entry.authors) == ("It has lamps", ("Lamps", "Ferries"), ("Mina Park",))
    assert "<p>Nine.</p>" in entry.html
    assert "https://example.org/ferry" in entry.html
    assert f"/articles/{edition.slug}/#fact-" in entry.html


def test_a_fact_that_two_articles_show_stands_there_once_as_the_newer_shows_it(client: Client):
    older = make.edition(cards=(make.card(heading="It has lamps"),), at=timezone.now() - DAY)
    newer = make.edition(cards=(make.card(heading="It has nine lamps"),))
    (public_id,) = older.facts.values_list("public_id", flat=True)
    newer.parts["cards"][0]["id"] = public_id
    newer.save()
    newer.facts.update(public_id=public_id)
    assert titles(client, "/feeds/facts.atom") == ["It has nine lamps"]


@pytest.mark.slow
def test_a_feed_has_the_twenty_newest(client: Client):
    for days in range(22):
        make.edition(
            title=f"Day {days}", cards=(make.card(heading=f"Fact {days}"),), faqs=0, at=timezone.now() - days * DAY
        )
    assert titles(client, "/feeds/articles.json") == [f"Day {days}" for days in range(20)]
    for path in ("/feeds/facts.json", "/feeds/tags/ferries/facts.rss", "/feeds/authors/mina-park/facts.atom"):
        assert titles(client, path) == [f"Fact {days}" for days in range(20)], path


def test_feeds_without_any_entry_are_feeds_and_do_not_change(client: Client):
    make.edition(tags=(), cards=(make.card(tags=("Lamps",)),))
    for suffix in FORMATS:
        path = f"/feeds/tags/lamps/articles.{suffix}"
        assert read(client, path) == []
        assert client.get(path).content == client.get(path).content


# --- ids and dates ----------------------------------------------------------------------------------------------------


def test_ids_stay_through_new_names_orders_and_words(client: Client, settings):
    first, second = make.card(heading="Lamps"), make.card(heading="Sails")
    edition = make.edition(title="Ferry", cards=(first, second))
    before = [sorted(entry.id for entry in read(client, f"/feeds/{content}.atom")) for content in ("articles", "facts")]
    other = replace(first, heading="Nine lamps")
    update(edition, "correction", cards=(second, other), title="Boats", slug="boats")
    Tag.objects.update(slug="ships")
    settings.SITE_URL = "https://elsewhere.example"
    for suffix in FORMATS:
        after = [sorted(each.id for each in read(client, f"/feeds/{name}.{suffix}")) for name in ("articles", "facts")]
        assert after == before


@pytest.mark.slow
def test_a_typo_moves_no_date_and_a_correction_that_of_its_fact_alone(client: Client):
    first, second = make.card(heading="Lamps"), make.card(heading="Sails")
    edition = make.edition(cards=(first, second), at=timezone.now() - 3 * DAY)

    def dates() -> dict[str, dt.datetime]:
        entries = [*read(client, "/feeds/articles.atom"), *read(client, "/feeds/facts.atom")]
        return {entry.id: entry.updated for entry in entries}

    before = dates()
    fixed = replace(first, body="Count them again.")
    edition = update(edition, "typo", cards=(fixed, second))
    assert dates() == before
    assert "Count them again." in read(client, "/feeds/facts.atom")[0].html
    update(edition, "correction", cards=(replace(fixed, body="There are eight."), second))
    changed = [each for each, date in dates().items() if date != before[each]]
    ids = {entry.title: entry.id for entry in read(client, "/feeds/facts.atom")}
    assert set(changed) == {ids["Lamps"], read(client, "/feeds/articles.atom")[0].id}
    told = read(client, "/feeds/facts.atom")[0].html
    assert "Counted again." in told
    assert "Before: <del>Count them again.</del>" in told
    assert "After: <ins>There are eight.</ins>" in told


# --- spoilers ---------------------------------------------------------------------------------------------------------


def feeds_of_a_site(client: Client, ids: list[str], word: str, corrected: str) -> list[tuple[bytes, str, str]]:
    """The bytes, the ETag and the Last-Modified of each feed of a site whose closed words have `word` in them, and are
    `corrected` later, while the dek changes too. The site is gone afterwards.
    """
    hidden = make.card(
        public_id=ids[0],
        safe_heading="What the sea takes",
        spoiler_after=4,
        emoji="💀",
        heading=f"She {word}",
        body=f"She {word}.",
        tags=(word,),
    )
    asked = make.faq(public_id=ids[1], question=f"Who {word}?", answer=f"She {word}.", spoiler_after=4)
    shown = make.card(public_id=ids[2], heading="Lamps", body="Nine.")
    with transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            edition = make.edition(title="Ferry", slug="ferry", cards=(shown, hidden), faqs=(asked,))
        with time_machine.travel(NOW + DAY, tick=False):
            edition = update(edition, "clarification", cards=(shown, replace(hidden, body=corrected)), dek="New words.")
        with time_machine.travel(NOW + 2 * DAY, tick=False):
            cache.clear()
            found = [client.get(path) for path in every_feed(edition)]
        transaction.set_rollback(True)
    assert {each.status_code for each in found} == {200}
    return [(each.content, each["ETag"], each["Last-Modified"]) for each in found]


@pytest.mark.slow
def test_two_sites_that_differ_only_behind_a_spoiler_point_have_the_same_feeds(client: Client):
    """Also the dates: that something behind it was corrected is no news to who is not there yet."""
    ids = [new_public_id() for _ in range(3)]
    drowns = feeds_of_a_site(client, ids, "drowns", "She never did.")
    marries = feeds_of_a_site(client, ids, "marries", "She marries.")
    assert drowns == marries
    assert not any(word in content for content, *_ in drowns for word in (b"drowns", b"She never", "💀".encode()))
    assert all(b"What the sea takes" in content for content, *_ in drowns)


# --- hostile words ----------------------------------------------------------------------------------------------------

HOSTILE = [
    "Ends ]]> here <script>alert(1)</script>",
    "Family 👨‍👩‍👧‍👦 & שלום from the right",
    "Signs \x08\x1b\ufffe between",
    "'\"><img src=x onerror=alert(1)>",
]


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client: Client, words: str):
    edition = make.edition(cards=(make.card(),))
    Edition.objects.filter(pk=edition.pk).update(title=words, dek=words)
    PublishedFact.objects.update(heading=words)
    Tag.objects.update(name=words)
    Author.objects.update(name=words)
    parts = Edition.objects.get(pk=edition.pk).parts
    parts["cards"][0]["heading"] = words
    Edition.objects.filter(pk=edition.pk).update(parts=parts)
    clean = "".join(sign for sign in words if sign not in "\x08\x1b\ufffe")
    for path in every_feed(edition):
        (entry,) = read(client, path)
        assert (entry.title, entry.authors) == (clean, (clean,)), path
        assert "<script" not in entry.html
        assert "<img" not in entry.html
        assert clean in entry.tags
