"""Whether the people whom the setting APPROVERS names can approve: where one cannot, articles may wait for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import checks
from django.db import connections
from django.utils.translation import gettext as _

from articles.workflow.planning import reviewers


def approver_problems() -> list[str]:
    """A sentence for each name of the setting that is of no account, or of one that may not approve."""
    names = list(dict.fromkeys(settings.APPROVERS))
    if not names:
        return []
    able = set(reviewers().filter(username__in=names).values_list("username", flat=True))
    known = (
        set(User.objects.filter(username__in=names).values_list("username", flat=True))
        if len(able) < len(names)
        else able
    )
    missing = _("FANGUIDE_APPROVERS names “%(name)s”, but there is no such account: its approval can never come.")
    unable = _("FANGUIDE_APPROVERS names “%(name)s”, who may not approve (any more): their approval can never come.")
    return [(unable if name in known else missing) % {"name": name} for name in names if name not in able]


def check_approvers(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: with the database, as `migrate` and `check --database` run it."""
    tables = {table for alias in databases or () for table in connections[alias].introspection.table_names()}
    if User._meta.db_table not in tables:  # before the first migration
        return []
    hint = "Name accounts of editors in FANGUIDE_APPROVERS, or make these accounts editors."
    return [checks.Warning(sentence, hint=hint, id="articles.W001") for sentence in approver_problems()]
