"""A remark on some words finds them again after the text around them has changed, or knows that they are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchors import Anchor, anchor, find

TEXT = "The ferry has twelve lamps. The captain has twelve lamps too."


def test_words_are_found_where_they_stand_now():
    wanted = anchor(TEXT, 14, 26)
    assert wanted.quoted == "twelve lamps"
    longer = "In the evening light. " + TEXT
    assert find(longer, wanted) == (36, 48)


def test_of_equal_runs_the_one_with_the_same_surroundings_is_meant():
    second = TEXT.rindex("twelve lamps")
    wanted = anchor(TEXT, second, second + 12)
    assert find("Twelve? " + TEXT, wanted) == (second + 8, second + 20)


def test_words_that_were_rewritten_are_gone():
    assert find(TEXT.replace("twelve", "ten"), anchor(TEXT, 14, 26)) is None


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (5, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_a_run_that_is_none_is_refused(start, stop):
    with pytest.raises(ValueError, match="No words"):
        anchor(TEXT, start, stop)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60), st.text(max_size=20))
def test_words_survive_any_edit_before_them(before, words, after, inserted):
    wanted = anchor(before + words + after, len(before), len(before) + len(words))
    found = find(inserted + before + words + after, wanted)
    assert found is not None
    assert (inserted + before + words + after)[slice(*found)] == words


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60), st.text(max_size=20))
def test_words_survive_any_edit_behind_them(before, words, after, inserted):
    wanted = anchor(before + words + after, len(before), len(before) + len(words))
    assert find(before + words + inserted, wanted) is not None
    assert find(before + words + after + inserted, wanted) == (len(before), len(before) + len(words))


@given(st.text("ab ", max_size=40), st.text("ab ", min_size=1, max_size=8), st.text("ab ", max_size=40))
def test_in_the_same_text_the_same_place_is_found_among_many_equal_ones(before, words, after):
    start = len(before)
    assert find(before + words + after, anchor(before + words + after, start, start + len(words))) == (
        start,
        start + len(words),
    )


@given(st.text(max_size=300), st.text(min_size=1, max_size=80), st.text(max_size=32), st.integers(0, 10**9) | st.none())
def test_what_is_found_lies_in_the_text(text, quoted, around, start):
    found = find(text, Anchor(quoted, around, around, start))
    assert found is None or 0 <= found[0] < found[1] <= len(text)
    if quoted in text:
        assert found is not None
        assert text[slice(*found)] == quoted


SENTENCE = "The captain of the night ferry lights twelve lamps before the harbour, every evening of the year."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (SENTENCE.replace("twelve", "eleven"), "lights eleven lamps before the harbour"),
        (SENTENCE.replace("the harbour", "the old harbour"), "lights twelve lamps before the old harbour"),
        ("A new beginning. " * 9 + SENTENCE.replace("twelve lamps", "twelve bright lamps"),
         "lights twelve bright lamps before the harbour"),
        (SENTENCE.replace("lights twelve lamps before the harbour", "is asleep"), None),
        (SENTENCE.replace("lights twelve lamps before", "hates"), None),
        ("", None),
    ],
)  # fmt: skip
def test_words_that_were_edited_are_found_while_most_of_them_are_there(now, words):
    start = SENTENCE.index("lights")
    found = find(now, anchor(SENTENCE, start, SENTENCE.index(", every")))
    assert (now[slice(*found)] if found else None) == words


def test_words_of_a_script_without_spaces_are_found_after_a_particle_has_changed():
    text = "주지훈은 이 드라마에서 열두 번 웃는다. 그리고 한 번 운다."
    found = find(text.replace("주지훈은", "주지훈이"), anchor(text, 0, 15))
    assert found is not None
    assert found[0] == 0


def test_the_same_words_far_away_are_not_taken_for_edited_ones():
    text = "Twelve lamps burn on the ferry at night." + " Nothing else." * 400 + " Lamps burn on ferries at night."
    assert find(text[40:], anchor(text, 0, 39)) is None


def test_words_that_repeat_without_end_are_not_compared():
    """It would take minutes: of these 600 signs each stands hundreds of times in the text."""
    assert find("가다나" * 600, Anchor("가나" * 300, start=300)) is None


def test_a_sign_that_stands_everywhere_is_found_where_it_was():
    text = "a" * 200_000
    assert find(text, anchor(text, 150_000, 150_001)) == (150_000, 150_001)


def test_of_places_with_equal_surroundings_the_nearest_is_meant():
    text = "lamps and lamps and lamps"
    assert find(text, Anchor("lamps", start=12)) == (10, 15)
    assert find(text, Anchor("lamps", start=19)) == (20, 25)
