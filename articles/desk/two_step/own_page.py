"""“Two-step log-in”: an account's own page, to set it up, to make new recovery codes, and to turn it off.

GET   the QR code and the form; or how things stand
POST  act=set-up, key, code · act=codes, code · act=turn-off, password, code

Setting it up and new codes want a session that was confirmed a short while ago (confirming.py).
"""

from __future__ import annotations

import base64
from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.desk.forms import DeskForm
from articles.desk.requests import signed_in
from articles.desk.two_step.codes import WRONG_CODE, CodeField, CodeForm, next_of, try_code
from articles.desk.two_step.confirm_page import is_password_of
from articles.desk.two_step.confirming import is_confirmed, to_confirm
from articles.desk.two_step.guard import forget_second_factor, open_before_second_factor, pass_second_factor
from articles.operations import second_factor
from articles.operations.sessions import end_sessions

_KEY_SALT = "second-factor-key"
_KEY_SECONDS = 3600  # from showing a key to the first code of it


class SetUpForm(DeskForm, forms.Form):
    """`key` is carried by the form, signed for this account: showing the page stores nothing."""

    code = CodeField(help_text=gettext_lazy("The six digits that the app shows now."))
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = f"{_KEY_SALT}:{account.pk}"
        self.offered_key = self._sent_key() or second_factor.new_key()
        self.signed_key = signing.dumps(self.offered_key, salt=self.salt)

    def _sent_key(self) -> str | None:
        try:
            return str(signing.loads(self.data.get("key", ""), salt=self.salt, max_age=_KEY_SECONDS))
        except signing.BadSignature:
            return None

    def clean_key(self) -> str:
        if self._sent_key() is None:
            raise forms.ValidationError(_("This page was open for too long: start again with the new key."))
        return self.offered_key


class TurnOffForm(CodeForm):
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    field_order = ("password", "code")

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not account.has_usable_password():
            del self.fields["password"]


@open_before_second_factor
def two_step(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    act = request.POST.get("act", "")
    has_one = second_factor.has_one(account)
    if (not has_one or act == "codes") and not is_confirmed(request):
        return to_confirm(request)
    if not has_one:
        return _set_up(request, account)
    if act == "codes":
        return _new_codes(request, account)
    if act == "turn-off":  # where it is required, the guard then lets nothing but a new set-up through
        return _turn_off(request, account)
    if request.method == "POST":  # a form that was sent twice, or of a page that is older than that
        return HttpResponseRedirect(reverse("admin:two_step"))
    return _state(request, account)


def _set_up(request: HttpRequest, account: User) -> HttpResponse:
    form = SetUpForm(request.POST if request.POST.get("act") == "set-up" else None, account=account)
    if form.is_valid():
        codes = second_factor.set_up(account, form.cleaned_data["key"], form.cleaned_data["code"])
        if codes:
            pass_second_factor(request)
            end_sessions(account, but=request.session.session_key)
            _record(request, account, _("Two-step log-in set up."))
            return _codes(request, codes)
        form.add_error("code", _("This code is not right. Is the clock of your device right? Try the next code."))
    key = TOTPDevice(key=form.offered_key).bin_key
    address = second_factor.address_of(account, form.offered_key)
    return _page(
        request,
        "set_up",
        form=form,
        key=_in_groups(key),
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=4, light="#fff"),
        is_required=second_factor.is_required(account),
        next=next_of(request),
    )


def _new_codes(request: HttpRequest, account: User) -> HttpResponse:
    form = CodeForm(request.POST, prefix="codes")
    if _is_right(request, account, form):
        codes = second_factor.new_recovery_codes(account)
        _record(request, account, _("New recovery codes for two-step log-in made."))
        return _codes(request, codes)
    return _state(request, account, codes_form=form)


def _turn_off(request: HttpRequest, account: User) -> HttpResponse:
    form = TurnOffForm(request.POST, account=account, prefix="off")
    password = form.cleaned_data.get("password") if form.is_valid() else None
    if password and not is_password_of(request, account, password):
        form.add_error("password", _("This is not your password."))
    if _is_right(request, account, form):
        second_factor.remove(account)
        forget_second_factor(request)
        end_sessions(account, but=request.session.session_key)
        _record(request, account, _("Two-step log-in turned off."))
        messages.success(request, _("Two-step log-in is off. From now on your password alone lets you in."))
        return HttpResponseRedirect(reverse("admin:two_step"))
    return _state(request, account, off_form=form)


def _is_right(request: HttpRequest, account: User, form: CodeForm) -> bool:
    if not form.is_valid():
        return False
    if try_code(request, account, form.cleaned_data["code"]) is None:
        form.add_error("code", WRONG_CODE)
        return False
    return True


def _state(
    request: HttpRequest, account: User, codes_form: CodeForm | None = None, off_form: TurnOffForm | None = None
) -> HttpResponse:
    return _page(
        request,
        "state",
        left=second_factor.recovery_codes_left(account),
        codes_form=codes_form or CodeForm(prefix="codes"),
        off_form=off_form or TurnOffForm(account=account, prefix="off"),
        form=codes_form or off_form,
        is_required=second_factor.is_required(account),
    )


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The one answer in which they stand."""
    response = _page(request, "codes", codes=codes, next=next_of(request), account=signed_in(request))
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    frame = admin.site.each_context(request)
    context = {**frame, "title": _("Two-step log-in"), **context}
    return TemplateResponse(request, f"desk/two_step/{template}.html", context)


def _record(request: HttpRequest, account: User, sentence: str) -> None:
    admin.site.get_model_admin(User).log_change(request, account, sentence)


def _in_groups(key: bytes) -> str:
    """As apps want it typed: base32, in groups of four."""
    letters = base64.b32encode(key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
