"""Which sentences have a clock: judged by sentences marked by hand, and rule by rule where mistakes are likely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.claims import ClockKind, Day, identity_of_words, timed_in
from tests.claims import clocks
from tests.claims.clocks import Marked
from tests.steps import calls

LANGUAGES = ("en", "ko", "ja", "es", "de", "zh")
MARKED = [*clocks.sentences()]


def said(source: str, language: str = "en") -> list[tuple[str, str]]:
    return [("+".join(each.kinds), each.words) for each in timed_in(source, language)]


# --- the sentences of tests/data/clocks -------------------------------------------------------------------------------


def test_the_rules_find_what_a_person_marked_and_little_else():
    result = clocks.score()
    assert len(MARKED) >= 300
    assert result.recall >= 0.97, result.details
    assert result.precision >= 0.97, result.details
    assert result.same_kinds >= 0.95 * len(MARKED), result.details


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_behind(language: str):
    result = clocks.score(language)
    assert min(result.recall, result.precision) >= 0.9, result.details
    assert result.same_day == len([*clocks.sentences(language)]), result.details


@pytest.mark.parametrize("kind", list(ClockKind))
def test_each_kind_is_marked_in_english_and_korean(kind: str):
    assert {each.language for each in MARKED if kind in each.kinds} >= {"en", "ko"}


# --- what changes nothing ---------------------------------------------------------------------------------------------

_ALIKE = {
    "white space": lambda words: words.replace(" ", " \n").replace("。", "。  "),
    "no-break spaces": lambda words: words.replace(" ", "\u00a0"),
    "quotation marks": lambda words: words.translate(str.maketrans("’“”", '\'""')),
    "emoji": lambda words: f"🔥 {words} 🎉",
    "bold": lambda words: f"**{words}**" if "*" not in words else words,
    "a quoted block around": lambda words: f"> Ahoy there.\n\n{words}\n\n> Ahoy again.",
}


@given(st.sampled_from(MARKED), st.sampled_from(sorted(_ALIKE)))
def test_white_space_quotation_marks_and_emoji_change_nothing(marked: Marked, how: str):
    before, after = (timed_in(words, marked.language) for words in (marked.words, _ALIKE[how](marked.words)))
    assert [each.kinds for each in after] == [each.kinds for each in before]
    assert [each.as_of for each in after] == [each.as_of for each in before]
    assert [*map(_identity, after)] == [*map(_identity, before)]


def _identity(timed) -> str:
    return identity_of_words(timed.words)


# --- where it stands --------------------------------------------------------------------------------------------------


def test_a_sentence_stands_in_the_markdown_as_it_is_stored():
    source = (
        "It began in 2019. It is **currently** on\n*Harborflix* 🔥. Nobody slept.\n\n- Season 2 has not been announced."
    )
    assert [source[each.start : each.stop] for each in timed_in(source)] == [
        "It is **currently** on\n*Harborflix* 🔥.",
        "Season 2 has not been announced.",
    ]


def test_each_sentence_has_its_own_clock():
    assert said("It is No. 1. It began in 2019. She is 25 years old, and has 3 million followers.") == [
        ("rank", "It is No. 1."),
        ("age+count", "She is 25 years old, and has 3 million followers."),
    ]


def test_what_somebody_else_said_and_titles_have_none():
    assert (
        said("> I am currently in Busan.\n> — Ko Min-jae\n\n*Still Now* and “we are still here, he said” are old.")
        == []
    )


# --- as of ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("As of March 2025, it is in the Top 10.", Day(2025, 3)),
        ("The clip had 80 million views as of 3 October 2025.", Day(2025, 10, 3)),
        ("2025년 3월 기준 1위다.", Day(2025, 3)),
        ("As of May, it is No. 1.", None),  # of which year?
        ("As of episode 5 she is still No. 1.", None),
        ("It is No. 1 since March 2025.", None),
    ],
)
def test_a_sentence_says_itself_as_of_when_it_holds(source: str, day: Day | None):
    (timed,) = timed_in(source)
    assert timed.as_of == day


def test_a_plain_past_with_its_own_date_has_no_clock_unless_it_says_so():
    assert said("In 2025 it ranked No. 1.") == []
    assert said("No. 1 in 26 Countries in January 2025") == []
    assert said("No. 1 in 26 Countries") == [("rank", "No. 1 in 26 Countries")]
    assert said("It ranked No. 1 as of January 2025.") == [("rank", "It ranked No. 1 as of January 2025.")]


# --- whatever is written ----------------------------------------------------------------------------------------------

_PIECES = (
    "currently",
    "No. 1",
    " as of ",
    "2025",
    "March",
    "현재",
    "1위",
    "아직",
    "25 years old",
    "。",
    ". ",
    "\n",
    "*",
    "“",
    "\x00",
)
_ANYTHING = st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=20).map("".join)


@given(_ANYTHING, st.sampled_from([*LANGUAGES, "ru", ""]))
def test_sentences_stand_in_order_within_the_text_and_never_overlap(source: str, language: str):
    found = timed_in(source, language)
    places = [place for each in found for place in (each.start, each.stop)]
    assert places == sorted(places)
    assert all(0 <= each.start < each.stop <= len(source) and each.words.strip() and each.kinds for each in found)
    assert found == timed_in(str(source), language)


@pytest.mark.parametrize(
    "piece",
    ["It is currently No. 1. ", "as of as of ", "has won 26 awards and ", "2025년 3월 기준 1위다. ", "no plan has "],
)
def test_twice_the_text_is_twice_the_work(piece: str):
    once, twice = (calls(lambda size=size: timed_in(piece * size)) for size in (200, 400))
    assert twice < 2.3 * once
