"""Two people's changes of one part become one text, unless both changed the same words."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document import Card, Caveat, Source
from articles.drafts.merging import merged, merged_lines, merged_text
from articles.text import matching
from articles.text.matching import Allowance as Spent

BASE = "The ferry leaves at night.\n\nIt has twelve lamps.\n\nNobody counts them."


def test_changes_of_different_lines_are_merged():
    ours = BASE.replace("at night", "at dawn")
    theirs = BASE.replace("counts them", "ever counts them")
    assert merged_text(BASE, ours, theirs) == BASE.replace("at night", "at dawn").replace("counts", "ever counts")


def test_changes_of_different_words_of_one_line_are_merged():
    base = "The ferry has twelve lamps and one captain."
    assert merged_text(base, base.replace("twelve", "ten"), base.replace("one", "no")) == (
        "The ferry has ten lamps and no captain."
    )


def test_changes_of_the_same_words_are_not_merged():
    assert merged_text(BASE, BASE.replace("twelve", "ten"), BASE.replace("twelve", "thirteen")) is None


def test_both_made_the_same_change():
    new = BASE.replace("twelve", "ten")
    assert merged_text(BASE, new, new) == new


def test_one_adds_a_line_where_the_other_deletes_another():
    ours, theirs = BASE + "\n\nOr so they say.", BASE.removeprefix("The ferry leaves at night.\n\n")
    assert merged_text(BASE, ours, theirs) == theirs + "\n\nOr so they say."


def test_two_additions_at_one_place_are_not_merged():
    assert merged_text(BASE, BASE + " One.", BASE + " Two.") is None


@pytest.mark.parametrize("unit", ["단어 ", "word ", "語", "\n", "x"])
def test_a_long_text_is_merged_at_its_ends_only(unit):
    base = unit * 20_000
    assert merged_text(base, "A" + base, base) == "A" + base
    assert merged_text(base, "A\n" + base, base + "\nB") in {"A\n" + base + "\nB", None}


CARD = Card(
    public_id="bcdfghjkmn",
    heading="The lamps",
    body=BASE,
    tags=("Ferries", "Night"),
    sources=(Source(url="https://example.org/1"), Source(url="https://example.org/2")),
)


def test_each_field_is_merged_by_itself():
    ours = dataclasses.replace(CARD, heading="Twelve lamps", tags=("Night", "Sea"))
    theirs = dataclasses.replace(CARD, body=BASE.replace("twelve", "ten"), tags=("Ferries", "Night", "Lamps"))
    found = merged(CARD, ours, theirs)
    assert found == dataclasses.replace(CARD, heading="Twelve lamps", body=theirs.body, tags=("Night", "Lamps", "Sea"))


def test_sources_are_merged_one_by_one():
    third = Source(url="https://example.org/3")
    ours = dataclasses.replace(CARD, sources=CARD.sources[1:])
    theirs = dataclasses.replace(CARD, sources=(*CARD.sources, third))
    assert merged(CARD, ours, theirs).sources == (CARD.sources[1], third)


@pytest.mark.parametrize(
    ("field", "one", "two"),
    [
        ("heading", "One", "Two"),
        ("emoji", "⛴", "🚢"),
        ("picture", "bcdfghjkmn", "npqrstvwxz"),
        ("spoiler_after", 1, 2),
        ("spoiler_after", None, 2),
        ("check_on", dt.date(2030, 1, 1), dt.date(2031, 1, 1)),
        ("caveat", Caveat.DISPUTED, Caveat.OUTDATED),
        ("caveat_note", "The mate counts eight.", "The cook counts seven."),
    ],
)
def test_two_values_of_a_field_that_holds_one_thing_are_not_merged(field, one, two):
    base = dataclasses.replace(CARD, spoiler_after=7)
    assert merged(base, dataclasses.replace(base, **{field: one}), dataclasses.replace(base, **{field: two})) is None


def test_taking_a_spoiler_point_off_is_a_change_too():
    base = dataclasses.replace(CARD, spoiler_after=7)
    found = merged(base, dataclasses.replace(base, spoiler_after=None), dataclasses.replace(base, heading="New"))
    assert (found.spoiler_after, found.heading) == (None, "New")


texts = st.lists(st.sampled_from(["a ", "b ", "한글 ", "\n", "\n\n", "> q\n", "**", "é"]), max_size=30).map("".join)


@given(base=texts, ours=texts, theirs=texts)
def test_a_merge_loses_no_word_that_one_of_them_added(base, ours, theirs):
    found = merged_text(base, ours, theirs)
    if found is None:
        return
    assert merged_text(base, theirs, ours) == found
    for word in {"a", "b", "한글", "é"}:
        counts = [text.count(word) for text in (base, ours, theirs)]
        assert found.count(word) >= min(counts), "What all three have is not lost."
        if ours != theirs:
            gained = sum(max(0, count - counts[0]) for count in counts[1:])
            assert gained == 0 or found.count(word) > 0


@given(base=texts, ours=texts)
def test_a_change_of_one_side_alone_is_taken_as_it_is(base, ours):
    assert merged_text(base, ours, base) == ours == merged_text(base, base, ours)


@given(base=texts, ours=texts, theirs=texts)
def test_a_merge_that_may_take_no_steps_invents_nothing(base, ours, theirs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "Allowance", lambda: Spent(0))
        found = merged_text(base, ours, theirs)
    assert found is None or {*found} <= {*base, *ours, *theirs}


def test_short_texts_are_merged_by_whole_lines_only():
    assert merged_lines("a\nb\nc", "a\nb\nc\nd", "x\na\nb\nc") == "x\na\nb\nc\nd"
    assert merged_lines("two ships", "two bells", "many ships") is None
    assert merged_lines("", "mine", "") == "mine"
    assert merged_lines("", "mine", "theirs") is None
