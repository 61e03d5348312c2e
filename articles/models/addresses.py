"""The addresses of everything public, and those that articles had on another site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.document.rules import SLUG_LENGTH
from articles.models.fields import LineField

PATH_LENGTH = 500  # WordPress: a slug of 200 characters, under folders and a date


class Address(models.Model):
    """A slug and what it stands for, unique for ever within its kind.

    `visible_from` is the instant at which the public first saw (or will see) an article or a fact here; before it
    the address answers 404. An address of a subject, tag or author has none: it is visible when its owner is.
    A fact's slug is its public id, which is all that it stands for: facts move between articles.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        FACT = "fact"
        SUBJECT = "subject"
        TAG = "tag"
        AUTHOR = "author"

    kind = LineField(max_length=10, choices=Kind)
    slug = LineField(max_length=SLUG_LENGTH)
    visible_from = models.DateTimeField(null=True)
    article = models.ForeignKey("articles.Article", models.PROTECT, null=True, related_name="addresses")
    subject = models.ForeignKey("articles.Subject", models.CASCADE, null=True, related_name="addresses")
    tag = models.ForeignKey("articles.Tag", models.CASCADE, null=True, related_name="addresses")
    author = models.ForeignKey("articles.Author", models.CASCADE, null=True, related_name="addresses")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "slug"], name="address_unique_for_ever"),
            models.CheckConstraint(
                name="address_has_its_owner",
                condition=Q(kind="article", article__isnull=False)
                | Q(kind="subject", subject__isnull=False)
                | Q(kind="tag", tag__isnull=False)
                | Q(kind="author", author__isnull=False)
                | Q(kind="fact"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class OldPath(models.Model):
    """Where an article stood on the site that it was imported from, as a path with its slashes inside only.

    It leads to the article as long as readers see that; unlike an Address it is nothing that our own pages are made of.
    """

    path = LineField(max_length=PATH_LENGTH, unique=True)
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="old_paths")

    def __str__(self) -> str:
        return self.path

    @staticmethod
    def plain(path: str) -> str:
        """The path as it is kept and looked up: with or without a slash at its end it means the same."""
        return path.strip("/")
