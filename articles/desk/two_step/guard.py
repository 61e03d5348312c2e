"""Before every page of the desk: whoever has a second factor has given its code, and whoever must have one has it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk.pages import wants_json
from articles.desk.requests import signed_in
from articles.operations import second_factor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_PASSED = "second_factor_passed"
_OPEN = "opens_before_second_factor"


def open_before_second_factor(view: View) -> View:
    """For what somebody needs to set it up, and for logging out."""
    setattr(view, _OPEN, True)
    return view


def pass_second_factor(request: HttpRequest) -> None:
    """Of a session, from now on: its code was right, or what signed it in asks for a second factor by itself."""
    request.session[_PASSED] = True


def forget_second_factor(request: HttpRequest) -> None:
    request.session.pop(_PASSED, None)


def must_give_code(request: HttpRequest) -> bool:
    return not request.session.get(_PASSED) and second_factor.has_one(signed_in(request))


def must_set_up(request: HttpRequest) -> bool:
    if request.session.get(_PASSED):
        return False
    account = signed_in(request)
    return second_factor.is_required(account) and not second_factor.has_one(account)


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page leads to the log-in or to the set-up; a script gets a status and a sentence."""
    is_open = getattr(view, _OPEN, False)

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if must_give_code(request):
            return _to_log_in(request)
        if not is_open and must_set_up(request):
            return _to_set_up(request)
        return view(request, *args, **kwargs)

    return answer


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """A session that began before the second factor was set up."""
    logout(request)
    sentence = _("You are signed out: sign in again. What you wrote is not lost.")
    return _lead(request, reverse("admin:login"), sentence, status=401)


def _to_set_up(request: HttpRequest) -> HttpResponse:
    sentence = _("This desk asks for a second step at log-in: set it up first. What you wrote is not lost.")
    return _lead(request, reverse("admin:two_step"), sentence, status=403)


def _lead(request: HttpRequest, where: str, sentence: str, *, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=status)
    came_from = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("admin:index")
    return HttpResponseRedirect(f"{where}?{urlencode({'next': came_from})}")
