"""What updates put right, as readers may see it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from articles import document
from articles.document import longest
from articles.document.rules import ID_LENGTH
from articles.models.editions import Edition
from articles.models.fields import LineField, LinesField


class Correction(models.Model):
    """What an edition put right in one place, with the words before and after, as readers may see them.

    `at` is its edition's first instant. Behind a spoiler point there are no words, only the safe heading. It stays
    when later editions follow; it goes with its edition when that is cancelled unseen.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="corrections")
    position = models.PositiveSmallIntegerField(default=1)
    kind = LineField(max_length=15, choices=Edition.ChangeKind)
    public_id = LineField(max_length=ID_LENGTH, blank=True)  # of the fact; empty for other places of the article
    place = LineField(max_length=40)  # as in a Problem
    heading = LineField(max_length=longest(document.Card, "heading"), blank=True)  # outside heading of the fact, then
    spoiler_after = models.PositiveSmallIntegerField(null=True)
    old = LinesField(blank=True)
    new = LinesField(blank=True)
    note = LineField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "edition", "position", "id")
        indexes: ClassVar = [models.Index(fields=["-at", "id"]), models.Index(fields=["public_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.heading or self.place}"
