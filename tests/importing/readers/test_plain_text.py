"""A plain text without blank lines becomes an article, and every word of it can be found again."""

from __future__ import annotations

import pytest

from articles.document import Numbering
from articles.importing import Imported, ImportRefused, read, read_text
from tests.importing.helpers import DATA, imported, shown, visible

SOURCE = (DATA / "lighthouse-drama.txt").read_text(encoding="utf-8")
SENTENCE = "A heron named Quibble watched all of it."


@pytest.fixture(scope="module")
def drama() -> Imported:
    return imported("lighthouse-drama.txt")


def test_the_parts_are_found(drama: Imported) -> None:
    document = drama.document
    assert document.title == ""
    assert len(document.introduction.split("\n\n")) == 2
    assert len(document.cards) == 10
    assert document.numbering is Numbering.UP
    assert document.conclusion_heading == "Final Thoughts: More Than a Storm"
    assert len(document.conclusion.split("\n\n")) == 2
    assert [faq.question for faq in document.faqs][:2] == [
        "Is The Keeper of Gull Rock based on a true story?",
        "Will there be a second season?",
    ]
    assert len(document.faqs) == 6
    assert document.faqs[1].answer == "Nothing is signed yet."


def test_headings_lose_their_number_and_their_emoji(drama: Imported) -> None:
    first, *_, eighth, _, _ = drama.document.cards
    assert (first.heading, first.emoji) == ("A Real Keeper Wrote the First Draft", "🕯️✍️")
    assert eighth.heading == "The Next Big Export? It Left the Island Fast"


def test_broken_emoji_are_repaired_and_told(drama: Imported) -> None:
    assert drama.document.cards[2].emoji == "🦸\u200d♂️🎣"
    assert drama.document.cards[4].emoji == "🔬👩\u200d⚕️"
    assert [entry.after for entry in drama.account.repaired] == ["🦸\u200d♂️", "👩\u200d⚕️"]


def test_a_quotation_knows_whose_words_it_holds(drama: Imported) -> None:
    assert drama.document.cards[1].body.split("\n\n")[1] == (
        "> “We looked at each other, nobody said stop, and so we went on.”\n>\n> — Idris Vale (as the younger keeper)"
    )


def test_a_paragraph_after_a_list_stays_after_it(drama: Imported) -> None:
    assert drama.document.cards[8].body == (
        "Nobody has signed anything, but the boat has not been taken apart.\n\n"
        "Three ideas keep coming up:\n\n"
        "- The mainland wants its lamp back\n- The ferry gets a rival\n- A summer, for once\n\n"
        "Fans have already sent three hundred umbrellas."
    )


def test_spoiler_points_are_proposed_where_the_text_names_an_episode(drama: Imported) -> None:
    assert [card.spoiler_after for card in drama.document.cards] == [None, None, None, 5, None, 3, *[None] * 4]
    assert any("episode 5" in note for note in drama.account.notes)


def test_signs_of_markdown_show_literally(drama: Imported) -> None:
    assert "4 splints and \\*one\\* plaster" in drama.document.cards[4].body
    assert "*one* plaster" in visible(drama.document)


def test_the_account_is_complete_and_has_nothing_left_over(drama: Imported) -> None:
    assert drama.account.is_complete
    assert drama.account.unplaced == ()
    assert {entry.where for entry in drama.account.placed} >= {"introduction", "card 10", "conclusion", "faq 6"}


@pytest.mark.parametrize("line", range(len(SOURCE.splitlines()) + 1))
def test_a_sentence_put_at_any_line_is_found_again(line: int) -> None:
    lines = SOURCE.splitlines()
    lines.insert(line, SENTENCE)
    result = read_text("\n".join(lines))
    assert SENTENCE in shown(result)
    assert len(result.document.cards) == 10
    assert result.account.is_complete


@pytest.mark.parametrize("line", range(len(SOURCE.splitlines())))
def test_a_sentence_put_at_the_end_of_any_line_is_found_again(line: int) -> None:
    lines = SOURCE.splitlines()
    lines[line] += " " + SENTENCE
    result = read_text("\n".join(lines))
    assert SENTENCE in " ".join(shown(result).split())


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_line_ends_make_no_difference(drama: Imported, encoding: str, newline: str) -> None:
    data = SOURCE.replace("\n", newline).encode(encoding)
    assert read(data, "drama.txt").document == drama.document


def test_windows_1252_is_read() -> None:
    text = "1. Café Noël\nIt’s “naïve” – and fun.\n2. Señor\nYes, déjà vu.\n3. Über\nFünf.\n"
    result = read(text.encode("cp1252"), "notes.txt")
    assert [card.heading for card in result.document.cards] == ["Café Noël", "Señor", "Über"]
    assert result.document.cards[0].body == "It’s “naïve” – and fun."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 8, "not a text"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"\xff\xfeA", "UTF-16"),
        (("Straße und Öl, Größe. " * 40).encode() + b"\xff", "broken in line 1"),
        (b"Just a letter to a friend, with nothing to count in it at all.", "no list of cards"),
        (b"word " * (1024 * 1024 + 1), "more than 5 MB"),
    ],
)
def test_bad_input_is_refused_with_one_sentence_that_names_the_file(data: bytes, words: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read(data, "notes.txt")
    message = str(refusal.value)
    assert "notes.txt" in message
    assert words in message
    assert "\n" not in message
