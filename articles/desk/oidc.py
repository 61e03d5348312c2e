"""Logging in with a provider: the way there, and the way back. Each fault is a page that says what to do.

What has to be remembered in between lies in a signed cookie: a visitor who is nobody yet makes no row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.desk import accounts, log_in
from articles.desk.two_step.codes import complete_log_in
from articles.desk.two_step.confirming import confirm
from articles.desk.two_step.guard import pass_second_factor
from articles.operations import oidc
from articles.operations.oidc import Refusal
from articles.reading import errors

logger = logging.getLogger("articles.oidc")

#: Log-ins begun in an hour from one network address: an office has one.
BEGUN_FROM_ONE_PLACE = 100
#: How long a person may take at the provider, in seconds.
TIME_AT_PROVIDER = 600
#: Roles are read at each log-in: after this time there has to be another one.
SESSION_LENGTH = dt.timedelta(hours=12)
_SALT = "oidc"
_SHOWN = 200  # characters of what a visitor sent, in the log


@dataclass(frozen=True, slots=True)
class Problem:
    status: HTTPStatus
    sentence: Any


DOWN = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("%(name)s does not answer. Nothing is wrong with your account: try again in a minute."),
)
STALE = Problem(
    HTTPStatus.BAD_REQUEST, _("This log-in took too long, or was begun in another browser. Begin it again from here.")
)
DECLINED = Problem(
    HTTPStatus.FORBIDDEN, _("%(name)s did not let you through, or you did not agree there. You can begin again.")
)
WRONG = Problem(
    HTTPStatus.BAD_GATEWAY,
    _("What %(name)s said about you cannot be believed, so nobody was logged in. The log of this site says why."),
)
REFUSALS = {
    Refusal.UNKNOWN: _("%(name)s knows you, but this desk has no account for you. Ask the person who runs it."),
    Refusal.ADDRESS_TAKEN: _(
        "An account of this desk has your e-mail address, and is not connected with %(name)s. Ask the person who runs "
        "this desk to connect it."
    ),
    Refusal.NO_ROLE: _("%(name)s knows you, but gives you no role on this desk. Ask the person who runs it for one."),
    Refusal.INACTIVE: _("Your account of this desk is switched off. Ask the person who runs it."),
    Refusal.NO_SUBJECT: WRONG.sentence,
}


def urls() -> list[URLPattern]:
    return [path("oidc/", begin, name="oidc"), path("oidc/back/", back, name="oidc_back")]


def button(request: HttpRequest, following: str) -> dict[str, str]:
    """What the log-in page shows of it. A link and not a form: `form-action 'self'` holds for where a form is
    redirected to as well, and would stop it on the way to the provider.
    """
    if not settings.OIDC_ISSUER:
        return {}
    query = urlencode({"next": following}) if _is_local(request, following) else ""
    return {"oidc_name": settings.OIDC_NAME, "oidc_address": f"{reverse('admin:oidc')}?{query}".rstrip("?")}


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider. `next` is where the log-in is to lead, on this site; with `again` the provider is to ask who
    it is even if it knows.
    """
    if not settings.OIDC_ISSUER:
        raise Http404
    if not accounts.is_within(BEGUN_FROM_ONE_PLACE, f"oidc:{log_in.place_of(request)}"):
        return errors.too_many(request, seconds=accounts.HOUR)
    try:
        address, begun = oidc.begin(_way_back(request), again="again" in request.GET)
    except oidc.ProviderError as error:
        return _not_answered(request, error)
    response = HttpResponseRedirect(address)
    response.set_cookie(
        _cookie(begun.state),
        signing.dumps({**begun.as_dict(), "next": _following(request)}, salt=_SALT),
        max_age=TIME_AT_PROVIDER,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider, with a code or with what was in the way."""
    if not settings.OIDC_ISSUER:
        raise Http404
    state = request.GET.get("state", "")
    response = _answer(request, state)
    response.delete_cookie(_cookie(state), samesite="Lax")
    return response


def _answer(request: HttpRequest, state: str) -> HttpResponse:
    kept = _login_state(request, state)
    if kept is None:
        return _problem(request, STALE)
    following = kept.pop("next")
    if declined := request.GET.get("error", ""):
        logger.warning("The provider sent somebody back: %r %r", declined[:_SHOWN], _description(request))
        return _problem(request, DECLINED)
    try:
        claims = oidc.finish(request.GET.get("code", ""), oidc.Begun(**kept), _way_back(request))
        user = oidc.account_for(claims)
    except oidc.ProviderError as error:
        return _not_answered(request, error)
    except oidc.LogInRefusedError as refused:
        logger.warning("Not let in (%s): sub %r", refused.why.value, str(claims.get("sub"))[:_SHOWN])
        return _problem(request, Problem(HTTPStatus.FORBIDDEN, REFUSALS[refused.why]))
    return _let_in(request, user, following, claims)


def _let_in(request: HttpRequest, user: Any, following: str, claims: dict[str, Any]) -> HttpResponse:
    """As the log-in page does it; the provider has asked for a second factor, or did not want one. Who is signed in
    there is let through without a word: only the time at which they proved who they are (`auth_time`) says that it is
    them who sit there.
    """
    login(request, user, backend="articles.rights.OneQueryBackend")
    pass_second_factor(request)
    if isinstance(at := claims.get("auth_time"), int | float):
        confirm(request, min(at, time.time()))
    request.session.set_expiry(timezone.now() + SESSION_LENGTH)
    response = HttpResponseRedirect(following)
    complete_log_in(request, response, user)
    return response


# --- between going and coming -----------------------------------------------------------------------------------------


def _login_state(request: HttpRequest, state: str) -> dict[str, str] | None:
    """What was remembered when this browser began this log-in; None if that was elsewhere, or long ago."""
    try:
        kept: dict[str, str] = signing.loads(
            request.COOKIES.get(_cookie(state), ""), salt=_SALT, max_age=TIME_AT_PROVIDER
        )
    except signing.BadSignature:
        return None
    return kept if constant_time_compare(kept["state"], state) else None


def _cookie(state: str) -> str:
    """One for each state, for people with several windows. `__Host-`: no neighbour under the same domain can set it."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}oidc-{hashlib.sha256(state.encode()).hexdigest()[:12]}"


def _way_back(request: HttpRequest) -> str:
    address = reverse("admin:oidc_back")
    return f"{settings.SITE_URL}{address}" if settings.SITE_URL else request.build_absolute_uri(address)


def _following(request: HttpRequest) -> str:
    following = request.GET.get("next", "")
    return following if _is_local(request, following) else reverse("admin:index")


def _is_local(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())


# --- what went wrong --------------------------------------------------------------------------------------------------


def _description(request: HttpRequest) -> str:
    return request.GET.get("error_description", "")[:_SHOWN]


def _not_answered(request: HttpRequest, error: oidc.ProviderError) -> HttpResponse:
    logger.error("The log-in with %s failed: %s", settings.OIDC_NAME, error.reason)
    return _problem(request, DOWN if error.is_down else WRONG)


def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    site = admin.site
    context = {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "title": _("You are not logged in"),
        "sentence": problem.sentence % {"name": settings.OIDC_NAME},
    }
    return TemplateResponse(request, "desk/log_in_problem.html", context, status=problem.status)
