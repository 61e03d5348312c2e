"""What keeps a move from being made. "You may not" is Django's PermissionDenied, for which nothing is needed here."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from articles import readiness


class WorkflowError(Exception):
    """This move is not possible now."""


class ConflictError(WorkflowError):
    """The words are newer than the ones that were read."""


class NotReadyError(WorkflowError):
    """The article lacks something; `problems` says what."""

    def __init__(self, problems: Sequence[readiness.Problem], sentence: str = "") -> None:
        super().__init__(sentence or _("This article is not ready yet."))
        self.problems = problems
