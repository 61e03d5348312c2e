"""What kind of change an update is, and what follows: dates, rows with the words before and after, ages of facts."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
import time_machine

from articles import drafts, publishing
from articles.document import Card, Document
from articles.models import Article, Correction, Edition, Revision
from articles.publishing import PublishingError, UpdateNotice
from tests import make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TYPO, CLARIFIED, WRONG = (
    UpdateNotice("typo"),
    UpdateNotice("clarification", "Told better."),
    UpdateNotice("correction", "We were wrong."),
)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def changed(article: Article, **fields: Any) -> Revision:
    """A revision with other words than the last. `card` changes the first fact, the rest fields of the Document."""
    last = article.revisions.order_by("number").last()
    assert last
    value = last.document
    if "card" in fields:
        first = dataclasses.replace(value.cards[0], **fields.pop("card"))
        value = dataclasses.replace(value, cards=(first, *value.cards[1:]))
    value = dataclasses.replace(value, **fields)
    return drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)


def updated(article: Article, day: float, told: UpdateNotice | None, **fields: Any) -> Edition:
    """Another version `day` days after noon, published then."""
    revision = changed(article, **fields)
    with time_machine.travel(NOON + day * DAY, tick=False):
        return publishing.publish(revision, notice=told)


def scheduled(article: Article, day: float, told: UpdateNotice | None, **fields: Any) -> Edition:
    return publishing.publish(changed(article, **fields), at=NOON + day * DAY, notice=told)


def first(**fields: Any) -> Edition:
    cards = (make.card(heading="It has 8 lamps", body="Count them."), make.card(heading="It is blue"))
    return make.edition(**{"cards": cards, "faqs": 1} | fields)


def days(edition: Edition) -> list[float]:
    """How many days after noon each fact got its words."""
    edition.refresh_from_db()
    times = [dt.datetime.fromisoformat(card["changed_at"]) for card in edition.parts["cards"]]
    return [(at - NOON) / DAY for at in times]


def places(edition: Edition) -> list[tuple[str, str, str]]:
    return [(row.place.partition(":")[0], row.old, row.new) for row in edition.corrections.order_by("position")]


def test_a_typo_moves_no_date_and_leaves_no_row():
    one = first()
    two = updated(one.article, 1, TYPO, card={"heading": "It has eight lamps"})
    assert (two.modified_at, two.change_kind) == (one.visible_from, "typo")
    assert days(two) == [0, 0]
    assert not Correction.objects.exists()
    assert two.parts["corrections"] == []


@pytest.mark.parametrize("told", [CLARIFIED, WRONG])
def test_a_clarification_and_a_correction_move_the_dates_of_what_they_change(told: UpdateNotice):
    two = updated(first().article, 1, told, card={"heading": "It has 9 lamps"})
    assert two.modified_at == NOON + DAY
    assert days(two) == [1, 0]
    row = two.corrections.get()
    assert (row.kind, row.note, row.at, row.heading) == (told.kind, told.note, NOON + DAY, "It has 9 lamps")
    assert (row.old, row.new) == ("It has 8 lamps", "It has 9 lamps")
    assert (row.place, row.public_id) == (f"card:{two.parts['cards'][0]['id']}", two.parts["cards"][0]["id"])


def test_every_place_whose_words_changed_is_a_row_in_the_order_of_the_page():
    one = first()
    value = drafts.document_of(one.article)
    fields = {
        "title": "Other title",
        "introduction": "It leaves **at noon**.",
        "conclusion": "It sinks.",
        "faqs": (dataclasses.replace(value.faqs[0], answer="The captain."),),
        "cards": (dataclasses.replace(value.cards[0], body="Count *again*."),),
    }
    two = updated(one.article, 1, WRONG, **fields)
    assert places(two) == [
        ("details", one.title, "Other title"),
        ("introduction", "It leaves at night.", "It leaves at noon."),
        ("card", "Count them.", "Count again."),
        ("card", f"It is blue\n{value.cards[1].body}", ""),
        ("conclusion", "It arrives in the morning.", "It sinks."),
        ("faq", "Nobody knows.", "The captain."),
    ]


def test_a_new_fact_and_another_order_correct_nothing():
    one = first()
    value = drafts.document_of(one.article)
    two = updated(one.article, 1, CLARIFIED._replace(note=""), cards=(make.card(), value.cards[1], value.cards[0]))
    assert places(two) == []
    assert days(two) == [1, 0, 0]


def test_a_note_without_a_place_whose_words_changed_stands_alone():
    two = updated(first().article, 1, WRONG, card={"tags": ("Boats",)})
    assert places(two) == [("details", "", "")]
    assert two.corrections.get().note == "We were wrong."


@pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (3, 3)])
def test_behind_a_spoiler_point_a_row_has_no_words_and_no_note(before: int | None, after: int | None):
    card = make.card(heading="She dies", safe_heading="What becomes of her", spoiler_after=before)
    one = first(cards=(card,))
    two = updated(one.article, 1, WRONG, card={"heading": "She lives", "spoiler_after": after})
    row = two.corrections.get()
    assert (row.old, row.new, row.note) == ("", "", "")
    assert (row.heading, row.spoiler_after) == ("What becomes of her", 3)


@pytest.mark.slow
def test_a_spoiler_point_that_comes_later_closes_earlier_entries():
    two = updated(first().article, 1, WRONG, card={"heading": "She dies"})
    assert two.parts["corrections"][0]["spoiler_after"] is None
    three = updated(two.article, 2, TYPO, card={"spoiler_after": 5, "safe_heading": "Her fate"})
    (entry,) = three.parts["corrections"]
    assert (entry["spoiler_after"], entry["heading"]) == (5, "Her fate")
    four = updated(two.article, 3, TYPO, cards=(make.card(),))
    assert (four.parts["corrections"][0]["spoiler_after"], four.parts["corrections"][0]["anchor"]) == (5, "")


def test_an_edition_knows_all_corrections_before_it_newest_first():
    two = updated(first().article, 1, WRONG, card={"heading": "It has 9 lamps"})
    three = updated(two.article, 2, CLARIFIED, introduction="It leaves at noon.")
    four = updated(two.article, 3, TYPO, dek="No more.")
    for edition in (three, four):
        assert [entry["place"].partition(":")[0] for entry in edition.parts["corrections"]] == ["introduction", "card"]
    assert four.modified_at == three.modified_at == NOON + 2 * DAY
    assert days(four) == [1, 0]


def test_the_same_words_again_change_nothing():
    two = updated(first().article, 1, WRONG, card={"heading": "It has 9 lamps"})
    three = updated(two.article, 2, None)
    assert (three.modified_at, three.parts) == (two.modified_at, two.parts)
    assert Correction.objects.count() == 1


def is_update(revision: Revision, at: dt.datetime | None = None) -> bool:
    return publishing.is_update(revision.article, revision.content, at)


def test_an_update_of_which_nothing_is_told_moves_dates_and_corrects_nothing():
    two = updated(first().article, 1, None, card={"heading": "It has 9 lamps"})
    assert (two.modified_at, days(two)) == (NOON + DAY, [1, 0])
    assert not Correction.objects.exists()


def test_after_a_taking_down_nothing_is_asked_and_earlier_corrections_stay():
    two = updated(first().article, 1, WRONG, card={"heading": "It has 9 lamps"})
    with time_machine.travel(NOON + 2 * DAY, tick=False):
        publishing.take_down(two.article)
        revision = changed(two.article, dek="Back.")
        assert not is_update(revision)
        three = publishing.publish(revision, at=NOON + 3 * DAY)
    assert [entry["at"] for entry in three.parts["corrections"]] == [two.visible_from.isoformat()]
    assert three.modified_at == NOON + 3 * DAY
    assert days(three) == [1, 0]


@pytest.mark.parametrize(
    "told", [UpdateNotice("rumour"), UpdateNotice(""), UpdateNotice("correction"), UpdateNotice("typo", "x" * 301)]
)
def test_a_kind_that_is_none_and_a_correction_without_a_word_are_refused(told: UpdateNotice):
    article = first().article
    with pytest.raises(PublishingError):
        publishing.publish(changed(article, dek="New."), notice=told)
    assert article.editions.count() == 1


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_publishing_now_makes_waiting_ones_follow_it():
    article = first().article
    waiting = scheduled(article, 5, WRONG, card={"heading": "It has 9 lamps"})
    assert waiting.corrections.get().old == "It has 8 lamps"
    updated(article, 1, CLARIFIED, card={"heading": "It has many lamps"})
    waiting.refresh_from_db()
    assert waiting.corrections.get().old == "It has many lamps"
    assert [entry["kind"] for entry in waiting.parts["corrections"]] == ["correction", "clarification"]


def test_cancelling_hands_its_change_on_to_the_next_which_brings_it():
    article = first().article
    wrong = scheduled(article, 1, WRONG, card={"heading": "It has 9 lamps"})
    typo = scheduled(article, 2, TYPO, introduction="It leaves at  night!")
    assert (typo.modified_at, typo.corrections.count()) == (NOON + DAY, 0)
    publishing.cancel(wrong)
    typo.refresh_from_db()
    assert (typo.change_kind, typo.change_note, typo.modified_at) == ("correction", "We were wrong.", NOON + 2 * DAY)
    assert [place for place, _old, _new in places(typo)] == ["introduction", "card"]
    assert days(typo) == [2, 0]
    assert Correction.objects.filter(at__lt=NOON + 2 * DAY).count() == 0


@pytest.mark.slow
def test_rescheduling_keeps_what_was_said_and_moves_its_instant():
    article = first().article
    wrong = scheduled(article, 1, WRONG, card={"heading": "It has 9 lamps"})
    typo = scheduled(article, 2, TYPO, introduction="It leaves at night!")
    moved = publishing.reschedule(wrong, NOON + 1.5 * DAY)
    typo.refresh_from_db()
    assert (moved.change_kind, moved.change_note, typo.change_kind) == ("correction", "We were wrong.", "typo")
    assert Correction.objects.get().at == NOON + 1.5 * DAY
    assert days(typo) == [1.5, 0]
    publishing.reschedule(moved, NOON + 3 * DAY)
    typo.refresh_from_db()
    assert typo.change_kind == "correction"


def test_the_first_of_two_waiting_ones_that_goes_makes_the_other_the_first():
    article = make.article(cards=(make.card(heading="It has 8 lamps"),))
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner)
    one = publishing.publish(revision, at=NOON + DAY)
    two = scheduled(article, 2, WRONG, card={"heading": "It has 9 lamps"})
    publishing.cancel(one)
    assert days(two) == [2]
    assert (two.parts["corrections"], two.modified_at) == ([], NOON + 2 * DAY)
    assert not Correction.objects.exists()


def test_what_has_happened_never_changes():
    two = updated(first().article, 1, WRONG, card={"heading": "It has 9 lamps"})
    before = (two.parts, two.modified_at)
    updated(two.article, 2, WRONG, card={"heading": "It has 10 lamps"})
    two.refresh_from_db()
    assert (two.parts, two.modified_at) == before


def test_a_rebuild_keeps_all_of_it():
    two = updated(first().article, 1, WRONG, card={"heading": "It has 9 lamps"})
    before = two.parts
    rows = list(Correction.objects.values())
    Edition.objects.filter(pk=two.pk).update(parts={**before, "introduction": "old"}, renderer=0)
    publishing.rebuild(two)
    two.refresh_from_db()
    assert two.parts == before
    assert list(Correction.objects.values()) == rows


def test_a_rebuild_of_an_edition_from_before_corrections_knows_no_better_than_its_date():
    one = first()
    cards = [{name: value for name, value in card.items() if name != "changed_at"} for card in one.parts["cards"]]
    without = {name: value for name, value in one.parts.items() if name not in ("corrections", "version")}
    Edition.objects.filter(pk=one.pk).update(parts={**without, "cards": cards})
    publishing.rebuild(one)
    one.refresh_from_db()
    assert [card["changed_at"] for card in one.parts["cards"]] == [one.modified_at.isoformat()] * 2


def test_an_update_is_one_where_other_words_are_in_force_then():
    one = first()
    revision = changed(one.article, dek="New.")
    assert is_update(revision)
    assert not is_update(one.revision)
    publishing.publish(revision, at=NOON + DAY, notice=CLARIFIED)
    assert not is_update(revision, NOON + 2 * DAY)
    assert is_update(one.revision, NOON + 2 * DAY)


def test_a_document_of_bare_cards_compares_too():
    """An import may bring cards without words."""
    article = make.article(value=Document(title="Bare", slug="bare", cards=(Card(public_id="bcdfghjkmn"),)))
    publishing.publish(drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner))
    two = updated(article, 1, WRONG, card={"heading": "Now with a heading"})
    assert places(two) == [("card", "", "Now with a heading")]
