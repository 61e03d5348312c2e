"""The rows that accounts are signed in by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session


def sessions_of(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Each row that an account is signed in by, with what is stored in it. Only the desk makes sessions, so that the
    table holds few of them, and is read through.
    """
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            yield session, data


def end_sessions(user: User, *, but: str | None = None) -> int:
    """All but the one with this key; how many they were."""
    keys = [session.session_key for session, _data in sessions_of(user) if session.session_key != but]
    return Session.objects.filter(session_key__in=keys).delete()[0]
