"""Sentences that still say what a fact said before it was changed, and questions that rest on no fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles import restatements
from articles.document import Document
from articles.models import Article
from articles.readiness.parts import CheckedPart, card_parts, faq_parts
from articles.readiness.problems import Problem
from articles.restatements import Mark
from articles.text.sentences import cut

#: A problem tells so much of each sentence; the desk shows both whole, side by side.
_LONGEST = 100


def of_document(document: Document, article: Article) -> Iterator[Problem]:
    """One problem a mark, and one a question. Two queries."""
    wordings, acts = restatements.wordings_of(article), restatements.acts_on(document, article.pk)
    found = restatements.restatements_of(document, wordings, acts, article.subject)
    parts = _parts(document)
    for mark in found.marks:
        part = CheckedPart("details", gettext_noop("Dek")) if mark.field == "dek" else parts[mark.place]
        sentence = _("%(where)s: %(problem)s") % {"where": part.name, "problem": _sentence(mark, parts)}
        yield Problem("said-before", mark.place, sentence, mark.field, mark=mark)
    for part, faq in faq_parts(document):
        resting = found.resting.get(part.place)
        if faq.question and faq.answer.strip() and resting and not resting.cards and not resting.declared:
            sentence = _("It rests on no fact of the list. Say on which it does, or that it needs none.")
            yield part.located_problem("rests-on-nothing", "question", sentence)


def _parts(document: Document) -> Mapping[str, CheckedPart]:
    once = {
        "details": gettext_noop("Details"),
        "introduction": gettext_noop("Introduction"),
        "conclusion": gettext_noop("Conclusion"),
    }
    items = [*card_parts(document), *faq_parts(document)]
    found = {place: CheckedPart(place, called) for place, called in once.items()}
    return found | {part.place: part for part, _item in items}


def _sentence(mark: Mark, parts: Mapping[str, CheckedPart]) -> str:
    fact = parts.get(f"card:{mark.card}")
    words = {"sentence": _short(mark.sentence), "old": _short(mark.old), "new": _short(mark.new)}
    words["fact"] = fact.name if fact else ""
    if mark.is_gone:
        return _("It rests on a fact that is not in the article any more: “%(old)s”.") % words
    if not mark.old:
        return _("It rests on %(fact)s, which says more now: “%(new)s”.") % words
    if mark.is_picture:
        return _("A picture still shows what %(fact)s said before: “%(sentence)s”.") % words
    if not mark.new:
        return _("“%(sentence)s” says what %(fact)s says no more.") % words
    return _("“%(sentence)s” says what %(fact)s said before. That says now: “%(new)s”.") % words


def _short(words: str) -> str:
    return cut(words, _LONGEST)
