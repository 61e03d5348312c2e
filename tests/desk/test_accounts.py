"""Signing in with a brake, changing a password, and a new one by mail."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import delivery
from articles.desk import accounts
from articles.models import OutboxMessage
from tests import make

pytestmark = pytest.mark.django_db

OLD, NEW = "old-word-of-mine-7", "new-word-of-mine-8"


def log_in(client: Client, name: str, password: str, **extra: str):
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def letters() -> list[mail.EmailMessage]:
    """What was sent, once what waits is sent."""
    delivery.send_waiting()
    return mail.outbox


def ask_for_reset(email: str, **extra: str):
    return Client().post(reverse("admin:password_reset"), {"email": email}, **extra)


def test_signing_in_leads_to_the_desk():
    make.writer(name="mina", password=OLD)
    client = Client()
    assert log_in(client, "mina", OLD).status_code == 302
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer():
    make.writer(name="mina", password=OLD)
    known, unknown = log_in(Client(), "mina", "wrong"), log_in(Client(), "nina", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_the_fields_help_password_managers():
    html = Client().get(reverse("admin:login")).content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert html.count("<h1>") == 1


def test_guessing_is_stopped_for_that_name_and_that_place_only(settings):
    make.writer(name="mina", password=OLD)
    make.writer(name="juno", password=OLD)
    answers = [log_in(Client(), "mina", f"wrong-{n}") for n in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers][-2:] == [200, 429]
    assert int(answers[-1].headers["Retry-After"]) == 15 * 60
    assert log_in(Client(), "mina", OLD).status_code == 429, "not even the right word, from there"
    assert log_in(Client(), "juno", OLD).status_code == 302, "somebody else at the same place"
    assert log_in(Client(), "mina", OLD, REMOTE_ADDR="192.0.2.7").status_code == 302, "the same person elsewhere"


def test_a_password_is_changed_with_the_old_one():
    client = Client()
    client.force_login(make.writer(name="mina", password=OLD))
    url = reverse("admin:password_change")
    wrong = client.post(url, {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW})
    assert wrong.status_code == 200
    assert "old_password" in wrong.context["form"].errors
    right = client.post(url, {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}, follow=True)
    assert right.redirect_chain[-1][0] == reverse("admin:password_change_done")
    assert is_in(client)
    assert log_in(Client(), "mina", NEW).status_code == 302


def test_a_new_password_by_mail_from_the_log_in_to_the_desk(settings):
    settings.SITE_URL = "https://guide.example"
    make.writer(name="mina", password=OLD)
    assert reverse("admin:password_reset") in Client().get(reverse("admin:login")).content.decode()
    assert ask_for_reset("MINA@example.org").headers["Location"] == reverse("admin:password_reset_done")
    [letter] = letters()
    assert letter.to == ["mina@example.org"]
    [link] = re.findall(r"https://guide\.example(/\S+)", letter.body)
    client = Client()
    page = client.get(link, follow=True)
    assert b"Choose a new password" in page.content
    done = client.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert done.headers["Location"] == reverse("admin:password_reset_complete")
    assert log_in(Client(), "mina", NEW).status_code == 302
    assert b"does not work any more" in Client().get(link, follow=True).content


def test_the_pages_of_a_reset_have_a_heading_and_are_not_cached():
    for name in ("password_reset", "password_reset_done", "password_reset_complete"):
        answer = Client().get(reverse(f"admin:{name}"))
        assert answer.status_code == 200
        assert answer.content.decode().count("<h1>") == 1
        assert "no-store" in answer.headers["Cache-Control"]


def test_asking_for_an_unknown_address_looks_the_same_and_sends_nothing():
    make.writer(name="mina", password=OLD)
    known, unknown = ask_for_reset("mina@example.org"), ask_for_reset("nina@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(letters()) == 1


def test_one_address_gets_few_letters_an_hour_without_a_word_about_it():
    make.writer(name="mina", password=OLD)
    for number in range(accounts.RESETS_FOR_ONE_ADDRESS + 2):
        answer = ask_for_reset("mina@example.org", REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 302
    assert len(letters()) == accounts.RESETS_FOR_ONE_ADDRESS


def test_one_place_may_ask_a_few_times_an_hour():
    answers = [ask_for_reset(f"nobody-{n}@example.org") for n in range(accounts.RESETS_FROM_ONE_PLACE + 1)]
    assert [answer.status_code for answer in answers][-2:] == [302, 429]
    assert ask_for_reset("nobody@example.org", REMOTE_ADDR="192.0.2.9").status_code == 302


def test_who_tried_too_often_and_then_chose_a_new_password_is_let_in(settings):
    make.writer(name="mina", password=OLD)
    for number in range(settings.AXES_FAILURE_LIMIT):
        log_in(Client(), "mina", f"wrong-{number}")
    ask_for_reset("mina@example.org")
    client = Client()
    page = client.get(re.findall(r"http://testserver(/\S+)", letters()[0].body)[0], follow=True)
    client.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert log_in(Client(), "mina", NEW).status_code == 302


def test_signing_out_ends_the_session():
    client = Client()
    client.force_login(make.writer())
    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.post(reverse("admin:logout")).status_code == 200
    assert not is_in(client)


def test_the_same_is_done_for_an_unknown_address_as_for_a_known_one(monkeypatch):
    """Time tells nothing where the work is the same: the same queries, and no token is made until the letter leaves."""
    make.writer(name="mina", password=OLD)
    made: list[str] = []
    generator = type(accounts.views.default_token_generator)
    real = generator.make_token
    monkeypatch.setattr(generator, "make_token", lambda self, user: made.append(user.email) or real(self, user))
    queries = []
    for email in ("mina@example.org", "nina@example.org"):
        with CaptureQueriesContext(connection) as captured:
            ask_for_reset(email)
        queries.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in captured.captured_queries])
    assert [query[:60] for query in queries[0]] == [query[:60] for query in queries[1]]
    assert any("outboxmessage" in query for query in queries[0])
    assert made == []
    assert len(letters()) == 1
    assert made == ["mina@example.org"]
    assert not OutboxMessage.objects.exists()


def test_a_site_that_sends_no_mail_says_so_instead_of_sent(settings):
    settings.MAIL_IS_SET_UP = False
    make.writer(name="mina", password=OLD)
    page = Client().get(reverse("admin:password_reset"))
    assert page.status_code == 200
    assert "sends no mail" in page.content.decode()
    assert b"<form method" not in page.content.split(b'id="content"')[1]
    answer = ask_for_reset("mina@example.org")
    assert (answer.status_code, "sends no mail" in answer.content.decode()) == (503, True)
    assert letters() == []


@pytest.mark.slow
def test_whoever_chose_a_password_by_a_letter_is_known_on_that_device():
    make.writer(name="mina", password=OLD)
    ask_for_reset("mina@example.org")
    client = Client()
    page = client.get(re.findall(r"http://testserver(/\S+)", letters()[0].body)[0], follow=True)
    client.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    for number in range(9):
        log_in(Client(), "mina", f"wrong-{number}")
    assert log_in(Client(), "mina", NEW).status_code == 429
    assert log_in(client, "mina", NEW).status_code == 302
