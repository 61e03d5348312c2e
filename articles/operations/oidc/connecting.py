"""Tying an account to a person of the provider, and untying it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import ExternalIdentity
from articles.operations.errors import OperationError

MOST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2


def is_connected(user: User) -> bool:
    """Whether this account logs in by the provider of the settings."""
    rows = ExternalIdentity.objects.filter(user=user, issuer=settings.OIDC_ISSUER)
    return bool(settings.OIDC_ISSUER) and rows.exists()


def is_subject(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_SUBJECT and value.isascii() and value.isprintable()


@transaction.atomic
def connect(user: User, subject: str) -> str:
    """Ties the account to this person of the provider, and says so. Raises OperationError."""
    if not settings.OIDC_ISSUER:
        raise OperationError("No provider is set: set FANGUIDE_OIDC_ISSUER; see docs/settings.md.")
    if not is_subject(subject):
        raise OperationError(
            f"{subject!r} cannot be the claim sub of anybody: take it from the log of a refused log-in."
        )
    other = ExternalIdentity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject).exclude(user=user).first()
    if other:
        name = other.user.get_username()
        raise OperationError(f"That is {name} already: manage.py account {name} --disconnect-oidc unties it.")
    ExternalIdentity.objects.update_or_create(user=user, issuer=settings.OIDC_ISSUER, defaults={"subject": subject})
    note(user, _("Connected with %(name)s") % {"name": settings.OIDC_NAME})
    return f"{user.get_username()} logs in as {subject} of {settings.OIDC_NAME}."


@transaction.atomic
def disconnect(user: User) -> str:
    """Unties the account, whose password lets its person in again, and says so."""
    count = ExternalIdentity.objects.filter(user=user).delete()[0]
    if count:
        note(user, _("No longer connected with a provider"))
    name, was = user.get_username(), "is no longer" if count else "was not"
    return f"{name} {was} tied to a provider. A password: manage.py changepassword {name}"


def note(user: User, sentence: str) -> None:
    """A line of the account's history on the desk."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=user.get_username()[:200],
        action_flag=CHANGE,
        change_message=sentence,
    )
