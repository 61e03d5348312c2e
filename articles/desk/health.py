"""“Health of the site”: what `manage.py doctor --quick` tells, for the people who look after the accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import operations, rights
from articles.desk.pages import page
from articles.desk.requests import signed_in

#: Whoever may give others rights is told what is wrong with the machine.
PERMISSION = "auth.change_user"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What looks through all articles and files takes too long for a page: the command does."""
    rights.require(signed_in(request), PERMISSION)
    findings = sorted(operations.examine(deep=False), key=lambda each: each.level != operations.Level.ERROR)
    last = _last_backup()
    return page(request, "health", title=_("Health of the site"), findings=findings, backup=last)


def _last_backup() -> operations.LastBackup | None:
    """A store that does not answer is a finding; then what this machine noted is told."""
    try:
        return operations.newest_backup()
    except (OSError, operations.OperationError):
        return operations.last_backup()
