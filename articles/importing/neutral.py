"""The neutral shape of an import (`--json`): what was found, as plain values that any program can compare.

It is read back from the Document's Markdown, not from the source, so that it shows what the site would show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.importing.entry import Imported
from articles.importing.quotes import is_quotation
from articles.text import outline, syntax


def neutral(imported: Imported) -> dict[str, Any]:
    document, account = imported.document, imported.account
    return {
        "title": document.title,
        "intro": outline.plain(document.introduction).splitlines(),
        "intro_quotes": _quotes(document.introduction),
        "cards": [
            {
                "heading": card.heading,
                "emoji": card.emoji,
                "body_text": outline.plain(card.body),
                "quotes": _quotes(card.body),
                "lists": _lists(card.body),
            }
            for card in document.cards
        ],
        "conclusion": {
            "heading": document.conclusion_heading,
            "body_text": outline.plain(document.conclusion),
        },
        "faqs": [{"question": faq.question, "answer": outline.plain(faq.answer)} for faq in document.faqs],
        "unplaced": [{"text": entry.text, "why": entry.why} for entry in account.unplaced],
        "other_text": [entry.text for entry in account.unplaced],
        "repairs": [{"before": entry.before, "after": entry.after, "why": entry.why} for entry in account.repaired],
        "numbering": str(document.numbering),
        "pictures": [{"name": picture.name, "alt": picture.alt} for picture in imported.pictures],
        "notes": list(account.notes),
    }


def _quotes(body: str) -> list[dict[str, str]]:
    """The quotations: what names its speaker or stands in quotation marks. A set-off note is none."""
    return [
        {"text": quotation.text, "attribution": quotation.attribution}
        for quotation in outline.quotations(body)
        if quotation.attribution or is_quotation(quotation.text)
    ]


def _lists(body: str) -> int:
    return _count(token.type for token in syntax.parse(body) if token.level == 0)


def _count(types: Iterable[str]) -> int:
    return sum(kind in ("bullet_list_open", "ordered_list_open") for kind in types)
