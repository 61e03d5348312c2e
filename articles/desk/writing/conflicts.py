"""When a part was changed meanwhile: both changes are merged where they can be, and it is said whose they are."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.requests import name_of
from articles.desk.writing.forms import PartForm
from articles.models import Article


def merged(error: drafts.StaleError, form: type[PartForm], base: str) -> Any:
    """A value with both changes, or None where both changed the same words.

    `base` is the form, URL-encoded, as it was when its writer began; without it nothing can be merged.
    """
    began = form(data=QueryDict(base, mutable=False)) if base else None
    if began is None or not began.is_valid():
        return None
    value = began.value()
    if hasattr(value, "public_id"):
        value = dataclasses.replace(value, public_id=error.current.public_id)  # type: ignore[union-attr]
    return drafts.merged(value, error.submitted, error.current)


def sentence(article: Article, error: drafts.StaleError, user: User) -> str:
    """Who changed the part: "Mina changed this meanwhile." """
    other = last_writer(article, error)
    return said_of(other, user) if other else str(error)


def said_of(other: User | None, user: User) -> str:
    """Who changed what this user has sent: somebody else, the user in another tab, or somebody unknown."""
    if other is None:
        return _("Somebody else changed this meanwhile")
    if other.pk == user.pk:
        return _("You changed this meanwhile, in another tab or on another device.")
    return _("%(name)s changed this meanwhile.") % {"name": name_of(other)}


def merge_note(article: Article, error: drafts.StaleError, user: User) -> str:
    return merged_with(last_writer(article, error), user)


def merged_with(other: User | None, user: User) -> str:
    if other is None:
        return _("Merged with what was written meanwhile.")
    if other.pk == user.pk:
        return _("Merged with what you wrote meanwhile in another tab.")
    return _("Merged with what %(name)s wrote meanwhile.") % {"name": name_of(other)}


def last_writer(article: Article, error: drafts.StaleError) -> User | None:
    """Who saved the part last, according to its versions; None where that is unknown."""
    if isinstance(error.current, tuple):
        return None
    last = drafts.versions_of(article, drafts.place_of(error.current)).first()
    return last.replaced_by if last else None
