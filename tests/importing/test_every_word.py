"""Every word stands in the Document, or is shown as left out or mended. Not judged by the account's own entries: the
rendered Document is held against the source, in order, in every reading of it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import Imported, ImportRefused, other_readings, read_text
from articles.importing.alignment import missing
from articles.importing.blocks import Kind
from articles.importing.finder.layout import Role
from tests.importing.helpers import visible

# Lines that mean something to one rule or another, most of all where they do not belong.
LINES = (
    *(
        "0",
        "7",
        "第一、",
        "第二",
        "一、",
        "①",
        "1️⃣",
        "Fact 3",
        "One",
        "IV.",
        "B)",
        "#4",
        "(5)",
        "그1",
        "3 empty chairs",
        "",
    ),
    *("Word", "A short line", "A sentence that ends here.", "Two sentences. Are here!", "Why so?", "CAPS LINE HERE"),
    *("• dot", "- dash", "* star", "> quoted", "“Yes.” — Ann", "— Ann", "Ann: “Yes.”", "a\tb", "c\td", "---", "====="),
    *(
        "FAQ",
        "Q: Why?",
        "A: So.",
        "Conclusion",
        "Conclusion: it ends.",
        "Contents",
        "In short",
        "TL;DR",
        "Introduction",
    ),
    *(
        "**bold**",
        "## Heading",
        "by Ann Lee",
        "Chapter One",
        "45 Minutes of rain",
        "한국어 줄",
        "x" * 210,
        "第一、 灯台",
    ),
)
HEADINGS = (
    *("{n}. Lamp {n}", "{n}\nLamp {n}", "## {n}. Lamp {n}", "第{n}、 Lamp", "**{n}. Lamp {n}**", "Fact {n}: Lamp"),
    *("{n}) Lamp {n}: runs on and on.", "## Lamp {n}"),
)
lines = st.lists(st.one_of(st.sampled_from(LINES), st.text("ab1.、第一 -:—?*•\u200b", max_size=10)), max_size=4)


@st.composite
def texts(draw: st.DrawFn) -> str:
    heading = draw(st.sampled_from(HEADINGS))
    found = draw(lines)
    for number in range(1, draw(st.integers(3, 5)) + 1):
        found += [heading.format(n=number), *draw(lines)]
    return draw(st.sampled_from(["\n", "\n\n"])).join(found)


def lost(result: Imported) -> list[str]:
    """Words of the source that are nowhere. The numbers of cards and the signs of lists and questions may go."""
    assert result.layout is not None
    heads = (Role.CARD, Role.QUESTION, Role.FAQ_HEADING, Role.CONCLUSION_HEADING)
    signs = [
        entry.block.marker
        for entry in result.layout.blocks
        if entry.role in heads or entry.block.kind not in (Kind.PARAGRAPH, Kind.HEADING)
    ]
    account = result.account
    left_out = [entry.text for entry in account.unplaced]
    mended = [entry.before for entry in account.repaired]
    passages = missing(account.source, [visible(result.document)], left_out, mended, signs)
    named = ("", "A", "Q", "FAQ")  # what an answer, a question and their part begin with
    return [passage for passage in passages if passage.strip("*:.#— >-=\t•") not in named]


@settings(suppress_health_check=list(HealthCheck))
@given(text=texts(), kind=st.sampled_from(["text", "markdown"]))
def test_every_word_is_in_the_document_or_shown(text: str, kind: str) -> None:
    try:
        result = read_text(text, kind=kind)
    except ImportRefused:
        return
    for reading in [result, *other_readings(result)]:
        assert reading.account.is_complete
        assert lost(reading) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Word\n1. Lamp\n一\nIt burns.\n2. Boat\n一\nIt sails.\n3. Coat\n一\nIt is wet.\n", "一 It burns."),
        ("1. Heading 1\n0\n2. Heading 2\n0\n3. Heading 3\n第一、\n4. Heading 4\n", "第一、"),
    ],
)
def test_a_number_on_its_own_line_that_numbers_no_card_is_text(text: str, where: str) -> None:
    result = read_text(text)
    assert where in " ".join(visible(result.document).split())
    assert lost(result) == []
