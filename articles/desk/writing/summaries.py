"""The lines of the list of parts: each card and question in a few words, with what is to be known about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from articles import document, drafts
from articles.models import Article
from articles.readiness import Problem
from articles.text import markdown

#: Of a body only its beginning is read for the first words.
_BEGINNING, _FIRST_WORDS = 500, 120

_MARKS = {
    "missing": ngettext_lazy("%(count)s thing missing", "%(count)s things missing", "count"),
    "advice": ngettext_lazy("%(count)s piece of advice", "%(count)s pieces of advice", "count"),
    "remarks": ngettext_lazy("%(count)s open comment", "%(count)s open comments", "count"),
    "tags": ngettext_lazy("%(count)s tag", "%(count)s tags", "count"),
    "sources": ngettext_lazy("%(count)s source", "%(count)s sources", "count"),
}


class Mark(NamedTuple):
    """A short remark on a line: what it is about (a style's name), and its words."""

    kind: str
    words: str


@dataclass(frozen=True)
class PartSummary:
    """A card or a question as the list of parts shows it."""

    public_id: str
    number: int | None
    emoji: str
    heading: str
    first_words: str
    marks: Sequence[Mark]


def card_lines(value: document.Document, remarks: Counter[str], problems: Iterable[Problem]) -> Iterator[PartSummary]:
    found = _count(problems)
    for number, card in value.numbered_cards():
        marks = [
            *_problem_marks(found, f"card:{card.public_id}"),
            *_mark("remarks", remarks[card.public_id]),
            *_spoiler_mark(card.spoiler_after),
            *_mark("tags", len(card.tags)),
            *_mark("sources", len(card.sources)),
        ]
        yield PartSummary(card.public_id, number, card.emoji, card.heading, first_words(card.body), marks)


def faq_lines(value: document.Document, problems: Iterable[Problem]) -> Iterator[PartSummary]:
    found = _count(problems)
    for number, faq in enumerate(value.faqs, 1):
        marks = [*_problem_marks(found, f"faq:{faq.public_id}"), *_spoiler_mark(faq.spoiler_after)]
        yield PartSummary(faq.public_id, number, "", faq.question, first_words(faq.answer), marks)


def _count(problems: Iterable[Problem]) -> Counter[tuple[str, bool]]:
    return Counter((problem.place, problem.is_blocking) for problem in problems)


def _problem_marks(found: Counter[tuple[str, bool]], place: str) -> Iterator[Mark]:
    yield from _mark("missing", found[place, True])
    yield from _mark("advice", found[place, False])


def _spoiler_mark(episode: int | None) -> Iterator[Mark]:
    if episode is not None:
        yield Mark("spoiler", _("after episode %(episode)s") % {"episode": episode})


def _mark(kind: str, count: int) -> Iterator[Mark]:
    if count:
        yield Mark(kind, str(_MARKS[kind] % {"count": count}))


def first_words(body: str) -> str:
    return _first_words(body[:_BEGINNING])


@lru_cache(maxsize=4000)
def _first_words(beginning: str) -> str:
    """Kept, because the outline is opened after each save and asks for the same 200 beginnings again."""
    return markdown.excerpt(beginning, _FIRST_WORDS)


def name_of_part(value: Any) -> str:
    """What a sentence calls a part, by its value."""
    match value:
        case document.Card():
            return value.heading or _("a fact without a heading")
        case document.Faq():
            return value.question or _("a question without words")
        case drafts.Details():
            return _("details")
        case drafts.Introduction():
            return _("introduction")
    return _("conclusion")


def open_remarks(article: Article) -> Counter[str]:
    """How many remarks are open, by the public id of their card; "" for those on the whole article."""
    rows = article.comments.filter(parent=None, resolved_at=None).order_by()
    counts = rows.values_list("card__public_id").annotate(total=Count("pk"))
    return Counter({public_id or "": total for public_id, total in counts})
