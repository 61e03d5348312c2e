"""Tokens are plain, questions are never errors, near words are near, and marks stand where the words are."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import highlighting, questions, spelling, syntax, tokens
from articles.text.highlighting import Wanted

ANY_TEXT = st.text() | st.text(alphabet='ab -"주지훈은猫ニャéø\u0301\u200d*:&|!()', max_size=60)


@given(ANY_TEXT)
def test_a_token_is_letters_and_digits_whatever_the_text(text: str):
    found = [*tokens.stream(text), *tokens.extras(text)]
    assert all(re.fullmatch("[wukst][a-z0-9]+", token) for token in found)
    assert tokens.text_of(found).isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Café", "CAFE"), ("ﾄﾞﾗﾏ", "ドラマ"), ("Ｋ－Ｄｒａｍａ", "k-drama"), ("Straße", "strasse")),
        *(("soft\u00adhyphen", "softhyphen"), ("\u1100\u1161\u11a8", "각"), ("Łódź", "lodz"), ("captain’s", "captain")),
    ],
)
def test_spellings_that_people_take_for_one(one: str, other: str):
    assert tokens.stream(one) == tokens.stream(other)


def test_pairs_of_letters_where_there_are_no_spaces():
    assert tokens.stream("주지훈은") == [tokens.encoded(pair) for pair in ("주지", "지훈", "훈은")]
    assert tokens.encoded("은") in tokens.extras("주지훈은")
    assert tokens.encoded("훈은").startswith(tokens.encoded("훈"))
    assert tokens.stream("BTS는 2013년") == [tokens.encoded(each) for each in ("bts", "는", "2013", "년")]


def test_words_without_their_hyphens():
    assert "wkdrama" in tokens.extras("A K-drama")
    assert tokens.stream("K-drama") == ["wk", "wdrama"]


@given(ANY_TEXT)
def test_a_question_is_never_an_error_and_never_long(typed: str):
    asked = questions.parse(typed)
    assert sum(len(term.pieces) for term in asked.wanted) <= questions.MOST_WORDS
    assert len(asked.text) <= questions.MOST_LETTERS
    assert questions.parse(asked.text) == asked
    for term in (*asked.wanted, *asked.unwanted):
        assert term.pieces
        assert term.stem != term.pieces[0]


def test_what_a_question_is_made_of():
    asked = questions.parse("ferry “Count the lamps” -café Ju Ji-hoon")
    assert [term.pieces for term in asked.wanted] == [("ferry",), ("count", "the", "lamps"), ("ju",), ("ji", "hoon")]
    assert [term.is_phrase for term in asked.wanted] == [False, True, False, False]
    assert [term.is_begun for term in asked.wanted] == [False, False, False, True]
    assert [term.pieces for term in asked.unwanted] == [("cafe",)]
    assert questions.parse('half a "phrase').wanted[-1].pieces == ("phrase",)


@pytest.mark.parametrize(
    ("word", "stem"), [("주지훈이", "주지훈"), ("병원에서", "병원"), ("고양이", "고양"), ("나는", ""), ("lamps", "")]
)
def test_particles(word: str, stem: str):
    assert questions.parse(word).wanted[0].stem == stem


@pytest.mark.parametrize("other", ["helicpter", "helicopterr", "heilcopter", "helicoptar", "xhelicopter", "elicopter"])
def test_words_one_letter_apart(other: str):
    assert spelling.is_near("helicopter", other)
    assert set(spelling.keys("helicopter")) & set(spelling.keys(other))


@pytest.mark.parametrize("other", ["helcpter", "copter", "hleicoptre", "helicopters1"])
def test_words_further_apart(other: str):
    assert not spelling.is_near("helicopter", other)


@given(st.text("abcd", min_size=4, max_size=8), st.text("abcd", min_size=4, max_size=8))
def test_near_words_always_share_a_key(one: str, other: str):
    if spelling.is_near(one, other):
        assert set(spelling.keys(one)) & set(spelling.keys(other))
        assert spelling.is_near(other, one)


# --- marks ------------------------------------------------------------------------------------------------------------


def test_marks_stand_where_the_words_are():
    wanted = Wanted((("cafe", False), ("lam", True), ("주지훈", False)), frozenset({"ju0cihon"}))
    assert highlighting.marked("The Café’s lamps & <b>lamé</b>", wanted) == (
        "The <mark>Café</mark>’s <mark>lamps</mark> &amp; &lt;b&gt;<mark>lamé</mark>&lt;/b&gt;"
    )
    assert highlighting.marked("주지훈은 Ju Ji-hoon", wanted) == (
        '<mark><span lang="ko">주지훈</span></mark><span lang="ko">은</span> <mark>Ju Ji-hoon</mark>'
    )


def test_a_phrase_is_marked_in_one_piece_and_its_words_elsewhere_are_not():
    wanted = Wanted((("the lamps", False),))
    assert highlighting.marked("The lamps, the ferry", wanted) == "<mark>The lamps</mark>, the ferry"


@given(ANY_TEXT, st.lists(st.tuples(st.text(max_size=5), st.booleans()), max_size=4))
def test_marking_changes_no_text(text: str, words: list[tuple[str, bool]]):
    wanted = Wanted(tuple((word, begun) for word, begun in words if word.strip()))
    marked, cut = highlighting.marked(text, wanted), highlighting.excerpt(text, wanted, 20)
    assert html.unescape(re.sub("<[^>]*>", "", marked)) == syntax.without_control_signs(text)
    assert marked.count("<mark>") == marked.count("</mark>")
    assert cut.count("<") == cut.count(">")


def test_an_excerpt_shows_what_stands_around_the_first_hit():
    text = "word " * 100 + "the lamp is here " + "word " * 100
    found = highlighting.excerpt(text, Wanted((("lamp", False),)), 60)
    assert "<mark>lamp</mark>" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < 100
    assert highlighting.excerpt("Short.", Wanted(), 60) == "Short."


def test_an_excerpt_is_the_whole_sentence_of_a_hit_where_that_fits():
    text = (
        "Nobody came by that day at all. " * 9 + "The lamp of Dr. Han is here. And then he left the harbour for good."
    )
    found = highlighting.excerpt(text, Wanted((("lamp", False),)), 60)
    assert found == "The <mark>lamp</mark> of Dr. Han is here."
    assert highlighting.excerpt(text, Wanted(), 60) == "Nobody came by that day at all."
    assert highlighting.excerpt(text, Wanted((("day", False),)), 40) == "Nobody came by that <mark>day</mark> at all."
    assert highlighting.excerpt("They like dogs. " + "Or cats " * 40, Wanted((("cats", False),)), 60).startswith(
        "They like dogs."
    )
