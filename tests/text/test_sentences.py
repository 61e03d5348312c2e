"""Where sentences end, and the beginnings of texts that are shown without their rest."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.outline import excerpt
from articles.text.sentences import beginning, cut, sentences
from tests import strategies

SENTENCES = (
    "The ferry has two lamps.",
    "Dr. Han and Prof. J. R. Lee met in the U.S. Navy’s harbour.",
    "It rose from 0.9 to 3.5 in sixteen steps!",
    "“Is it true? I never asked. Ask him.”",
    "He said “What?” and left (nobody knows why. Nobody).",
    "No. 7 came at 9 p.m. sharp, e.g. on 5 Jan. 2019.",
    "주지훈은 배우다.",
    "그는 “정말? 그래.”라고 말했다.",
    "촬영은 2019. 5. 21. 시작되었다.",
    "Was it 🎉 or 👩‍⚕️?",
    "«Et alors ? Rien.»",
    "Nobody waited…",
)
EASTERN = ("彼は「行く。」と言った。", "映画は終わった。", "本当？", "他走了。")


@pytest.mark.parametrize("sentence", [*SENTENCES, *EASTERN])
def test_a_sentence_is_one(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_a_text_is_taken_apart_into_the_sentences_that_it_was_made_of(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@given(st.lists(st.sampled_from(EASTERN), max_size=6))
def test_sentences_without_spaces_between_them_are_taken_apart(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One :( sad line. Another. End.", ["One :( sad line.", "Another.", "End."]),
        ("Another (a) and b) here. End.", ["Another (a) and b) here.", "End."]),
        ('A 5" disc. Then more.', ['A 5" disc.', "Then more."]),
        ("1. The first rule. Another.", ["1. The first rule.", "Another."]),
        ("Plan B was Mr. B. Nothing came of it", ["Plan B was Mr. B. Nothing came of it"]),
        ("She said no. He went on.", ["She said no.", "He went on."]),
        ("„Nein. Doch.“ Er ging. Sie blieb.", ["„Nein. Doch.“", "Er ging.", "Sie blieb."]),
        ("A line\nAnother line", ["A line", "Another line"]),
        ("", []),
    ],
)
def test_doubtful_ends(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_whole_sentences_come_first_and_words_where_none_fits() -> None:
    assert beginning(["One lamp.", "Two lamps.", "Three."], 21) == "One lamp. Two lamps."
    assert beginning(["Yes.", "The surgeons, who ran, won the day."], 24) == "Yes. The surgeons, who…"
    assert beginning(["The surgeons, who ran, won."], 14) == "The surgeons…"


@given(strategies.hostile(), st.integers(1, 60))
@example("👨‍👩‍👧‍👦" * 9, 12)
@example("🇰🇷🇯🇵🇰🇷", 4)
@example("dogs.... dogs", 8)
def test_a_cut_text_keeps_its_length_and_is_the_beginning_of_it(text: str, length: int) -> None:
    short = cut(text, length)
    assert len(short) <= length
    if short != text:
        words = short.removesuffix("…")
        assert short == f"{words}…"
        assert text.startswith(words)
        assert not words or not (words[-1].isspace() or words[-1] in ".,;:!?。、")
        if words:
            after = text[len(words)]
            assert unicodedata.category(after)[0] != "M"
            assert "\u200d" not in (words[-1], after)
            assert not re.fullmatch("[\U0001f3fb-\U0001f3ff]", after)


_BLOCKS = {
    "table": "| Night | Prize |\n| --- | --- |\n| May | ZZcell |",
    "list": "- ZZone\n- ZZtwo",
    "numbers": "1. ZZfirst\n2. ZZsecond",
    "quotation": "> ZZsaid\n> — ZZby",
    "heading": "### ZZheading",
    "code": "```\nZZcode\n```",
}


@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from(sorted(_BLOCKS)),
    st.lists(st.sampled_from(SENTENCES), max_size=3),
    st.integers(80, 300),
)
def test_an_excerpt_is_whole_sentences_and_stops_before_what_is_no_prose(
    paragraphs: list[list[str]], kind: str, after: list[str], length: int
) -> None:
    prose = [sentence for paragraph in paragraphs for sentence in paragraph]
    source = "\n\n".join([*map(" ".join, paragraphs), _BLOCKS[kind], " ".join(after)])
    found = excerpt(source, length)
    assert len(found) <= length
    assert found in [" ".join(prose[:count]) for count in range(1, len(prose) + 1)]
    assert len(found) == len(" ".join(prose)) or len(found) + 62 > length  # as many as fit


@given(strategies.hostile(), st.integers(1, 200))
def test_no_excerpt_ends_in_a_stop_and_an_ellipsis(source: str, length: int) -> None:
    found = excerpt(source, length)
    assert len(found) <= length
    assert not re.search(r"[.,;:!?\s]…$", found) or found in " ".join(source.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It won.\n\nThen the invitations came:\n\n| a |\n| --- |\n| b |", "It won."),
        ("These three:\n\n- a\n- b", "These three…"),
        ("- Baek\n- Yang **Jae-won**\n  - Han", "Baek · Yang Jae-won · Han"),
        ("| a |\n| --- |\n| b |", ""),
        ("![alt](picture:abc)\n\nA ward.", "A ward."),
        ("> We ran.\n> — Ann", "“We ran.” — Ann"),
        ("### Head\n\nOne.\n\n### Next\n\nTwo.", "One."),
        ("- a\n\nThat was all.", "That was all."),
        ("He **won**.\n\n![alt](picture:abc)\n\nShe *too*.", "He won. She too."),
        ("One<br>two & “three”.", "One<br>two & “three”."),
    ],
)
def test_what_an_excerpt_is_made_of(source: str, expected: str) -> None:
    assert excerpt(source, 100) == expected
