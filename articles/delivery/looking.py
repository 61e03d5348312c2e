"""Whether somebody else's page is still there: asked kindly, and never believed more than it says.

Writers give these addresses. So only public ones are asked, each redirect anew, whatever the settings allow webhooks;
of an answer its head alone is read, for a limited time; and who is asked learns by whom.
"""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.delivery import requests
from articles.delivery.requests import RefusedError

#: Seconds for each step of one request, and for all requests that one address takes.
STEP, LONGEST = 10, 25
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_UNKNOWN_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_SHOWN = 200
_HOST = re.compile(r"[0-9a-z._:-]{1,253}", re.IGNORECASE)


class Outcome(StrEnum):
    """UNCLEAR: somebody answers, and says neither that it is there nor that it is not (403, 429, 500)."""

    ANSWERS = "answers"
    GONE = "gone"
    UNKNOWN_NAME = "unknown-name"
    NO_ANSWER = "no-answer"
    UNCLEAR = "unclear"
    PRIVATE = "private"


class Looked(NamedTuple):
    """`status` is that of HTTP, None where nobody answered; `said` is for people: what went wrong, in English."""

    outcome: Outcome
    status: int | None = None
    said: str = ""


def look(url: str, wait: Callable[[str], None], longest: float = LONGEST) -> Looked:
    """Asks for the head of the page, and for the page where that is refused. `wait` is called with the name of each
    host before it is asked. It takes `longest` seconds at most, and what a name takes to be looked up.
    """
    until = time.monotonic() + longest
    try:
        for _redirect in range(MOST_REDIRECTS + 1):
            status, leads_to = _ask("HEAD", url, until, wait)
            if not (200 <= status < 300 or leads_to):
                status, leads_to = _ask("GET", url, until, wait)
            if not leads_to:
                return Looked(_outcome_of(status), status)
            url = urljoin(url, leads_to)
    except RefusedError as error:
        return Looked(Outcome.PRIVATE, said=str(error)[:_SHOWN])
    except socket.gaierror as error:
        is_unknown = error.errno in _UNKNOWN_NAME
        return Looked(Outcome.UNKNOWN_NAME if is_unknown else Outcome.NO_ANSWER, said="gaierror")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Looked(Outcome.NO_ANSWER, said=type(error).__name__)
    return Looked(Outcome.NO_ANSWER, said="TooManyRedirects")


def _outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.ANSWERS
    return Outcome.GONE if status in _GONE else Outcome.UNCLEAR


def _ask(method: str, url: str, until: float, wait: Callable[[str], None]) -> tuple[int, str]:
    """The status, and where a redirect leads. Raises OSError, HTTPException, ValueError, RefusedError."""
    parts = urlsplit(iri_to_uri(url.strip()))
    host = (urlsplit(url.strip()).hostname or "").encode("idna").decode()
    if not _HOST.fullmatch(host) or parts.scheme not in ("http", "https") or parts.username is not None:
        raise ValueError("This is no address of a page.")
    wait(host)
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # Called by its module, where tests of this machine's own address say so.
    address = requests.address_of(host, port, lambda found: requests.is_public(found))
    connection = requests.Connection(host, port, address, min(STEP, left), is_secure=parts.scheme == "https")
    alarm = threading.Timer(left, _shut, [connection])  # whoever sends a sign now and then is never timed out
    alarm.daemon = True
    alarm.start()
    try:
        connection.request(method, _path_of(parts), headers=_headers())
        answer = connection.getresponse()
        if time.monotonic() >= until:  # shut in the middle of its head, which looks like its end
            raise TimeoutError
        return answer.status, (answer.getheader("Location") or "") if answer.status in _REDIRECTS else ""
    finally:
        alarm.cancel()
        connection.close()


def _path_of(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _headers() -> dict[str, str]:
    name = f"Fanguide (looks whether sources are there; +{settings.SITE_URL})" if settings.SITE_URL else "Fanguide"
    return {"User-Agent": name, "Accept": "*/*", "Connection": "close"}


def _shut(connection: http.client.HTTPConnection) -> None:
    try:
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is shut already
