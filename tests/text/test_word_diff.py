"""Which words differ: exactly those, in long texts too, and in bounded work."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import markdown, matching, word_diff
from articles.text.marked_html import marked


def differing(old: str, new: str) -> list[tuple[str, str]]:
    before, after = word_diff.tokens(old), word_diff.tokens(new)
    found = word_diff.blocks(before, after)
    return [("".join(before[e.a : e.b]), "".join(after[e.c : e.d])) for e in found if not e.is_equal]


def long_text(words: int, *, every: int = 12) -> list[str]:
    chance = random.Random(1)
    made = [f"w{chance.randrange(3000)}" for _ in range(words)]
    return [f"{word}." if every and place % every == every - 1 else word for place, word in enumerate(made)]


@pytest.mark.parametrize("every", [12, 0], ids=["sentences", "no sentence ends"])
def test_single_words_far_apart_in_a_long_text_are_marked_alone(every):
    old = long_text(20_000, every=every)
    new = list(old)
    for place in (3, 10_000, 19_990):
        new[place] = "Other"
    expected = [(old[place], "Other") for place in (3, 10_000, 19_990)]
    assert differing(" ".join(old), " ".join(new)) == expected


def test_a_word_that_is_gone_and_one_that_is_new():
    assert differing("It leaves at night.", "It leaves night.") in ([("at ", "")], [(" at", "")])
    assert differing("", "new") == [("", "new")]
    assert differing("on the evening of the first day.", "on this evening of the first day.\n\nNew.") == [
        ("the", "this"),
        ("", ".\n\nNew"),
    ]
    assert differing("one two\nthree", "one two three") == [("\n", " ")]
    assert differing("same", "same") == []


tokens = st.lists(st.sampled_from(["a", "b", "c", " ", ".", "\n", "<p>"]), max_size=40)


@given(before=tokens, after=tokens, most=st.sampled_from([0, 4, 3000]))
def test_blocks_hold_both_texts_whole_and_equal_ones_are_equal(before, after, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_diff, "MOST_TOGETHER", most)
        found = word_diff.blocks(before, after)
    assert [token for each in found for token in before[each.a : each.b]] == before
    assert [token for each in found for token in after[each.c : each.d]] == after
    assert all(before[each.a : each.b] == after[each.c : each.d] for each in found if each.is_equal)
    assert all(one.is_equal != other.is_equal for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("old", "new"),
    [("a " * 40_000, "b a " * 30_000), ("a. " * 30_000, "b. a. " * 20_000), ("ab" * 700, "ba" * 700)],
    ids=["one word", "one sentence", "no spaces"],
)
def test_hostile_texts_are_compared_in_bounded_work(monkeypatch: pytest.MonkeyPatch, old, new):
    """What costs more than its length is the comparison word by word: it gets so many steps in all, and no more."""
    made = []

    class Allowance(matching.Allowance):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            made.append(self)

    monkeypatch.setattr(matching, "Allowance", Allowance)
    found = word_diff.blocks(word_diff.tokens(old), word_diff.tokens(new))
    assert not all(each.is_equal for each in found)
    assert len(made) == 1
    assert made[0].steps >= 0


def test_html_is_marked_around_words_and_never_around_tags():
    old, new = (
        markdown.render("It leaves **at night**.\n\n- one\n- two"),
        markdown.render("It leaves **at dawn**.\n\n- one\n- 2"),
    )
    left, right = marked(old, new)
    assert "<strong>at <del>night</del></strong>" in left
    assert "<strong>at <ins>dawn</ins></strong>" in right
    assert "<li><del>two</del></li>" in left
    assert left.replace("<del>", "").replace("</del>", "") == old
    assert right.replace("<ins>", "").replace("</ins>", "") == new


@pytest.mark.parametrize(
    "words", ["a < b & c > d", '[x](https://e.org/?a="b>c")', "<script>alert(1)</script>", "&lt;b&gt;"]
)
def test_what_looks_like_html_stays_text(words):
    old, new = markdown.render(f"one {words} two"), markdown.render(f"one {words} three")
    for was, now, tag in zip((old, new), marked(old, new), ("del", "ins"), strict=True):
        assert now.replace(f"<{tag}>", "").replace(f"</{tag}>", "") == was
        assert now.count(f"<{tag}>") == 1
