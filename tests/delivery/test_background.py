"""The sender of each process: quiet while nothing waits, at once for what its process caused, held up by nobody."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.delivery import background, requests, sending
from articles.models import OutboxMessage, Webhook, outbox
from articles.models.cache_groups import FEATURED
from articles.models.outbox import something_new
from tests import make
from tests.delivery.receiver import running_receiver

ELSEWHERE = "http://127.0.0.1:1/"


class Clock:
    """In the place of `something_new`: says how long the sender would sleep, and ends it after some looks."""

    def __init__(self, stop: threading.Event, looks: int) -> None:
        self.stop, self.looks, self.slept = stop, looks, list[float]()

    def wait(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) >= self.looks:
            self.stop.set()

    def clear(self) -> None:
        """Nothing."""


def pauses(monkeypatch, looks: int, **options: float) -> list[float]:
    stop = threading.Event()
    clock = Clock(stop, looks)
    monkeypatch.setattr(background, "something_new", clock)
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    background.keep_sending(stop, **options)
    return clock.slept


@pytest.mark.django_db
def test_while_nothing_waits_it_looks_more_and_more_seldom_and_never_later_than_said(monkeypatch):
    assert pauses(monkeypatch, 6) == [1, 2, 4, 5, 5, 5]
    assert background.LOOK_LATE == 5, "docs/operating.md says so"


@pytest.mark.django_db
def test_a_look_at_nothing_is_one_query_without_a_join(monkeypatch):
    monkeypatch.setattr(background, "clean_up", lambda: None)
    monkeypatch.setattr(background, "keep_statistics", lambda: None)
    with CaptureQueriesContext(connection) as asked:
        pauses(monkeypatch, 4)
    statements = [query["sql"] for query in asked.captured_queries]
    assert len(statements) == 4
    assert not any("JOIN" in statement for statement in statements)


@pytest.mark.django_db
def test_a_worker_sleeps_half_a_second_however_quiet_it_is(monkeypatch):
    looks = background.WORKER_LOOKS
    assert pauses(monkeypatch, 3, look_soon=looks, look_late=looks) == [0.5, 0.5, 0.5]


@pytest.mark.django_db
def test_what_comes_at_a_time_is_looked_at_when_it_comes(monkeypatch):
    at = timezone.now() + dt.timedelta(seconds=1.5)
    OutboxMessage.objects.create(kind="purge", target=ELSEWHERE, payload=["a"], due_at=at)
    first, second = pauses(monkeypatch, 2)
    assert (first, 0 < second <= 1.5) == (1, True)


@pytest.mark.django_db
def test_a_cache_that_is_dead_is_not_asked_again_before_its_time(monkeypatch, settings):
    settings.CACHE_PURGE_URLS = (ELSEWHERE,)
    outbox.purge([FEATURED])
    tries: list[int] = []
    monkeypatch.setattr(requests, "send", refuse(tries))
    slept = pauses(monkeypatch, 3)
    assert len(tries) == 1
    assert slept[1] == 1
    assert slept[2] <= sending.FIRST_PAUSE.total_seconds()


def refuse(tries: list[int]):
    def send(*_values: object, **_more: object) -> str:
        tries.append(1)
        raise requests.RefusedError("nobody there")

    return send


# --- with threads -----------------------------------------------------------------------------------------------------


@contextmanager
def running() -> Iterator[None]:
    stop = threading.Event()

    def send() -> None:
        try:
            background.keep_sending(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        something_new.set()
        thread.join()


def wait_until(true) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("It did not come about in 12 seconds.")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_webhook_that_does_not_answer_holds_no_purge_up(settings, monkeypatch):
    settings.PRIVATE_WEBHOOKS = True
    asked, answers = threading.Event(), threading.Event()
    original = requests.send

    def send(message: requests.Message, **options: object) -> str:
        if message.method == "POST":
            asked.set()
            assert answers.wait(60)
        return original(message, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(requests, "send", send)
    with running_receiver() as receiver:
        settings.CACHE_PURGE_URLS, settings.CACHE_GROUPS_FIELD = (receiver.url,), "xkey"
        Webhook.objects.create(name="Deaf", url=receiver.url)
        try:
            with running():
                make.edition()
                assert asked.wait(20)
                seen = len(receiver.requests)
                outbox.purge([FEATURED])
                named = lambda: [each.headers.get("xkey-purge", "") for each in receiver.requests[seen:]]  # noqa: E731
                wait_until(lambda: "featured" in " ".join(named()))
                assert OutboxMessage.objects.filter(kind="webhook", sent_at=None).exists()
                answers.set()
                wait_until(lambda: OutboxMessage.objects.filter(kind="webhook").exclude(sent_at=None).exists())
        finally:
            answers.set()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_end_ends(monkeypatch):
    """In this thread, as the command runs it: a signal is for the main thread."""
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(background, "WORKER_LOOKS", 600.0)
    timer = threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGTERM])
    timer.start()
    try:
        background.work()
    finally:
        timer.cancel()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
        something_new.clear()
