"""How often articles are read: a sum for each article and day (UTC), and nothing else.

A network counts once a day for an article. That it has is noted in a cache alone, as a digest, until the day ends;
where each process has a cache of its own (no Redis) it may count once in each. A cache that is full forgets the oldest.

What this cannot prevent is what votes cannot: see `models.votes`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import ClassVar

from django.core.cache import caches
from django.db import models
from django.db.models import F, Sum
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models.networks import network_of
from articles.models.waiting import short_wait

#: For how long sums are stored: so that a month can be compared with the same one a year ago.
STORED = dt.timedelta(days=400)
#: Of so many days, today among them, the desk tells the sum.
LATELY = 30
#: Milliseconds, for the lock of the database.
LONGEST_WAIT = 500


def day_of(now: dt.datetime) -> dt.date:
    return now.astimezone(dt.UTC).date()


def end_of_day(now: dt.datetime) -> dt.datetime:
    """The instant at which the next day begins."""
    return dt.datetime.combine(day_of(now) + dt.timedelta(days=1), dt.time.min, dt.UTC)


def is_first_today(article: int, address: str, now: dt.datetime) -> bool:
    """Whether nobody in the network of `address` (IPv4 /24, IPv6 /56, as for votes) was counted for this article today.
    From now on somebody was.
    """
    ends = end_of_day(now)
    words = f"{network_of(address, v4=24, v6=56)} {article} {ends.isoformat()}"
    digest = salted_hmac("articles.read_counts", words, algorithm="sha256").hexdigest()[:32]
    return caches["readers"].add(digest, 1, (ends - now).total_seconds())


class ReadCountQuerySet(models.QuerySet["ReadCount"]):
    def add_one(self, article: int, now: dt.datetime) -> None:
        """One statement. The first reader of an article's day costs three more, and clears what is too old.

        Raises DatabaseError where nothing can be written soon.
        """
        day = day_of(now)
        of_day = self.filter(article=article, day=day)
        with short_wait(LONGEST_WAIT):
            if of_day.update(count=F("count") + 1):
                return
            self.bulk_create([ReadCount(article_id=article, day=day)], ignore_conflicts=True)
            of_day.update(count=F("count") + 1)
            self.filter(day__lt=day - STORED).delete()

    def lately(self, now: dt.datetime) -> ReadCountQuerySet:
        """The last LATELY days."""
        today = day_of(now)
        return self.filter(day__gt=today - dt.timedelta(days=LATELY), day__lte=today)

    def by_article(self, articles: Collection[int]) -> dict[int, int]:
        """The sum of each of these articles. One query."""
        sums = self.filter(article__in=articles).order_by().values("article").annotate(sum=Sum("count"))
        return dict.fromkeys(articles, 0) | dict(sums.values_list("article", "sum"))


class ReadCount(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="read_counts")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = ReadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of readers")
        verbose_name_plural = _("counts of readers")
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "article"], name="read_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.article_id} on {self.day}: {self.count}"
