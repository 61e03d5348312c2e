"""Trying a code, with the limits of the log-in (articles/desk/log_in.py); and the second step of the log-in."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import load_backend, login
from django.contrib.auth.models import User
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from articles.desk import log_in, sessions
from articles.desk.forms import DeskForm
from articles.desk.two_step.confirming import confirm
from articles.desk.two_step.guard import pass_second_factor
from articles.operations import second_factor
from articles.operations.second_factor import Used

WRONG_CODE = gettext_lazy(
    "This code is not right, or was used before. Wait for the next one in your app, or take a recovery code."
)
_PENDING = "log_in_pending"
_MINUTES = 10


class _CodeInput(forms.TextInput):
    """Is empty again beside a wrong code."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ARG002
        return super().get_context(name, None, attrs)


class CodeField(forms.CharField):
    """Of an app, or a recovery code."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(label=gettext_lazy("Code"), max_length=40, widget=_CodeInput(attrs), **kwargs)


class CodeForm(DeskForm, forms.Form):
    code = CodeField(help_text=gettext_lazy("The six digits that your app shows now, or one of your recovery codes."))


def try_code(request: HttpRequest, account: User, code: str) -> Used | None:
    """None for a wrong code, and while no further try is allowed: then the answer becomes a 429 (AxesMiddleware)."""
    credentials = {"username": second_factor.code_name(account.get_username())}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined]
        return None
    used = second_factor.check(account, code)
    if used is None:
        AxesProxyHandler.user_login_failed(sender=__name__, credentials=credentials, request=request)
    else:
        AxesProxyHandler.reset_attempts(ip_address=log_in.place_of(request), **credentials)
    return used


# --- the second step of the log-in ------------------------------------------------------------------------------------


def begin(request: HttpRequest, account: User) -> None:
    """The password was right: the account waits in the session for its code, and is signed in nowhere yet."""
    request.session.cycle_key()
    request.session[_PENDING] = {
        "account": account.pk,
        "backend": account.backend,  # authenticate() has set it
        "password": account.get_session_auth_hash(),
        "until": time.time() + _MINUTES * 60,
    }


def complete_log_in(request: HttpRequest, response: HttpResponse, account: User) -> None:
    """What every way into the desk leaves behind: when and with what browser, and that the device is known."""
    sessions.note(request)
    log_in.remember_device(request, response, account.get_username())


def _waiting(request: HttpRequest) -> User | None:
    """Who waits; nobody once time has passed, or the password has changed meanwhile."""
    kept = request.session.get(_PENDING)
    if not kept or kept["until"] < time.time():
        return None
    account = load_backend(kept["backend"]).get_user(kept["account"])
    if account is None or not constant_time_compare(kept["password"], account.get_session_auth_hash()):
        return None
    account.backend = kept["backend"]
    return account if isinstance(account, User) else None


class _Next(RedirectURLMixin):
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")


def next_of(request: HttpRequest) -> str:
    """Where somebody wanted to go: an address of this site, else the first page."""
    return _Next(request).get_success_url()


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def log_in_code(request: HttpRequest) -> HttpResponse:
    account = _waiting(request)
    if account is None:
        return HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': next_of(request)})}")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        used = try_code(request, account, form.cleaned_data["code"])
        if used:
            return _signed_in(request, account, used)
        form.add_error("code", WRONG_CODE)
    context = {"title": _("Second step"), "form": form, "next": next_of(request), "account": account}
    return TemplateResponse(request, "desk/two_step/log_in_code.html", {**admin.site.each_context(request), **context})


def _signed_in(request: HttpRequest, account: User, used: Used) -> HttpResponse:
    del request.session[_PENDING]
    login(request, account)
    pass_second_factor(request)
    confirm(request)
    response = HttpResponseRedirect(next_of(request))
    complete_log_in(request, response, account)
    if used is Used.RECOVERY:
        left = second_factor.recovery_codes_left(account)
        sentence = ngettext(
            "You used a recovery code: it works no more. %(count)s is left.",
            "You used a recovery code: it works no more. %(count)s are left.",
            left,
        )
        messages.warning(request, sentence % {"count": left})
    return response
