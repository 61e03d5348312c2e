"""The ledger of counts: how many facts and articles readers can find, exact at each instant, without a scan.

Publication appends changes and locks nothing for it: a count at an instant is a total and the changes up to then.
`publishing.ledger` alone writes here. A subject has one kind, so the count of a kind of subject is the sum of theirs.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from articles.models.fields import LineField

_KIND_LENGTH = 20


class CountKind(models.TextChoices):
    """What is counted; the key beside it is the primary key of the tag, subject or author, or 0."""

    FACTS = "facts"
    SAFE_FACTS = "safe-facts"  # those without a spoiler point
    SOURCED_FACTS = "sourced-facts"
    PICTURED_FACTS = "pictured-facts"
    FACTS_TAGGED = "facts-tagged"  # own tags and those of the article
    FACTS_ABOUT = "facts-about"
    ARTICLES = "articles"
    ARTICLES_TAGGED = "articles-tagged"
    ARTICLES_ABOUT = "articles-about"
    ARTICLES_BY = "articles-by"


class CountTotal(models.Model):
    """The sum of the changes that were folded into it (publishing.ledger.fold)."""

    kind = LineField(max_length=_KIND_LENGTH, choices=CountKind)
    key = models.PositiveBigIntegerField(default=0)
    count = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="count_total_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "-count", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.count}"


class CountChange(models.Model):
    """From `at` on the count is greater by `change`. Rows are only added, and folded into totals when they are over."""

    kind = LineField(max_length=_KIND_LENGTH, choices=CountKind)
    key = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
    change = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "key", "at", "change"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.change:+} at {self.at}"
