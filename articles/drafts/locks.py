"""Locks: what one person keeps the others from changing, with a reason, until it is lifted."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import Article, Lock

#: The place of a lock on the whole article.
WHOLE = ""


def locks_of(article: Article) -> list[Lock]:
    """Those that hold now, the oldest first."""
    return list(article.locks.filter(lifted_at=None).select_related("by"))


def sentence_for(article: Article, places: Iterable[str], by: User) -> str:
    """Why this person cannot change these parts of the article; empty when nothing of another person's is in the way.

    A lock on the whole article covers all parts; EVERYTHING (see `drafts.changing`) meets a lock on any.
    """
    wanted = set(places)
    for lock in locks_of(article):
        if lock.by_id != by.pk and (lock.place == WHOLE or lock.place in wanted or "*" in wanted):
            return sentence_of(lock)
    return ""


def sentence_of(lock: Lock) -> str:
    words = {"name": lock.by.get_short_name() or lock.by.get_username(), "reason": lock.reason}
    if lock.place == WHOLE:
        return _("%(name)s has locked this article: %(reason)s") % words
    return _("%(name)s has locked this part: %(reason)s") % words
