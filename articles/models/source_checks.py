"""What was found at the addresses of sources the last time that somebody had them looked at, by address.

One bad day proves nothing: an address is dead when it was gone on two different days with no answer of it between.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.document.rules import URL_LENGTH
from articles.models.fields import LineField
from articles.models.sources import Source
from articles.states import Status

#: On so many different days an address has to be gone.
DAYS_UNTIL_DEAD = 2


class SourceCheckQuerySet(models.QuerySet["SourceCheck"]):
    def dead(self) -> SourceCheckQuerySet:
        return self.filter(gone_days__gte=DAYS_UNTIL_DEAD)

    def doubtful(self) -> SourceCheckQuerySet:
        """Those that failed the last time, and are not dead."""
        return self.filter(failures__gt=0, gone_days__lt=DAYS_UNTIL_DEAD)

    def in_use(self, *, without_copy: bool = False) -> SourceCheckQuerySet:
        """Those of sources of live articles and drafts; `without_copy`: of one at least that names no archived copy."""
        rows = sources_in_use().filter(url=OuterRef("url"))
        return self.filter(Exists(rows.filter(archived_url="") if without_copy else rows))


class SourceCheck(models.Model):
    """`failures` in a row, of which `gone_days` are the different days on which it was gone; both end with an answer.
    What is unclear (403, 429, 500) changes neither.
    """

    class Outcome(models.TextChoices):
        ANSWERS = "answers", _("answers")
        GONE = "gone", _("is gone")
        NO_ANSWER = "no-answer", _("did not answer")
        UNCLEAR = "unclear", _("answers unclearly")
        PRIVATE = "private", _("leads into a private network")

    url = models.URLField(max_length=URL_LENGTH, unique=True)
    host = LineField(max_length=255, db_index=True)
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)  # None while nobody has heard yet
    outcome = LineField(max_length=10, choices=Outcome, blank=True)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP, where somebody answered
    said = LineField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateField(null=True)
    gone_days = models.PositiveSmallIntegerField(default=0)
    gone_on = models.DateField(null=True)  # the last of these days

    objects = SourceCheckQuerySet.as_manager()

    class Meta:
        ordering = ("url",)
        verbose_name = _("look at a source")
        verbose_name_plural = _("looks at sources")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["url"], name="source_dead", condition=models.Q(gone_days__gte=DAYS_UNTIL_DEAD))
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_dead(self) -> bool:
        return self.gone_days >= DAYS_UNTIL_DEAD

    def note(self, outcome: str, *, status: int | None, said: str, at: dt.datetime, day: dt.date) -> None:
        """Keeps what was found; `day` is that of `at` where the site is."""
        self.outcome, self.status, self.said, self.checked_at = outcome, status, said, at
        if outcome == self.Outcome.ANSWERS:
            self.failures, self.failing_since, self.gone_days, self.gone_on = 0, None, 0, None
        elif outcome in (self.Outcome.GONE, self.Outcome.NO_ANSWER):
            self.failures += 1
            self.failing_since = self.failing_since or day
            if outcome == self.Outcome.GONE and self.gone_on != day:
                self.gone_days, self.gone_on = min(self.gone_days + 1, 1000), day
        self.save()


def sources_in_use() -> QuerySet[Source]:
    """Those with an address, of articles that somebody reads or works on."""
    of_articles = Source.objects.filter(card__article__binned_at=None, card__article__is_template=False)
    return of_articles.exclude(card__article__status=Status.ARCHIVED).exclude(url="")
