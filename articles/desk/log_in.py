"""How guessing at the log-in is slowed, without a way for one person to lock another out.

Failed tries are counted for a quarter of an hour (`AXES_COOLOFF_TIME`), in the table of django-axes:

- of one name from one place: `AXES_FAILURE_LIMIT`;
- of one name from all places: beyond MOST_FOR_ONE_NAME each place has FEW_TRIES left for it, so that guessing from many
  places is slow, and the right person at a place of their own still has theirs;
- of all names from one place: MOST_FROM_ONE_PLACE.

Wrong codes of a second factor are counted likewise, under a name of their own (`second_factor.code_name`): who guesses
them has the password, and who only guesses passwords stops nobody's code. Beyond MOST_FOR_ONE_NAME no place has tries
left for the codes of that account: there are only a million.

A device on which somebody has signed in is known by a cookie, and has tries of its own for that name: whatever others
do, and wherever it is, its person is let in. The cookie lets nobody in by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models.networks import network_of
from articles.operations import second_factor

MOST_FOR_ONE_NAME = 24
FEW_TRIES = 2
MOST_FROM_ONE_PLACE = 40

_SALT = "known-device"
_KNOWN_FOR = 365 * 24 * 3600  # seconds
_IPV6_NETWORK = 64  # bits: what one customer has, who may choose among the addresses in it


def place_of(request: HttpRequest) -> str | None:
    """The address that a request comes from; of IPv6 the network, in which one person has all addresses."""
    address: str | None = request.META.get("REMOTE_ADDR")
    return network_of(address, v4=32, v6=_IPV6_NETWORK).partition("/")[0] if address else address


class LogInLimits(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """What axes asks before and after each try."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """`AXES_FAILURE_LIMIT` or more while no further try is allowed."""
        name = get_client_username(request, credentials)
        if device := known_device(request, name):
            return int(cache.get(_failures_of(device), 0))
        place, rows = place_of(request), AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        here, by_name, by_place = (
            Coalesce(Sum("failures_since_start", filter=of), 0)
            for of in (Q(username=name, ip_address=place), Q(username=name), Q(ip_address=place))
        )
        count = rows.filter(Q(username=name) | Q(ip_address=place)).aggregate(here=here, name=by_name, place=by_place)
        few = 0 if second_factor.is_code_name(name or "") else FEW_TRIES
        is_slow = count["name"] >= MOST_FOR_ONE_NAME and count["here"] >= few
        is_locked = is_slow or count["place"] >= MOST_FROM_ONE_PLACE
        return max(int(count["here"]), settings.AXES_FAILURE_LIMIT if is_locked else 0)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        name = get_client_username(request, credentials) if request is not None else None
        if request is not None and not request.axes_locked_out:  # type: ignore[attr-defined]
            _count_failure(known_device(request, name), get_cool_off(request))
        super().user_login_failed(sender, credentials, request, **kwargs)


def _count_failure(device: str, pause: dt.timedelta | None) -> None:
    if device:
        key = _failures_of(device)
        cache.set(key, int(cache.get(key, 0)) + 1, pause.total_seconds() if pause else None)


# --- devices ----------------------------------------------------------------------------------------------------------


def known_device(request: HttpRequest, name: str | None) -> str:
    """The device's id, if this person has signed in on it before; else empty."""
    name = second_factor.account_name(name) if name else name
    given = request.COOKIES.get(_cookie_of(name), "") if name else ""
    try:
        value = signing.loads(given, salt=_SALT, max_age=_KNOWN_FOR)
    except signing.BadSignature:
        return ""
    return str(value["device"]) if value["name"] == name else ""


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Of somebody who has signed in, or chosen a new password by a letter. Only the desk's own pages are sent it."""
    device = known_device(request, name)
    if device:
        cache.delete(_failures_of(device))
    value = signing.dumps({"name": name, "device": device or secrets.token_urlsafe(9)}, salt=_SALT)
    response.set_cookie(
        _cookie_of(name),
        value,
        max_age=_KNOWN_FOR,
        path=reverse("admin:index"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _cookie_of(name: str) -> str:
    """One for each name, since several people may share a computer."""
    return f"device-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _failures_of(device: str) -> str:
    return f"device-failures:{device}"
