"""That somebody looked at a published fact again and found it still true. Readers see the day, beside the edition."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField


def _today() -> dt.date:
    return timezone.localdate()


class FactCheck(models.Model):
    """Bound to exact words: it counts while the fact in force has this digest (PublishedFact.words), and no longer.

    `answers` is the card's own date that was due then: while the card still has it, `again_on` stands in its place.
    So a check needs no new edition, and no approval lapses by it.
    """

    public_id = LineField(max_length=ID_LENGTH)
    words = LineField(max_length=32)
    checked_on = models.DateField(_("checked on"), default=_today)
    again_on = models.DateField(_("check again on"))
    answers = models.DateField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-checked_on", "-id")
        verbose_name = _("check of a fact")
        verbose_name_plural = _("checks of facts")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["public_id", "words", "-checked_on"]),
            models.Index(fields=["checked_by", "-checked_on", "-id"]),  # an author's page
        ]

    def __str__(self) -> str:
        return f"{self.public_id} on {self.checked_on}"
