"""What editors decide on the parts of an article, word for word, and the locks that they put on articles and facts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, LinesField
from articles.models.writing import Article


class Decision(models.Model):
    """What one person said of one part of an article, with the very words that were read.

    A decision holds as long as readers would see the same words: `workflow.decisions` compares, nothing is stored when
    it lapses. Rows are never changed; "seen" alone, of which each person has one for a part, moves on.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("approved")
        ASKED = "asked", _("asked about it")
        SENT_BACK = "sent-back", _("sent back")
        SEEN = "seen", _("saw it")

    article = models.ForeignKey(Article, models.CASCADE, related_name="decisions")
    place = LineField(max_length=40)  # as in a Problem: "details", "introduction", "card:<public id>" …
    verdict = LineField(max_length=10, choices=Verdict)
    value = models.JSONField(encoder=DjangoJSONEncoder)  # see drafts.visible.to_json
    note = LinesField(blank=True, max_length=5000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = LineField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes: ClassVar = [models.Index(fields=["article", "place", "at"])]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verdict} {self.place}"


class Lock(models.Model):
    """That nobody but `by` changes, moves, deletes or publishes an article, or one fact of it, until it is lifted."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="locks")
    place = LineField(max_length=40, blank=True)  # empty: the whole article; else "card:<public id>" or "faq:…"
    reason = LineField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "place"], condition=Q(lifted_at=None), name="lock_one_at_a_time")
        ]

    def __str__(self) -> str:
        return self.reason
