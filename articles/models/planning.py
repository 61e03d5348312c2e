"""What editors plan for an article: who reviews it, until when, how urgent it is, the day that it is meant for.

These are no words of the article: they do not raise its change number, stand in no Document, and nothing that readers
see reads them. `workflow.planning` alone writes them; who may is said in PLANNING.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Each plan with the permission (see roles.PERMISSIONS) that setting it needs: a wish is its writer's too.
PLANNING: Mapping[str, str] = {
    "reviewer": "articles.assign_article",
    "due_on": "articles.assign_article",
    "priority": "articles.assign_article",
    "planned_for": "articles.plan_article",
}


class Planned(models.Model):
    """The columns of an Article that are plans. `planned_for` is a wish: nothing happens on that day by itself."""

    class Priority(models.IntegerChoices):
        NORMAL = 0, _("Normal")
        HIGH = 1, _("High")
        URGENT = 2, _("Urgent")

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        editable=False,
        verbose_name=_("reviewer"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL, editable=False
    )
    planned_for = models.DateField(_("planned for"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
