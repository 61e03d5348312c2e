"""Response headers that neither Django nor django-csp sets, and the visitor's address behind proxies."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def visitors_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Behind FANGUIDE_PROXIES proxies of ours REMOTE_ADDR is the visitor's: the entry that the outermost of them added
    to X-Forwarded-For. What stands before it was written by the visitor and is not believed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        entries = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
        if 0 < settings.PROXIES <= len(entries):
            request.META["REMOTE_ADDR"] = entries[-settings.PROXIES]
        return get_response(request)

    return middleware


def more_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
