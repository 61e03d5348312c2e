"""The thread of each process of the site that sends what waits in the outbox, beside the answers that it gives.

What this process caused is sent at once after the commit. What others left (a command, a process that was killed) is
looked for, the less often the longer nothing is there.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from articles.delivery.sending import clean_up, next_due, send_others, send_purges
from articles.models.outbox import something_new
from articles.models.queries import keep_statistics

logger = logging.getLogger("articles.delivery")

#: Seconds until it looks for what others have left: after something was there, and at most. What is known to be due is
#: looked at when it is.
LOOK_SOON, LOOK_LATE = 1.0, 5.0
#: A worker is told of nothing, and sends for all.
WORKER_LOOKS = 0.5
#: Seconds after which it deletes what is old, and has the database count itself.
CLEAN_EVERY = 3600


class _Sender:
    """The process that has the thread: one that was forked off has none yet."""

    process: int | None = None


def start() -> None:
    """Starts the thread, once in each process; call it when the process serves (a fork would lose it)."""
    if _Sender.process == os.getpid() or settings.OUTBOX_WORKER:
        return
    _Sender.process = os.getpid()
    threading.Thread(target=keep_sending, args=[threading.Event()], name="outbox", daemon=True).start()


def work() -> None:
    """As a worker, until a signal ends it: what it is sending then is sent."""
    stop = threading.Event()

    def end(*_signal: Any) -> None:
        stop.set()
        something_new.set()  # or it would sleep on

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, end)
    keep_sending(stop, look_soon=WORKER_LOOKS, look_late=WORKER_LOOKS)


def keep_sending(stop: threading.Event, *, look_soon: float = LOOK_SOON, look_late: float = LOOK_LATE) -> None:
    """Sends what waits, until it is told to stop. What goes wrong is logged, and is over at some time."""
    next_cleaning = time.monotonic()
    others, pause = _Others(), look_soon
    while not stop.is_set():
        something_new.wait(pause)
        something_new.clear()
        close_old_connections()
        try:
            pause = _look(others, pause, look_soon, look_late)
            if time.monotonic() >= next_cleaning:
                next_cleaning = time.monotonic() + CLEAN_EVERY
                clean_up()
                keep_statistics()
        except DatabaseError:
            pause = look_late
            logger.warning("The outbox cannot be read now.", exc_info=True)
        except Exception:
            pause = look_late
            logger.exception("Something in the outbox broke its sender; it goes on.")
    others.finish()


def _look(others: _Others, pause: float, look_soon: float, look_late: float) -> float:
    """Sends what is due, and gives the seconds until the next look."""
    due = next_due()
    if due is not None and due <= timezone.now():
        while send_purges().sent:
            pass
        others.start()
        return look_soon
    pause = min(pause * 2, look_late)
    return pause if due is None else min(pause, (due - timezone.now()).total_seconds())


class _Others:
    """A thread for what is no purge, while there is some: somebody who does not answer holds no purge up."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._ends = threading.Event()

    def start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._send, name="outbox-others", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Lets it send what it has taken, and no more."""
        self._ends.set()
        if self._thread:
            self._thread.join()

    def _send(self) -> None:
        try:
            while send_others(until=self._ends).sent:
                pass
        except DatabaseError:
            logger.warning("The outbox cannot be read now.", exc_info=True)
        except Exception:
            logger.exception("Something in the outbox broke its sender; it goes on.")
        finally:
            connections.close_all()  # those of this thread
