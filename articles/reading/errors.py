"""Our own error pages: what happened, what to do next, where to go on. None of them asks the database."""

# ruff: noqa: ARG001 - Django calls its handlers with arguments of these names
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ErrorText:
    title: str
    dek: str


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = str(exception) if isinstance(exception, BadRequest) else ""
    text = ErrorText(
        _("We do not understand this address"),
        message or _("Something in it is not as it should be. Go on from one of these pages."),
    )
    return _page(400, text)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = ErrorText(
        _("This is not for you to see or do"),
        _("Your account may not do this. If it should, ask the person who runs this site."),
    )
    return _page(403, text)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For django.middleware.csrf: the token of a form is missing or belongs to another session."""
    text = ErrorText(
        _("This form has grown old"),
        _("Nothing was saved. Go back, copy what you wrote, load the page again and send it once more."),
    )
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"sentence": text.title, "csrf": True}, status=403)
    return _page(403, text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = ErrorText(
        _("We cannot find that page"),
        _("The address may be mistyped, or there is nothing there yet."),
    )
    return _page(404, text)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = ErrorText(
        _("This page was taken down"),
        _("It stood here once, and the editors have removed it. The rest of the site is still there."),
    )
    return _page(410, text)


def too_many(request: HttpRequest, *, seconds: int | None = None) -> HttpResponse:
    """`seconds` says after what time another try makes sense."""
    response = _page(
        429,
        ErrorText(
            _("Too many tries"),
            _("To keep accounts safe we pause after many tries. Wait a little while, then try again."),
        ),
    )
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    text = ErrorText(
        _("Something broke on our side"),
        _("It is not your fault, and it has been noted. Try again in a minute."),
    )
    try:
        return _page(500, text)
    except Exception:  # noqa: BLE001 - what broke may be templates or static files, and an answer is still owed
        plain = f"<!doctype html><html lang=en><meta charset=utf-8><title>{text.title}</title><h1>{text.title}</h1>"
        return HttpResponse(f"{plain}<p>{text.dek}</p><p><a href=/>{escape(settings.SITE_NAME)}</a></p>", status=500)


def _page(status: int, text: ErrorText) -> HttpResponse:
    context: dict[str, Any] = {"site_name": settings.SITE_NAME, "status": status, "text": text}
    response = HttpResponse(render_to_string("reading/error.html", context), status=status)
    response["Cache-Control"] = "no-store"  # what is missing now may be there at its time
    return response
