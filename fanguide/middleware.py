"""Response headers that neither Django nor django-csp sets, the visitor's address behind proxies, and stray hosts."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils.log import log_response

from fanguide.proxies import Watch

logger = logging.getLogger("fanguide.hosts")

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def visitors_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Behind FANGUIDE_PROXIES proxies of ours REMOTE_ADDR is the visitor's: the entry that the outermost of them added
    to X-Forwarded-For. What stands before it was written by the visitor and is not believed.
    """

    watch = Watch()

    def middleware(request: HttpRequest) -> HttpResponse:
        watch.look_at(request)
        entries = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
        if 0 < settings.PROXIES <= len(entries):
            request.META["REMOTE_ADDR"] = entries[-settings.PROXIES]
        return get_response(request)

    return middleware


#: A probe of a container, a balancer or Prometheus asks these by an address, which no list of hosts names.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_SHOWN = 100  # characters of a stray host


def known_hosts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever asks by a host that is not in FANGUIDE_HOSTS gets a 400 and one line in the log; probes are answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
        try:
            request.get_host()
        except DisallowedHost as exception:
            bad_request = get_resolver().resolve_error_handler(400)
            response = bad_request(request, exception)  # type: ignore[call-arg]  # the stubs give it no arguments
            host = request.META.get("HTTP_HOST", "")[:_SHOWN]
            sentence = "Host %r is not in FANGUIDE_HOSTS: %s"
            log_response(sentence, host, request.path, response=response, request=request, logger=logger)
            return response
        return get_response(request)

    return middleware


def more_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
