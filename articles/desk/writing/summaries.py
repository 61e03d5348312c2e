"""The list of parts: each card and question as readers will see it, with what is to be known about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypedDict

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from articles import document, drafts
from articles.desk.uses.lines import CardLines
from articles.models import Article
from articles.models.labels import CAVEAT_LABELS
from articles.readiness import Problem

_MARKS = {
    "missing": ngettext_lazy("%(count)s thing missing", "%(count)s things missing", "count"),
    "advice": ngettext_lazy("%(count)s piece of advice", "%(count)s pieces of advice", "count"),
    "remarks": ngettext_lazy("%(count)s open comment", "%(count)s open comments", "count"),
    "tags": ngettext_lazy("%(count)s tag", "%(count)s tags", "count"),
    "sources": ngettext_lazy("%(count)s source", "%(count)s sources", "count"),
}


class Mark(TypedDict):
    """A short remark on a line: what it is about (a style's name), and its words."""

    kind: str
    words: str


class PartSummary(TypedDict):
    """A card or a question as the list of parts shows it. A dict: templates look into it four times as fast."""

    public_id: str
    number: int | None
    emoji: str
    heading: str
    html: SafeString  # of its text, as readers will see it
    marks: Sequence[Mark]
    to_check: str  # how many things of it can be checked, in words; empty for none
    restated: str  # HTML of what still says there what a fact said before; empty for nothing
    uses: CardLines | None  # the fact of another article that it tells, and who tells its own


def card_lines(
    value: document.Document,
    html: Mapping[str, SafeString],
    remarks: Counter[str],
    problems: Iterable[Problem],
    to_check: Mapping[str, str],
    restated: Mapping[str, str],
    uses: Mapping[str, CardLines],
) -> Iterator[PartSummary]:
    found, empty = _count(problems), _("(nothing written yet)")
    for number, card in value.numbered_cards():
        place = f"card:{card.public_id}"
        yield {
            "public_id": card.public_id,
            "number": number,
            "emoji": card.emoji,
            "heading": card.heading or empty,
            "html": html[place],
            "marks": [
                *_problem_marks(found, place),
                *_mark("remarks", remarks[place]),
                *_spoiler_mark(card.spoiler_after),
                *_caveat_mark(card.caveat),
                *_mark("tags", len(card.tags)),
                *_mark("sources", len(card.sources)),
            ],
            "to_check": to_check[place],
            "restated": restated.get(place, ""),
            "uses": uses.get(card.public_id),
        }


def faq_lines(
    value: document.Document,
    html: Mapping[str, SafeString],
    remarks: Counter[str],
    problems: Iterable[Problem],
    to_check: Mapping[str, str],
    restated: Mapping[str, str],
) -> Iterator[PartSummary]:
    found, empty = _count(problems), _("(nothing written yet)")
    for number, faq in enumerate(value.faqs, 1):
        place = f"faq:{faq.public_id}"
        yield {
            "public_id": faq.public_id,
            "number": number,
            "emoji": "",
            "heading": faq.question or empty,
            "html": html[place],
            "marks": [
                *_problem_marks(found, place),
                *_mark("remarks", remarks[place]),
                *_spoiler_mark(faq.spoiler_after),
            ],
            "to_check": to_check[place],
            "restated": restated.get(place, ""),
            "uses": None,
        }


def _count(problems: Iterable[Problem]) -> Counter[tuple[str, bool]]:
    return Counter((problem.place, problem.is_blocking) for problem in problems)


def _problem_marks(found: Counter[tuple[str, bool]], place: str) -> Iterator[Mark]:
    yield from _mark("missing", found[place, True])
    yield from _mark("advice", found[place, False])


def _spoiler_mark(episode: int | None) -> Iterator[Mark]:
    if episode is not None:
        yield {"kind": "spoiler", "words": _("after episode %(episode)s") % {"episode": episode}}


def _caveat_mark(caveat: document.Caveat) -> Iterator[Mark]:
    if caveat:
        yield {"kind": "caveat", "words": str(CAVEAT_LABELS[caveat])}


def _mark(kind: str, count: int) -> Iterator[Mark]:
    if count:
        yield {"kind": kind, "words": _words(kind, count, get_language())}


@lru_cache(maxsize=1000)
def _words(kind: str, count: int, language: str) -> str:  # noqa: ARG001  -- the words are of this language
    return str(_MARKS[kind] % {"count": count})


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
    """How many remarks are open, by their place; "" for those on the whole article."""
    rows = article.comments.filter(parent=None, resolved_at=None).order_by()
    return Counter(dict(rows.values_list("place").annotate(total=Count("pk"))))
