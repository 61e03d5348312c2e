"""What stood in a working copy before: wordings that somebody wrote over, and cards and questions in the bin."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField
from articles.models.writing import Article


class PartVersion(models.Model):
    """The wording that one writing spell replaced, and that spell: who wrote, from when to when.

    A spell is one person's saves of one part, without a longer pause or a save of another part (`drafts.versions`
    draws its bounds). The words that the spell left are the next version's, or those of the working copy.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="part_versions")
    place = LineField(max_length=40)  # as in a Problem: "introduction", "card:<public id>" …
    value = models.JSONField(encoder=DjangoJSONEncoder)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)  # None: as the article was made or imported
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)  # the first save of the spell
    spell_until = models.DateTimeField(default=timezone.now)  # the last one
    #: The longest wording within the spell that another save replaced, for when much of it is deleted again: see
    #: `drafts.longest_of`. None for a spell of one save.
    longest = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    longest_length = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-replaced_at", "-id")
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        indexes: ClassVar = [models.Index(fields=["article", "place", "-replaced_at"])]

    def __str__(self) -> str:
        return f"{self.place} before {self.replaced_at:%Y-%m-%d %H:%M}"


class BinnedPart(models.Model):
    """A card or question that somebody deleted, as it was then; it waits in the bin (`drafts.KEPT_IN_BIN`)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="binned_parts")
    kind = LineField(max_length=5, choices=[("cards", _("fact card")), ("faqs", _("question"))])
    public_id = LineField(max_length=ID_LENGTH)
    position = models.PositiveSmallIntegerField()
    value = models.JSONField(encoder=DjangoJSONEncoder)
    binned_at = models.DateTimeField(default=timezone.now)
    binned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-binned_at", "-id")
        indexes: ClassVar = [models.Index(fields=["article", "-binned_at"])]

    def __str__(self) -> str:
        return str(self.value.get("heading") or self.value.get("question") or self.public_id)
