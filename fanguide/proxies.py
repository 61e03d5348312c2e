"""Whose address counts behind proxies is never guessed: without FANGUIDE_PROXIES production says what it sees.

Where a proxy stands in front and the setting is missing, all visitors have the proxy's address, and so one limit on
log-ins, reports and mail. What the first such request showed is kept in FANGUIDE_DATA for `check --deploy` and the
next start.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's name
from django.http import HttpRequest

logger = logging.getLogger("fanguide.proxies")

HEADERS = ("X-Forwarded-For", "Forwarded")
HINT = (
    "Set FANGUIDE_PROXIES to the number of proxies of yours that stand in front, each of which adds an entry to "
    "X-Forwarded-For; 0 says that there is none."
)
_FILE = "proxies-seen"


class Watch:
    """Says once in a process that a request came through a proxy that the settings do not know."""

    def __init__(self) -> None:
        self.has_spoken = False

    def look_at(self, request: HttpRequest) -> None:
        if self.has_spoken or settings.PROXIES_ARE_SET:
            return
        seen = [name for name in HEADERS if request.headers.get(name)]
        if seen:
            self.has_spoken = True
            entries = sum(request.headers[name].count(",") + 1 for name in seen[:1])
            sentence = f"A request came with {' and '.join(seen)} ({entries} of {seen[0]})"
            logger.warning("%s, and FANGUIDE_PROXIES is not set: all visitors share one address. %s", sentence, HINT)
            _keep(sentence)


def seen_before() -> str:
    """What the first proxied request showed, in a sentence without its full stop; empty when none came."""
    try:
        return (settings.DATA / _FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _keep(sentence: str) -> None:
    try:
        (settings.DATA / _FILE).write_text(f"{sentence}\n", encoding="utf-8")
    except OSError:
        logger.info("%s cannot be written.", settings.DATA / _FILE)


def doubt() -> str:
    """Why the limits may count wrongly; empty where the setting is made, and outside of production."""
    if settings.PROXIES_ARE_SET or not settings.IS_PRODUCTION:
        return ""
    seen = seen_before()
    told = f" {seen}: there is a proxy, and all visitors share its address." if seen else ""
    return f"FANGUIDE_PROXIES is not set, and nobody guesses how many proxies stand in front.{told}"


def warn_at_the_start() -> None:
    if sentence := doubt():
        logger.warning("%s %s", sentence, HINT)


def check_proxies(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    sentence = doubt()
    return [Warning(sentence, hint=HINT, id="fanguide.W001")] if sentence else []
