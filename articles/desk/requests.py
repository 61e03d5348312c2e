"""The requests that the desk answers: somebody is signed in, and says who."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

#: What a number in an address or a form may be at most, where nothing narrower holds: it fits every database.
MOST_INTEGER = 2**31 - 1


class StaffRequest(HttpRequest):
    """A request behind the log-in. `behind_login` and Django's `admin_view` let no other through."""

    user: User


def name_of(user: User) -> str:
    """What colleagues read: the full name, or the account's where it has none."""
    return user.get_full_name() or user.get_username()


def signed_in(request: HttpRequest) -> User:
    """The account of a page behind the log-in, in methods whose signature is Django's."""
    return cast("User", request.user)
