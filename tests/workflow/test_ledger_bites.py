"""What checks the random acts sees a program that breaks a promise: here each is broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.workflow import Verdict
from tests.workflow.test_random_acts import Desk, site

__all__ = ["site"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site: type[Desk]) -> Iterator[Desk]:
    desk = site()
    yield desk
    desk.teardown()


def approve(desk: Desk, number: int, most: int) -> None:
    desk.decide(person=2, which=0, number=number, verdict=Verdict.APPROVED, most=most, is_late=False)


def own_words_approved(desk: Desk) -> None:
    desk.write_in_card(person=2, which=0, number=0, text="It has a red lamp.", tag="Boats", is_late=False)
    desk.move_quietly(person=0, which=0, name="submit", is_late=False)
    approve(desk, 2, 1)


def locked_card_reordered(desk: Desk) -> None:
    desk.lock(person=2, which=0, number=1)
    desk.reorder(person=0, which=0, by_how_many=1)


def unapproved_card_published(desk: Desk) -> None:
    desk.move_quietly(person=0, which=0, name="submit", is_late=False)
    approve(desk, 0, 3)
    desk.move_publicly(person=2, which=0, name="publish-approved", hour=1)


def everything(working, live, _approved, _kind):
    return {item.public_id: item for item in (*live, *working)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "by", "act"),
    [
        ("articles.workflow.reviewing.why_not_approve", lambda _piece: "", own_words_approved),
        ("articles.drafts.items.locks.sentence_for", lambda *_args: "", locked_card_reordered),
        ("articles.workflow.partial._items", everything, unapproved_card_published),
    ],
)
def test_a_broken_promise_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch, broken: str, by, act):
    with monkeypatch.context() as patched:
        patched.setattr(broken, by)
        with pytest.raises(AssertionError):
            act(desk)


@pytest.mark.slow
@pytest.mark.parametrize("act", [own_words_approved, locked_card_reordered, unapproved_card_published])
def test_a_kept_promise_is_seen_too(desk: Desk, act):
    act(desk)
    desk.every_public_word_was_approved()
