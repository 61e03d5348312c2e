"""Where each picture is used, found by an index. `drafts.pictures_shown` alone writes these rows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField
from articles.models.versions import BinnedPart
from articles.models.writing import Article

#: The place of what any revision of an article shows: they stay as long as the article does.
REVISIONS = "revisions"


class PictureUseQuerySet(models.QuerySet["PictureUse"]):
    def in_working_copies(self) -> PictureUseQuerySet:
        """Not what only a revision shows, which is never changed, or a part that lies in a bin."""
        return self.filter(binned_part=None).exclude(place=REVISIONS)


class PictureUse(models.Model):
    """A part of an article shows a picture: now, in a revision, or in the bin until it comes back.

    `picture` is its public id, as texts name it: the library need not have it (yet).
    """

    picture = LineField(max_length=ID_LENGTH)
    article = models.ForeignKey(Article, models.CASCADE, related_name="picture_uses")
    place = LineField(max_length=40)  # as in a Problem; REVISIONS; of the bin "bin:<primary key>"
    binned_part = models.ForeignKey(BinnedPart, models.CASCADE, null=True, related_name="+")

    objects = PictureUseQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["article", "place"])]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["picture", "article", "place"],
                name="picture_use_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.picture}: {self.place}"
