"""Who has an article open."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.fields import LineField
from articles.models.writing import Article


class Presence(models.Model):
    """That somebody has an article open on the desk. Written every few seconds, and true only while it is young."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    place = LineField(max_length=40, blank=True)  # the part that is open, as in a Problem's place

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.article_id}"
