"""The stamp of what readers see: whoever changes it waits for nobody, and no change is ever lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from articles.models import StampPart
from articles.models.public_state import change_stamp


def stamp() -> int:
    return sum(StampPart.objects.values_list("value", flat=True))


@pytest.mark.django_db
def test_each_act_gives_another_stamp_in_one_row():
    seen = set()
    for _time in range(20):
        change_stamp()
        seen.add(stamp())
    assert len(seen) == 20
    assert StampPart.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one write at a time")
def test_nobody_waits_for_an_act_that_is_not_committed_and_both_are_seen():
    change_stamp()
    stamps = [stamp()]
    is_done, may_end = threading.Event(), threading.Event()

    def act_slowly() -> None:
        with transaction.atomic():
            change_stamp()
            is_done.set()
            may_end.wait(timeout=60)
        connection.close()

    slow = threading.Thread(target=act_slowly)
    slow.start()
    assert is_done.wait(timeout=60)
    change_stamp()  # would wait for the other one for ever
    stamps.append(stamp())
    may_end.set()
    slow.join(timeout=60)
    stamps.append(stamp())
    assert len(set(stamps)) == 3, "the one that is committed later, though it began earlier, changes it as well"
    assert StampPart.objects.count() == 2


@pytest.mark.django_db
def test_what_is_rolled_back_changed_nothing():
    change_stamp()
    before = stamp()
    with transaction.atomic():
        change_stamp()
        transaction.set_rollback(True)
    assert stamp() == before
