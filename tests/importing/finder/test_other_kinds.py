"""Documents of kinds that few people think of: threads, wikis, tables of layout, slides, languages of fewer readers."""

from __future__ import annotations

import pytest

from articles.importing import Imported, neutral, read_text

FACTS = ("The lamp is a set.", "Nobody can swim.", "The song came first.")
BODY = "It was built in eleven days."


def headings(result: Imported) -> list[str]:
    assert result.account.is_complete
    return [card.heading for card in result.document.cards]


@pytest.mark.parametrize("mark", ["{n}/3 {fact}", "({n}/3) {fact}", "[{n} / 3] {fact}"])
def test_a_thread_counts_and_says_how_many(mark: str) -> None:
    text = "\n\n".join(mark.format(n=n, fact=f"{fact} {BODY}") for n, fact in enumerate(FACTS, 1))
    result = read_text(f"A thread about the quay\n\n{text}\n")
    assert headings(result) == list(FACTS)
    assert [card.body for card in result.document.cards] == [BODY] * 3


def test_an_idiom_with_a_stroke_is_no_number() -> None:
    names = ("24/7 ramen", "The lamp", "The coat")
    text = "".join(f"## {name}\n\n{BODY}\n\n" for name in names)
    assert headings(read_text(f"# Three places\n\n{text}", kind="markdown")) == list(names)


def test_two_dashes_divide_a_heading_from_its_text() -> None:
    text = "\n".join(f"#{n} {name} -- it burns oil." for n, name in enumerate(("Lamp", "Boat", "Coat"), 1))
    assert headings(read_text(f"As promised\n\n{text}\n")) == ["Lamp", "Boat", "Coat"]


def test_a_label_of_two_words_in_any_script() -> None:
    text = "".join(f"### Sự thật {n}: {fact}\n\n{BODY}\n\n" for n, fact in enumerate(FACTS, 1))
    text += f"### Kết luận\n\n{BODY}\n\n### Câu hỏi thường gặp\n\n**Có phần hai không?**\n\nChưa.\n"
    result = read_text(f"# Ba sự thật\n\n{text}", kind="markdown")
    assert headings(result) == list(FACTS)
    assert result.document.conclusion_heading == "Kết luận"
    assert [faq.question for faq in result.document.faqs] == ["Có phần hai không?"]


def test_the_sources_of_a_wiki_and_its_marks_for_editors_are_no_cards() -> None:
    edit = "<span class='mw-editsection'>[<a>edit</a>]</span>"
    text = "".join(f"<h2><span>{fact}</span>{edit}</h2><p>{BODY}</p>" for fact in FACTS)
    text += f"<h2>References{edit}</h2><ol><li>Harbour News.</li></ol><h2>See also</h2><ul><li>Quays</li></ul>"
    result = read_text(f"<h1>The quay</h1><p>A drama.</p>{text}", kind="html")
    assert headings(result) == list(FACTS)
    assert {entry.text for entry in result.account.unplaced} == {"[edit]"}


def test_a_table_whose_rows_hold_paragraphs_lays_out_a_page() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td><p><b>{fact}</b></p><p>{BODY}</p></td></tr>" for n, fact in enumerate(FACTS, 1)
    )
    result = read_text(f"<h1>The quay</h1><p>Three things.</p><table>{rows}</table>", kind="html")
    assert headings(result) == list(FACTS)


def test_a_number_over_the_title_is_set_aside_and_told() -> None:
    slides = "\n\n".join(f"Slide {n}\n{title}\n• one\n• two" for n, title in enumerate(("Lamp", "Boat", "Coat"), 2))
    result = read_text(f"Slide 1\nThe quay\nThree things\n\n{slides}\n")
    assert (result.document.title, headings(result)) == ("The quay", ["Lamp", "Boat", "Coat"])
    assert [entry.text for entry in result.account.unplaced] == ["Slide 1"]


def test_a_sentence_that_goes_on_behind_a_quotation_names_nobody() -> None:
    said = "„Nigdy się nie nauczyłem” – powiedział w radiu."
    text = "".join(f"## {n}. {fact}\n\n{said}\n\n" for n, fact in enumerate(FACTS, 1))
    result = read_text(text, kind="markdown")
    assert neutral(result)["cards"][0]["quotes"] == []
    assert result.document.cards[0].body == said


def test_a_byline_is_known_by_the_end_of_its_class() -> None:
    text = "".join(f"<h2>{n}. {fact}</h2><p>{BODY}</p>" for n, fact in enumerate(FACTS, 1))
    result = read_text(f"<h1>The quay</h1><div class='blog-meta'>Written at night</div>{text}", kind="html")
    assert "Written at night" not in result.document.introduction
    assert [entry.text for entry in result.account.unplaced] == ["Written at night"]
