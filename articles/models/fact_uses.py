"""That a card tells the fact of another card, known by permanent ids: they stay wherever the two cards go."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField

DIGEST_LENGTH = 32


class Mode(models.TextChoices):
    """What a card does when the origin changes: it is offered the words, keeps the old ones, or has its own."""

    FOLLOW = "follow", _("follows the original")
    PIN = "pin", _("keeps this wording")
    ADAPT = "adapt", _("tells it in its own words")


class FactUse(models.Model):
    """`public_id` is the card that tells the fact again, `origin` the one that it is of, which is of none itself.

    `words` are those of the origin that the card has taken, or that somebody has compared with its own: a Card without
    what each article has for itself (drafts.uses). Whether the origin says something else by now, and whether the card
    has words of its own, is stored nowhere: it is read from the words of now.
    """

    public_id = LineField(max_length=ID_LENGTH, unique=True)
    origin = LineField(max_length=ID_LENGTH)
    mode = LineField(max_length=10, choices=Mode, default=Mode.FOLLOW)
    words: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    declined = LineField(max_length=DIGEST_LENGTH, blank=True)  # FOLLOW: of the words that were not taken over
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        verbose_name = _("use of a fact")
        verbose_name_plural = _("uses of facts")
        indexes: ClassVar = [models.Index(fields=["origin"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fact_use_is_of_another_card", condition=~models.Q(public_id=models.F("origin"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} of {self.origin}"
