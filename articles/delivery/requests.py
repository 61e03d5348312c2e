"""One HTTP request to somebody else, and to whom none is made.

An admin of the desk gives the address of a webhook, who is not the person that runs the machine. So it may not lead to
the machine itself or into its network, where what answers trusts whoever asks: the name is looked up once, and the
connection goes to the address that was checked. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

#: Seconds that somebody has to take a connection, and then for each part of an answer.
TIMEOUT, TIMEOUT_OF_CACHES = 10, 3
_SHOWN = 200


class RefusedError(Exception):
    """The receiver did not take it; the message says why, for the log."""


class Message(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


def send(message: Message, *, only_public: bool = False, timeout: int = TIMEOUT) -> str:
    """The status of the answer, as a text. Raises RefusedError for no answer, for any but 2xx, and, with `only_public`,
    for an address that webhooks may not lead to.
    """
    parts = urlsplit(message.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        address = address_of(host, port, is_allowed if only_public else None)
        connection = Connection(host, port, address, timeout, is_secure=parts.scheme == "https")
        try:
            connection.request(message.method, path, message.body or None, dict(message.headers))
            answer = connection.getresponse()
            said = answer.read(_SHOWN).decode(errors="replace")
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RefusedError(f"{type(error).__name__}: {error}"[:_SHOWN]) from error
    if not 200 <= answer.status < 300:
        raise RefusedError(f"{answer.status} {answer.reason}: {said}"[:_SHOWN])
    return f"{answer.status} {answer.reason}"


def refusal_of(url: str) -> str:
    """Why this cannot be the address of a webhook, in a sentence; empty when it can. Its name is looked up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.fragment or not url.isascii():
        return _("Write an address that begins with https://, without a name and a password in it.")
    try:
        address_of(host, port, is_allowed)
    except RefusedError:
        return _("This leads into a private network, where webhooks do not go.")
    except (OSError, ValueError):
        return _("There is no machine of this name: is it written right?")
    return ""


def is_allowed(address: str) -> bool:
    """Whether a webhook may lead there. What is of this link alone (169.254.0.0/16 has the keys of a machine in a
    cloud) never is; other private networks are by a setting.
    """
    ip = _ip_of(address)
    return not _is_never_allowed(ip) and (bool(settings.PRIVATE_WEBHOOKS) or ip.is_global)


def is_public(address: str) -> bool:
    """Whether it is one of the whole net, whatever the settings say: for addresses that writers give."""
    ip = _ip_of(address)
    return not _is_never_allowed(ip) and ip.is_global


def _ip_of(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def _is_never_allowed(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_link_local or ip.is_multicast or ip.is_unspecified


def address_of(host: str, port: int, is_taken: Callable[[str], bool] | None) -> str:
    """The first address of a name. Where one of them is not taken none is. Raises OSError, ValueError, RefusedError."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if is_taken and not all(map(is_taken, found)):
        raise RefusedError(f"{host} leads into a private network.")
    return found[0]


class Connection(http.client.HTTPConnection):
    """Goes to an address that was looked up already; the certificate has to be that of the name."""

    def __init__(self, host: str, port: int, address: str, timeout: float, *, is_secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._is_secure = address, is_secure
        self.default_port = 443 if is_secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()  # of the socket that `sock` is by now, so that it can be shut from outside
