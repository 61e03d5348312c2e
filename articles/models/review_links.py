"""Links by which somebody without an account reads one revision, and what they said of it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, LinesField
from articles.models.review import Comment, Revision
from articles.models.tokens import Tokens

TOKENS = Tokens("articles.review-link")


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    def open(self, now: dt.datetime) -> ReviewLinkQuerySet:
        """Those that somebody can read by at this moment."""
        return self.filter(revoked_at=None, expires_at__gt=now, revision__article__binned_at=None)

    def behind(self, token: str, now: dt.datetime) -> ReviewLink | None:
        """The open link with this token. Nothing tells an expired one from one that never was."""
        digest = TOKENS.digest_of(token)
        return self.open(now).filter(digest=digest).select_related("revision__article").first() if digest else None


class ReviewLink(models.Model):
    """A way in for one named person to one revision, until `expires_at`, or until an editor revokes it."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="review_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = LineField(_("for whom"), max_length=100)
    may_comment = models.BooleanField(_("may comment"), default=True)
    may_agree = models.BooleanField(_("may say yes"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    visits = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("review link")
        verbose_name_plural = _("review links")

    def __str__(self) -> str:
        return self.name

    def note_visit(self, now: dt.datetime) -> None:
        first = Coalesce("first_seen_at", Value(now, output_field=models.DateTimeField()))
        ReviewLink.objects.filter(pk=self.pk).update(visits=F("visits") + 1, first_seen_at=first, last_seen_at=now)


class ReviewOpinion(models.Model):
    """What somebody said by a link of the revision that they read: a yes to the whole of it, or a comment.

    A yes is a named opinion on record and approves nothing: no move asks for it. Rows are never changed.
    """

    class Verdict(models.TextChoices):
        YES = "yes", _("said yes")
        COMMENT = "comment", _("commented")

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="opinions")
    verdict = LineField(max_length=10, choices=Verdict)
    name = LineField(max_length=100)
    note = LinesField(blank=True, max_length=2000)  # beside a yes
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="opinion")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link"], condition=Q(verdict="yes"), name="review_link_one_yes"),
            models.CheckConstraint(
                condition=Q(verdict="yes", comment=None) | Q(verdict="comment", comment__isnull=False),
                name="opinion_comment_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"
