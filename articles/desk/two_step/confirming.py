"""What changes how somebody gets in asks for the password again, unless this session gave it a short while ago.

A browser that was left unlocked opens the desk to whoever sits down at it. It shall not give them an account for good:
no second factor of theirs, no codes, no invitation, no new password or mail address.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

CONFIRMED_SECONDS = 15 * 60
_AT = "confirmed_at"

View = TypeVar("View", bound=Callable[..., HttpResponse])


def confirm(request: HttpRequest, at: float | None = None) -> None:
    """Of this session: its person has just proved who they are, or did so `at` that time (seconds since 1970)."""
    request.session[_AT] = time.time() if at is None else at


def is_confirmed(request: HttpRequest) -> bool:
    at = request.session.get(_AT)
    return at is not None and time.time() - at < CONFIRMED_SECONDS


def to_confirm(request: HttpRequest) -> HttpResponseRedirect:
    """To the password and back to this page. What a form held is still on the device."""
    return HttpResponseRedirect(f"{reverse('admin:confirm')}?{urlencode({'next': request.get_full_path()})}")


def only_confirmed(view: View) -> View:
    """Its form is not even shown before: nobody fills it in to be asked then."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_confirmed(request) else to_confirm(request)

    return cast("View", answer)
