"""For any of the annotated articles: what is no change marks nothing, and a figure marks exactly what repeats it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.claims.restating import Facts, features_of_names, sentences_in
from articles.document import Card, Document, Faq
from articles.models import Subject
from articles.restatements import Acts, Wordings, restatements_of
from articles.restatements.wordings import Wording
from tests.claims.restated import FOLDER

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
NUMBER = re.compile(r"(?<![\d.,])\d{2,3}(?![\d.,])")


def article(name: str) -> tuple[Document, Subject]:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    said: dict[str, list[str]] = {}
    for each in data["said"]:
        said.setdefault(each["place"], []).append(each["words"])
    cards = [Card(public_id=f"c{at}", **card) for at, card in enumerate(data["cards"])]
    faqs = [
        Faq(public_id=f"f{at}", question=found[1], answer=found[2])
        for at, words in enumerate(said["faq"])
        if (found := re.match(r"(.+?\?) (.+)", words))
    ]
    value = Document(
        title="Any",
        language=data["language"],
        dek=" ".join(said.get("dek", [])),
        introduction=" ".join(said.get("introduction", [])),
        cards=tuple(cards),
        conclusion=" ".join(said.get("conclusion", [])),
        faqs=tuple(faqs),
    )
    return value, Subject(name=data["known"][0], other_names=data["known"][1:])


NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def marks_after(before: Document, after: Document, subject: Subject) -> list[tuple[str, str, str]]:
    """The cards were changed from the one to the other; nothing else was."""
    old = {card.public_id: card for card in before.cards}
    found = {
        f"card:{card.public_id}": [
            Wording(LONG_AGO, LONG_AGO, {"heading": old[card.public_id].heading, "body": old[card.public_id].body})
        ]
        for card in after.cards
    }
    marks = restatements_of(after, Wordings(found), Acts(), subject).marks
    return [(mark.place, mark.old, mark.new) for mark in marks]


def with_card(value: Document, number: int, **fields: str) -> Document:
    cards = list(value.cards)
    cards[number] = dataclasses.replace(cards[number], **fields)
    return dataclasses.replace(value, cards=tuple(cards))


NOISE = st.sampled_from(
    [
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\n", 1),
        lambda text: f"  {text}\n\n",
        lambda text: f"{text.rstrip()} 🎉",
        lambda text: text.replace("“", "").replace("”", ""),
        lambda text: re.sub(r"(\w{4,})", r"“\1”", text, count=1),
        lambda text: text.replace("*", ""),
        lambda text: re.sub(r"(\d+)", r"**\1**", text, count=1),
    ]
)


@given(st.data())
def test_white_space_quotation_marks_emoji_and_moves_mark_nothing(data: st.DataObject):
    value, subject = article(data.draw(st.sampled_from(NAMES)))
    cards = []
    for card in value.cards:
        body = card.body
        for noise in data.draw(st.lists(NOISE, max_size=3)):
            body = noise(body)
        cards.append(dataclasses.replace(card, body=body))
    moved = dataclasses.replace(value, cards=tuple(data.draw(st.permutations(cards))))
    assert marks_after(value, moved, subject) == []


FIGURES = [
    (name, number, found.start())
    for name in NAMES
    for number, card in enumerate(article(name)[0].cards)
    for found in NUMBER.finditer(card.body)
]


def repeating(value: Document, subject: Subject, key: str) -> set[str]:
    """The places of which the rule says that they repeat a sentence."""
    facts = [
        [said for text in (card.heading, card.body) for said in sentences_in(text, value.language)]
        for card in value.cards
    ]
    asked = Facts(facts, features_of_names([subject.name, *subject.other_names]))
    texts = [("details", value.dek, ""), ("introduction", value.introduction, ""), ("conclusion", value.conclusion, "")]
    texts += [(f"faq:{faq.public_id}", faq.question, "") for faq in value.faqs]
    texts += [(f"faq:{faq.public_id}", faq.answer, faq.question) for faq in value.faqs]
    return {
        place
        for place, text, question in texts
        for said in sentences_in(text, value.language)
        for each in asked.repeated_by(said, next(iter(sentences_in(question, value.language)), None))
        if facts[each.fact][each.sentence].key == key
    }


@pytest.mark.parametrize(("name", "number", "at"), FIGURES)
def test_a_figure_marks_exactly_what_repeats_its_sentence_and_no_more_once_it_is_back(name: str, number: int, at: int):
    value, subject = article(name)
    body = value.cards[number].body
    found = NUMBER.match(body, at)
    assert found
    changed = f"{body[:at]}{int(found[0]) + 11}{body[found.end() :]}"
    after = with_card(value, number, body=changed)
    before_keys = {said.key: said for said in sentences_in(body, value.language)}
    (gone,) = before_keys.keys() - {said.key for said in sentences_in(changed, value.language)}
    marks = marks_after(value, after, subject)
    assert {place for place, _old, _new in marks} == repeating(value, subject, gone)
    assert {old for _place, old, _new in marks} <= {before_keys[gone].words}
    assert all(str(int(found[0]) + 11) in new for _place, _old, new in marks)
    assert marks_after(value, value, subject) == []


def test_some_figures_are_repeated():
    assert len(FIGURES) > 10
    value, subject = article("01-harbour-code")
    after = with_card(value, 3, body=value.cards[3].body.replace("26", "27"))
    assert [place for place, _old, _new in marks_after(value, after, subject)] == ["conclusion"]
