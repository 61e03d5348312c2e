"""The Document: one shape, equal after every way through JSON, compared card by card."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import document
from articles.document import Card, Caveat, Change, Document, DocumentError, Faq, Numbering, Picture, Source, SourceKind
from tests.strategies import every_field

texts = st.text(max_size=30)
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
points = st.none() | st.integers(1, 300)
kinds = st.sampled_from(SourceKind)
sources = every_field(
    Source, url=texts, title=texts, publisher=texts, seen_on=days, kind=kinds, excerpt=texts, archived_url=texts
)
cards = every_field(
    Card,
    public_id=texts,
    heading=texts,
    emoji=texts,
    picture=texts,
    body=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    spoiler_after=points,
    safe_heading=texts,
    check_on=days,
    caveat=st.sampled_from(Caveat),
    caveat_since=days,
    caveat_note=texts,
)
faqs = every_field(Faq, public_id=texts, question=texts, answer=texts, spoiler_after=points)
pictures = st.builds(Picture, public_id=texts, file=texts, width=st.integers(1, 9), height=st.integers(1, 9), alt=texts)
documents = st.builds(
    Document,
    title=texts,
    language=texts,
    cards=st.lists(cards, max_size=4).map(tuple),
    faqs=st.lists(faqs, max_size=3).map(tuple),
    numbering=st.sampled_from(Numbering),
    tags=st.lists(texts, max_size=3).map(tuple),
    pictures=st.lists(pictures, max_size=2).map(tuple),
)


def ids(*names: str) -> tuple[Card, ...]:
    return tuple(Card(public_id=name, heading=name) for name in names)


@pytest.mark.slow
@given(documents)
def test_a_document_comes_back_equal_from_json(value: Document):
    text = document.dumps(value)
    again = document.from_json(json.loads(text))
    assert again == value
    assert document.dumps(again) == text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "JSON object"),
        ({}, "schema version None"),
        ({"schema": 99}, "schema version 99"),
        ({"schema": 1, "colour": "red"}, "document: unknown field 'colour'"),
        ({"schema": 1, "title": 7}, "document.title: expected str, found int"),
        ({"schema": 1, "cards": {}}, "document.cards: expected a list"),
        ({"schema": 1, "cards": [{"spoiler_after": True}]}, "document.cards[0].spoiler_after"),
        ({"schema": 1, "cards": [{"check_on": "soon"}]}, "document.cards[0].check_on: 'soon'"),
        ({"schema": 1, "cards": [{"caveat": "doubtful"}]}, "document.cards[0].caveat: 'doubtful'"),
        ({"schema": 1, "numbering": "sideways"}, "document.numbering"),
        ({"schema": 1, "pictures": [{"file": "a.jpg"}]}, "document.pictures[0]: a field is missing"),
        ({"schema": 1, "faqs": ["Who?"]}, "document.faqs[0]: expected an object"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: object, place: str):
    with pytest.raises(DocumentError) as caught:
        document.from_json(data)
    assert place in str(caught.value)


def test_numbers_follow_the_numbering():
    value = Document(cards=ids("a", "b", "c"))
    numbers = {
        numbering: [number for number, _ in dataclasses.replace(value, numbering=numbering).numbered_cards()]
        for numbering in Numbering
    }
    assert numbers == {Numbering.UP: [1, 2, 3], Numbering.COUNTDOWN: [3, 2, 1], Numbering.NONE: [None, None, None]}


def kinds(old: tuple[Card, ...], new: tuple[Card, ...]) -> dict[str, Change]:
    comparison = document.compare(Document(cards=old), Document(cards=new))
    return {item.public_id: item.kind for item in comparison.cards}


def test_one_card_carried_to_the_end_is_the_only_one_that_moved():
    assert kinds(ids("a", "b", "c", "d"), ids("b", "c", "d", "a")) == {
        "a": Change.MOVED,
        "b": Change.SAME,
        "c": Change.SAME,
        "d": Change.SAME,
    }


def test_adding_and_removing_moves_nothing():
    assert kinds(ids("a", "b", "c"), ids("new", "a", "c")) == {
        "new": Change.ADDED,
        "a": Change.SAME,
        "c": Change.SAME,
        "b": Change.REMOVED,
    }


def test_a_changed_card_says_which_fields():
    old = ids("a")
    new = (dataclasses.replace(old[0], body="Other words.", spoiler_after=3),)
    (item,) = document.compare(Document(cards=old), Document(cards=new)).cards
    assert item.kind is Change.CHANGED
    assert [(change.name, change.new) for change in item.fields] == [("body", "Other words."), ("spoiler_after", 3)]


@given(documents)
def test_a_document_differs_from_itself_in_nothing(value: Document):
    unique = {card.public_id: card for card in value.cards}
    value = dataclasses.replace(
        value, cards=tuple(unique.values()), faqs=tuple({faq.public_id: faq for faq in value.faqs}.values())
    )
    assert document.compare(value, value).is_empty
