"""Kinds of documents that were once read wrong, each on a text of its own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import importing
from articles.document import Document, Numbering
from articles.importing import Imported, ImportRefused, other_readings, read_text

BODY = "The whole crew remembers the evening, and nobody has ever agreed with anybody about how it really ended."
FACTS = ("A Borrowed Boat", "The Cook Sings", "Snow in the Attic", "Nobody Paid", "The Last Bell")


def imported(text: str, kind: str = "markdown") -> Imported:
    result = read_text(text, kind=kind)
    assert result.account.is_complete
    return result


def headings(document: Document) -> tuple[str, ...]:
    return tuple(card.heading for card in document.cards)


def page(lines: list[str]) -> str:
    return "".join(f"{line}\n\n{BODY}\n\n" for line in lines)


WORDS = ["One", "Two", "Three", "Four", "Five"]


@pytest.mark.parametrize(
    "numbers",
    [
        [f"{word}: " for word in WORDS],
        [f"Reason {word}: " for word in WORDS],
        [f"Rumour #{n} – " for n in range(1, 6)],
        [f"Odd Detail {n}: " for n in range(1, 6)],
        [f"その{n} " for n in range(1, 6)],
        [f"第{n}、" for n in "一二三四五"],
        [f"{word}: " for word in ("첫째", "둘째", "셋째", "넷째", "다섯째")],
        [f"{word}: " for word in ("erstens", "zweitens", "drittens", "viertens", "fünftens")],
        [f"{letter}) " for letter in "abcde"],
        [f"{n}. " for n in range(11, 16)],
    ],
)
@pytest.mark.parametrize("mark", ["## {}", "**{}**", "{}"])
def test_any_way_to_count_is_found_in_any_carrier(numbers: list[str], mark: str) -> None:
    text = page([mark.format(number + fact) for number, fact in zip(numbers, FACTS, strict=True)])
    kind = "text" if mark == "{}" else "markdown"
    assert headings(imported(f"{BODY}\n\n{text}", kind).document) == FACTS


@pytest.mark.parametrize("title", ["", "The Night Everybody Talks About"])
@pytest.mark.parametrize("numbers", ["①②③④⑤", ["1.", "2.", "3.", "4.", "5."], ["#1", "#2", "#3", "#4", "#5"], "12345"])
@pytest.mark.parametrize("mark", ["## {}", "**{}**"])
def test_the_first_fact_under_a_number_of_its_own_line_is_no_title(
    title: str, numbers: Sequence[str], mark: str
) -> None:
    lines = [f"{mark.format(number)}\n\n{mark.format(fact)}" for number, fact in zip(numbers, FACTS, strict=True)]
    document = imported(page([mark.format(title), *lines] if title else lines)).document
    assert (document.title, headings(document)) == (title, FACTS)


CARRIERS = ("## {}", "### {}", "**{}**", "{}")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(4, 12),
    carriers=st.lists(st.sampled_from(CARRIERS[:3]), min_size=12, max_size=12),
    is_countdown=st.booleans(),
)
def test_numbers_one_to_n_are_found_whatever_carries_them(count: int, carriers: list[str], is_countdown: bool) -> None:
    numbers = list(range(1, count + 1))[:: -1 if is_countdown else 1]
    lines = [
        mark.format(f"{number}. {FACTS[number % 5]} {chr(96 + number)}")
        for number, mark in zip(numbers, carriers, strict=False)
    ]
    document = imported(f"{BODY}\n\n{page(lines)}").document
    assert len(document.cards) == count
    assert document.numbering is (Numbering.COUNTDOWN if is_countdown else Numbering.UP)


def test_half_headings_and_half_bold_lines_are_one_list() -> None:
    lines = [(CARRIERS[0] if n % 2 else CARRIERS[2]).format(f"{n}. {FACTS[n % 5]} {n} times") for n in range(1, 11)]
    assert len(imported(page(lines)).document.cards) == 10


def test_numbers_begin_again_in_groups_and_the_groups_are_set_aside() -> None:
    text = "".join(
        f"## {group}\n\n" + page([f"### {n}. {fact} {group}" for n, fact in enumerate(FACTS[:3], 1)])
        for group in ("Spring", "Summer", "Autumn")
    )
    result = imported(f"# All of it\n\n{text}")
    assert len(result.document.cards) == 9
    assert {entry.text for entry in result.account.unplaced} == {"Spring", "Summer", "Autumn"}


def test_a_heading_in_a_table_cell() -> None:
    rows = "".join(
        f"<table><tr><td>{n}</td><td>{fact}</td></tr></table><p>{BODY}</p>" for n, fact in enumerate(FACTS, 1)
    )
    assert headings(imported(f"<p>{BODY}</p>{rows}", "html").document) == FACTS


def test_underlined_headings_over_numbered_steps() -> None:
    text = "\n".join(f"{fact}\n{'-' * len(fact)}\n\n{BODY}\n\n1. Look.\n2. Wait.\n3. Count.\n" for fact in FACTS)
    assert headings(imported(f"{BODY}\n\n{text}", "text").document) == FACTS


def test_a_number_in_a_heading_is_not_its_own_where_the_list_counts() -> None:
    facts = ("45 Minutes of Fog", "Two Bells", "12 Lamps")
    items = "".join(f"<li><p><b>{fact}</b></p><p>{BODY}</p></li>" for fact in facts)
    assert headings(imported(f"<p>{BODY}</p><ol>{items}</ol>", "html").document) == facts


def test_a_number_on_its_own_line() -> None:
    text = "".join(f"Rumour {n}\n\n{fact}\n\n{BODY}\n\n" for n, fact in enumerate(FACTS, 1))
    assert headings(imported(f"{BODY}\n\n{text}", "text").document) == FACTS


def test_a_bold_title_above_real_headings() -> None:
    document = imported("**Five odd evenings**\n\n" + BODY + "\n\n" + page([f"## {fact}" for fact in FACTS])).document
    assert (document.title, headings(document)) == ("Five odd evenings", FACTS)


@pytest.mark.parametrize("heading", ["At a Glance", "Contents", "Introduction", "Last Words", "Auf einen Blick"])
def test_a_heading_that_names_a_part_is_no_card(heading: str) -> None:
    text = page([f"## {fact}" for fact in FACTS])
    part = f"## {heading}\n\n- Fog.\n- Bells.\n\n"
    text = f"{text}{part}" if heading == "Last Words" else f"{part}{text}"
    assert headings(imported(f"# Evenings\n\n{BODY}\n\n{text}").document) == FACTS


@pytest.mark.parametrize("heading", ["What readers wanted to know", "People Also Ask", "أسئلة شائعة", "读者提问"])
@pytest.mark.parametrize("mark", ["### {}", "**{}**", "Q: {}"])
def test_questions_are_known_by_their_answers(heading: str, mark: str) -> None:
    asked = ("Is there a second part?", "Who rings the bell?")
    answer = "A: Nobody knows." if mark.startswith("Q") else "Nobody knows."
    text = page([f"## {n}. {fact}" for n, fact in enumerate(FACTS, 1)]) + f"## {heading}\n\n"
    text += "".join(f"{mark.format(question)}\n\n{answer}\n\n" for question in asked)
    document = imported(text + f"## Farewell\n\n{BODY}\n").document
    assert tuple(faq.question for faq in document.faqs) == asked
    assert (document.conclusion_heading, headings(document)) == ("Farewell", FACTS)


def test_contents_are_set_aside_and_shared_items_are_not() -> None:
    items = "- a red lamp\n- a rope\n- a bell\n\n"
    contents = "".join(f"- {fact}\n" for fact in FACTS)
    text = "".join(f"## {fact}\n\n{BODY}\n\n{items}" for fact in FACTS)
    result = imported(f"# Evenings\n\n{BODY}\n\n{contents}\n{text}")
    assert headings(result.document) == FACTS
    assert all("a red lamp" in card.body for card in result.document.cards)
    assert {entry.text for entry in result.account.unplaced} == set(FACTS)


def test_typed_lists_tables_and_mail_quotations_keep_their_form() -> None:
    inside = "1. Look.\n2. Wait.\n\nName\tRole\nAda\tcook\n\n> We never slept.\n> — Ada Moreau\n\n"
    text = "".join(f"Fact {n}: {fact}\n\n{BODY}\n\n{inside}" for n, fact in enumerate(FACTS, 1))
    card = importing.neutral(imported(text, "text"))["cards"][0]
    assert card["lists"] == 1
    assert card["quotes"] == [{"text": "We never slept.", "attribution": "Ada Moreau"}]


def test_the_next_best_reading_has_other_cards_and_all_the_words() -> None:
    groups = "".join(
        f"## {group}\n\n" + page([f"### {fact} {group}" for fact in FACTS[:2]]) for group in ("Up", "Down")
    )
    first = imported(f"# Four evenings\n\n{groups}")
    others = other_readings(first)
    assert others
    seen = [headings(one.document) for one in [first, *others]]
    assert all(one != other for one, other in itertools.combinations(seen, 2))
    assert all(one.account.is_complete for one in others)


def test_a_text_without_a_list_is_refused_or_all_introduction() -> None:
    text = "The boat left.\n\nNobody saw it go, and nobody has asked since, which is the way things are here.\n"
    with pytest.raises(ImportRefused, match="no list of cards"):
        read_text(text)
    by_hand = read_text(text, by_hand=True)
    assert by_hand.account.is_complete
    assert (by_hand.document.cards, by_hand.layout is not None) == ((), True)
    assert other_readings(by_hand) == []


@pytest.mark.parametrize("mark", ["Ropes &amp; the sign &lt;", "Evenings on the quay;"])
def test_a_title_may_end_in_a_semicolon(mark: str) -> None:
    text = "\n\n".join(f"{n}. {fact}\n\n{BODY}" for n, fact in enumerate(FACTS, 1))
    assert imported(f"{mark}\n\n{BODY}\n\n{text}", "text").document.title == mark


def test_what_the_head_of_a_page_says_twice_is_said_once() -> None:
    cards = "".join(f"<h4>{n}. {fact}</h4><p>{BODY}</p>" for n, fact in enumerate(FACTS, 1))
    head = "<h1>Odd evenings</h1><p>Told at the quay</p>"
    result = imported(f"{head}<h3>Odd evenings</h3><h4>Told at the quay</h4><p>{BODY}</p>{cards}", "html")
    assert (result.document.title, headings(result.document)) == ("Odd evenings", FACTS)
    assert result.document.introduction == f"Told at the quay\n\n{BODY}"
    assert [entry.text for entry in result.account.unplaced] == ["Told at the quay"]


def test_a_short_text_without_a_list_keeps_its_looks_for_a_person_to_arrange() -> None:
    found = read_text("<p>A <b>red</b> lamp.</p>", kind="html", by_hand=True)
    assert found.document.introduction == "A **red** lamp."
