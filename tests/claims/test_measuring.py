"""What is measured in a sentence: few keys and right ones, the same for every notation of the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.claims.measuring import About, about, contradict, digest, measured_in
from tests.steps import calls

DRAMA = about(["The Harbour Code: Night Shift", "항구 코드", "Harbour Nights"], "drama")


def measured(source: str, language: str = "en", subject: About = DRAMA) -> list[tuple[str, str]]:
    return [(each.measure, each.value) for each in measured_in(source, language, subject)]


def only(source: str, language: str = "en", subject: About = DRAMA) -> tuple[str, str]:
    (found,) = measured(source, language, subject)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It ranked in the Top 10 across 26 countries.", "The Harbour Code was in the top 10 of 27 countries."),
        ("It ranked in the Top 10 across 26 countries.", "27개국에서 톱 10에 올랐다."),
        ("The series premiered on January 24, 2025.", "On 25 January 2025 it premiered on Netflix."),
        ("The Harbour Code was released on 2025-01-24.", "항구 코드는 2025년 1월 25일 공개됐다."),
        ("It is based on a web novel by Han Seo.", "See the very webtoon the drama is based on!"),
        ("Harbour Nights is based on Sea Ward, a web novel.", "In the original webtoon, he sinks the boat."),
        ("이 드라마는 웹소설을 원작으로 한다.", "It is adapted from the webtoon."),
        ("It has 16 episodes.", "The Harbour Code consists of 12 episodes."),
        ("It sold 40,000 copies.", "It sold 46,000 copies."),
    ],
)
def test_two_sentences_that_cannot_both_be_true_contradict(one: str, other: str):
    (measure, value), (same, another) = only(one), only(other)
    assert measure == same
    assert contradict(measure, value, another)
    assert contradict(measure, another, value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It ranked in the Top 10 across 26 countries.", "It was Number 1 in 27 countries."),
        ("It ranked in the Top 10 across 26 countries.", "It was sold to 27 countries."),
        ("It ranked in the Top 10 across 26 countries.", "In its second week it ranked in the Top 10 of 27 countries."),
        ("It was released on January 24, 2025.", "It was released in Japan on February 3, 2025."),
        ("It was released on January 24, 2025.", "Season 2 was released on February 3, 2026."),
        ("It was released on January 24, 2025.", "The soundtrack was released on January 31, 2025."),
        ("It premiered on January 24, 2025.", "It ended on March 3, 2025."),
        ("It was filmed for 8 months.", "It was filmed for 9 weeks."),
        ("Ju Min-ho trained for 3 months.", "Han Seo-yeon trained for 2 months."),
        ("It sold 40,000 copies in 2024.", "It sold 41,000 copies in 2025."),
        ("The Harbour Code was in the Top 10 of 26 countries.", "Sweet Dawn was in the Top 10 of 60 countries."),
    ],
)
def test_two_sentences_of_other_things_do_not(one: str, other: str):
    assert not {measure for measure, _value in measured(one)} & {measure for measure, _value in measured(other)}


@pytest.mark.parametrize(
    "source",
    [
        "It ranked in the Top 10 across more than 26 countries.",
        "It ranked in the Top 10 across about 26 countries.",
        "약 26개국에서 톱 10에 올랐다.",
        "26개국 이상에서 톱 10에 올랐다.",
        "It was not released on January 24, 2025.",
        "Was it released on January 24, 2025?",
        "It was released by January 24, 2025.",
        "It aired from January 24, 2025 to March 3, 2025.",
        "He was born on May 16, 1982.",
        "She trained for 3 months.",
        "Sweet Dawn is another hit adapted from a webtoon.",
        "It is not based on a webtoon.",
        "It is based on a web novel, and on the webtoon made from it.",
        "“It was released on January 24, 2025,” she said.",
        "> It ranked in the Top 10 across 26 countries.",
        "It sold 40,000 copies in spring and sold 95,000 copies in autumn.",
        "",
        "\u0001",
    ],
)
def test_what_is_vague_denied_asked_quoted_or_nobodys_measures_nothing(source: str):
    assert measured(source) == []


def test_of_a_person_he_and_she_are_the_subject():
    person = about(["Ju Min-ho"], "person")
    assert only("He was born on May 16, 1982.", subject=person) == ("date:birth", "1982-5-16")
    assert only("Ju Min-ho was born in 1983.", subject=person)[0] == "date:birth"


def test_the_work_itself_is_no_other_thing():
    film = about(["Ferry"], "film")
    assert only("The film was released on 3 May 2019.", subject=film)[0] == "date:release"
    assert only("The film was released on 3 May 2019.")[0] == "date:release film"
    assert measured("In the original webtoon, she leaves.", subject=about(["Tower"], "webtoon")) == []


@pytest.mark.parametrize(
    ("measure", "one", "other", "is_one"),
    [
        ("date:release", "2025-1-24", "2025-1-?", False),
        ("date:release", "2025-1-24", "?-1-24", False),
        ("date:release", "2025-1-24", "2024-?-?", True),
        ("origin", "web novel", "novel", False),
        ("origin", "webtoon", "comic", False),
        ("origin", "novel", "game", True),
        ("number:viewer watch", "1200000", "1234567", False),
        ("number:viewer watch", "1200000", "1300000", True),
        ("number:country chart", "26", "30", True),
    ],
)
def test_what_can_both_be_true_is_no_contradiction(measure: str, one: str, other: str, is_one: bool):
    assert contradict(measure, one, other) is contradict(measure, other, one) is is_one


# --- whatever is written ----------------------------------------------------------------------------------------------

SENTENCES = (
    "It ranked in the Top 10 across 26 countries.",
    "The Harbour Code was released on January 24, 2025.",
    "The Harbour Code is based on Sea Ward, a web novel by Han Seo-yeon.",
    "이 드라마는 26개국에서 톱 10에 올랐다.",
)
SPACE = st.sampled_from((" ", "  ", "\u00a0", " \t"))


@given(sentence=st.sampled_from(SENTENCES), spaces=st.lists(SPACE, min_size=20, max_size=20), is_bold=st.booleans())
def test_white_space_and_marks_make_no_other_measure(sentence: str, spaces: list[str], is_bold: bool):
    words = sentence.split(" ")
    written = "".join(word + space for word, space in zip(words, spaces, strict=False)).strip()
    written = written.replace("26", "**26**").replace("24, 2025", "*24*, 2025") if is_bold else written
    (before,), (after,) = (measured_in(each, "en", DRAMA) for each in (sentence, f"  {written}\n"))
    assert (before.measure, before.value) == (after.measure, after.value)
    assert digest(before.sentence) == digest(after.sentence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("January 24, 2025", "24 January 2025"),
        ("January 24, 2025", "2025-01-24"),
        ("January 24, 2025", "the 24th of January 2025"),
        ("January 24, 2025", "Jan. 24, 2025"),
    ],
)
def test_the_notation_of_a_day_makes_no_difference(one: str, other: str):
    assert only(f"It was released on {one}.") == only(f"It was released on {other}.")


@pytest.mark.parametrize(
    ("one", "other"), [("1,200,000", "1.2 million"), ("twenty-six", "26"), ("2,000", "two thousand")]
)
def test_the_notation_of_a_number_makes_no_difference(one: str, other: str):
    assert only(f"It was watched by {one} people.") == only(f"It was watched by {other} people.")


def test_quotation_marks_make_no_other_sentence():
    assert digest("He saw the “pink sea” first.") == digest('He saw the "pink  sea" first')
    assert digest("He saw 26.") != digest("He saw 27.")


@given(st.text(max_size=400))
def test_any_text_has_measures_that_fit_their_columns(source: str):
    for each in measured_in(source, "en", DRAMA):
        assert 0 < len(each.measure) <= 100
        assert 0 < len(each.value) <= 40
        assert "\0" not in each.measure + each.value


def test_the_work_grows_with_the_text_and_no_faster():
    hard = "It was released on January 24, 2025, in 26 countries (“the top 10”, the original webtoon); "
    few, many = (calls(lambda n=n: measured_in.__wrapped__(hard * n + ".\n" * n, "en", DRAMA)) for n in (50, 400))
    assert many < few * 12
