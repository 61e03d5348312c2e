"""Partial indexes of working copies, by which the desk finds what waits: see desk.planning.queues."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

#: What has a day is few of many. As `isnull=False`, never ~Q(…=None): SQLite does not see that a query for IS NOT NULL
#: asks for the same as an index WHERE NOT (… IS NULL).
_HAS_DAY = Q(planned_for__isnull=False)
_IS_DUE = Q(due_on__isnull=False)
#: Of articles. The last one covers what is approved and not published, and what readers see other words of.
ARTICLE_INDEXES = (
    models.Index(fields=["-changed_at", "-id"], name="article_newest", condition=Q(binned_at=None)),
    models.Index(fields=["planned_for"], name="article_planned", condition=_HAS_DAY),
    models.Index(fields=["due_on"], name="article_due", condition=_IS_DUE),
    models.Index(fields=["-binned_at"], name="article_binned", condition=Q(binned_at__isnull=False)),
    models.Index(
        fields=["status", "approved_revision", "approved_change", "change", "id"],
        name="article_approval",
        condition=Q(binned_at=None),
    ),
)
CARDS_WITH_DATE = models.Index(fields=["check_on"], name="card_dated", condition=Q(check_on__isnull=False))
