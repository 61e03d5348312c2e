"""“Invitations”: the form, who has not come yet, and who came; for those who may make accounts.

GET  auth/user/invitations/
POST auth/user/invitations/                  email, name, role
POST auth/user/invitations/<pk>/again/       a new link by a new letter; the old one opens nothing
POST auth/user/invitations/<pk>/link/        a new link that is shown once, where a letter does not leave
POST auth/user/invitations/<pk>/withdraw/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles import rights
from articles.desk.invitations import letter
from articles.desk.invitations.forms import TAKEN_ADDRESS, InviteForm
from articles.desk.requests import signed_in
from articles.desk.two_step.confirming import only_confirmed
from articles.models import Invitation
from articles.models.letters import waiting_letters
from articles.operations import invitations

ON_A_PAGE = 50
#: Carries a link that no letter brings over the redirect to the page that shows it once.
_COOKIE, _COOKIE_SECONDS = "invitation-made", 300
#: Lines of the history, stored as they stand.
_LINES = (gettext_noop("Invited."), gettext_noop("Invited again."), gettext_noop("Invitation withdrawn."))

View = Callable[..., HttpResponse]


def urls(behind_login: Callable[[View], View]) -> list[URLPattern]:
    return [
        path("invitations/", behind_login(only_confirmed(listing)), name="auth_user_invitations"),
        path("invitations/<int:pk>/again/", behind_login(only_confirmed(again)), name="auth_user_invitation_again"),
        path("invitations/<int:pk>/link/", behind_login(only_confirmed(link)), name="auth_user_invitation_link"),
        path("invitations/<int:pk>/withdraw/", behind_login(withdraw), name="auth_user_invitation_withdraw"),
    ]


def listing(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    rights.require(person, invitations.INVITE)
    form = InviteForm(request.POST if request.method == "POST" else None, by=person)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("email", "name", "role")}
        try:
            return _invited(request, **words)
        except invitations.TakenError:
            form.add_error("email", TAKEN_ADDRESS)
    return _page(request, form)


@transaction.atomic
def _invited(request: HttpRequest, **words: Any) -> HttpResponse:
    row, made = invitations.invite(**words, by=signed_in(request))
    _record(request, row, _("Invited."))
    return _deliver(request, row, made)


def again(request: HttpRequest, pk: int) -> HttpResponse:
    return _renewed(request, pk, by_letter=settings.MAIL_IS_SENT)


def link(request: HttpRequest, pk: int) -> HttpResponse:
    return _renewed(request, pk, by_letter=False)


@transaction.atomic
def _renewed(request: HttpRequest, pk: int, *, by_letter: bool) -> HttpResponse:
    rights.require(signed_in(request), invitations.INVITE)
    row = get_object_or_404(Invitation, pk=pk)
    made = invitations.renew(row, by=signed_in(request)) if request.method == "POST" else None
    if made is None:
        return _waits_no_more(request, row)
    _record(request, row, _("Invited again."))
    return _deliver(request, row, made) if by_letter else _back_with_token(request, made.token)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rights.require(signed_in(request), invitations.INVITE)
    row = get_object_or_404(Invitation, pk=pk)
    if request.method != "POST" or not invitations.withdraw(row, by=signed_in(request)):
        return _waits_no_more(request, row)
    _record(request, row, _("Invitation withdrawn."))
    messages.success(request, _("The link for %(name)s opens nothing any more.") % {"name": row.name})
    return _back()


def _waits_no_more(request: HttpRequest, row: Invitation) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, _("%(name)s has come already, or was withdrawn before.") % {"name": row.name})
    return _back()


def _deliver(request: HttpRequest, row: Invitation, made: invitations.Link) -> HttpResponse:
    if not settings.MAIL_IS_SENT:
        return _back_with_token(request, made.token)
    letter.write(request, row, made.seed)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": row.email})
    return _back()


def _back_with_token(request: HttpRequest, token: str) -> HttpResponse:
    response = _back()
    safe: dict[str, Any] = {"httponly": True, "samesite": "Strict", "secure": request.is_secure()}
    response.set_cookie(_COOKIE, token, max_age=_COOKIE_SECONDS, path=_here(), **safe)
    return response


def _page(request: HttpRequest, form: InviteForm) -> HttpResponse:
    rows = Invitation.objects.select_related("made_by", "account", "withdrawn_by")
    past = rows.exclude(pk__in=Invitation.objects.pending())
    token = request.COOKIES.get(_COOKIE, "")
    made = Invitation.objects.behind(token, timezone.now())
    pending = list(rows.pending())
    letters = waiting_letters(map(invitations.about, pending))
    context = {
        "title": _("Invitations"),
        "opts": User._meta,
        "form": form,
        "pending": [(row, letters.get(invitations.about(row))) for row in pending],
        "past": Paginator(past, ON_A_PAGE).get_page(request.GET.get("page")),
        "now": timezone.now(),
        "days": settings.INVITATION_DAYS,
        "roles": {role.value for role in rights.roles_to_give(signed_in(request))},
        "made": made,
        "made_url": letter.address_of(request, token) if made else "",
        "is_mail_sent": settings.MAIL_IS_SENT,
    }
    response = TemplateResponse(
        request,
        "desk/invitations/invitations.html",
        {**admin.site.each_context(request), **context},
        status=400 if form.is_bound else 200,
    )
    if token:
        response.delete_cookie(_COOKIE, path=_here(), samesite="Strict")
    return response


def _record(request: HttpRequest, row: Invitation, sentence: str) -> None:
    """Invitations have no page of the stock admin; its table of lines takes any row."""
    LogEntry.objects.log_actions(signed_in(request).pk, [row], CHANGE, change_message=sentence, single_object=True)


def _here() -> str:
    return reverse("admin:auth_user_invitations")


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(_here())
