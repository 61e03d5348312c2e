"""Redis as a help that nobody has to wait for: while it is down or slow, each process goes on with a memory of its own.

One operation finds out, and takes at most CONNECT_SECONDS + ANSWER_SECONDS; for the next PAUSE seconds Redis is not
asked at all. One that answers, but slowly, is as good as down: a page asks several times, so MOST_SLOW such answers end
it. The log says when it stops and when it is back, once in each process.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("fanguide.cache")

#: Together under the 50 ms that a page may lose to it.
CONNECT_SECONDS = ANSWER_SECONDS = 0.02
#: An answer that takes so long is a slow one, and so many of them without a quick one in between are too many.
SLOW_SECONDS, MOST_SLOW = 0.012, 2
PAUSE = 5  # seconds
_MOST_ENTRIES = 5000
_LENGTH_OF_REASON = 120


class Breaker:
    """What a process knows of one Redis. `trouble` is a sentence, empty while it answers."""

    def __init__(self) -> None:
        self.trouble = ""
        self.ask_again_at = 0.0  # monotonic
        self._slow = 0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """True while Redis answers; after a fault True for one caller in each PAUSE, who tries for all."""
        if not self.trouble:
            return True
        with self._lock:
            if time.monotonic() < self.ask_again_at:
                return False
            self.ask_again_at = time.monotonic() + PAUSE
            return True

    def failed(self, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"[:_LENGTH_OF_REASON]
        with self._lock:
            was, self.trouble = self.trouble, f"Redis does not answer ({reason})."
            self.ask_again_at = time.monotonic() + PAUSE
        if not was:
            logger.error("%s The site goes on without it; see FANGUIDE_REDIS_URL.", self.trouble)

    def worked(self, seconds: float) -> None:
        self._slow = self._slow + 1 if seconds >= SLOW_SECONDS else 0
        if self._slow >= MOST_SLOW:
            self.failed(TimeoutError(f"it takes {seconds * 1000:.0f} ms"))
        elif self.trouble and not self._slow:
            self.trouble = ""
            logger.warning("Redis answers again.")


def _guarded(name: str) -> Callable[..., Any]:
    plain, in_memory = getattr(RedisCache, name), getattr(LocMemCache, name)

    def operation(self: PatientCache, *args: Any, **kwargs: Any) -> Any:
        if self.breaker.lets_through():
            began = time.monotonic()
            try:
                result = plain(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.breaker.failed(error)
            else:
                self.breaker.worked(time.monotonic() - began)
                return result
        return in_memory(self.memory, *args, **kwargs)

    operation.__name__ = name
    return operation


class PatientCache(RedisCache):
    """Django's own, but that no fault of Redis reaches a page. Its memory keeps the limits on guessing meanwhile."""

    breakers: ClassVar[dict[str, Breaker]] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.memory = LocMemCache(server, {"OPTIONS": {"MAX_ENTRIES": _MOST_ENTRIES}, **params})
        self.breaker = self.breakers.setdefault(server, Breaker())

    @property
    def trouble(self) -> str:
        """For `readyz` and `doctor`; empty while Redis answers."""
        return self.breaker.trouble

    add = _guarded("add")
    get = _guarded("get")
    set = _guarded("set")
    touch = _guarded("touch")
    delete = _guarded("delete")
    get_many = _guarded("get_many")
    has_key = _guarded("has_key")
    incr = _guarded("incr")
    set_many = _guarded("set_many")
    delete_many = _guarded("delete_many")
    clear = _guarded("clear")
