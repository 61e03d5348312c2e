"""Where an account is signed in, and ending that: everybody their own, whoever manages an account those of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.requests import name_of, signed_in
from articles.operations import sessions

_NOTE = "signed_in"
_AGENT_LENGTH = 300
#: Found in what a browser says of itself, the telling word first: each names itself after others that came before it.
_BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Whale/", "Whale")),
    *(("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome")),
    *(("Chrome/", "Chrome"), ("Safari/", "Safari")),
)  # fmt: skip
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("Linux", "Linux")),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`handle` names it in forms: its key, which would open the desk, stays on the server."""

    key: str
    since: dt.datetime | None
    browser: str
    system: str
    is_this_one: bool

    @property
    def handle(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()[:20]


def note(request: HttpRequest) -> None:
    """Keeps in a new session when and with what browser it began."""
    agent = request.headers.get("User-Agent", "")[:_AGENT_LENGTH]
    request.session[_NOTE] = {"since": timezone.now().isoformat(), "agent": agent}


def sessions_of(account: User, request: HttpRequest) -> list[OpenSession]:
    """Those that still open the desk, this one first and then the newest. (A new password ends all others.)"""
    found = sorted(_open(account, request.session.session_key or ""), key=_age)
    return sorted(found, key=lambda each: not each.is_this_one)


def end(sessions: Iterable[OpenSession]) -> int:
    """How many of them are ended now."""
    rows = Session.objects.filter(session_key__in=[each.key for each in sessions])
    return rows.delete()[0]


def own(request: HttpRequest) -> HttpResponse:
    """GET lists; POST `end` takes the handle of one, or `others`."""
    return page(request, signed_in(request), reverse("admin:sessions"))


def page(request: HttpRequest, account: User, here: str) -> HttpResponse:
    """The list of an account's sessions at the address `here`; whether one may see it was asked before."""
    found = sessions_of(account, request)
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        ended = end(each for each in found if not each.is_this_one and chosen in (each.handle, "others"))
        _tell(request, ended)
        if ended and account != request.user:
            account_admin = admin.site.get_model_admin(User)
            account_admin.log_change(request, account, _("Sessions ended: %(count)s.") % {"count": ended})
        return HttpResponseRedirect(here)
    is_own = account == request.user
    title = _("Where you are signed in") if is_own else _("Where %(name)s is signed in") % {"name": name_of(account)}
    context = {"title": title, "account": account, "is_own": is_own, "sessions": found, "opts": User._meta}
    return TemplateResponse(request, "desk/sessions.html", {**admin.site.each_context(request), **context})


def _tell(request: HttpRequest, ended: int) -> None:
    if ended:
        sentence = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", ended)
        messages.success(request, sentence % {"count": ended})
    else:
        messages.info(request, _("There was nothing to end: it has ended already."))


def _open(account: User, this_key: str) -> Iterator[OpenSession]:
    password = account.get_session_auth_hash()
    now = timezone.now()
    for row, data in sessions.sessions_of(account):
        if row.expire_date > now and constant_time_compare(data.get(HASH_SESSION_KEY, ""), password):
            kept = data.get(_NOTE, {})
            since, agent = kept.get("since"), kept.get("agent", "")
            began = dt.datetime.fromisoformat(since) if since else None
            names = _named(agent, _BROWSERS), _named(agent, _SYSTEMS)
            yield OpenSession(row.session_key, began, *names, is_this_one=row.session_key == this_key)


def _age(session: OpenSession) -> float:
    return -session.since.timestamp() if session.since else 0


def _named(agent: str, names: Iterable[tuple[str, str]]) -> str:
    return next((name for sign, name in names if sign in agent), "")
