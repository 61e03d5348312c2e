"""Time tells nothing about accounts where the same work is done for all of them: what is done is counted."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import delivery
from articles.desk import accounts
from articles.models import OutboxMessage
from tests import make
from tests.desk.two_step.people import with_second_factor

pytestmark = pytest.mark.django_db

WORD = "old-word-of-mine-7"


def kinds_of_account() -> dict[str, str]:
    """What may stand behind a name, and the password that is sent."""
    make.writer(name="known", password=WORD)
    make.writer(name="off", password=WORD, is_active=False)
    make.user(role=None, name="reader", password=WORD)
    with_second_factor(make.writer(name="two-steps", password=WORD))
    invited = make.writer(name="no-password")
    invited.set_unusable_password()
    invited.save()
    return dict.fromkeys(("known", "unknown", "off", "reader", "two-steps", "no-password"), "wrong")


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Each password that is hashed."""
    found: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, word, salt: found.append(word) or encode(self, word, salt)
    )
    return found


def test_a_wrong_password_costs_the_same_whoever_it_is_for(hashed):
    work = {}
    for place, (name, word) in enumerate(kinds_of_account().items()):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post(
                reverse("admin:login"), {"username": name, "password": word}, REMOTE_ADDR=f"192.0.2.{place}"
            )
        statements = [query["sql"].split()[0] + query["sql"].count("FROM") * " FROM" for query in asked]
        work[name] = (answer.status_code, len(hashed), statements)
    assert work["known"][:2] == (200, 1)
    assert {name: done for name, done in work.items() if done != work["known"]} == {}


def test_an_account_that_is_switched_off_answers_to_its_own_password_as_to_a_wrong_one(hashed):
    kinds_of_account()
    answers = []
    for word in (WORD, "wrong"):
        hashed.clear()
        answer = Client().post(reverse("admin:login"), {"username": "off", "password": word})
        answers.append((answer.status_code, answer.context["form"].errors, len(hashed)))
    assert answers[0] == answers[1]


def test_the_letter_of_a_reset_is_written_for_nobody_too_and_goes_nowhere(monkeypatch, mailoutbox):
    kinds_of_account()
    rendered: list[str] = []
    real = accounts.loader.render_to_string

    def render(template: str, *args: object, **kwargs: object) -> str:
        rendered.append(template)
        return real(template, *args, **kwargs)

    monkeypatch.setattr(accounts.loader, "render_to_string", render)
    work = {}
    for name in ("known", "unknown", "off", "no-password"):
        rendered.clear()
        Client().post(reverse("admin:password_reset"), {"email": f"{name}@example.org"}, REMOTE_ADDR="192.0.2.1")
        work[name] = list(rendered)
    assert work["known"] == [
        "registration/password_reset_subject.txt",
        "registration/password_reset_email.txt",
    ]
    assert {name: done for name, done in work.items() if done != work["known"]} == {}
    assert OutboxMessage.objects.count() == len(work)
    delivery.send_waiting()
    assert [letter.to for letter in mailoutbox] == [["known@example.org"]]


def test_the_hash_of_a_right_password_is_not_made_twice(hashed):
    make.writer(name="mina", password=WORD)
    hashed.clear()
    Client().post(reverse("admin:login"), {"username": "mina", "password": WORD})
    assert hashed == [WORD]
    assert User.objects.get(username="mina").check_password(WORD)
