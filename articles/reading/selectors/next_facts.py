"""Where a reader of one fact goes next: facts that this page and its article have not just shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, IntegerField, OuterRef, Q

from articles.models.editions import PublishedFact, PublishedTag
from articles.models.queries import keys_in_any
from articles.reading.outputs import made
from articles.reading.rows import FactRow
from articles.reading.selectors.facts import FACT_COLUMNS, FoundFact, row_of
from articles.reading.selectors.lists import articles_in_force
from articles.reading.selectors.prepared import NOW, Parameter, prepared

MORE_FACTS = 4
#: The first facts of so many of the newest articles are looked at, for subjects that differ.
NEWEST_ARTICLES = 12
_EDITION, _SUBJECT, _TAG = (Parameter(name, IntegerField()) for name in ("edition", "subject", "tag"))


class NextFacts(NamedTuple):
    """`has_any`: any publication may change them, for some share neither subject nor tag, or could be passed by one."""

    rows: tuple[FactRow, ...]
    has_any: bool


def next_facts(fact: FoundFact, tag: int | None, now: dt.datetime) -> NextFacts:
    """Facts of other articles: the newest about the same subject, then one about each other subject while there are
    enough, those under the tag (of the fact's article) first.

    Without their tags. One query.
    """
    values = {"edition": fact.edition.pk, "subject": fact.edition.subject_id or 0, "tag": tag or 0}
    found = sorted(_next().rows(now=now, **values), key=lambda row: (not row[-2], not row[-1]))
    near = {row[1] for row in found if row[-2] or row[-1]}
    rows = made(lambda row: (row_of(row[:-2]), row[-2]), found)
    once = {row.public_id: (row, is_about) for row, is_about in rows if row.public_id != fact.public_id}
    first, more = _varied(once.values())
    shown = (*first, *more)[:MORE_FACTS]
    return NextFacts(shown, len(first) < MORE_FACTS or any(row.public_id not in near for row in shown))


def _varied(found: Iterable[tuple[FactRow, bool]]) -> tuple[list[FactRow], list[FactRow]]:
    """In their order; the second about a subject (or out of an article without one) is kept for when there are few."""
    first: list[FactRow] = []
    more: list[FactRow] = []
    met: set[str] = set()
    for row, is_about in found:
        topic = row.subject.slug if row.subject else f"/{row.article_slug}"
        (more if topic in met and not is_about else first).append(row)
        met.add(topic)
    return first, more


@prepared
def _next() -> Any:
    others = PublishedFact.objects.in_force(at=NOW).once(at=NOW).exclude(edition=_EDITION).newest_first()
    about = others.filter(subject=_SUBJECT).values("pk")[:MORE_FACTS]
    under = PublishedTag.objects.in_force(at=NOW).filter(tag=_TAG).exclude(fact__edition=_EDITION).once(at=NOW)
    tagged = under.newest_first().values("fact_id")[:MORE_FACTS]
    articles = articles_in_force().exclude(pk=_EDITION).values("pk")[:NEWEST_ARTICLES]
    before = PublishedFact.objects.filter(edition=OuterRef("edition"), pk__lt=OuterRef("pk"))
    firsts = others.order_by().filter(~Exists(before), edition__in=articles).values("pk")
    wanted = keys_in_any(about, tagged, others.values("pk")[:MORE_FACTS], firsts)
    found = PublishedFact.objects.filter(pk__in=wanted).order_by("-first_visible_from", "pk")
    return found.annotate(is_about=Q(subject=_SUBJECT), is_tagged=Q(pk__in=tagged)).values_list(
        *FACT_COLUMNS, "is_about", "is_tagged"
    )
