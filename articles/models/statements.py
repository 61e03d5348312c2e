"""What the sentences of working copies measure (`articles.claims.measuring`), and what editors have ruled where two of
them contradict each other. `drafts.statements` alone writes statements.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.claims.measuring import LONGEST_MEASURE, LONGEST_VALUE
from articles.models.fields import LineField, LinesField
from articles.models.reference import Subject
from articles.models.writing import Article
from articles.states import Status

LONGEST_WORDS = 200


class StatementQuerySet(models.QuerySet["Statement"]):
    def counting(self) -> StatementQuerySet:
        """Those of articles that somebody may still change: not of the bin, the archive, or a template."""
        return self.filter(article__binned_at=None, article__is_template=False).exclude(article__status=Status.ARCHIVED)


class Statement(models.Model):
    """A sentence of a part that states the value of a measure. `subject` is that of its article.

    `is_contested`: another value of the same subject and measure stands somewhere. Whether it still counts, and what an
    editor has ruled, is found out where it is shown (`readiness.contradictions`).
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, related_name="statements")
    place = LineField(max_length=40)  # as in a Problem
    measure = LineField(max_length=LONGEST_MEASURE)
    value = LineField(max_length=LONGEST_VALUE)
    words = LineField(max_length=LONGEST_WORDS)  # of the claim
    sentence = models.TextField()
    digest = LineField(max_length=32)  # of the sentence: measuring.digest
    is_contested = models.BooleanField(default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["subject", "measure"]),
            models.Index(fields=["article", "place"]),
            models.Index(fields=["subject"], name="statement_contested", condition=models.Q(is_contested=True)),
        ]

    def __str__(self) -> str:
        return self.sentence


class Ruling(models.Model):
    """What an editor said of sentences that contradict each other. It holds among the sentences whose digests it has:
    one that is worded anew, or a further one, has not been looked at.
    """

    class Verdict(models.TextChoices):
        ONE_RIGHT = "one-right", _("one of them is right")
        BOTH_TRUE = "both-true", _("all of them are true")
        NOT_SAME = "not-same", _("they do not speak of the same thing")

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    measure = LineField(max_length=LONGEST_MEASURE)
    verdict = LineField(max_length=10, choices=Verdict)
    right = LineField(max_length=LONGEST_VALUE, blank=True)  # the value that is right, of ONE_RIGHT
    right_words = LineField(max_length=LONGEST_WORDS, blank=True)
    reason = LinesField(_("reason"), blank=True, max_length=500)
    digests: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ruled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-ruled_at", "-id")
        verbose_name = _("ruling on a contradiction")
        verbose_name_plural = _("rulings on contradictions")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["subject", "measure"])]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.measure}"
