"""One fact in several articles: where else it is told, and which of the addresses stands for all that say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, Q
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models.editions import PublishedFact
from articles.reading.rows import lang_of
from articles.reading.selectors.facts import FoundFact
from articles.reading.selectors.prepared import NOW, Parameter, prepared
from articles.text import markdown

#: So many are named; the original is always among them.
MOST_ARTICLES = 8


class AlsoIn(NamedTuple):
    """The same fact in another article, as a fact of its own. `says_the_same`: word for word, and closed until the
    same episode. An empty `slug` stands for an address without words.
    """

    public_id: str
    slug: str
    article_slug: str
    article_title: str
    language: str
    spoiler_after: int | None
    is_origin: bool
    says_the_same: bool

    @property
    def url(self) -> str:
        if not self.slug:
            return reverse("fact-by-id", args=[self.public_id])  # which leads on
        return reverse("fact", args=[self.public_id, self.slug])

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.article_title)

    @property
    def lang(self) -> SafeString:
        return lang_of(self.language)


def also_in(fact: FoundFact, now: dt.datetime) -> tuple[AlsoIn, ...]:
    """Where else it is told, the original first. One query, none for a fact that stands alone."""
    if not fact.origin:
        return ()
    found = _also_in().rows(now=now, origin=fact.origin, public_id=fact.public_id)
    return tuple(AlsoIn._make([*row[:6], row[0] == fact.origin, row[6] == fact.words]) for row in found)


def beside_a_closed_fact(found: Iterable[AlsoIn]) -> tuple[AlsoIn, ...]:
    """Where the fact stands open elsewhere, its slug would tell what is closed here."""
    return tuple(each._replace(slug="") if each.spoiler_after is None else each for each in found)


def canonical_of(told: Iterable[AlsoIn]) -> AlsoIn | None:
    """The original among them, where readers find the very same words there; None for what stands for itself."""
    return next((each for each in told if each.is_origin and each.says_the_same), None)


@prepared
def _also_in() -> Any:
    origin, own = Parameter("origin", CharField()), Parameter("public_id", CharField())
    rows = PublishedFact.objects.in_force(at=NOW).once(at=NOW).filter(origin=origin).exclude(public_id=own)
    rows = rows.annotate(is_origin=Q(public_id=origin)).order_by("-is_origin", "first_visible_from", "pk")
    columns = ("public_id", "slug", "edition__slug", "edition__title", "edition__language")
    return rows.values_list(*columns, "spoiler_after", "words")[:MOST_ARTICLES]
