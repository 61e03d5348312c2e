"""The Problem, which says where a rule is not kept."""

from __future__ import annotations

from dataclasses import dataclass

from articles.readiness.rules import RULES
from articles.restatements import Mark


@dataclass(frozen=True, slots=True)
class PlaceElsewhere:
    """A published fact. `words` name it for a link; it has its own page, at its id and slug, once it `is_live`."""

    words: str
    public_id: str
    slug: str
    article_id: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that is not kept at a place.

    `place` is "details", "introduction", "conclusion", "card:<public id>" or "faq:<public id>"; `field` is the name of
    the form field there that puts it right ("sources" is the formset), "" for none. `links` lead to other facts. `mark`
    has the sentences of what still says what a fact said before.
    """

    code: str
    place: str
    sentence: str
    field: str = ""
    links: tuple[PlaceElsewhere, ...] = ()
    mark: Mark | None = None

    @property
    def is_blocking(self) -> bool:
        return RULES[self.code].is_blocking
