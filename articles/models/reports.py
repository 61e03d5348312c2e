"""What readers report as wrong. The only rows that a visitor can make."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """A reader says that a published fact is wrong. `sender` is a digest to count by, not to know by."""

    public_id = models.CharField(max_length=16, editable=False)  # of the fact
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="reports", editable=False)
    heading = models.CharField(max_length=250, editable=False)  # outside heading of the fact, then
    words = models.TextField(_("what is wrong"), max_length=2000)
    source = models.URLField(_("where it can be looked up"), max_length=500, blank=True)
    email = models.EmailField(_("your address, if you want an answer"), blank=True)
    sender = models.CharField(max_length=32, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    answer = models.TextField(_("what came of it"), max_length=2000, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["closed_at", "-made_at"]),
            models.Index(fields=["sender", "made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.words[:60]}"
