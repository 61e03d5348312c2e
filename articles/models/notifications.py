"""What somebody wants to be told of by mail, and until when they have been told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationChoice(models.Model):
    """Of one account; without a row everything is told. What came after `told_until` is still to tell."""

    class Kind(models.TextChoices):
        HANDED_IN = "handed-in", _("An article is handed in (for those who review)")
        SENT_BACK = "sent-back", _("An article of yours is sent back")
        PUBLISHED = "published", _("An article of yours is published or taken down")
        MENTIONED = "mentioned", _("Somebody mentions you in a comment (@name)")
        REPLIED = "replied", _("Somebody comments on an article of yours, or answers where you wrote")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choice")
    switched_off: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # kinds
    told_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notifications")
        verbose_name_plural = _("notifications")

    def __str__(self) -> str:
        return f"{self.user_id}"

    def wants(self, kind: Any) -> bool:
        return str(kind) not in self.switched_off
