"""“Confirm that it is you”: the page between an open desk and what changes how somebody gets in.

GET  confirm/?next=…     the form; for who logs in by a provider, the way there
POST confirm/            password, next
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from articles.desk.accounts import refuses_password
from articles.desk.forms import DeskForm
from articles.desk.requests import signed_in
from articles.desk.two_step.codes import next_of
from articles.desk.two_step.confirming import CONFIRMED_SECONDS, confirm
from articles.desk.two_step.guard import open_before_second_factor
from articles.operations import oidc


class ConfirmForm(DeskForm, forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


@open_before_second_factor
@sensitive_post_parameters("password")
def confirm_page(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    has_password = account.has_usable_password() and not refuses_password(account)
    form = ConfirmForm(request.POST if request.method == "POST" else None) if has_password else None
    if form is not None and form.is_valid():
        if is_password_of(request, account, form.cleaned_data["password"]):
            confirm(request)
            return HttpResponseRedirect(next_of(request))
        form.add_error("password", _("This is not your password."))
    context: dict[str, Any] = {"title": _("Confirm that it is you"), "form": form, "next": next_of(request)}
    context |= {"minutes": CONFIRMED_SECONDS // 60, **_provider(request, account)}
    return TemplateResponse(request, "desk/two_step/confirm.html", {**admin.site.each_context(request), **context})


def is_password_of(request: HttpRequest, account: User, password: str) -> bool:
    """Guessed here as seldom as at the log-in, with which it shares its limits."""
    return authenticate(request, username=account.get_username(), password=password) == account


def _provider(request: HttpRequest, account: User) -> dict[str, str]:
    if not (settings.OIDC_ISSUER and oidc.is_connected(account)):
        return {}
    query = urlencode({"next": next_of(request), "again": "1"})
    return {"oidc_name": settings.OIDC_NAME, "oidc_address": f"{reverse('admin:oidc')}?{query}"}
