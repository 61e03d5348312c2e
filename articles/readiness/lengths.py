"""A text that holds more signs of Markdown than are read: what comes after them would show as it was typed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.document import Document
from articles.readiness.parts import CheckedPart, card_parts, faq_parts
from articles.readiness.problems import Problem
from articles.text import bounds

_WORDS_SHOWN = 40  # characters


def of_document(document: Document) -> Iterator[Problem]:
    """Counted, not rendered: may be asked of an article of any size."""
    for part, field, text in _texts(document):
        read = bounds.markdown_length(text)
        if read < len(text):
            sentence = _(
                "It holds more than %(most)s signs of Markdown, such as * and [. From “%(words)s” on it would show as "
                "it is typed: make several texts of it."
            )
            words = {"most": f"{bounds.MOST_SIGNS:,}", "words": _beginning(text[read:])}
            yield part.located_problem("too-many-signs", field, sentence % words)


def _beginning(text: str) -> str:
    return " ".join(text[: 4 * _WORDS_SHOWN].split())[:_WORDS_SHOWN]


def _texts(document: Document) -> Iterator[tuple[CheckedPart, str, str]]:
    yield CheckedPart("introduction", gettext_noop("Introduction")), "introduction", document.introduction
    for part, card in card_parts(document):
        yield part, "body", card.body
    yield CheckedPart("conclusion", gettext_noop("Conclusion")), "conclusion", document.conclusion
    for part, faq in faq_parts(document):
        yield part, "answer", faq.answer
