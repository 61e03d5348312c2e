"""Signing in, and a new password by mail. Guessing is slowed, and no answer tells which accounts there are."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from axes.helpers import get_cool_off
from axes.utils import reset as forgive_failed_tries
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles.desk import log_in
from articles.desk.two_step import codes
from articles.desk.two_step.confirming import confirm
from articles.models.letters import PASSWORD_RESET, PLACE, put_letter
from articles.operations import oidc, second_factor
from articles.reading import errors

HOUR = 3600  # seconds
#: Requests for a new password in an hour: from one network address, and for one mail address.
RESETS_FROM_ONE_PLACE = 10
RESETS_FOR_ONE_ADDRESS = 3


class LogInForm(AdminAuthenticationForm):
    error_messages = {  # noqa: RUF012  -- an instance attribute for Django's types
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "No account of this desk has this name and password. Check both; capital and small letters differ."
        ),
        "not_by_password": _("This account logs in with %(name)s, and no longer by a password."),
    }

    def confirm_login_allowed(self, user: Any) -> None:
        """Asked once the password was right: nobody else is told how an account logs in."""
        super().confirm_login_allowed(user)
        if refuses_password(user):
            raise ValidationError(
                self.error_messages["not_by_password"], code="not_by_password", params={"name": settings.OIDC_NAME}
            )


def refuses_password(user: User) -> bool:
    """By setting, for those who come by the provider; `manage.py account NAME --disconnect-oidc` is the way back."""
    return settings.OIDC_REPLACES_PASSWORD and oidc.is_connected(user)


class LogInView(views.LoginView):
    """Name and password. Whoever has a second factor is asked for its code before they are signed in."""

    def form_valid(self, form: Any) -> HttpResponse:
        account = form.get_user()
        if second_factor.has_one(account):
            codes.begin(self.request, account)
            address = f"{reverse('admin:log_in_code')}?{urlencode({'next': codes.next_of(self.request)})}"
            return HttpResponseRedirect(address)
        response = super().form_valid(form)
        confirm(self.request)
        codes.complete_log_in(self.request, response, account)
        return response


def too_many_tries(request: HttpRequest, *_response_and_credentials: Any) -> HttpResponse:
    """What axes answers while a name is locked for a network address."""
    pause = get_cool_off(request)
    return errors.too_many(request, seconds=int(pause.total_seconds()) if pause else HOUR)


class _ResetForm(PasswordResetForm):
    def get_users(self, email: str) -> Any:
        """Where there is nobody, or too many letters were asked for, somebody who is nobody: neither the answer nor the
        time that it takes tells whether an account exists.
        """
        found = [user for user in super().get_users(email) if not refuses_password(user)]
        return found if is_within(RESETS_FOR_ONE_ADDRESS, email.casefold()) and found else [_nobody(email)]

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        *_from_and_to: Any,
        **_html: Any,
    ) -> None:
        """Into the outbox: the time that a mail server takes would tell that the account exists. To nobody a letter is
        written too.
        """
        user = context["user"]
        line = " ".join(loader.render_to_string(subject_template_name, context).split())
        words = loader.render_to_string(email_template_name, context)
        address, source = (user.email, str(user.pk)) if user.pk else ("", "0")
        put_letter(address, line, words, about="new-password", secret=PASSWORD_RESET, source=source)


class _TokenOfTheLetter:
    """The token is made when the letter leaves, and stands nowhere before."""

    def make_token(self, _user: Any) -> str:
        return PLACE


class _ResetView(views.PasswordResetView):
    form_class = _ResetForm
    success_url = reverse_lazy("admin:password_reset_done")
    email_template_name = "registration/password_reset_email.txt"  # no HTML: nothing is escaped in it

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_mail_set_up": settings.MAIL_IS_SET_UP}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.MAIL_IS_SET_UP:
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.SERVICE_UNAVAILABLE)
        if not is_within(RESETS_FROM_ONE_PLACE, log_in.place_of(request) or ""):
            return errors.too_many(request, seconds=HOUR)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        origin = settings.SITE_URL or f"{self.request.scheme}://{self.request.get_host()}"
        self.extra_email_context = {"origin": origin, "site": settings.SITE_NAME}
        self.token_generator = _TokenOfTheLetter()
        return super().form_valid(form)


class _ConfirmView(views.PasswordResetConfirmView):
    success_url = reverse_lazy("admin:password_reset_complete")

    def form_valid(self, form: Any) -> HttpResponse:
        """Who forgot a password has mostly tried a few: these do not lock the new one out."""
        answer = super().form_valid(form)
        name = form.user.get_username()
        forgive_failed_tries(username=name)
        log_in.remember_device(self.request, answer, name)
        return answer


def _nobody(email: str) -> User:
    """An account that is none, to which the same work is done as to one."""
    return User(username="nobody", email=email, password=make_password(None))


def password_reset_urls(site: AdminSite) -> list[URLPattern]:
    """The four pages, for visitors who are not signed in."""
    words = {"site_header": site.site_header, "site_title": site.site_title}

    def page(view: type[views.PasswordContextMixin]) -> Any:
        return never_cache(view.as_view(extra_context=words))  # type: ignore[attr-defined]

    return [
        path("password_reset/", page(_ResetView), name="password_reset"),
        path("password_reset/sent/", page(views.PasswordResetDoneView), name="password_reset_done"),
        path("password_reset/<uidb64>/<token>/", page(_ConfirmView), name="password_reset_confirm"),
        path("password_reset/done/", page(views.PasswordResetCompleteView), name="password_reset_complete"),
    ]


def is_within(limit: int, whom: str) -> bool:
    """Counts one more request of `whom` in this hour; False beyond the limit."""
    key = "password-reset:" + hashlib.sha256(whom.encode()).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ran out in this very moment
        return True
