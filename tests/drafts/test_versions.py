"""Earlier wordings: what a writing spell replaced is kept, listed, brought back, and thinned out after a month."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import drafts
from articles.document import Source
from articles.models import FactCard
from tests import make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def save(card: FactCard, body: str, *, by, at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        row = FactCard.objects.get(pk=card.pk)
        now = drafts.card_value(row)
        drafts.save_card(row, dataclasses.replace(now, body=body), token=drafts.token(now), by=by)


def bodies(card: FactCard) -> list[str]:
    """The earlier wordings of a card's body, the latest first."""
    versions = drafts.versions_of(card.article, f"card:{card.public_id}")
    return [drafts.value_of(version).body for version in versions]


@pytest.fixture
def card() -> FactCard:
    return make.article(cards=(make.card(body="The ferry leaves at night and comes back at dawn."),)).cards.get()


def test_the_first_save_keeps_what_stood_there(card):
    save(card, "x", by=card.article.owner, at=NOON)
    assert bodies(card) == ["The ferry leaves at night and comes back at dawn."]


@pytest.mark.slow
def test_saves_of_one_spell_keep_one_wording(card):
    for minute in range(30):
        save(
            card,
            f"The ferry leaves at night and comes back at dawn, {minute} times.",
            by=card.article.owner,
            at=NOON + minute * MINUTE,
        )
    assert len(bodies(card)) == 1


def test_a_pause_of_ten_minutes_ends_a_spell(card):
    writer = card.article.owner
    save(card, "The ferry leaves at night and comes back at one.", by=writer, at=NOON)
    save(card, "The ferry leaves at night and comes back at two.", by=writer, at=NOON + 10 * MINUTE)
    assert bodies(card)[0] == "The ferry leaves at night and comes back at one."


def test_another_person_ends_a_spell(card):
    save(card, "The ferry leaves at night and comes back at one.", by=card.article.owner, at=NOON)
    save(card, "The ferry leaves at night and comes back at two.", by=make.editor(), at=NOON + MINUTE)
    assert bodies(card)[0] == "The ferry leaves at night and comes back at one."


@pytest.mark.slow
def test_deleting_more_than_a_third_ends_a_spell_even_in_small_steps(card):
    writer = card.article.owner
    save(card, "A", by=writer, at=NOON)
    text = "one two three four five six seven eight nine ten eleven twelve"
    save(card, text, by=writer, at=NOON + MINUTE)
    for second in range(1, 61):
        save(card, text[:-second], by=writer, at=NOON + MINUTE + second * dt.timedelta(seconds=1))
    assert text in bodies(card)


def test_what_a_slip_of_the_hand_deletes_is_kept_though_the_spell_had_a_longer_wording(card):
    writer = card.article.owner
    words = ["x", "the first words of a spell, all of them", "the other words in their place, all", ""]
    for minute, body in enumerate(words):
        save(card, body, by=writer, at=NOON + minute * MINUTE)
    assert bodies(card) == [words[2], "The ferry leaves at night and comes back at dawn."]


def test_a_short_word_that_was_all_the_text_is_kept():
    card = make.article(cards=(make.card(heading="", body="", sources=()),)).cards.get()
    for minute, body in enumerate(["x", "모범택시", ""]):
        save(card, body, by=card.article.owner, at=NOON + minute * MINUTE)
    assert bodies(card)[0] == "모범택시"


def test_sources_deleted_by_a_slip_of_the_hand_are_kept(card):
    sources = tuple(Source(url=f"https://example.org/{number}", title="The ferry") for number in range(10))
    for minute, wanted in enumerate([sources[:1], sources, ()]):
        with time_machine.travel(NOON + minute * MINUTE, tick=False):
            row = FactCard.objects.get(pk=card.pk)
            now = drafts.card_value(row)
            new = dataclasses.replace(now, sources=wanted, check_on=dt.date(2031, 5, minute + 1))
            drafts.save_card(row, new, token=drafts.token(now), by=card.article.owner)
    latest = drafts.versions_of(card.article, f"card:{card.public_id}").first()
    assert drafts.value_of(latest).sources == sources


def test_each_part_keeps_its_own_wordings():
    article = make.article(introduction="It leaves at night.")
    now = drafts.introduction_of(article)
    drafts.save_introduction(article, drafts.Introduction(introduction=""), token=drafts.token(now), by=article.owner)
    (version,) = drafts.versions_of(article, "introduction")
    assert drafts.value_of(version) == now
    assert not drafts.versions_of(article, "conclusion")


