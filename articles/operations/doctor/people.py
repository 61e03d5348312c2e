"""Accounts and roles."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.operations import second_factor
from articles.operations.accounts import managers_of_accounts
from articles.operations.doctor.findings import Findings, error, warning
from articles.roles import PERMISSIONS, Role

#: So many accounts are named.
NAMED = 5
#: So many sessions that are over are nothing to speak of.
MANY_SESSIONS = 1000


def somebody_in_charge() -> Findings:
    if not any(account.has_usable_password() for account in managers_of_accounts()):
        sentence = _("No active account may manage the others.")
        yield error("nobody", sentence, _("Run manage.py createsuperuser, or manage.py changepassword NAME."))


def second_factors() -> Findings:
    names = list(second_factor.lacking().values_list("username", flat=True))
    if names:
        some = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
        sentence = _("Accounts that must have a second factor and have none: %(count)s (%(names)s).")
        remedy = _("Their next log-in leads them to setting it up; switch off the accounts of those who do not come.")
        yield warning("second-factor", sentence % {"count": len(names), "names": some}, remedy)


def roles() -> Findings:
    rows = Group.objects.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    found: dict[str, set[str]] = {}
    for name, label, codename in rows:
        found.setdefault(name, set()).add(f"{label}.{codename}")
    if wrong := [role for role in Role if found.get(role.value, set()) != PERMISSIONS[role]]:
        sentence = _("The role “%(role)s” has other rights than this program gives it.") % {"role": _(wrong[0].value)}
        yield error("roles", sentence, _("Run manage.py migrate: it writes the roles anew."))


def old_sessions() -> Findings:
    if (count := Session.objects.filter(expire_date__lt=timezone.now()).count()) > MANY_SESSIONS:
        sentence = _("Sessions that are over: %(count)s.") % {"count": count}
        yield warning("sessions", sentence, _("Run manage.py clearsessions, and let cron run it each week."))
