"""Where a reader of one fact goes next: facts that this page and its article have not just shown."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import IntegerField, Q

from articles.models.editions import PublishedFact, PublishedTag
from articles.reading.outputs import made
from articles.reading.rows import FactRow
from articles.reading.selectors.facts import FACT_COLUMNS, FoundFact, row_of
from articles.reading.selectors.prepared import NOW, Parameter, prepared

MORE_FACTS = 4
_EDITION, _SUBJECT, _TAG = (Parameter(name, IntegerField()) for name in ("edition", "subject", "tag"))


class NextFacts(NamedTuple):
    """`has_any`: among them are some that share neither subject nor tag, so that any publication may change them."""

    rows: tuple[FactRow, ...]
    has_any: bool


def next_facts(fact: FoundFact, tag: int | None, now: dt.datetime) -> NextFacts:
    """The newest of other articles: about the same subject, then under the tag (of the fact's article), then any.

    Without their tags. One query.
    """
    values = {"edition": fact.edition.pk, "subject": fact.edition.subject_id or 0, "tag": tag or 0}
    found = sorted(_next().rows(now=now, **values), key=lambda row: (not row[-2], not row[-1]))
    near = {row[1] for row in found if row[-2] or row[-1]}
    rows = made(lambda row: row_of(row[:-2]), found)
    once = {row.public_id: row for row in rows if row.public_id != fact.public_id}
    shown = tuple(once.values())[:MORE_FACTS]
    return NextFacts(shown, len(shown) < MORE_FACTS or any(row.public_id not in near for row in shown))


@prepared
def _next() -> Any:
    others = PublishedFact.objects.in_force(at=NOW).once(at=NOW).exclude(edition=_EDITION).newest_first()
    about = others.filter(subject=_SUBJECT).values("pk")[:MORE_FACTS]
    under = PublishedTag.objects.in_force(at=NOW).filter(tag=_TAG).exclude(fact__edition=_EDITION).once(at=NOW)
    tagged = under.newest_first().values("fact_id")[:MORE_FACTS]
    wanted = Q(pk__in=about) | Q(pk__in=tagged) | Q(pk__in=others.values("pk")[:MORE_FACTS])
    found = PublishedFact.objects.filter(wanted).order_by("-first_visible_from", "pk")
    return found.annotate(is_about=Q(subject=_SUBJECT), is_tagged=Q(pk__in=tagged)).values_list(
        *FACT_COLUMNS, "is_about", "is_tagged"
    )
