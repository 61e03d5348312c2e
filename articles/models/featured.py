"""Facts that editors have chosen for the home page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField

#: So many can be chosen: the home page shows all of them.
MOST_FEATURED = 6


class FeaturedFact(models.Model):
    """It names a fact by its public id, in whatever article that is. While no edition in force has the fact, readers
    see nothing of it; the row stays, and the desk says so.
    """

    public_id = LineField(max_length=ID_LENGTH, unique=True)
    position = models.PositiveSmallIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[Any] = ("position", "id")
        verbose_name = _("featured fact")
        verbose_name_plural = _("featured facts")

    def __str__(self) -> str:
        return self.public_id
