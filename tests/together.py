"""People who act at the same moment, on real transactions: for tests marked `django_db(transaction=True)`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

from articles import drafts
from articles.operations.tags import TagActError
from articles.workflow import WorkflowError

#: What somebody is told whom another was quicker than; anything else that is raised is a fault, and no result.
TOLD = (WorkflowError, drafts.StaleError, TagActError)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Runs the acts in threads that start together; gives the name of what each raised, or "done", in order of names.

    An act that ends in any other way, or not at all, gives "".
    """
    start = threading.Barrier(len(acts))
    results = [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            results[place] = "done"
        except TOLD as error:
            results[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(results)


def before_it_ends(act: Callable[[], object], done: threading.Event) -> Callable[[], None]:
    """The act, whose transaction goes on for a while after it is `done`."""

    def run() -> None:
        with transaction.atomic():
            act()
            done.set()
            time.sleep(0.3)

    return run


def after(done: threading.Event, act: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        assert done.wait(20)
        act()

    return run
