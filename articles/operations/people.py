"""Accounts, bylines and subjects by the names that people type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q

from articles import rights
from articles.models import Author, Subject
from articles.operations.errors import OperationError


def owner_named(username: str = "") -> User:
    """The account that owns new drafts: the one named, else the only superuser, else the only staff account."""
    if username:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise OperationError(f"There is no account {username!r}: name another one or make it in the desk.")
    else:
        user = _only_account()
    if not rights.may(user, "articles.add_article"):
        raise OperationError(f"{user} may not write articles: put the account into a group or name another one.")
    return user


def _only_account() -> User:
    staff = list(User.objects.filter(is_active=True, is_staff=True).order_by("username"))
    superusers = [user for user in staff if user.is_superuser]
    for candidates in (superusers, staff):
        if len(candidates) == 1:
            return candidates[0]
    if not staff:
        raise OperationError("Nobody can own the draft: make an account with manage.py createsuperuser.")
    names = ", ".join(user.username for user in staff[:10])
    raise OperationError(f"Say whose draft it will be: --owner USERNAME (there are {names}).")


def author_named(name: str) -> Author:
    """The byline with this name or slug; a new one when there is none."""
    author: Author = _only(Author, name, Q(name__iexact=name)) or _new(Author(name=name))
    return author


def subject_named(name: str) -> Subject:
    """The subject with this name, slug, or name in its own script; a new one when there is none."""
    called = Q(name__iexact=name) | Q(original_name__iexact=name)
    subject: Subject = _only(Subject, name, called) or _new(Subject(name=name))
    return subject


def _only(model: Any, name: str, called: Q) -> Any:
    found = model.objects.at_slugs([name]).get(name)
    if found:
        return found
    rows: Sequence[Any] = model.objects.filter(called)[:5]
    if len(rows) > 1:
        slugs = ", ".join(row.slug for row in rows)
        raise OperationError(f"Several are called {name!r}: name one by its address ({slugs}).")
    return rows[0] if rows else None


def _new(row: Any) -> Any:
    try:
        row.full_clean()
    except ValidationError as error:
        raise OperationError(f"{row.name!r} cannot be a name: {' '.join(error.messages)}") from error
    row.save()
    return row
