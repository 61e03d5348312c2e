"""A Document exported and read again is the same Document, whatever it holds."""

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import exporting
from articles.document import Card, Document, Faq, Numbering, Source
from tests.exporting.documents import PIECES, documents, ferry, nasty
from tests.strategies import halved

#: Documents with the text in one of the places that hold words.
PLACES: list[Callable[[str], Document]] = [
    lambda text: Document(title=text),
    lambda text: Document(introduction=text),
    lambda text: Document(tags=("Ferries", text)),
    lambda text: Document(cards=(Card(heading=text),)),
    lambda text: Document(cards=(Card(body=text),)),
    lambda text: Document(cards=(Card(sources=(Source(title=text),)),)),
    lambda text: Document(faqs=(Faq(question="Who?", answer=text),)),
    lambda text: Document(conclusion_heading=text),
]


@pytest.mark.slow
@given(documents)
def test_any_document_comes_back_equal_from_markdown(value: Document):
    text = exporting.to_markdown(value)
    again = exporting.from_markdown(text)
    assert again == value
    assert exporting.to_markdown(again) == text


@given(nasty, nasty)
def test_words_that_look_like_our_marks_stay_words(first: str, second: str):
    """Neighbours are what a mark could run over into."""
    for numbering in Numbering:
        value = Document(
            introduction=first,
            cards=(Card(heading=first, body=second), Card(heading=second, body=first)),
            conclusion=second,
            faqs=(Faq(question=first, answer=second),),
            numbering=numbering,
        )
        assert exporting.from_markdown(exporting.to_markdown(value)) == value


@pytest.mark.slow
@given(documents)
def test_an_editor_that_changes_the_line_ends_changes_no_word(value: Document):
    text = exporting.to_markdown(value)
    assert exporting.from_markdown("\ufeff" + text.replace("\n", "\r\n")) == value


@given(documents)
def test_any_document_comes_back_equal_from_json(value: Document):
    text = exporting.to_json(value)
    again = exporting.from_json(text)
    assert again == value
    assert exporting.to_json(again) == text


@pytest.mark.parametrize("piece", PIECES)
def test_a_part_that_is_nothing_but_a_mark_stays_what_it_is(piece: str):
    value = ferry(introduction=piece, conclusion_heading=piece, conclusion=piece)
    value = dataclasses.replace(
        value, cards=(dataclasses.replace(value.cards[0], heading=piece, body=piece), value.cards[1])
    )
    assert exporting.from_markdown(exporting.to_markdown(value)) == value


def test_an_export_is_pleasant_to_read():
    assert exporting.to_markdown(ferry()) == (
        """+++
fanguide = 1
title = "2 facts about the ferry"
slug = "2-facts-about-the-ferry"
tags = ["Ferries"]
subject = "night-ferry"
authors = ["mina-park"]
+++

It leaves at night.

## 1. The ferry has 3 lamps

```toml
public_id = "bcdfghjkmn"
emoji = "🏮"
tags = ["Lamps", "Props"]
spoiler_after = 3
safe_heading = "How many lamps there are"

[[sources]]
url = "https://example.org/ferry"
title = "The ferry"
seen_on = "2024-05-01"
```

Count them in the second scene.

> Three.
>
> — Mina Park

There are three.

## 2. Nobody steers it

```toml
public_id = "cdfghjkmnp"
```

Look closely.

## Conclusion: Ashore

It arrives in the morning.

## Question: Who is the captain?

```toml
public_id = "dfghjkmnpq"
```

Nobody knows.
"""
    )


def test_the_numbers_are_those_that_readers_see():
    countdown = exporting.to_markdown(ferry(numbering=Numbering.COUNTDOWN))
    assert "## 2. The ferry has 3 lamps" in countdown
    assert "## 1. Nobody steers it" in countdown
    assert "## The ferry has 3 lamps" in exporting.to_markdown(ferry(numbering=Numbering.NONE))


def test_a_body_that_has_to_hide_is_still_readable():
    body = "Two sections:\n\n## Port\n\nRed.\n\n## Starboard\n\nGreen."
    text = exporting.to_markdown(ferry(cards=(Card(heading="Lights", body=body),)))
    assert f"body = '''\n{body}'''" in text


@pytest.mark.parametrize("body", ["\n", "\n\n", "\nTwo.", "Two.\n", "\n\nTwo.\n\n\n", " \nTwo.\n "])
def test_empty_lines_around_a_body_hide_nothing(body: str):
    value = ferry(introduction=body, cards=(Card(heading="One", body=body), Card(body=body)), conclusion=body)
    text = exporting.to_markdown(value)
    assert "body =" not in text
    assert exporting.from_markdown(text) == value


@given(halved(), st.sampled_from(PLACES))
def test_half_a_character_is_refused_wherever_it_stands(text: str, place: Callable[[str], Document]):
    for export in (exporting.to_markdown, exporting.to_json):
        with pytest.raises(exporting.ExportError):
            export(place(text))


def test_half_a_character_is_refused_with_its_place():
    for export in (exporting.to_markdown, exporting.to_json):
        with pytest.raises(exporting.ExportError, match=r"(?s)half a character after “.*The captain”"):
            export(Document(dek="The captain\ud83d"))
