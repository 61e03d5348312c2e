"""What stands in two sequences in the same order: found as difflib finds it, and in so many steps as are allowed."""

from __future__ import annotations

import difflib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import matching

items = st.lists(st.sampled_from("abcd "), max_size=30)


@given(items, items, st.sampled_from([0, 5, 40, matching.MOST_STEPS]))
def test_matches_are_equal_ascend_and_do_not_touch(before, after, steps):
    found = matching.matches(before, after, matching.Allowance(steps))
    for match in found:
        assert match.size
        assert before[match.a : match.a + match.size] == after[match.b : match.b + match.size]
    for one, other in itertools.pairwise(found):
        gaps = (other.a - one.a - one.size, other.b - one.b - one.size)
        assert min(gaps) >= 0
        assert max(gaps) > 0, "two that touch on both sides are one"


@given(items, items)
def test_what_differs_at_both_ends_is_matched_as_difflib_does(before, after):
    before, after = ["x", *before, "x"], ["y", *after, "y"]
    found = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    assert matching.matches(before, after) == [tuple(match) for match in found if match.size]


@given(items, items)
def test_ends_are_found_without_any_steps(middle, other):
    before, after = ["head", "x", *middle, "tail"], ["head", "y", *other, "tail"]
    found = matching.matches(before, after, matching.Allowance(0))
    assert found[0][:2] == (0, 0)
    assert found[-1].a + found[-1].size == len(before)


def test_spaces_match_only_beside_words():
    before, after = ["a", " ", "b"], ["c", " ", "d"]
    assert matching.matches(before, after, is_filler=str.isspace) == []
    assert matching.matches(["x", "a", " ", "y"], ["z", "a", " ", "w"], is_filler=str.isspace) == [(1, 1, 2)]


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [("xy", "xxyy"), ("aab", "aba"), ("a", "ab"), ("abcab", "ba")])
def test_the_looks_at_what_repeats_itself_are_paid_for(monkeypatch: pytest.MonkeyPatch, one, other):
    """Counted where the work is done: a look for a longest run goes through the places of each of its items."""
    looked = 0

    class Matcher(difflib.SequenceMatcher):
        def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
            nonlocal looked
            looked += sum(1 + len(self.b2j.get(item, ())) for item in self.a[alo:ahi])
            return super().find_longest_match(alo, ahi, blo, bhi)

    monkeypatch.setattr(matching, "SequenceMatcher", Matcher)
    matching.matches(f"1{one * 300}2", f"3{other * 300}4")
    assert 0 < looked <= matching.MOST_STEPS
