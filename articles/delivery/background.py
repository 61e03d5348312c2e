"""The thread of each process of the site that sends what waits in the outbox, beside the answers that it gives."""

from __future__ import annotations

import logging
import os
import threading
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from articles.delivery.sending import Report, clean_up, send_waiting
from articles.models.outbox import something_new

logger = logging.getLogger("articles.delivery")

#: Seconds until it looks for what other processes have left: one step in an index.
LOOK_EVERY = 1
#: Seconds after which it deletes what is old.
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


def keep_sending(stop: threading.Event) -> None:
    """Sends what waits, until it is told to stop. What goes wrong is logged, and is over at some time."""
    next_cleaning = time.monotonic()
    while not stop.is_set():
        something_new.wait(LOOK_EVERY)
        something_new.clear()
        close_old_connections()
        try:
            _send_all()
            if time.monotonic() >= next_cleaning:
                next_cleaning = time.monotonic() + CLEAN_EVERY
                clean_up()
        except DatabaseError:
            logger.warning("The outbox cannot be read now.", exc_info=True)
        except Exception:
            logger.exception("Something in the outbox broke its sender; it goes on.")


def _send_all() -> Report:
    report = send_waiting()
    while report.sent:
        report = send_waiting()
    return report
