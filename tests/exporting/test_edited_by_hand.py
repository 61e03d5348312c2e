"""What a person may do to an export, and what is refused with its line."""

import dataclasses
import datetime as dt

import pytest

from articles import exporting
from articles.document import Card, Document
from tests.exporting.documents import ferry

TEXT = exporting.to_markdown(ferry())


def test_only_our_own_exports_bear_the_mark():
    assert exporting.is_export(TEXT)
    assert exporting.is_export("\ufeff" + TEXT.replace("\n", "\r\n"))
    assert not exporting.is_export(TEXT.replace("fanguide", "fan"))
    assert not exporting.is_export("# 10 facts\n\n" + TEXT)


def test_changed_words_are_taken():
    value = exporting.from_markdown(TEXT.replace("Look closely.", "Look very closely.\n\nThen again."))
    assert value.cards[1].body == "Look very closely.\n\nThen again."
    assert dataclasses.replace(value, cards=()) == ferry(cards=())


def test_cards_in_another_order_are_taken_whatever_their_numbers_say():
    start, one, two, end = TEXT.index("## 1."), TEXT.index("## 1."), TEXT.index("## 2."), TEXT.index("## Conclusion:")
    value = exporting.from_markdown(TEXT[:start] + TEXT[two:end] + TEXT[one:two] + TEXT[end:])
    assert value == ferry(cards=tuple(reversed(ferry().cards)))


def test_a_card_written_by_hand_needs_no_fields():
    end = TEXT.index("## Conclusion:")
    value = exporting.from_markdown(TEXT[:end] + "## A third\n\nIt is new.\n\n" + TEXT[end:])
    assert value.cards[2] == Card(heading="A third", body="It is new.")


def test_fields_may_be_written_as_toml_allows():
    text = TEXT.replace('seen_on = "2024-05-01"', "seen_on=2024-05-02  # looked again")
    text = text.replace('tags = ["Lamps", "Props"]', "tags = [\n  'Lamps',\n]")
    card = exporting.from_markdown(text).cards[0]
    assert card.sources[0].seen_on == dt.date(2024, 5, 2)
    assert card.tags == ("Lamps",)


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("+++\nfanguide", "fanguide", 1, "begins with a line"),
        ('["mina-park"]\n+++', '["mina-park"]', 1, "no second line"),
        ("fanguide = 1", "fanguide = 2", 2, "version 2"),
        ("fanguide = 1\n", "", 2, "version None"),
        ('slug = "2-facts', 'slug = "2-facts\n', 4, "not TOML"),
        ("slug = ", "colour = ", 4, "unknown field 'colour'"),
        ("slug = ", 'introduction = "a"\nslug = ', 10, "“introduction” stands here and among the fields"),
        ('tags = ["Ferries"]', 'tags = "Ferries"', 5, "tags: expected a list"),
        ('tags = ["Ferries"]', "cards = []", 5, "section of its own"),
        ("spoiler_after = 3", "spoiler_after = three", 18, "not TOML"),
        ("spoiler_after = 3", 'spoiler_after = "three"', 18, "spoiler_after: expected int"),
        ("spoiler_after = 3", "spoiler_before = 3", 18, "unknown field 'spoiler_before'"),
        ("spoiler_after = 3", 'heading = "Lamps"', 12, "“heading” stands here and among the fields"),
        ("spoiler_after = 3", 'body = "Lamps"', 26, "“body” stands here and among the fields"),
        ('"2024-05-01"\n```', '"2024-05-01"', 26, "not TOML"),
        ('pq"\n```', 'pq"', 49, "no line ``` ends the fields"),
        ('"2024-05-01"', '"May"', 21, "'May' is not allowed"),
        ("## Question:", "## Conclusion:", 50, "a conclusion has no field 'public_id'"),
        ("## Question:", "## Conclusion: Ahoy\n\n## Question:", 47, "second conclusion"),
        ("Ashore\n", "Ashore\n\n```toml\ntitle = 'red'\n```\n", 46, "a conclusion has no field 'title'"),
    ],
)
def test_what_was_damaged_is_refused_with_its_line(old: str, new: str, line: int, sentence: str):
    assert old in TEXT
    with pytest.raises(exporting.ReadError) as caught:
        exporting.from_markdown(TEXT.replace(old, new, 1))
    assert (caught.value.line, sentence in str(caught.value)) == (line, True), str(caught.value)


def test_fields_nested_without_end_are_refused():
    with pytest.raises(exporting.ReadError, match="Line 2: this is nested too deep"):
        exporting.from_markdown("+++\nfanguide = " + "[" * 20_000 + "\n+++\n")
    with pytest.raises(exporting.ReadError, match="nested too deep"):
        exporting.from_json("[" * 200_000)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{\n  "schema": 1,\n  x}', "Line 3: this is not JSON"),
        ('{"schema": 2}', "schema version 2"),
        ('{"schema": 1, "cards": [{"heading": 7}]}', r"cards\[0\].heading: expected str"),
    ],
)
def test_damaged_json_is_refused_with_its_place(text: str, sentence: str):
    with pytest.raises(exporting.ReadError, match=sentence):
        exporting.from_json(text)


def test_an_empty_document_is_two_lines_and_a_mark():
    assert exporting.to_markdown(Document()) == "+++\nfanguide = 1\n+++\n"
