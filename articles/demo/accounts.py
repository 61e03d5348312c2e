"""The demo's three accounts. Who is there already keeps everything, the password too unless a new one is given."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import transaction

from articles.states import Role


@dataclass(frozen=True)
class Account:
    user: User
    password: str  # empty when it is not known here: it was left as it was
    is_made_up: bool = False  # nobody but the reader of this run's output can know the password


def ensure_account(name: str, role: Role, *, password: str = "", is_superuser: bool = False) -> Account:
    """The account of that name; a new one gets `password`, or a random one."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=name).first()
        is_made_up = user is None and not password
        if user is None:
            password = password or secrets.token_urlsafe(9)
            user = User.objects.create_user(
                name, f"{name}@example.org", password, is_staff=True, is_superuser=is_superuser
            )
            user.groups.add(Group.objects.get(name=role.value))
        elif password and not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
    return Account(user, password, is_made_up)
