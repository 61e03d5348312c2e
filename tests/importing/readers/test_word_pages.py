"""HTML that Word writes: its comments and deletions are no text, its own marks neither lose nor add words."""

from __future__ import annotations

import pytest

from articles.importing import Imported, read_text
from articles.importing.blocks import Kind
from articles.importing.readers import html

OFFICE = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:w='urn:schemas-microsoft-com:office:word'><body>"
)


def page(body: str) -> Imported:
    cards = "<h2>2. The Boat</h2><p class=MsoNormal>It came.</p><h2>3. The Coat</h2><p class=MsoNormal>It was red.</p>"
    result = read_text(f"{OFFICE}<h2>1. The Lamp</h2>{body}{cards}</body></html>", kind="html")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


@pytest.mark.parametrize(
    ("body", "markdown", "aside"),
    [
        (
            "<p class=MsoNormal>Oil<del cite='mailto:a' datetime='2026-01-01'> secretly</del><ins> always</ins> burns.</p>",
            "Oil always burns.",
            [("secretly", "deleted")],
        ),
        (
            "<p class=MsoNormal>Oil burns.<span class=MsoCommentReference><a class=msocomanchor>[M1]</a></span></p>"
            "<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Ask Mara</p></div></div>",
            "Oil burns.",
            [("[M1]", "comment"), ("Ask Mara", "comment")],
        ),
        ("<p class=MsoNormal>Oil<span style='mso-hide:all'> secretly</span> burns.</p>", "Oil burns.", [("secretly", "hidden")]),
        ("<p class=MsoNormal>A <b style='mso-bidi-font-weight:normal'>bold</b> lamp<o:p></o:p></p>", "A **bold** lamp", []),
        ("<p class=MsoNormal>An <i style='mso-bidi-font-style:normal'>old</i> lamp</p>", "An *old* lamp", []),
    ],
)  # fmt: skip
def test_word_s_own_marks(body: str, markdown: str, aside: list[tuple[str, str]]) -> None:
    result = page(body)
    assert result.document.cards[0].body == markdown
    assert [entry.text for entry in result.account.unplaced] == [text for text, _why in aside]
    for entry, (_text, why) in zip(result.account.unplaced, aside, strict=True):
        assert why in entry.why


def test_struck_words_of_other_pages_are_text() -> None:
    result = read_text(
        "<h2>1. A</h2><p>Oil <del>never</del> burns.</p><h2>2. B</h2><p>b</p><h2>3. C</h2><p>c</p>", kind="html"
    )
    assert result.document.cards[0].body == "Oil ~~never~~ burns."


def item(marker: str, text: str, group: int = 0, level: int = 1) -> str:
    sign = f"<![if !supportLists]><b><span style='mso-list:Ignore'>{marker}<span style='font:7pt'>&nbsp;&nbsp; </span></span></b><![endif]>"
    return f"<p class=MsoListParagraph style='mso-list:l{group} level{level} lfo1'>{sign}{text}<o:p></o:p></p>"


def test_lists_keep_their_levels_and_numbers() -> None:
    body = item("·", "oil") + item("o", "whale", level=2) + item("·", "St. Mara’s fire")
    assert page(body).document.cards[0].body == "- oil\n  - whale\n- St. Mara’s fire"
    blocks = html.read(OFFICE + item("3.", "oil", 1) + item("4)", "fire", 1), "quay.html").blocks
    assert [(block.kind, block.number, block.text) for block in blocks] == [
        (Kind.ITEM, 3, "oil"),
        (Kind.ITEM, 4, "fire"),
    ]


def test_a_fact_with_a_number_and_bullets_below_it_stays_a_fact() -> None:
    facts = "".join(
        item(f"{number}.", f"<b>{fact}</b>")
        + "<p class=MsoNormal>Yes.</p>"
        + item("·", "oil", 1)
        + item("·", "fire", 1)
        for number, fact in enumerate(("The Lamp", "The Boat", "The Coat"), 1)
    )
    result = read_text(f"{OFFICE}<p class=MsoNormal>An evening.</p>{facts}", kind="html")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.document.cards[1].body == "Yes.\n\n- oil\n- fire"
