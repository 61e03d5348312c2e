"""Whole numbers in what somebody sent."""

import pytest

from articles.text.numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("500", 500)])
def test_digits_are_a_number(text: str, number: int):
    assert whole_number(text, most=500) == number


@pytest.mark.parametrize(
    "text", ["", " ", "x", "-1", "+1", "1.0", "1e3", "501", "٣", "²", "１", "9" * 5000, "1\x00", "1_0"]
)
def test_anything_else_is_none(text: str):
    assert whole_number(text, most=500) is None


def test_a_number_below_the_least_is_none():
    assert whole_number("0", least=1, most=5) is None
