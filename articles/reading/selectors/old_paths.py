"""Where the addresses of the site that articles were imported from lead now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import CharField, Subquery

from articles.models.addresses import PATH_LENGTH, OldPath
from articles.models.editions import Edition
from articles.reading.selectors.clock import CLOCK, PublicClock, clock_columns, clock_of
from articles.reading.selectors.prepared import NOW, Parameter, prepared

PATH: Any = Parameter("path", CharField())


def event_at_old_path(path: str, now: dt.datetime) -> tuple[str, str, PublicClock] | None:
    """Kind and slug of the event in force of the article that stood at this path. One query at most."""
    plain = OldPath.plain(path)
    if not plain or len(plain) > PATH_LENGTH or "\0" in plain:
        return None
    found = _event_at().rows(path=plain, now=now)
    if not found:
        return None
    kind, slug, *clock = found[0]
    return kind, slug, clock_of(now, clock)


@prepared
def _event_at() -> Any:
    article = OldPath.objects.filter(path=PATH).values("article_id")[:1]
    return (
        Edition.objects.in_force(at=NOW)
        .filter(article_id=Subquery(article))
        .order_by()
        .annotate(**clock_columns())
        .values_list("kind", "slug", *CLOCK)
    )
