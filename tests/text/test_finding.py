"""Words are found in any script, whole or not, and never inside an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.finding import occurrences, pattern, replaced


def words(text: str, wanted: str, **options: bool) -> list[str]:
    return [text[start:stop] for start, stop in occurrences(text, pattern(wanted, **options))]


def test_case_does_not_matter_unless_it_is_asked_for():
    assert words("Lamp lamp LAMP маяк Маяк", "lamp") == ["Lamp", "lamp", "LAMP"]
    assert words("Маяк маяк", "маяк") == ["Маяк", "маяк"]
    assert words("Lamp lamp", "lamp", match_case=True) == ["lamp"]


def test_whole_words_end_where_letters_end():
    assert words("lamp lamps (lamp) lamp's", "lamp", whole_words=True) == ["lamp", "lamp", "lamp"]
    assert words("C++ and C", "C++", whole_words=True) == ["C++"]


def test_korean_words_carry_particles():
    assert words("주지훈은 배우다. 주지훈이", "주지훈", whole_words=True) == ["주지훈", "주지훈"]


@pytest.mark.parametrize(
    "text",
    [
        "[here](https://example.org/lamp)",
        "![](picture:lamp)",
        "see https://example.org/lamp?lamp=1",
        '[a](https://example.org/ "lamp")',
    ],
)
def test_an_address_is_passed_over(text):
    assert words(text, "lamp") == []


def test_the_words_of_a_link_are_found():
    assert words("[the lamp](https://example.org/lamp) and a lamp", "lamp") == ["lamp", "lamp"]


@given(
    st.text(alphabet="ab[](): ht/p", max_size=60),
    st.text(alphabet="ab[]()", min_size=1, max_size=3),
    st.text(max_size=3),
)
def test_only_what_was_found_is_replaced(text, wanted, by):
    spans = list(occurrences(text, pattern(wanted, match_case=True)))
    assert all(text[start:stop] == wanted for start, stop in spans)
    assert len(replaced(text, spans, by)) == len(text) + len(spans) * (len(by) - len(wanted))
