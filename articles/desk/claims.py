"""What can be checked of each part of an article (articles/claims), as the desk lists it.

Computed when a page asks, without a query; what was computed of a part is remembered, for of many parts one is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from articles import drafts
from articles.claims import Kind, claims_in
from articles.document import Document
from articles.models import Article, Subject

KINDS: Mapping[Kind, Any] = {
    Kind.NUMBER: _("number"),
    Kind.AMOUNT: _("amount"),
    Kind.DATE: _("date"),
    Kind.NAME: _("name"),
    Kind.TITLE: _("title"),
    Kind.QUOTATION: _("quotation"),
    Kind.PLACE: _("episode, season or chapter"),
    Kind.RANK: _("rank"),
    Kind.SUPERLATIVE: _("superlative"),
    Kind.OTHER: _("marked by a person"),
}
#: The texts of a part that readers see and that state something, in reading order; `details` state nothing of a fact.
_FIELDS = ("introduction", "heading", "body", "conclusion_heading", "conclusion", "question", "answer")

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim at its first place in a part: text[start:stop] of the field as it is stored, in code points."""

    kind: Kind
    words: str
    field: str
    start: int
    stop: int

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def claims_by_place(article: Article, value: Document) -> dict[str, tuple[Line, ...]]:
    """The claims of each part that has texts, by its place as in a Problem; what is said twice in a part is one.

    The name of the article's subject is none: nobody has to look it up.
    """
    language = value.language or settings.LANGUAGE_CODE
    known = _known_names(article.subject)
    return {
        place: _lines(tuple((name, texts[name]) for name in _FIELDS if texts.get(name)), language, known)
        for place, texts in drafts.texts_in(value).items()
        if place != "details"
    }


def _known_names(subject: Subject | None) -> frozenset[str]:
    """In small letters; of “Crown: The Reckoning” also “Crown”."""
    if subject is None:
        return frozenset()
    names = [subject.name, subject.original_name, *subject.other_names]
    return frozenset(part.casefold().strip() for name in names for part in (name, name.partition(":")[0]) if part)


@lru_cache(maxsize=4000)
def _lines(texts: Texts, language: str, known: frozenset[str]) -> tuple[Line, ...]:
    found: dict[tuple[Kind, object], Line] = {}
    for name, text in texts:
        for claim in claims_in(text, language):
            is_known = claim.kind in (Kind.NAME, Kind.TITLE) and claim.words.casefold() in known
            if not is_known:
                line = Line(claim.kind, claim.words, name, claim.start, claim.stop)
                found.setdefault((claim.kind, claim.value), line)
    return tuple(found.values())


def count_words(lines: Iterable[Line]) -> str:
    """“12 things to check”; "" for none."""
    count = len(tuple(lines))
    return ngettext("%(count)s thing to check", "%(count)s things to check", count) % {"count": count} if count else ""


def drawn(lines: tuple[Line, ...]) -> str:
    """The list behind its count as HTML, for pages that show many; empty for no claims."""
    return _drawn(lines, get_language()) if lines else ""


@lru_cache(maxsize=1000)
def _drawn(lines: tuple[Line, ...], _language: str | None) -> str:
    return render_to_string("desk/_claims.html", {"summary": count_words(lines), "lines": lines})
