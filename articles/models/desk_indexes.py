"""Partial indexes of working copies, by which the desk finds what waits: see desk.planning.queues."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

#: Of articles. The last one covers what is approved and not published, and what readers see other words of.
ARTICLE_INDEXES = (
    models.Index(fields=["-changed_at", "-id"], name="article_newest", condition=Q(binned_at=None)),
    models.Index(fields=["planned_for"], name="article_planned", condition=~Q(planned_for=None)),
    models.Index(
        fields=["status", "approved_revision", "approved_change", "change", "id"],
        name="article_approval",
        condition=Q(binned_at=None),
    ),
)
CARDS_WITH_DATE = models.Index(fields=["check_on"], name="card_dated", condition=~Q(check_on=None))
