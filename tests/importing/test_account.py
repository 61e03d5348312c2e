"""The account compares the source with what was placed word by word, in its order: nothing hides a lost word."""

from __future__ import annotations

import pytest

from articles.importing import read_text
from articles.importing.account import Placed, Repaired, Unplaced, settle
from articles.importing.alignment import missing

SOURCE = "The keeper lit the lamp. The boat came in. The keeper slept."


def test_the_same_word_elsewhere_does_not_make_good_a_lost_one() -> None:
    assert missing(SOURCE, ["The keeper lit the lamp.", "The boat came in the.", "keeper slept."]) == ["The"]


def test_a_sentence_that_comes_twice_must_be_placed_twice() -> None:
    assert missing("Oil burns. A lamp. Oil burns.", ["Oil burns.", "A lamp."]) == ["Oil burns."]


def test_a_whole_passage_may_be_moved() -> None:
    assert missing(SOURCE, ["The boat came in.", "The keeper lit the lamp.", "The keeper slept."]) == []


def test_lines_and_invisible_signs_do_not_count() -> None:
    assert missing("The lamp\u00ad\nburns\u200b.", ["The", "lamp burns."]) == []


@pytest.mark.parametrize(
    "text", ["등대는 불탄다. 배가 왔다.", "灯台が燃える。船が来た。", "الفانوس يحترق. جاء القارب."]
)
def test_every_script_is_compared(text: str) -> None:
    first, second = text.replace("。", "。 ").split(" ", 1)
    assert missing(text, [text]) == []
    assert missing(text, [second])[0].startswith(first[0])


def test_what_was_left_out_answers_only_for_what_was_not_placed() -> None:
    account = settle("Oil. Oil.", [Placed("Oil.", "card 1")], [], [Unplaced("Oil.", "an advert")], [])
    assert account.is_complete
    assert len(account.unplaced) == 1


def test_a_repair_answers_for_the_signs_that_it_took_away() -> None:
    account = settle("--- Oil.", [Placed("Oil.", "card 1")], [Repaired("---", "", "a line")], [], [])
    assert account.is_complete
    assert account.unplaced == ()


def test_a_lost_word_is_shown_in_the_spelling_of_the_source() -> None:
    account = settle(SOURCE, [Placed("The keeper lit the lamp.", "card 1")], [], [], [])
    assert [entry.text for entry in account.unplaced] == ["The boat came in. The keeper slept."]
    assert account.is_complete


def test_a_whole_import_tells_of_no_word_that_has_its_place() -> None:
    text = "“Nobody sleeps,” said Mara.\n\n1. The Lamp 🔥\nMara: “It burns.”\n\n2. The Boat\n“It came.” (Ann)\n\n3. The Coat\nc"
    result = read_text(text)
    assert result.account.unplaced == ()
    assert result.account.is_complete
