"""The gate: what breaks a rule is refused with a sentence at its field, what breaks an output is mended."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from articles import document
from articles.document import Card, Document, InvalidError, Source, validate
from tests.document.hostile import documents


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"heading": "x" * 201}, "heading"),
        ({"safe_heading": "x" * 201}, "safe_heading"),
        ({"emoji": "words"}, "emoji"),
        ({"body": "x" * 200_001}, "body"),
        ({"tags": ("x" * 101,)}, "tags"),
        ({"tags": ("ﷺ" * 60,)}, "tags"),
        ({"tags": tuple(f"tag {number}" for number in range(101))}, "tags"),
        ({"spoiler_after": -1}, "spoiler_after"),
        ({"spoiler_after": 10**30}, "spoiler_after"),
        ({"sources": (Source(url="https://example.org/" + "x" * 500),)}, "url"),
        ({"sources": (Source(title="x" * 301),)}, "title"),
        ({"sources": (Source(url="https://example.org/"),) * 51}, "sources"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_a_sentence_at_its_field(changes: dict[str, Any], field: str):
    with pytest.raises(InvalidError) as caught:
        validate(Document(title="Facts", cards=(Card(heading="One"), Card(**changes))))
    assert caught.value.first.field == field
    assert "card 2" in caught.value.first.place
    assert caught.value.first.sentence.endswith(".")


def test_signs_that_break_an_output_are_mended_and_the_words_stay():
    made = validate(
        Document(title="The\x0bferry\x00", cards=(Card(heading="Dis\u00adcretion\x01", body="a\r\nb\x0c"),))
    )
    assert made.title == "The ferry"
    assert made.cards[0].heading == "Discretion"
    assert made.cards[0].body == "a\nb\n"


@pytest.mark.parametrize("public_id", ["my-fact", "../x", "x" * 500, "bcd", "\x00"])
def test_an_id_that_is_none_is_dropped(public_id: str):
    assert validate(Card(public_id=public_id, heading="One")).public_id == ""


def test_of_two_cards_with_one_id_the_first_keeps_it():
    made = validate(Document(cards=(Card(public_id="bcdfghjkmn"), Card(public_id="bcdfghjkmn"))))
    assert [card.public_id for card in made.cards] == ["bcdfghjkmn", ""]


@pytest.mark.slow
@settings(max_examples=settings.default.max_examples // 2)
@given(documents)
def test_validating_twice_changes_nothing(value: Document):
    made = document.mend(value)
    faults = list(document.faults(made))
    assert all(fault.sentence and fault.place and fault.field for fault in faults)
    if not faults:
        assert validate(made) == made
