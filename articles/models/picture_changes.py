"""What writers propose to change in pictures that readers see outside of the writer's own articles."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.pictures import Picture


class PictureChange(models.Model):
    """A change of a picture that waits for an editor, or what became of it. Its values never change.

    `values` are the fields that would be written: some of document.Picture's, and with a file the colour and copies of
    that. `was` are those of document.Picture when it was proposed.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="changes")
    values = models.JSONField()
    was = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = LineField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    outcome = LineField(max_length=10, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by_name = LineField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("change of a picture")
        verbose_name_plural = _("changes of pictures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picture"], condition=Q(decided_at=None), name="picture_change_one_waits")
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.picture}"
