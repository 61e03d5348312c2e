"""The finder of the card series, on the same five facts written down in all the ways in which people write lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from articles.document import Document, Numbering
from articles.importing import ImportRefused, read_text
from articles.importing.finder.numbers import lone_number

TEXT = "Nobody on the quay expected the boat to come back, and yet half of the village had stayed up to wait for it."
FACTS = ("The First Song", "A Borrowed Coat", "Rain in July", "The Lost Reel", "One Last Take")

LINE = "{number}. {fact}\n{text}\n"
H2 = "## {fact}\n\n{text}\n\n"
H3 = "### {number}. {fact}\n\n{text}\n\n"


def document(kind: str, text: str) -> Document:
    result = read_text(text, kind=kind)
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "no place" in entry.why]
    return result.document


def headings(found: Document) -> tuple[str, ...]:
    return tuple(card.heading for card in found.cards)


def listed(template: str, facts: Sequence[str] = FACTS, numbers: Iterable[object] = range(1, 100)) -> str:
    return "".join(
        template.format(number=number, fact=fact, text=TEXT) for number, fact in zip(numbers, facts, strict=False)
    )


NUMBERED = listed("## {number}. {fact}\n\n{text}\n\n")


@pytest.mark.parametrize(
    "template",
    [
        "{number}. {fact}\n{text}\n",
        "{number}) {fact}\n{text}\n\n",
        "({number}) {fact}\n\n{text}\n\n",
        "{number}.{fact}\n{text}\n",
        "{number}- {fact}\n{text}\n\n",
        "{number} – {fact}\n{text}\n\n",
        "{number}: {fact}\n{text}\n",
        "#{number} {fact}\n\n{text}\n\n",
        "#{number}: {fact}\n\n{text}\n\n",
        "No. {number}: {fact}\n{text}\n",
        "Fact {number}: {fact}\n{text}\n",
        "Reason #{number} – {fact}\n{text}\n",
        "{number}、{fact}\n{text}\n",
        "第{number}名：{fact}\n{text}\n",
        "{number}위. {fact}\n{text}\n",
        "{number}\ufe0f\u20e3 {fact}\n{text}\n",
        "{number}. {fact}: {text}\n\n",
        "{number}. {fact}\n2019. It was a good year for everybody who was there.\n10/10\n{text}\n",
        "{number}. {fact}\n{text}\n9. 5 stars out of ten.\n",
    ],
)  # fmt: skip
def test_numbers_in_plain_text(template: str) -> None:
    found = document("text", f"{TEXT}\n\n{listed(template)}")
    assert headings(found) == FACTS
    assert found.numbering is Numbering.UP
    assert found.introduction == TEXT


@pytest.mark.parametrize(("numbers", "sign"), [("I II III IV V", "."), ("① ② ③ ④ ⑤", ""), ("一 二 三 四 五", "、")])
def test_numbers_that_are_no_digits(numbers: str, sign: str) -> None:
    text = listed("{number}" + sign + " {fact}\n{text}\n", FACTS, numbers.split())
    assert headings(document("text", f"{TEXT}\n{text}")) == FACTS


@pytest.mark.parametrize(
    "template",
    ["{fact}\n\n{text}\n\n", "🔹 {fact}\n\n{text}\n\n", "• {fact}\n{text}\n\n"],
    ids=["short lines", "emoji", "typed bullets"],
)
def test_cards_without_numbers_in_plain_text(template: str) -> None:
    found = document("text", f"Secrets of the quay\n\n{TEXT}\n\n{listed(template)}")
    assert headings(found) == FACTS
    assert found.title == "Secrets of the quay"
    assert found.numbering is Numbering.NONE


@pytest.mark.parametrize(
    "template",
    [
        "## {fact}\n\n{text}\n\n",
        "##{fact}\n\n{text}\n\n",
        "## {fact}\n\n{text}\n\n### Cast\n\nMany.\n\n### Rating\n\n8/10\n\n",
        "**{fact}**\n\n{text}\n\n{text}\n\n",
        "*{fact}*\n\n1. {text}\n2. {text}\n\n",
        "- **{fact}**\n\n{text}\n\n",
        "{number}. **{fact}**\n\n{text}\n\n",
        "{number}. {fact}\n\n   {text}\n\n",
        "## {number}. {fact}\n\n{text}\n\n1. Open\n2. Close\n3. Run\n4. Hide\n5. Rest\n6. Wait\n\n",
        "## [{number}. {fact}](https://example.org/x)\n\n{text}\n\n",
    ],
)
def test_markdown(template: str) -> None:
    assert headings(document("markdown", f"# The quay at night\n\n{TEXT}\n\n{listed(template)}")) == FACTS


@pytest.mark.parametrize(
    "template",
    [
        "<h3>{number}. {fact}</h3><p>{text}</p>",
        "<p><strong>{number}. {fact}</strong></p><p>{text}</p>",
        "<p><b>{fact}</b></p><p>{text}</p>",
        "<p><b>{number}. {fact}</b><br>{text}</p>",
        "<div class=num>{number}</div><h3>{fact}</h3><p>{text}</p>",
        "<ol start={number}><li><b>{fact}</b></li></ol><p>{text}</p>",
        "<ul><li><strong>{fact}:</strong> {text}</li></ul>",
        "<div>{number}. {fact}</div><div>{text}</div><div><br></div>",
        "<section><h1>{number}. {fact}</h1><p>{text}</p></section>",
    ],
)
def test_html(template: str) -> None:
    cards = listed(template).replace("</ul><ul>", "")
    assert headings(document("html", f"<h1>The quay</h1><p>{TEXT}</p>{cards}")) == FACTS


def test_a_countdown_is_kept_as_one() -> None:
    found = document("text", TEXT + "\n\n" + listed("{number}. {fact}\n{text}\n\n", FACTS, range(5, 0, -1)))
    assert headings(found) == FACTS
    assert found.numbering is Numbering.COUNTDOWN
    assert [number for number, _ in found.numbered_cards()] == [5, 4, 3, 2, 1]


def test_gaps_and_repeats_are_tolerated_and_told() -> None:
    text = listed("## {number}. {fact}\n\n{text}\n\n", FACTS, (1, 2, 4, 4, 5))
    result = read_text(f"{TEXT}\n\n{text}", kind="markdown")
    assert headings(result.document) == FACTS
    assert any("from 2 to 4" in note for note in result.account.notes)
    assert any("2 cards 4" in note for note in result.account.notes)


def test_numbers_that_belong_to_a_heading_stay() -> None:
    films = ("3 Idiots", "12 Monkeys", "300", "21 Grams", "7 Days")
    assert headings(document("markdown", f"# Films\n\n{TEXT}\n\n{listed(H2, films)}")) == films
    assert headings(document("text", f"{TEXT}\n\n{listed(LINE, films)}")) == films


def test_a_table_of_contents_is_no_second_list() -> None:
    contents = "Contents\n" + listed("{number}. {fact}\n")
    result = read_text(f"{TEXT}\n{contents}{listed(LINE)}")
    assert headings(result.document) == FACTS
    assert result.document.introduction == TEXT
    assert any("table of contents" in entry.why for entry in result.account.unplaced)


def test_numbering_goes_on_through_the_parts_of_a_list() -> None:
    text = f"# Ten\n\n{TEXT}\n\n## Spring\n\n{listed(H3)}## Autumn\n\n"
    later = tuple(f"{fact} again" for fact in FACTS)
    text += listed(H3, later, range(6, 20))
    assert headings(document("markdown", text)) == FACTS + later


@pytest.mark.parametrize("heading", ["Conclusion", "Wrapping up", "Fazit", "마무리", "Was it worth it?", "Bye for now"])
def test_a_heading_after_the_numbered_cards_is_the_conclusion(heading: str) -> None:
    intro = f"# Facts\n\n{TEXT}\n\n## Why a quay?\n\n{TEXT}"
    text = f"{intro}\n\n{NUMBERED}## {heading}\n\nGood night."
    found = document("markdown", text)
    assert headings(found) == FACTS
    assert (found.conclusion_heading, found.conclusion) == (heading, "Good night.")
    assert "### Why a quay?" in found.introduction


def test_a_section_that_lacks_what_all_cards_have_is_the_conclusion() -> None:
    cards = listed("## {fact}\n\n> “It was cold that night.”\n> — Mara\n\n{text}\n\n")
    found = document("markdown", f"# The quay\n\n{TEXT}\n\n{cards}## Until tomorrow\n\n{TEXT}")
    assert headings(found) == FACTS
    assert found.conclusion_heading == "Until tomorrow"


def test_what_follows_the_last_link_of_every_card_is_the_conclusion() -> None:
    cards = listed("## {number}. {fact}\n\n{text}\n\n[{fact}](https://example.org)\n\n")
    assert document("markdown", f"{TEXT}\n\n{cards}Game over? Not yet.").conclusion == "Game over? Not yet."


def test_pictures_before_headings_go_with_the_card_below() -> None:
    cards = listed("![{fact}](https://example.org/{number}.jpg)\n\n## {number}. {fact}\n\n{text}\n\n")
    found = document("markdown", f"{TEXT}\n\n{cards}")
    assert found.introduction == TEXT
    assert found.cards[0].body.startswith("[picture: The First Song](https://example.org/1.jpg)")


@pytest.mark.parametrize(
    "questions",
    [
        "## FAQ\n\n### Who wrote it?\n\nNobody.\n\n### When?\n\nIn winter.\n",
        "## FAQ\n\n**Who wrote it?** Nobody.\n\n**When?** In winter.\n",
        "## FAQ\n\n- **Who wrote it?**\n\nNobody.\n\n- **When?**\n\nIn winter.\n",
        "## Frequently asked questions\n\nQ: Who wrote it?\n\nA: Nobody.\n\nQ: When?\n\nA: In winter.\n",
        "## 6. FAQs\n\n### 1. Who wrote it?\n\nNobody.\n\n### 2. When?\n\nIn winter.\n",
        "**Preguntas frecuentes**\n\nWho wrote it?\n\nNobody.\n\nWhen?\n\nIn winter.\n",
    ],
)
def test_questions(questions: str) -> None:
    found = document("markdown", f"# The quay\n\n{TEXT}\n\n{NUMBERED}{questions}")
    assert headings(found) == FACTS
    assert [(faq.question, faq.answer) for faq in found.faqs] == [("Who wrote it?", "Nobody."), ("When?", "In winter.")]


def test_questions_may_stand_before_the_conclusion() -> None:
    tail = "## FAQ\n\n### Who?\n\nNobody.\n\n## Final thoughts\n\nGood night."
    found = document("markdown", f"{TEXT}\n\n{NUMBERED}{tail}")
    assert [faq.question for faq in found.faqs] == ["Who?"]
    assert found.conclusion == "Good night."


def test_cards_that_are_questions_are_no_faqs() -> None:
    riddles = ("What has teeth and no mouth?", "Who sleeps standing?", "Which sea is dry?", "What runs without legs?")
    found = document("text", listed("{number}. {fact}\nA comb? Or is it?\n", riddles))
    assert headings(found) == riddles
    assert found.faqs == ()


def test_one_line_is_not_enough() -> None:
    with pytest.raises(ImportRefused):
        read_text(f"{TEXT}\n1. Only this\n{TEXT}\n{TEXT}")


@pytest.mark.parametrize("sign", ["\u0130", "\u0131", "\u017f", "\u212a"])
def test_a_letter_that_is_another_in_lower_case_is_no_number(sign: str):
    """A pattern that ignores case takes the dotted and the dotless I for an I; only an ASCII one is a Roman digit."""
    assert lone_number(f"{sign}.") is None
    assert lone_number(f"X{sign}.") is None
