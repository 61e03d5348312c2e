"""Inviting a person to the desk: they choose their own name and password, and nobody else ever has it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import rights
from articles.models import Invitation
from articles.models.invitations import TOKENS
from articles.models.letters import drop_letters
from articles.roles import Role

INVITE = "auth.add_user"


class TakenError(Exception):
    """Somebody has this name or this address already. `field`: "username" or "email"."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def may_invite(person: User, role: str) -> bool:
    return rights.may(person, INVITE) and role in rights.roles_to_give(person)


class Link(NamedTuple):
    """What opens an invitation: the token of its address, and the seed that a letter makes it of."""

    token: str
    seed: str


def about(invitation: Invitation) -> str:
    """What a letter with its link is about: see models.letters."""
    return f"invitation-{invitation.pk}"


def invite(*, email: str, name: str, role: Role, by: User) -> tuple[Invitation, Link]:
    """The invitation, and its link. Raises PermissionDenied; TakenError for an address that has an account, or an
    invitation that waits.
    """
    _require(by, role)
    if User.objects.filter(email__iexact=email).exists():
        raise TakenError("email")
    seed, token, digest = TOKENS.seeded()
    words = {"email": email, "name": name, "role": role.value, "digest": digest}
    try:
        with transaction.atomic():
            row = Invitation.objects.create(made_by=by, expires_at=_end(), **words)
    except IntegrityError as error:
        raise TakenError("email") from error
    return row, Link(token, seed)


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> Link | None:
    """A new link, from now on by this person; the old one opens nothing, and a letter with it is not sent any more.

    None where the invitation waits no more. Raises PermissionDenied.
    """
    _require(by, invitation.role)
    seed, token, digest = TOKENS.seeded()
    pending = Invitation.objects.pending().filter(pk=invitation.pk)
    if not pending.update(digest=digest, expires_at=_end(), made_by=by):
        return None
    drop_letters(about(invitation))
    invitation.refresh_from_db()
    return Link(token, seed)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> bool:
    """False where it was taken up or withdrawn before. Raises PermissionDenied."""
    _require(by, invitation.role)
    pending = Invitation.objects.pending().filter(pk=invitation.pk)
    drop_letters(about(invitation))
    return bool(pending.update(withdrawn_at=timezone.now(), withdrawn_by=by))


def open_invitation(token: str) -> Invitation | None:
    """Of somebody who may still give its role."""
    found = Invitation.objects.select_related("made_by").behind(token, timezone.now())
    return found if found and found.made_by and may_invite(found.made_by, found.role) else None


def accept(token: str, *, username: str, name: str, password: str) -> User | None:
    """The new account; None where the link opens nothing any more. Raises TakenError.

    Two requests by the same link: the second one finds it used.
    """
    try:
        with transaction.atomic():
            found = open_invitation(token)
            if found is None or not _take(found):
                return None
            # The whole name in one column: nothing tells where a name divides.
            account = User.objects.create_user(username, found.email, password, first_name=name, is_staff=True)
            account.groups.add(Group.objects.get(name=found.role))
            Invitation.objects.filter(pk=found.pk).update(account=account)
    except IntegrityError as error:
        raise TakenError("username") from error
    return account


def _take(found: Invitation) -> bool:
    pending = Invitation.objects.pending().filter(pk=found.pk, digest=found.digest)
    return bool(pending.update(accepted_at=timezone.now()))


def _require(by: User, role: str) -> None:
    if not may_invite(by, role):
        raise PermissionDenied


def _end() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS)
