"""Time tells nothing about accounts where the same work is done for all of them: what is done is counted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import accounts
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
    started: list[object] = []
    monkeypatch.setattr(accounts.Thread, "start", lambda self: started.append(self) or self.run())
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
    assert [letter.to for letter in mailoutbox] == [["known@example.org"]]
    assert not any(thread.daemon for thread in started), "A process that ends waits for the letter."


STOPPED = """
import os, signal, sys, threading, time
from pathlib import Path
from articles.desk import accounts

class Slow(accounts.PasswordResetForm):
    def send_mail(self, *args, **kwargs):
        time.sleep(1)
        Path(sys.argv[1]).write_text("sent")

class Form(accounts._ResetForm, Slow):
    pass

class Somebody:
    pk = 1

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as gunicorn's workers do
Form().send_mail("subject", "text", {"user": Somebody()})
os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.slow
def test_a_process_that_is_told_to_stop_sends_the_letter_first(tmp_path: Path):
    script, letter = tmp_path / "stopped.py", tmp_path / "letter"
    start = "import django; django.setup()\n"
    script.write_text(start + STOPPED, encoding="utf-8")
    root = Path(__file__).resolve().parent.parent.parent
    environment = {
        "PYTHONPATH": str(root),
        "DJANGO_SETTINGS_MODULE": "fanguide.settings",
        "FANGUIDE_DATA": str(tmp_path),
    }
    done = subprocess.run([sys.executable, str(script), str(letter)], env=environment, timeout=120, check=False)
    assert done.returncode == 0
    assert letter.read_text() == "sent"


def test_the_hash_of_a_right_password_is_not_made_twice(hashed):
    make.writer(name="mina", password=WORD)
    hashed.clear()
    Client().post(reverse("admin:login"), {"username": "mina", "password": WORD})
    assert hashed == [WORD]
    assert User.objects.get(username="mina").check_password(WORD)
