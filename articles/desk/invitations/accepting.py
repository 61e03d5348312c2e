"""What the link of an invitation opens: a name, a password, and the person is in. No GET uses the link up."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import admin
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from articles.desk.invitations import letter
from articles.desk.invitations.forms import TAKEN_NAME, AcceptForm
from articles.desk.two_step.codes import complete_log_in
from articles.desk.two_step.confirming import confirm
from articles.models import Invitation
from articles.operations import invitations

_BACKEND = "articles.rights.OneQueryBackend"


@never_cache
@csrf_protect
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitations.open_invitation(token)
    if found is None:
        return _page(request, _("This link does not work any more"), status=HTTPStatus.NOT_FOUND)
    form = AcceptForm(request.POST if request.method == "POST" else None, invitation=found)
    if form.is_valid():
        words = form.cleaned_data
        try:
            account = invitations.accept(
                token, username=words["username"], name=words["first_name"], password=words["password1"]
            )
        except invitations.TakenError:
            form.add_error("username", TAKEN_NAME)
        else:
            return _let_in(request, account) if account else HttpResponseRedirect(request.path)
    return _page(request, _("Welcome to the desk"), invitation=found, form=form)


def _let_in(request: HttpRequest, account: User) -> HttpResponse:
    login(request, account, backend=_BACKEND)
    confirm(request)
    response = HttpResponseRedirect(reverse("admin:index"))
    complete_log_in(request, response, account)
    row = Invitation.objects.select_related("made_by").get(account=account)
    sentence = _("Came by an invitation of %(name)s.") % {"name": row.made_by.get_username() if row.made_by else "?"}
    admin.site.get_model_admin(User).log_addition(request, account, sentence)
    return response


def _page(
    request: HttpRequest,
    title: str,
    *,
    invitation: Invitation | None = None,
    form: AcceptForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"title": title, "invitation": invitation, "form": form}
    context |= {"by": letter.inviter(invitation)} if invitation else {}
    frame = admin.site.each_context(request)
    return TemplateResponse(request, "desk/invitations/accept.html", {**frame, **context}, status=status)
