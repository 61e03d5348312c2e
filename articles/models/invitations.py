"""Invitations to the desk: a link by which one person makes an account of their own."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.tokens import Tokens
from articles.roles import Role

TOKENS = Tokens("invitation")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        """Those that nobody has taken up or withdrawn, run out or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def behind(self, token: str, now: dt.datetime) -> Invitation | None:
        """The one that this token opens now. Nothing tells one that has run out from one that never was."""
        digest = TOKENS.digest_of(token)
        return self.pending().filter(digest=digest, expires_at__gt=now).first() if digest else None


class Invitation(models.Model):
    """Of one person, to one role. Sent again it has a new token, and the old one opens nothing."""

    email = models.EmailField(_("email address"))
    name = LineField(_("name"), max_length=150)
    role = LineField(_("role"), max_length=20, choices=[(role.value, _(role.value)) for role in Role])
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitation")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_pending_of_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
