"""The house's spellings: which of them an article does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.document import Document
from articles.models import HouseTerm
from articles.readiness.parts import CheckedPart, card_parts, faq_parts
from articles.readiness.problems import Problem
from articles.text.terms import Misspelling, Spellings, Term

#: How many texts are remembered, and how long one may be: see `texts`.
_MOST_KEPT, _LONGEST_KEPT = 2000, 4000


def spellings() -> Spellings:
    """The terms as they are now: one query; compiled anew only when one has changed."""
    columns = ("right", "wrong", "whole_words", "match_case")
    rows = HouseTerm.objects.order_by("pk").values_list(*columns)
    return _compiled(tuple(Term(right, tuple(wrong), whole, case) for right, wrong, whole, case in rows))


@lru_cache(4)
def _compiled(terms: tuple[Term, ...]) -> Spellings:
    return Spellings(terms)


@lru_cache(_MOST_KEPT)
def _remembered(house: Spellings, text: str) -> list[Misspelling]:
    return house.misspelt(text)


def of_document(document: Document, house: Spellings) -> Iterator[Problem]:
    """One problem for each wrong spelling of a text."""
    if not house.terms:
        return
    for part, field, text in _texts(document):
        found = _remembered(house, text) if len(text) <= _LONGEST_KEPT else house.misspelt(text)
        for each in found:
            sentence = _("“%(wrong)s” is written “%(right)s” here.")
            said = sentence % {"wrong": each.words, "right": each.term.right}
            yield part.located_problem("house-term", field, said)


def _texts(document: Document) -> Iterator[tuple[CheckedPart, str, str]]:
    """(part, field, text) of every text, as the replacement goes through them."""
    yield CheckedPart("details", gettext_noop("Title")), "title", document.title
    yield CheckedPart("details", gettext_noop("Dek")), "dek", document.dek
    yield CheckedPart("introduction", gettext_noop("Introduction")), "introduction", document.introduction
    for part, card in card_parts(document):
        yield part, "heading", card.heading
        yield part, "safe_heading", card.safe_heading
        yield part, "body", card.body
    conclusion = CheckedPart("conclusion", gettext_noop("Conclusion"))
    yield conclusion, "conclusion_heading", document.conclusion_heading
    yield conclusion, "conclusion", document.conclusion
    for part, faq in faq_parts(document):
        yield part, "question", faq.question
        yield part, "answer", faq.answer
