"""The demo's three accounts. An account that exists is left as it is; only a password that is given is set."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import transaction

from articles.roles import Role


@dataclass(frozen=True)
class Account:
    user: User
    password: str  # empty when it is not known here: it was left as it was
    is_generated: bool = False  # a random password, which is in the output of this run and nowhere else


def ensure_account(name: str, role: Role, *, password: str = "", is_superuser: bool = False) -> Account:
    """The account of that name; a new one gets `password`, or a random one."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=name).first()
        is_generated = user is None and not password
        if user is None:
            password = password or secrets.token_urlsafe(9)
            user = User.objects.create_user(
                name, f"{name}@example.org", password, is_staff=True, is_superuser=is_superuser
            )
            user.groups.add(Group.objects.get(name=role.value))
        elif password and not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
    return Account(user, password, is_generated)
