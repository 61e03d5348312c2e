"""A remark on some words finds them again after the text around them has changed, or knows that they are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchors import anchor, find

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
