"""The demo's files: what the issue asks of them, read without the database."""

import datetime as dt
import re
from collections import Counter

from articles.demo import stories
from articles.demo.covers import MOTIFS
from articles.demo.drawings import THINGS
from articles.demo.replay import STEPS
from articles.images import PALETTE
from articles.models import Edition
from articles.text import markdown
from articles.text.ids import PUBLIC_ID_PATTERN
from articles.text.keys import key

TODAY = dt.date(2026, 5, 1)
SITE = stories.read_site()
STORIES = stories.read_stories(TODAY)
CARDS = [card for story in STORIES for card in story.document.cards]


def test_there_is_enough_to_see():
    assert len(STORIES) >= 12
    assert sum(story.state.startswith("live") for story in STORIES) == 8
    assert len(CARDS) >= 70
    trauma_code = next(story.document for story in STORIES if story.document.subject == "the-trauma-code")
    assert (len(trauma_code.cards), len(trauma_code.faqs)) == (10, 6)


def test_the_subjects_are_of_many_kinds():
    subjects = {subject["slug"]: subject for subject in SITE["subjects"]}
    kinds = [subjects[story.document.subject]["kind"] for story in STORIES]
    assert kinds.count("drama") >= 3
    assert {"film", "band", "person", "webtoon", "game"} <= set(kinds)
    assert len(set(kinds)) < len(kinds) == len({story.document.subject for story in STORIES})


def test_facts_have_sources_quotations_with_names_and_spoiler_points():
    assert sum(bool(card.sources) for card in CARDS) > 0.9 * len(CARDS)
    quotations = [quotation for card in CARDS for quotation in markdown.quotations(card.body)]
    assert len(quotations) >= 5
    assert all(quotation.attribution for quotation in quotations)
    spoilers = [card for card in CARDS if card.spoiler_after is not None]
    assert len(spoilers) >= 10
    assert all(card.safe_heading for card in spoilers)


def test_a_third_of_the_facts_has_a_picture_of_its_own_each_with_words():
    drawn = [drawing for story in STORIES for drawing in story.drawings]
    assert {drawing.public_id for drawing in drawn} == {card.picture for card in CARDS if card.picture}
    assert len(drawn) >= len(CARDS) / 3
    things = Counter(drawing.thing for drawing in drawn)
    assert len(things) >= 30, "different in kind"
    assert max(things.values()) <= 3
    alts = Counter(drawing.alt for drawing in drawn)
    assert len(alts) >= len(things), "an alternative text says what is on its picture"
    assert {drawing.thing for drawing in drawn} <= set(THINGS)
    assert all(20 <= len(drawing.alt) <= 300 for drawing in drawn)
    assert any(card.picture and card.spoiler_after is not None for card in CARDS), "one is closed with its fact"


def test_articles_name_only_what_the_site_file_knows():
    subjects = {row["slug"] for row in SITE["subjects"]}
    authors = {row["slug"] for row in SITE["authors"]}
    names = {key(name) for row in SITE["tags"] for name in (row["name"], *row["aliases"])}
    for story in STORIES:
        document = story.document
        assert document.subject in subjects, document.slug
        assert set(document.authors) <= authors, document.slug
        used = {*document.tags, *(tag for card in document.cards for tag in card.tags)}
        assert {tag for tag in used if key(tag) not in names} == set(), document.slug
        assert story.cover.motif in MOTIFS, document.slug
        assert story.cover.alt or story.cover.decorative, document.slug
        assert story.state in STEPS, document.slug
    assert {row["palette"] for row in SITE["subjects"]} <= set(PALETTE)


def test_no_tag_or_alias_means_two_things():
    spellings = [key(name) for row in SITE["tags"] for name in (row["name"], *row["aliases"])]
    assert sorted(spellings) == sorted(set(spellings))


def test_covers_differ():
    palettes = {row["slug"]: row["palette"] for row in SITE["subjects"]}
    covers = {(palettes[story.document.subject], story.cover.motif, story.document.slug) for story in STORIES}
    assert len(covers) == len(STORIES)


def test_ids_are_public_ids_and_the_same_on_every_machine():
    ids = [item.public_id for s in STORIES for item in (*s.document.cards, *s.document.faqs)]
    ids += [story.document.cover for story in STORIES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(PUBLIC_ID_PATTERN, public_id) for public_id in ids)
    assert stories.public_id("some-article", "card", 1) == "ppswcjgpcn"


def test_updates_say_what_stood_in_a_live_article_before():
    updated = [story for story in STORIES if story.updates]
    assert {update.kind for story in updated for update in story.updates} == {*Edition.ChangeKind.values}
    for story in updated:
        assert story.state == "live", story.document.slug
        assert story.first_document != story.document
        for update in story.updates:
            for rewording in update.cards:
                card = story.document.cards[rewording.number - 1]
                assert card.body.count(rewording.after) == 1, story.document.slug
                assert rewording.done(rewording.undone(card)) == card


def test_days_are_counted_from_the_day_of_loading():
    later = stories.read_stories(TODAY + dt.timedelta(days=30))
    source, moved = STORIES[0].document.cards[0].sources[0], later[0].document.cards[0].sources[0]
    assert source.seen_on < TODAY
    assert moved.seen_on - source.seen_on == dt.timedelta(days=30)