def test_what_is_brought_back_can_be_taken_back(card):
    writer = card.article.owner
    save(card, "Other words that stand here now, as many as before.", by=writer, at=NOON)
    (first,) = drafts.versions_of(card.article, f"card:{card.public_id}")
    with time_machine.travel(NOON + MINUTE, tick=False):
        now = drafts.card_value(FactCard.objects.get(pk=card.pk))
        drafts.revert(card.article, first.pk, token=drafts.token(now), by=writer)
    assert FactCard.objects.get(pk=card.pk).body == "The ferry leaves at night and comes back at dawn."
    assert bodies(card)[0] == "Other words that stand here now, as many as before."


def test_nobody_brings_back_over_words_that_they_have_not_seen(card):
    save(card, "Seen.", by=card.article.owner, at=NOON)
    (first,) = drafts.versions_of(card.article, f"card:{card.public_id}")
    seen = drafts.token(drafts.card_value(FactCard.objects.get(pk=card.pk)))
    save(card, "Not seen.", by=make.editor(), at=NOON + MINUTE)
    with pytest.raises(drafts.StaleError):
        drafts.revert(card.article, first.pk, token=seen, by=card.article.owner)
    assert FactCard.objects.get(pk=card.pk).body == "Not seen."


def test_a_deleted_card_is_not_brought_back_by_its_wording(card):
    save(card, "x", by=card.article.owner, at=NOON)
    (first,) = drafts.versions_of(card.article, f"card:{card.public_id}")
    row = FactCard.objects.get(pk=card.pk)
    drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=card.article.owner)
    with pytest.raises(drafts.DraftError, match="bin"):
        drafts.revert(card.article, first.pk, token="", by=card.article.owner)


def test_a_moved_card_takes_its_wordings_along(card):
    save(card, "x", by=card.article.owner, at=NOON)
    target = make.article(owner=card.article.owner)
    drafts.move_card(FactCard.objects.get(pk=card.pk), target, by=card.article.owner)
    assert len(drafts.versions_of(target, f"card:{card.public_id}")) == 1
    assert not drafts.versions_of(card.article, f"card:{card.public_id}")


def test_after_a_month_the_last_wording_of_each_day_is_left(card):
    writer, other = card.article.owner, make.editor()
    for hour in range(4):
        save(
            card, f"A wording of hour {hour}, long enough.", by=(writer, other)[hour % 2], at=NOON + hour * 60 * MINUTE
        )
    assert len(bodies(card)) == 4
    save(card, "A wording of a later day, long enough.", by=writer, at=NOON + dt.timedelta(days=20))
    assert len(bodies(card)) == 5
    save(card, "A wording of a later month.", by=writer, at=NOON + dt.timedelta(days=40))
    assert [version.replaced_at.day for version in drafts.versions_of(card.article, f"card:{card.public_id}")] == [
        10,
        21,
        1,
    ]


def test_a_save_takes_one_query_more_to_read_and_one_to_write(card, django_assert_num_queries):
    save(card, "First words of a spell.", by=card.article.owner, at=NOON)
    row = FactCard.objects.get(pk=card.pk)
    now = drafts.card_value(row)
    with time_machine.travel(NOON + MINUTE, tick=False), django_assert_num_queries(14) as queries:
        drafts.save_card(
            row,
            dataclasses.replace(now, body="First words of a spell, and more."),
            token=drafts.token(now),
            by=card.article.owner,
        )
    assert sum("partversion" in query["sql"] for query in queries.captured_queries) == 2


def test_a_version_of_the_whole_is_kept_under_its_name_for_ever():
    article = make.article()
    revision = drafts.keep_named(article, "  before the  lawyer’s cuts ", by=article.owner)
    assert revision.name == "before the lawyer’s cuts"
    assert revision.document == drafts.document_of(article)


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 101])
def test_a_name_that_is_none_is_refused_with_a_sentence(name):
    article = make.article()
    with pytest.raises(drafts.DraftError, match=r"\."):
        drafts.keep_named(article, name, by=article.owner)
    assert not article.revisions.exists()


@pytest.mark.slow
@settings(max_examples=20)
@given(steps=st.lists(st.tuples(st.text(max_size=60), st.booleans(), st.integers(0, 15)), max_size=12))
def test_any_wording_that_a_spell_left_is_live_or_kept(steps):
    """The last words of each spell, and all of which more than a third was deleted."""
    article = make.article(cards=(make.card(body="At the beginning."),))
    card, people, at = article.cards.get(), [article.owner, make.editor()], NOON
    left, last = ["At the beginning."], None
    for body, is_other, minutes in steps:
        at, by = at + minutes * MINUTE, people[is_other]
        now = FactCard.objects.get(pk=card.pk).body
        if now == body:
            continue  # who saves what stands there already begins no spell
        if last and (by != last[0] or at - last[1] >= 10 * MINUTE):
            left.append(now)
        save(card, body, by=by, at=at)
        last = (by, at)
    assert set(left) <= {*bodies(card), FactCard.objects.get(pk=card.pk).body}
