"""What is marked because a fact has changed, as the desk and the review page show it: both sentences side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.desk.pages import article_url
from articles.document import Document
from articles.models import Article
from articles.readiness import Problem
from articles.restatements import Mark
from articles.text import word_runs
from articles.text.word_runs import Run


@dataclass(frozen=True, slots=True)
class Sides:
    """A mark with the name of its fact; what differs in the fact's two sentences is marked in both."""

    mark: Mark
    fact: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    url: str  # the form of the part
    fact_url: str  # that of the fact; "" where it is gone


def drawn_by_place(
    article: Article, value: Document, problems: Iterable[Problem], *, may_settle: bool
) -> dict[str, str]:
    """As HTML, by the place of the part. Without a query. The page has a form with the id restatement-act."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for problem in problems:
        if problem.mark:
            marks[problem.place].append(problem.mark)
    return {
        place: drawn(tuple(sides_of(article, value, found)), may_settle=may_settle) for place, found in marks.items()
    }


def sides_of(article: Article, value: Document, marks: Iterable[Mark]) -> list[Sides]:
    names = names_of_facts(value)
    return [_sides(article, mark, names) for mark in marks]


def names_of_facts(value: Document) -> dict[str, str]:
    """“Fact 4”, by public id, under the number that readers see."""
    numbered = enumerate(value.numbered_cards(), 1)
    return {card.public_id: _("Fact %(number)s") % {"number": number or at} for at, (number, card) in numbered}


def _sides(article: Article, mark: Mark, names: Mapping[str, str]) -> Sides:
    kind, _colon, public_id = mark.place.partition(":")
    old, new = word_runs.of_texts(mark.old, mark.new)
    return Sides(
        mark,
        names.get(mark.card, ""),
        tuple(old),
        tuple(new),
        article_url(kind, article, public_id) if public_id else article_url(kind, article),
        article_url("card", article, mark.card) if mark.card in names else "",
    )


def drawn(sides: Sequence[Sides], *, may_settle: bool) -> str:
    """HTML; empty for no marks."""
    return _drawn(tuple(sides), may_settle, get_language()) if sides else ""


@lru_cache(maxsize=500)
def _drawn(sides: tuple[Sides, ...], may_settle: bool, _language: str | None) -> SafeString:
    return render_to_string("desk/_restatements.html", {"marks": sides, "may_settle": may_settle})
