"""What the tests of this room share: reading a document of tests/data, and looking for words in what came out."""

from __future__ import annotations

from pathlib import Path

from articles.document import Document
from articles.importing import Imported, read
from articles.text import outline

DATA = Path(__file__).parent.parent / "data"


def imported(name: str) -> Imported:
    return read((DATA / name).read_bytes(), name)


def visible(document: Document) -> str:
    """Every word that a reader of the Document could see, rendered as the site renders it."""
    words = [document.title, outline.plain(document.introduction)]
    for card in document.cards:
        words += [card.heading, card.emoji, outline.plain(card.body)]
    words += [document.conclusion_heading, outline.plain(document.conclusion)]
    for faq in document.faqs:
        words += [faq.question, outline.plain(faq.answer)]
    return "\n".join(words)


def shown(result: Imported) -> str:
    """The Document's words and those that the account shows as unplaced."""
    return "\n".join([visible(result.document), *(entry.text for entry in result.account.unplaced)])
