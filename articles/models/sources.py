"""Sources of the facts of the working copy: no public page may read this table."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.document import longest
from articles.models.fields import LineField, LinesField
from articles.models.labels import SOURCE_KIND_LABELS
from articles.models.writing import FactCard


class Source(models.Model):
    """Where a fact can be looked up."""

    card = models.ForeignKey(FactCard, models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(default=1)
    url = models.URLField(_("address"), max_length=longest(document.Source, "url"), blank=True)
    title = LineField(_("title"), max_length=longest(document.Source, "title"), blank=True)
    publisher = LineField(_("publisher"), max_length=longest(document.Source, "publisher"), blank=True)
    seen_on = models.DateField(_("checked on"), null=True, blank=True)
    kind = LineField(
        _("kind of source"),
        max_length=longest(document.Source, "kind"),
        choices=[(kind.value, label) for kind, label in SOURCE_KIND_LABELS.items()],
        blank=True,
    )
    excerpt = LinesField(_("excerpt"), blank=True, validators=[MaxLengthValidator(longest(document.Source, "excerpt"))])
    archived_url = models.URLField(_("archived copy"), max_length=longest(document.Source, "archived_url"), blank=True)

    class Meta:
        ordering = ("position", "id")
        indexes: ClassVar = [models.Index(fields=["url"])]  # dead addresses are few, sources are as many as facts
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title or self.url
