"""Letters out of the outbox, to a real mail server: each arrives once in the end, and no secret lies about."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator

import django
import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import delivery, operations
from articles.models import Invitation, OutboxMessage
from articles.operations import accounts
from tests import make
from tests.desk.pages import client, text, tree
from tests.mail_server import MailServer, running_mail_server

pytestmark = pytest.mark.django_db

LIST = "/admin/auth/user/invitations/"
ADDRESS = "seoyeon@example.org"


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    settings.MAIL_IS_SENT, settings.SITE_URL = True, "https://guide.example"
    with running_mail_server() as found:
        send_to(settings, found.port)
        yield found


def send_to(settings, port: int) -> None:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": port, "use_tls": False}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND, settings.EMAIL_USE_TLS = backend, False
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.fixture
def admin() -> Client:
    return client(make.admin(name="ada"))


def invite(admin: Client) -> None:
    answer = admin.post(LIST, {"email": ADDRESS, "name": "Han Seo-yeon", "role": "Writers"}, follow=True)
    assert f"on its way to {ADDRESS}" in text(answer)


def link_in(server: MailServer, number: int = -1) -> str:
    [link] = re.findall(r"https://guide\.example(/\S+)", server.letters[number].get_content())
    return link


def later(**how_far: int):
    return time_machine.travel(timezone.now() + dt.timedelta(**how_far), tick=False)


@pytest.mark.slow
def test_what_waits_opens_nothing_and_what_was_sent_leaves_nothing(server, admin):
    invite(admin)
    assert server.letters == [], "the answer does not wait for a mail server"
    [row] = OutboxMessage.objects.all()
    digest = Invitation.objects.get().digest
    for word in re.findall(r"[\w.-]{20,}", str(row.payload)):
        assert Invitation.objects.behind(word, timezone.now()) is None
        assert digest not in word
    assert delivery.send_waiting().sent == 1
    assert server.recipients == [[ADDRESS]]
    assert Client().get(link_in(server)).status_code == 200
    assert not OutboxMessage.objects.exists()


def test_an_act_that_is_undone_writes_to_nobody(server, admin, monkeypatch):
    monkeypatch.setattr("articles.desk.invitations.managing._record", lambda *_values: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        invite(admin)
    assert not OutboxMessage.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("refusal", ["451 4.3.0 later", "452 4.2.2 the mailbox is full"])
def test_a_mail_server_that_is_busy_gets_it_later_and_once(server, admin, refusal):
    server.refusal = refusal
    invite(admin)
    assert refusal[:3] in delivery.send_waiting().failed[0]
    assert "has not left yet" in text(admin.get(LIST))
    server.refusal = ""
    assert delivery.send_waiting().sent == 0, "not at once"
    with later(seconds=3):
        assert delivery.send_waiting().sent == 1
        assert delivery.send_waiting().sent == 0
    assert len(server.letters) == 1
    assert Client().get(link_in(server)).status_code == 200


@pytest.mark.slow
def test_a_mail_server_that_is_not_there_loses_nothing(server, admin, settings):
    send_to(settings, 1)
    invite(admin)
    assert delivery.send_waiting().sent == 0
    send_to(settings, server.port)
    with later(seconds=3):
        assert delivery.send_waiting().sent == 1
    assert Client().get(link_in(server)).status_code == 200


@pytest.mark.slow
def test_an_address_that_is_none_is_given_up_at_once_and_everybody_concerned_is_told(server, admin, caplog):
    server.refusal = f"550 5.1.1 <{ADDRESS}> nobody of that name"
    invite(admin)
    with caplog.at_level(logging.INFO, "articles.delivery"):
        delivery.send_waiting()
    [row] = OutboxMessage.objects.all()
    assert (row.given_up, set(row.payload)) == (True, {"about"})
    assert ADDRESS not in caplog.text
    assert "could not be delivered" in text(admin.get(LIST))
    assert "letters-lost" in {finding.code for finding in operations.examine(deep=False)}
    assert "Letters that could not be delivered: 1." in text(admin.get(reverse("admin:health")))
    with later(days=2):
        assert delivery.send_waiting().sent == 0


def test_after_three_days_nobody_tries_any_more(server, admin):
    server.refusal = "451 later"
    invite(admin)
    delivery.send_waiting()
    with later(minutes=11):
        assert "letters" in {finding.code for finding in operations.examine(deep=False)}
    with later(days=3, minutes=1):
        delivery.send_waiting()
    [row] = OutboxMessage.objects.all()
    assert (row.given_up, set(row.payload)) == (True, {"about"})


def test_a_process_that_is_killed_after_sending_sends_the_same_letter_again(server, admin, monkeypatch):
    """No more can be had of SMTP; the id tells a mail server that it is the same."""
    invite(admin)
    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.query.QuerySet.delete", lambda _self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            delivery.send_waiting()
    assert delivery.send_waiting().sent == 0, "another process waits for the lease"
    with later(minutes=4):
        assert delivery.send_waiting().sent == 1
    assert len({letter["Message-ID"] for letter in server.letters}) == 1
    assert link_in(server, 0) == link_in(server, 1)


@pytest.mark.parametrize("act", ["withdraw", "again", "link"])
def test_a_letter_whose_link_was_taken_back_does_not_leave(server, admin, act):
    server.refusal = "451 later"
    invite(admin)
    delivery.send_waiting()
    server.refusal = ""
    page = admin.post(reverse(f"admin:auth_user_invitation_{act}", args=[Invitation.objects.get().pk]), follow=True)
    with later(minutes=5):
        delivery.send_waiting()
    assert len(server.letters) == (1 if act == "again" else 0)
    if act == "again":
        assert Client().get(link_in(server)).status_code == 200
    if act == "link":
        shown = tree(page).css_first("#made-url").attributes["value"]
        assert Client().get(shown.removeprefix("https://guide.example")).status_code == 200


def test_nobody_reads_the_letter_of_another_on_the_desk(server, admin):
    make.writer(name="mina", password="lanterns-at-sea")
    Client().post(reverse("admin:password_reset"), {"email": "mina@example.org"})
    [row] = OutboxMessage.objects.all()
    page = text(admin.get(reverse("admin:articles_outboxmessage_change", args=[row.pk])))
    assert "mina@example.org" in page
    assert "new password" not in page
    assert "payload" not in page.casefold()


def test_whoever_is_switched_off_meanwhile_gets_no_link(server):
    mina = make.writer(name="mina", password="lanterns-at-sea")
    Client().post(reverse("admin:password_reset"), {"email": "mina@example.org"})
    User.objects.filter(pk=mina.pk).update(is_active=False)
    delivery.send_waiting()
    assert server.letters == []
    assert not OutboxMessage.objects.exists()


def test_a_person_who_is_taken_out_of_an_account_gets_no_letter(server):
    mina, _owner = make.writer(name="mina", password="lanterns-at-sea"), make.admin()
    Client().post(reverse("admin:password_reset"), {"email": "mina@example.org"})
    accounts.anonymise(mina)
    assert not OutboxMessage.objects.exists()
