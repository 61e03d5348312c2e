"""Blocks with the roles that a person gave them."""

import itertools

import pytest

from articles import importing
from articles.document import Document
from articles.importing import Choice, Imported, ImportRefused
from articles.importing.blocks import paragraph
from articles.importing.finder import arranging
from articles.importing.finder.layout import Layout, LayoutBlock, Role

TEXT = """Three facts about the night ferry

It leaves at night.

Nobody knows why.

1. The ferry is real

It crosses the strait twice a week.

“I have never learned to swim.” — Captain Han

2. The captain cannot swim

He said so in an interview.

3. It has seven lamps

Count them.

Conclusion

It arrives in the morning.

FAQ

Is it cold?

Yes, on deck.
"""


def read() -> Imported:
    return importing.read_text(TEXT)


def index_of(words: str) -> int:
    layout = read().layout
    assert layout is not None
    return next(index for index, entry in enumerate(layout.blocks) if words in entry.block.text)


def arranged(choices: dict[str, Choice]) -> Imported:
    return importing.rearranged(read(), {index_of(words): choice for words, choice in choices.items()})


def document(choices: dict[str, Choice]) -> Document:
    return arranged(choices).document


def headings(value: Document) -> list[str]:
    return [card.heading for card in value.cards]


def test_without_a_choice_nothing_changes():
    once = importing.rearranged(read(), {})
    assert (once.document, once.account) == (read().document, read().account)


def test_text_follows_the_heading_above_it_that_a_person_made():
    value = document({"It leaves": Choice.CARD})
    assert headings(value)[:2] == ["It leaves at night.", "The ferry is real"]
    assert (value.introduction, value.cards[0].body) == ("", "Nobody knows why.")


def test_a_heading_that_is_none_gives_its_text_to_the_card_before_with_its_number():
    value = document({"The captain cannot": Choice.CARD_TEXT})
    assert headings(value) == ["The ferry is real", "It has seven lamps"]
    assert value.cards[0].body.endswith("2\\. The captain cannot swim\n\nHe said so in an interview.")


def test_a_first_heading_that_is_none_gives_its_text_to_the_introduction():
    value = document({"The ferry is real": Choice.INTRODUCTION})
    assert "It crosses the strait" in value.introduction
    assert len(value.cards) == 2


def test_a_numbered_line_that_becomes_a_heading_loses_its_number():
    text = TEXT.replace("Nobody knows why.", "Read on.\n\n(2) The harbour")
    imported = importing.read_text(text)
    assert imported.layout is not None
    index = next(i for i, entry in enumerate(imported.layout.blocks) if "harbour" in entry.block.text)
    assert "The harbour" in headings(importing.rearranged(imported, {index: Choice.CARD}).document)


def test_a_quotation_stays_in_its_part_and_names_its_speaker():
    value = document({"He said so": Choice.QUOTATION, "It leaves": Choice.QUOTATION})
    assert value.cards[1].body == "> He said so in an interview."
    assert value.introduction.startswith("> It leaves at night.")


def test_a_quotation_that_is_none_becomes_text():
    body = document({"never learned": Choice.CARD_TEXT}).cards[0].body
    assert "> " not in body
    assert "— Captain Han" in body


def test_a_question_with_its_answer_and_a_title():
    value = document({"It has seven": Choice.QUESTION, "It leaves": Choice.TITLE, "Three facts": Choice.LEFT_OUT})
    assert (value.faqs[0].question, value.faqs[0].answer) == ("It has seven lamps", "Count them.")
    assert value.title == "It leaves at night."


def test_a_conclusion_without_a_heading_is_not_swallowed_by_a_card_that_a_person_made_before_it():
    roles = [Role.CARD, Role.CARD_TEXT, Role.CARD_TEXT, Role.CONCLUSION]
    layout = Layout(tuple(LayoutBlock(paragraph(f"Block {number}"), role) for number, role in enumerate(roles)))
    changed = [entry.role for entry in arranging.arranged(layout, {1: Choice.CARD}).blocks]
    assert changed == [Role.CARD, Role.CARD, Role.CARD_TEXT, Role.CONCLUSION]


def test_what_is_left_out_is_unplaced_with_the_reason():
    imported = arranged({"Nobody knows": Choice.LEFT_OUT})
    assert imported.document.introduction == "It leaves at night."
    assert [(entry.text, entry.why) for entry in imported.account.unplaced] == [
        ("Nobody knows why.", "left out by hand")
    ]


def test_every_choice_for_every_block_keeps_the_account_complete():
    imported = read()
    assert imported.layout is not None
    for (index, entry), choice in itertools.product(enumerate(imported.layout.blocks), Choice):
        if choice in importing.choices_for(entry.block):
            again = importing.rearranged(imported, {index: choice})
            assert again.account.is_complete
            assert not [entry for entry in again.account.unplaced if "found no place" in entry.why], (index, choice)


@pytest.mark.parametrize("index", [-1, 999])
def test_a_block_that_does_not_exist_is_refused(index: int):
    with pytest.raises(ImportRefused, match="import it again"):
        importing.rearranged(read(), {index: Choice.CARD})


@pytest.mark.parametrize("picture", ["![](https://example.org/a.jpg)", "Look ![a](https://example.org/a.jpg) here."])
def test_a_picture_can_be_no_heading(picture: str):
    text = f"# Two ships\n\n{picture}\n\n## 1. One\n\nYes it is.\n\n## 2. Two\n\nSo is this.\n"
    imported = importing.read_text(text, kind="markdown")
    assert imported.layout is not None
    kept = importing.rearranged(imported, {1: Choice.CONCLUSION}).document
    assert "https://example.org/a.jpg" in kept.conclusion
    for choice in (Choice.CARD, Choice.TITLE, Choice.QUESTION):
        with pytest.raises(ImportRefused):
            importing.rearranged(imported, {1: choice})


def test_places_are_told_part_for_part():
    layout = read().layout
    assert layout is not None
    told = importing.places(layout)
    assert told[index_of("captain cannot")] == "card 2"
    assert told[index_of("Yes, on deck")] == "faq 1"
    assert len(told) == len(layout.blocks)
