"""The search's index on PostgreSQL: whether it is of the kind that the setting SEARCH_INDEX names, and making it so.

GIN is part of PostgreSQL. RUM is an extension that finds common words more quickly and publishes more slowly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils.translation import gettext as _

from articles.models.search.index import Kind, NoExtensionError, change_index, kind_in_use
from articles.operations.errors import OperationError

#: What puts another kind right.
COMMAND = "manage.py rebuild_search --index-only"


def apply_search_index() -> Kind | None:
    """Makes the index of the kind that the setting names, where it is of another. Gives the kind that is in use, None
    before the first migration.

    Raises OperationError where RUM cannot be had.
    """
    kind = kind_in_use()
    if connection.vendor != "postgresql" or kind in (None, settings.SEARCH_INDEX):
        return kind
    try:
        change_index(Kind(settings.SEARCH_INDEX))
    except NoExtensionError as error:
        raise OperationError(_without_rum(error)) from error
    return kind_in_use()


def _without_rum(error: NoExtensionError) -> str:
    if error.is_installed:
        return _(
            "The extension RUM is on the database server, but this account may not create it: let a superuser run "
            "“CREATE EXTENSION rum” in this database, or set FANGUIDE_SEARCH_INDEX=gin."
        )
    sentence = _(
        "The database server has no extension RUM: install it there (Debian and Ubuntu: apt install %(package)s), or "
        "set FANGUIDE_SEARCH_INDEX=gin."
    )
    return sentence % {"package": f"postgresql-{error.server}-rum"}


def search_index_problem() -> str:
    """A sentence where the index is of another kind than the setting names; empty where it is not, and on SQLite, which
    has one kind.
    """
    kind = kind_in_use() if connection.vendor == "postgresql" else None
    if kind in (None, settings.SEARCH_INDEX):
        return ""
    sentence = _("The search uses the index “%(kind)s”, but FANGUIDE_SEARCH_INDEX names “%(wanted)s”.")
    return sentence % {"kind": kind, "wanted": settings.SEARCH_INDEX}


def search_index_remedy() -> str:
    return _("Run %(command)s, or set FANGUIDE_SEARCH_INDEX to the kind that is in use.") % {"command": COMMAND}


def check_search_index(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: with the database, as `migrate` and `check --database default` run it."""
    problem = search_index_problem() if databases else ""
    return [checks.Warning(problem, hint=search_index_remedy(), id="articles.W002")] if problem else []
