"""Keys of headings and bodies: equal for the same words in other clothes, empty for words that say too little."""

import pytest

from articles.text import sameness


@pytest.mark.parametrize(
    "other",
    [
        "THE CAPTAIN LEARNED TO ROW",
        "🚣 The captain — learned to row! 🚣‍♂️",
        "Ｔｈｅ captain\u00a0learned  to row",
        "“The captain learned to row.”",
    ],
)
def test_case_width_punctuation_and_emoji_do_not_make_another_heading(other: str):
    assert sameness.heading_key(other) == sameness.heading_key("The captain learned to row")


def test_other_words_make_another_key():
    assert sameness.heading_key("The captain learned to row") != sameness.heading_key("The captain learned to sail")


def test_a_key_has_32_hexadecimal_digits():
    assert len(sameness.heading_key("The captain learned to row")) == 32
    assert int(sameness.body_key("He learned it in a winter."), 16)


@pytest.mark.parametrize(
    "short", ["", "🔥", "The cast", "Soundtrack information", "It is so", "출연진", "시즌 2", "幕後花絮"]
)
def test_what_is_too_short_has_no_key(short: str):
    assert sameness.heading_key(short) == ""


@pytest.mark.parametrize(
    "told", ["It ran for years", "이국종 교수가 모델이다", "원작은 웹소설이다", "原作は小説家になろうの作品"]
)
def test_a_short_sentence_in_any_script_has_one(told: str):
    assert sameness.heading_key(told)


@pytest.mark.parametrize(
    "other",
    [
        "The **captain** learned *to row* from [his sister](https://example.org/2).",
        "> The captain learned to row from his sister.",
        "1. The captain learned to row from his sister",
        "![A boat](picture:bcdfg)\n\nThe captain learned\nto row from his sister.",
    ],
)
def test_marks_addresses_and_pictures_do_not_make_another_body(other: str):
    assert sameness.body_key(other) == sameness.body_key("The captain learned to row from his sister.")


def test_any_text_has_a_key_or_none():
    assert sameness.body_key("[" * 50_000 + "](" * 10_000) == ""
    assert sameness.body_key("half \ud83d of a pair here")
