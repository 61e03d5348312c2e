"""What of a request may be told: a path without its secrets and without its query, and a network for an address."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import escape_uri_path

#: Parts of addresses that are keys by themselves: those of review links and of letters for a new password.
SECRET_PARTS = ("token",)
HIDDEN = "-"


def shown_path(request: HttpRequest) -> str:
    """The path as an address has it, on one line of ASCII; the query, in which readers' searches stand, is left out."""
    return escape_uri_path(without_secrets(request.path, request))


def without_secrets(text: str, request: HttpRequest) -> str:
    match = _match(request)
    if match is None:
        return text
    for name in SECRET_PARTS:
        if secret := match.kwargs.get(name):
            text = text.replace(secret, HIDDEN)
    return text


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Also of an address that lacks its last slash, which is redirected before anything was found."""
    if request.resolver_match is not None:
        return request.resolver_match
    try:
        return resolve(f"{request.path_info}/")
    except Resolver404:
        return None


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: enough to see a flood, too little to see a person. Empty for
    what is no address.
    """
    try:
        length = 24 if ipaddress.ip_address(address).version == 4 else 48
        return str(ipaddress.ip_network((address, length), strict=False))
    except ValueError:
        return ""
