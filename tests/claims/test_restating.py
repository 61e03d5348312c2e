"""Which sentences repeat a fact: how the rule does on what was marked by hand, and what must not lead it astray."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.claims.restating import MOST_REPEATED, Facts, features_of_names, sentences_in
from articles.demo.stories import read_stories
from tests.claims.restated import score, sentences


def test_enough_was_marked_by_hand():
    found = list(sentences())
    assert len(found) >= 60
    assert sum(not each.by_hand for each in found) >= 25


@pytest.mark.parametrize(("language", "recall", "precision"), [("en", 0.89, 1.0), ("ko", 0.88, 0.95)])
def test_what_repeats_a_fact_is_found(language: str, recall: float, precision: float):
    result = score(language)
    assert result.recall >= recall, result.details
    assert result.precision >= precision, result.details


def repeated(sentence: str, *facts: str, language: str = "en", names: tuple[str, ...] = ()) -> list[int]:
    known = features_of_names(names)
    (said,) = sentences_in(sentence, language)
    asked = Facts([sentences_in(fact, language) for fact in facts], known)
    return sorted({each.fact for each in asked.repeated_by(said)})


def test_what_many_facts_say_tells_nothing():
    facts = ("Ju Ji-hoon sails.", "Ju Ji-hoon sings in Busan.", "Ju Ji-hoon cooks.")
    assert repeated("Ju Ji-hoon is the lead.", *facts) == []
    assert repeated("Ju Ji-hoon sings in Busan at last.", *facts) == [1]


def test_the_names_of_the_subject_tell_nothing():
    fact = "The Salt Road was drawn by hand."
    assert repeated("Is The Salt Road long?", fact) == [0]
    assert repeated("Is The Salt Road long?", fact, names=("The Salt Road",)) == []


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("It ran in 26 countries.", "26개국에서 방영되었다."),
        ("It began on 24 January 2025.", "2025년 1월 24일에 시작했다."),
        ("It cost £20,000.", "The prize of £20,000 went back."),
        ("A second season?", "Nobody has announced season 2."),
    ],
)
def test_one_telling_figure_is_enough_in_any_notation(sentence: str, fact: str):
    assert repeated(sentence, fact, "The lamp is red.") == [0]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("It ran in 26 countries.", "It was drawn on 26 screens."),
        ("Two friends talk.", "Two dogs bark."),
        ("It was made in 2019.", "Nobody slept in 2019."),
        ("What should I watch first?", "The first thing that they made was a chair."),
        ("그는 정말 좋은 배우다.", "그녀는 정말 좋은 가수다."),
    ],
)
def test_chance_is_not_enough(sentence: str, fact: str):
    assert repeated(sentence, fact, "The lamp is red.") == []


def test_marks_white_space_quotation_marks_and_emoji_are_no_part_of_a_sentence():
    (plain,), (marked,) = (
        sentences_in("It ran in 26 countries.", "en"),
        sentences_in(" It  ran in **“26 countries”** 🎉\n", "en"),
    )
    assert plain.key == marked.key
    assert plain.key != sentences_in("It ran in 27 countries.", "en")[0].key
    assert sentences_in("4.1 million", "en")[0].key != sentences_in("41 million", "en")[0].key


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00", "“”", "🎉🎉", "a " * 400, "한" * 700, "1" * 900])
def test_any_text_is_read(text: str):
    facts = Facts([sentences_in(text, "en"), sentences_in(text, "ko")])
    assert all(len(facts.repeated_by(said)) <= MOST_REPEATED for said in sentences_in(text, "en"))


def test_the_trauma_code_of_the_demo_says_facts_again():
    (value,) = [
        each.document for each in read_stories(dt.date(2026, 1, 1)) if each.document.subject == "the-trauma-code"
    ]
    cards = [(*sentences_in(card.heading, "en"), *sentences_in(card.body, "en")) for card in value.cards]
    facts = Facts(cards, features_of_names(["The Trauma Code: Heroes on Call", "중증외상센터"]))

    def rests_on(text: str, question: str = "") -> set[int]:
        beside = next(iter(sentences_in(question, "en")), None)
        return {each.fact + 1 for said in sentences_in(text, "en") for each in facts.repeated_by(said, beside)}

    assert rests_on(value.introduction) == {1}, "eight episodes"
    assert rests_on(value.faqs[0].answer) == {1, 8}, "the author, and the surgeon behind the hero"
    assert rests_on(value.faqs[3].answer) == {6}, "where it was filmed"
    assert rests_on(value.faqs[2].answer) == set(), "whether to read the webtoon first"
