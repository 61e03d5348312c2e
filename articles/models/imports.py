"""What was imported from where, so that the same source again is known for what it is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.writing import Article


class ImportedDocument(models.Model):
    """A document of some source, and the draft that it became.

    `source` names the document (a file's path, a path inside an archive, a post of a site) and `digest` its bytes.
    `change` is the article's change number after the import: while it stands, nobody has touched the draft. The row
    outlives the article, so that a second run does not bring back what a person has deleted.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        UPDATED = "updated", _("updated")
        PUBLISHED = "published", _("published")

    source = LineField(max_length=1000, unique=True)
    digest = LineField(max_length=64)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="imports")
    change = models.PositiveIntegerField()
    outcome = LineField(max_length=10, choices=Outcome)
    imported_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.source
