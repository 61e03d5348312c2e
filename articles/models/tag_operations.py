"""What was done to tags themselves: merged, split, renamed. A record of its own, for it concerns no single article."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import TAG_LENGTH
from articles.models.fields import LineField


class TagOperation(models.Model):
    """One act upon a tag. Rows are only ever added: undoing one adds a row that names it.

    Tags stand here by primary key and by the name of then, for a merged tag has no row any more. `counts` is for
    people, `record` is what it takes to undo the act (see operations.tags).
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renamed")
        DISTINCT = "distinct", _("kept apart")
        UNDO = "undo", _("undone")

    kind = LineField(max_length=10, choices=Kind)
    source = models.PositiveBigIntegerField(db_index=True)
    source_name = LineField(max_length=TAG_LENGTH)
    target = models.PositiveBigIntegerField(db_index=True)
    target_name = LineField(max_length=TAG_LENGTH)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = LineField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    record = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("act upon a tag")
        verbose_name_plural = _("acts upon tags")

    def __str__(self) -> str:
        return f"{self.by_name} {self.kind} {self.source_name} {self.target_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was done stays on record as it was: add a row.")
        super().save(*args, **kwargs)

    #: Acts that can be undone; to keep two tags apart is undone by merging them.
    UNDOABLE: ClassVar = (Kind.MERGE, Kind.SPLIT, Kind.RENAME)
