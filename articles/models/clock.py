"""Decisions of an operator that the machine's clock is right although events were made "later" than it says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from articles.models.fields import LineField


class ClockDecision(models.Model):
    """`clock_at` is what the clock said then, `newest_made_at` the newest event that was made after that.

    It covers the events up to `last_event` (a primary key) and no clock before `clock_at`: another gap is another
    decision. Rows are only ever added.
    """

    clock_at = models.DateTimeField()
    newest_made_at = models.DateTimeField()
    last_event = models.BigIntegerField()
    note = LineField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_at.isoformat()}: {self.note}"
