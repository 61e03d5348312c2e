"""Ways of looking at the list of articles that somebody has kept under a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField

MOST_QUERY = 1000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_person(self, user: int) -> SavedViewQuerySet:
        """Their own, and those that editors share."""
        return self.filter(Q(owner=user) | Q(is_shared=True)).order_by("name", "pk")


class SavedView(models.Model):
    """`query` holds the filters of the list as its address has them, and nothing else."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = LineField(_("name"), max_length=60)
    query = LineField(max_length=MOST_QUERY, blank=True)
    is_shared = models.BooleanField(_("shown to everybody on the desk"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
