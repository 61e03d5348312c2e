"""Our own exports are read exactly and never guessed at."""

import datetime as dt

import pytest

from articles import exporting, importing
from articles.document import Card, Document, Faq, Numbering, Source
from articles.importing import ImportRefused

WHOLE = Document(
    title="3 facts about the ferry",
    slug="the-ferry",
    introduction="1. Not a card.\n\n## Not a heading of a card",
    cards=(
        Card(public_id="bcdfghjkmn", heading="2. A number that belongs to it", body="> Aye.\n>\n> — The captain"),
        Card(public_id="pqrstvwxzb", heading="Lamps 🏮", emoji="🚢", spoiler_after=3, check_on=dt.date(2027, 1, 2)),
        Card(heading="Sources", sources=(Source(url="https://example.org/a", seen_on=dt.date(2026, 1, 1)),)),
    ),
    faqs=(Faq(question="Who?", answer="Nobody."),),
    numbering=Numbering.COUNTDOWN,
    tags=("Ferries",),
)


@pytest.mark.parametrize("name", ["the-ferry.md", "the-ferry.txt", "the-ferry"])
def test_a_markdown_export_comes_back_equal_whatever_its_name(name: str):
    found = importing.read(exporting.to_markdown(WHOLE).encode(), name)
    assert found.document == WHOLE
    assert found.account.is_complete
    assert not found.account.unplaced


def test_a_json_export_comes_back_equal():
    assert importing.read(exporting.to_json(WHOLE).encode(), "the-ferry.json").document == WHOLE


def test_a_damaged_export_is_refused_with_file_and_line_and_not_guessed_at():
    text = exporting.to_markdown(WHOLE).replace("fanguide = 1", "fanguide = 1\ntitle = unquoted", 1)
    with pytest.raises(ImportRefused, match=r"ferry\.md: Line 3"):
        importing.read(text.encode(), "ferry.md")


def test_json_that_is_no_document_is_refused():
    with pytest.raises(ImportRefused, match=r"list\.json"):
        importing.read(b'["a", "b"]', "list.json")
