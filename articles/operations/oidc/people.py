"""Whose account it is that a provider speaks of, and with which roles.

The rule, in this order:

1. An account is known by issuer and `sub`, and by nothing else that a person could have changed.
2. Who is unknown is tied to an account by an e-mail address only if the provider says that it has verified it
   (`email_verified` is true), exactly one account has it, that account is tied to nobody of this provider yet (an
   address that was given to somebody else later opens nothing), and it does not manage accounts: the highest rights
   are never had by an address. Those are tied by `manage.py account NAME --connect-oidc SUB`.
3. Who is still unknown gets a new account if the settings say so, and the claim gives a role.
4. At each log-in the roles are set to what the claim gives, by the table of the settings; the last account that manages
   the others keeps its role. Being a superuser is neither given nor taken.
"""

from __future__ import annotations

import enum
import logging
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ExternalIdentity
from articles.operations.accounts import is_last_manager, managers_of_accounts
from articles.operations.oidc.connecting import is_subject, note
from articles.roles import Role

logger = logging.getLogger("articles.oidc")


class Refusal(enum.Enum):
    """Why a person whom the provider knows is not let in."""

    UNKNOWN = "unknown"
    ADDRESS_TAKEN = "address-taken"
    NO_ROLE = "no-role"
    INACTIVE = "inactive"
    NO_SUBJECT = "no-subject"


class LogInRefusedError(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


def account_for(claims: Mapping[str, Any]) -> User:
    """The account of the person whom these claims of the provider are about, its roles as they say.

    Raises LogInRefusedError; roles that the claim takes away are gone then too.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not is_subject(subject):
        raise LogInRefusedError(Refusal.NO_SUBJECT)
    for is_last in (False, True):
        try:
            with transaction.atomic():
                user = _found_or_made(subject, claims)
                if not user.is_active:
                    raise LogInRefusedError(Refusal.INACTIVE)
                _set_roles(user, roles_in(claims))
            break
        except IntegrityError:  # the same person has come in twice at the same moment
            if is_last:
                raise
    if not user.is_staff:
        raise LogInRefusedError(Refusal.NO_ROLE)
    return user


def _found_or_made(subject: str, claims: Mapping[str, Any]) -> User:
    key = {"issuer": settings.OIDC_ISSUER, "subject": subject}
    known = ExternalIdentity.objects.select_related("user").filter(**key).first()
    if known:
        known.used_at = timezone.now()
        known.save(update_fields=["used_at"])
        return known.user
    email = _verified_address(claims)
    user = _account_with(email) if email else None
    if user is None:
        user = _made(claims, email)
        note(user, _("Made by logging in with %(name)s") % {"name": settings.OIDC_NAME})
    else:
        note(user, _("Connected with %(name)s by the e-mail address") % {"name": settings.OIDC_NAME})
    ExternalIdentity.objects.create(user=user, used_at=timezone.now(), **key)
    return user


def _verified_address(claims: Mapping[str, Any]) -> str:
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email


def _account_with(email: str) -> User | None:
    """None if nobody has this address; LogInRefusedError if those who have it may not be tied by it."""
    holders = list(User.objects.filter(email__iexact=email)[:2])
    if not holders:
        return None
    user = holders[0]
    is_tied = ExternalIdentity.objects.filter(user=user, issuer=settings.OIDC_ISSUER).exists()
    may_manage = managers_of_accounts().filter(pk=user.pk).exists() or user.is_superuser
    if len(holders) > 1 or is_tied or may_manage:
        raise LogInRefusedError(Refusal.ADDRESS_TAKEN)
    return user


# --- new accounts -----------------------------------------------------------------------------------------------------


def _made(claims: Mapping[str, Any], email: str) -> User:
    if not settings.OIDC_NEW_ACCOUNTS:
        raise LogInRefusedError(Refusal.UNKNOWN)
    if not roles_in(claims):
        raise LogInRefusedError(Refusal.NO_ROLE)
    names = {field: _short(claims.get(claim), 150) for field, claim in _NAMES.items()}
    return User.objects.create_user(_free_name(claims, email), email, **names)  # without a password


_NAMES = {"first_name": "given_name", "last_name": "family_name"}


def _short(value: object, most: int) -> str:
    """On one line, of letters that every database takes."""
    return " ".join("".join(sign for sign in str(value or "") if sign.isprintable()).split())[:most]


def _free_name(claims: Mapping[str, Any], email: str) -> str:
    """A name of the account: it says nothing about who it is."""
    wished = _short(claims.get("preferred_username"), 120) or email.partition("@")[0] or "person"
    name = re.sub(r"[^\w.@+-]", "-", wished)[:120]
    taken = {
        each.casefold() for each in User.objects.filter(username__istartswith=name).values_list("username", flat=True)
    }
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    return free


# --- roles ------------------------------------------------------------------------------------------------------------


def roles_in(claims: Mapping[str, Any]) -> set[Role]:
    """The roles that the settings' table gives for what the claim holds: a text, or a list of texts. The claim's name
    may lead into others, as `realm_access.roles`.
    """
    name: str = settings.OIDC_ROLES_CLAIM
    value: Any = claims.get(name)
    if value is None:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    table: Mapping[str, str] = settings.OIDC_ROLES
    return {Role[table[each].upper()] for each in values if isinstance(each, str) and each in table}


def _set_roles(user: User, wanted: set[Role]) -> None:
    """Without a table in the settings roles are given on the desk alone."""
    if not settings.OIDC_ROLES:
        return
    has = set(user.groups.filter(name__in=list(Role)).values_list("name", flat=True))
    loses_admin = Role.ADMIN.value in has and Role.ADMIN not in wanted and not user.is_superuser
    if loses_admin and is_last_manager(user):
        logger.warning("%s is the last account that manages the others and stays it, whatever the claim says.", user)
        wanted = wanted | {Role.ADMIN}
    gets = {role.value for role in wanted}
    if has != gets:
        user.groups.remove(*Group.objects.filter(name__in=has - gets))
        user.groups.add(*Group.objects.filter(name__in=gets - has))
        before, after = (", ".join(str(_(name)) for name in sorted(names)) or "–" for names in (has, gets))
        sentence = _("Roles by logging in with %(name)s: %(before)s → %(after)s")
        note(user, sentence % {"name": settings.OIDC_NAME, "before": before, "after": after})
    is_staff = user.is_superuser or user.groups.exists()
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
