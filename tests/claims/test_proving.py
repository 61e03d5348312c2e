"""Whether a claim stands in an excerpt: what counts as standing there, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given

from articles.claims import Kind, Proof, claims_in, digest, identity_of, identity_of_words, normalised, prove
from tests.steps import calls
from tests.strategies import hostile

SUBJECT = frozenset({"the trauma code", "중증외상센터"})


def proof(source: str, excerpt: str, language: str = "en") -> Proof | None:
    """Of the one claim of the source, or of its first."""
    claim = claims_in(source, language)[0]
    return prove(claim.kind, claim.value, excerpt, language, [SUBJECT])


#: What is claimed, what the source says, and the words of it that prove the claim; None where none do.
CASES = [
    ("It ran in 26 countries.", "seen in 26 countries", "26 countries"),
    ("It ran in **26** [countries](https://a.example).", "26개국에서 공개됐다", "26개국"),
    ("26개국에서 공개됐다.", "It came out in 26 countries.", "26 countries"),
    ("1.2 million viewers saw it.", "1,200,000 viewers", "1,200,000 viewers"),
    ("It cost $15m.", "a budget of 15 million dollars", "15 million dollars"),
    ("It ran in 26 countries.", "in 26 different countries", "26 different countries"),
    ("It ran in 26 countries.", "in 27 countries", None),
    ("It ran in 26 countries.", "with 26 people", None),
    ("It ran in 26 countries.", "26", None),
    ("It ran in 26 countries.", "in 126 countries", None),
    ("It ran in 2.6 countries.", "in 26 countries", None),
    ("It began in January 2025.", "on January 24, 2025", "January 24, 2025"),
    ("It began in January 2025.", "2025년 1월 24일", "2025년 1월 24일"),
    ("It began in 2025.", "on 2025-01-24", "2025-01-24"),
    ("It began on January 24, 2025.", "in January 2025", None),
    ("It began on January 24, 2025.", "on January 25, 2025", None),
    ("It is set in the 1990s.", "It is set in 1995.", "1995"),
    ("It is set in 1995.", "It is set in the 1990s.", None),
    ("He is actor Ju Ji-hoon.", "배우 주지훈은", "주지훈"),
    ("He is actor Ju Ji-hoon.", "said Joo Jihoon.", "Joo Jihoon"),
    ("He is actor Ju Ji-hoon.", "said actor Ju Ji-hoon", "actor Ju Ji-hoon"),
    ("He is actor Ju Ji-hoon.", "said actor Choo Young-woo", None),
    ("It is *The Trauma Code*.", "넷플릭스 <중증외상센터> 제작진", "중증외상센터"),
    ("It is *The Trauma Code*.", "Netflix made THE  TRAUMA\nCODE.", "THE TRAUMA\nCODE"),
    ("It is *The Trauma Code*.", "The Trauma Codes", None),
    ("“I never slept that night,” he said.", "He told us: I never slept that night!", "I never slept that night"),
    ("“I never slept that night,” he said.", "‘I never\nslept  that night.’", "I never\nslept that night"),
    ("“I never slept that night,” he said.", "I hardly slept that night", None),
    ("“I never … that night,” he said.", "I never slept a wink that night", "I never slept a wink that night"),
    ("“I never … that night,” he said.", "That night I never slept", None),
    ("“[The actor] never slept that night,” he said.", "He never slept that night", "never slept that night"),
    ("“그날 밤 한숨도 못 잤다”고 했다.", "그는 “그날밤 한숨도 못잤다”며 웃었다", "그날밤 한숨도 못잤다"),
    ("It is the longest scene.", "the LONGEST one", "LONGEST"),
    ("It happens in Episode 6.", "in season 1, episode 6", "episode 6"),
    ("It happens in Episode 6.", "in episode 16", None),
    ("It was in the Top 10.", "It was number 3 there.", "number 3"),
    ("It was No. 3 there.", "It was in the Top 10.", None),
]


@pytest.mark.parametrize(("source", "excerpt", "words"), CASES)
def test_what_stands_in_an_excerpt(source: str, excerpt: str, words: str | None):
    found = proof(source, excerpt)
    assert (found and found.words) == words
    if found:
        assert normalised(excerpt)[found.start : found.stop] == words


def test_an_excerpt_that_is_a_quotation_as_a_whole_proves_what_it_says_in_it():
    assert proof("It ran in 26 countries.", "“We were seen in 26 countries, on January 24.”")


def test_the_digest_of_an_excerpt_is_of_its_words():
    assert digest("in 26\r\n\r\n countries") == digest(" in  26\ncountries ")
    assert digest("in 26 countries") != digest("in 27 countries")
    assert digest(" \n\u200a") == ""


#: Two ways to say one thing, which are one claim.
SAME = [
    ("26 countries", "26개국"),
    ("26 countries", "**26** countries 🎉"),
    ("January 24, 2025", "2025-01-24"),
    ("the *Squid Game: The Challenge*", "the “Squid  Game: The Challenge”"),
    ("“We never   slept at all.”", "“We never slept 🌙 at all”"),
    ("No. 3 there", "number three there"),
]
OTHER = [
    ("26 countries", "27 countries"),
    ("26 countries", "26 cities"),
    ("January 24, 2025", "January 2025"),
    ("“We never slept at all.”", "“We never slept at sea.”"),
    ("*Squid Game 2*", "*Squid Game 3*"),
    ("Episode 6", "Episode 7"),
]


def one(source: str) -> str:
    return identity_of(claims_in(f"It was {source} then.")[0])


@pytest.mark.parametrize(("said", "again"), SAME)
def test_another_notation_is_the_same_claim(said: str, again: str):
    assert one(said) == one(again)


@pytest.mark.parametrize(("said", "again"), OTHER)
def test_another_value_is_another_claim(said: str, again: str):
    assert one(said) != one(again)


def test_words_that_a_person_marks_have_an_identity_without_a_rule():
    assert identity_of_words("nobody slept") == identity_of_words("“Nobody  slept.”") != identity_of_words("all slept")


@given(hostile(), hostile())
def test_no_text_breaks_it_and_what_it_finds_stands_there(source: str, excerpt: str):
    for claim in claims_in(source[:2000]):
        found = prove(claim.kind, claim.value, excerpt)
        assert found is None or normalised(excerpt)[found.start : found.stop] == found.words


def test_what_it_costs_grows_with_the_excerpt_and_no_faster():
    def work(size: int) -> int:
        claims = claims_in("“a a a … b a a” and actor Ju Ji-hoon, the most wanted, in 26 countries, Episode 6.")
        text = ("a a a Ju Ji hoon 26 most " * size)[: 20 * size]
        return calls(lambda: [prove(each.kind, each.value, text, "en") for each in claims])

    assert work(200) < 2.5 * work(100)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_says_what_it_proves(kind: Kind):
    value = claims_in("in 26 countries")[0].value
    assert prove(kind, value, "26 countries")
