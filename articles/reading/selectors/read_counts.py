"""Which article a reader has read, and which were read most."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.db.models import DateField, Sum

from articles.models.addresses import Address
from articles.models.editions import Edition
from articles.models.read_counts import ReadCount, day_of
from articles.reading.selectors.clock import COUNT_SECONDS
from articles.reading.selectors.lists import SLUG
from articles.reading.selectors.prepared import NOW, Parameter, prepared

#: Of so many whole days before today (UTC).
DAYS = 7
#: Below so many readers on these days together it is chance which article comes first.
FEWEST_READERS = 10
#: Some may have been taken down meanwhile: others of these come in their place.
MOST_CANDIDATES = 20

_FIRST, _TODAY = Parameter("first", DateField()), Parameter("today", DateField())


def article_in_force(slug: str, now: dt.datetime) -> int | None:
    """The primary key of the article that readers find at this slug, or that has moved from there. One query."""
    found = _article_in_force().rows(slug=slug, now=now)
    return found[0][0] if found else None


@prepared
def _article_in_force() -> Any:
    address = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=SLUG, visible_from__lte=NOW).values("article")[:1]
    return Edition.objects.in_force(at=NOW).versions().filter(article__in=address).order_by().values_list("article")


def most_read(now: dt.datetime) -> list[int]:
    """Primary keys of the articles with the most readers on the days before today, the most first, whether or not they
    are in force.

    Days that are over change no more, so all of a day gets the same answer, which one query gives: not one for each
    state of the public site.
    """
    today = day_of(now)
    first = today - dt.timedelta(days=DAYS)

    key = f"reading/most-read/{today}"
    found: list[int] | None = cache.get(key)
    if found is None:
        found = [article for article, _sum in _most_read().rows(first=first, today=today)]
        cache.set(key, found, COUNT_SECONDS)
    return found


@prepared
def _most_read() -> Any:
    sums = ReadCount.objects.filter(day__gte=_FIRST, day__lt=_TODAY).order_by().values("article")
    sums = sums.annotate(sum=Sum("count")).filter(sum__gte=FEWEST_READERS)
    return sums.order_by("-sum", "-article").values_list("article", "sum")[:MOST_CANDIDATES]
