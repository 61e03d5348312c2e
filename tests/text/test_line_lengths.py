"""Lines that words fill, reckoned without a page: never fewer than a browser needs but for a hair, and seldom more."""

import pytest

from articles.text.line_lengths import Face, lines_of, width_of

SENTENCE = "The house was never a house, the noodles had no English name, and the sun was asked for its hours first."


def count(text: str, room: float, face: Face = Face.TEXT) -> int:
    return lines_of(text, room, face).number


@pytest.mark.parametrize(("room", "lines"), [(100, 1), (31, 2), (20, 3), (15.6, 4)])
def test_as_many_lines_as_a_browser_fills_with_noto_serif(room: float, lines: int):
    assert count(SENTENCE, room) == lines


def test_bold_letters_take_more_room_and_those_of_controls_less():
    assert width_of(SENTENCE, Face.DISPLAY) > width_of(SENTENCE, Face.TEXT) > width_of(SENTENCE, Face.UI)


def test_a_letter_is_as_wide_with_its_accent_as_without():
    assert width_of("Łódź élan", Face.TEXT) == pytest.approx(width_of("Łódź elan", Face.TEXT))
    assert width_of("e\u0301", Face.TEXT) == width_of("é", Face.TEXT)


def test_a_family_of_emoji_is_as_wide_as_one():
    assert width_of("👨‍👩‍👧", Face.TEXT) == width_of("👨", Face.TEXT)


def test_hangul_is_narrower_than_kana():
    assert 0 < width_of("가나다", Face.TEXT) < width_of("かなた", Face.TEXT)


def test_a_line_may_end_after_a_hyphen_and_a_long_dash_but_not_inside_numbers():
    assert count("table-table", width_of("table-", Face.TEXT)) == 2
    assert count("table—table", width_of("table—", Face.TEXT)) == 2
    assert count("In 1990-1991", width_of("1990-1991", Face.TEXT)) == 2


def test_a_word_that_is_wider_than_a_line_is_divided():
    assert count("a" * 100, 20) in (3, 4)
    assert count("a" * 100, 0) > 20


@pytest.mark.parametrize("text", ["", " ", "\u200d", "\u0301", "x" * 5000, "가" * 5000, "\x00\x1f", "🎬" * 500])
def test_every_text_has_a_height(text: str):
    assert 1 <= count(text, 12) < 1000


def test_lines_with_letters_of_another_font_are_counted_apart_and_emoji_are_not():
    assert lines_of("One film (좋은 친구들), and then a long wait for another", 14, Face.TEXT).mixed == 1
    assert lines_of("🎬 One film", 14, Face.TEXT).mixed == 0
