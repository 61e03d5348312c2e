"""Corrections of articles that are live, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models.corrections import Correction
from articles.models.editions import Edition
from articles.models.parts import CorrectionPart
from articles.reading import corrections
from articles.reading.outputs import made
from articles.reading.paging import MOST_ROWS
from articles.reading.rows import SubjectName
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.lists import SUBJECT_COLUMNS
from articles.reading.selectors.prepared import NOW, placeholder_values, placeholders, prepared
from articles.text import markdown


class FoundCorrection(NamedTuple):
    correction: corrections.Correction
    article_title: str
    article_url: str
    subject: SubjectName | None

    @property
    def article_html(self) -> SafeString:
        return markdown.inline(self.article_title)


class _Live(NamedTuple):
    """An article as it is now; `entries` of its parts by place and instant."""

    title: str
    url: str
    subject: SubjectName | None
    entries: Mapping[tuple[str, str], CorrectionPart]


def count_corrections(clock: PublicClock) -> int:
    """No further than they can be paged. One query when the state is new."""
    return clock.cached("corrections", _found(clock.now)[: MOST_ROWS + 1].count)


def newest_corrections(now: dt.datetime, start: int, stop: int) -> tuple[FoundCorrection, ...]:
    """Two queries, one when there is nothing to find."""
    found = _slice(start, stop).rows(now=now)
    live = _articles(sorted({article for article, _place, _at in found}), now) if found else {}
    return tuple(each for each in made(lambda row: _found_correction(live, *row), found) if each)


def _found(at: Any) -> QuerySet[Correction]:
    live = Edition.objects.in_force(at=at).versions().filter(article_id=OuterRef("edition__article_id"))
    found = Correction.objects.filter(Exists(live.order_by()), at__lte=at)
    return found.order_by("-at", "edition_id", "position")


@prepared
def _slice(start: int, stop: int) -> Any:
    return _found(NOW).values_list("edition__article_id", "place", "at")[start:stop]


def _articles(ids: Sequence[int], now: dt.datetime) -> dict[int, _Live]:
    return dict(made(_live_article, _live(len(ids)).rows(now=now, **placeholder_values("article", ids))))


def _live_article(values: Sequence[Any]) -> tuple[int, _Live]:
    article, slug, title, entries, *subject = values
    by_place = {(entry["place"], entry["at"]): entry for entry in entries or ()}
    about = SubjectName(*subject) if subject[0] else None
    return article, _Live(title, reverse("article", args=[slug]), about, by_place)


@prepared
def _live(size: int) -> Any:
    editions = (
        Edition.objects.in_force(at=NOW).versions().order_by().filter(article__pk__in=placeholders("article", size))
    )
    return editions.values_list("article_id", "slug", "title", "parts__corrections", *SUBJECT_COLUMNS)


def _found_correction(live: Mapping[int, _Live], article: int, place: str, at: dt.datetime) -> FoundCorrection | None:
    """Out of the edition in force, which respects every spoiler point that was set later."""
    here = live.get(article)
    entry = here.entries.get((place, at.astimezone(dt.UTC).isoformat())) if here else None
    if here is None or entry is None:
        return None
    return FoundCorrection(
        corrections.for_corrections_page(entry, here.subject, here.url), here.title, here.url, here.subject
    )
