"""The second step of the log-in: asked of whoever has set it up, with limits that lock nobody else out."""

from __future__ import annotations

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk import log_in
from tests import make
from tests.desk.pages import JSON
from tests.desk.two_step.people import (
    AWAY,
    CODE_PAGE,
    HOME,
    WORD,
    give_code,
    give_password,
    is_in,
    next_code,
    with_second_factor,
    words_on,
    wrong_code,
)

pytestmark = pytest.mark.django_db

WHERE = "/admin/articles/tag/?q=ferry"


@pytest.fixture
def mina():
    account = make.writer(name="mina", password=WORD)
    account.recovery = with_second_factor(account)
    return account


def test_the_password_alone_lets_nobody_in_and_the_code_leads_to_where_they_wanted(mina):
    browser = Client()
    first = give_password(browser, "mina", on_to=WHERE)
    assert first.status_code == 302
    assert first.headers["Location"].startswith(CODE_PAGE)
    assert not is_in(browser)
    page = browser.get(first.headers["Location"])
    assert "The password of mina was right" in words_on(page)
    assert "no-store" in page.headers["Cache-Control"]
    second = give_code(browser, next_code(mina), next=page.context["next"])
    assert second.headers["Location"] == WHERE
    assert is_in(browser)


def test_another_site_is_no_place_to_go_on_to(mina):
    browser = Client()
    give_password(browser, "mina")
    answer = give_code(browser, next_code(mina), next="https://evil.example/")
    assert answer.headers["Location"] == reverse("admin:index")


def test_a_wrong_code_is_told_and_the_page_stays(mina):
    browser = Client()
    give_password(browser, "mina", on_to=WHERE)
    answer = give_code(browser, wrong_code(mina), next=WHERE)
    assert answer.status_code == 200
    assert "This code is not right" in words_on(answer)
    assert answer.context["next"] == WHERE
    assert not is_in(browser)


def test_a_code_works_once(mina):
    code = next_code(mina)
    first, second = Client(), Client()
    give_password(first, "mina")
    assert give_code(first, code).status_code == 302
    give_password(second, "mina")
    assert give_code(second, code).status_code == 200
    assert not is_in(second)


@pytest.mark.slow
def test_a_recovery_code_works_once_however_it_is_typed_and_says_how_many_are_left(mina):
    code = mina.recovery[3]
    for typed, is_right in ((code.upper().replace("-", " "), True), (code, False)):
        browser = Client()
        give_password(browser, "mina")
        assert (give_code(browser, typed).status_code == 302) is is_right
        if is_right:
            assert "9 are left" in words_on(browser.get(reverse("admin:index")))
        assert is_in(browser) is is_right


@pytest.mark.parametrize("code", ["", "x" * 5000, "１２３４５６", "\x00", "-1", "0" * 12, "12345\u0661"])
def test_strange_codes_are_wrong_codes(mina, code):
    browser = Client()
    give_password(browser, "mina")
    assert give_code(browser, code).status_code in (200, 429)
    assert not is_in(browser)


def test_without_the_password_the_code_page_leads_to_the_log_in(mina):
    browser = Client()
    answer = give_code(browser, next_code(mina), next=WHERE)
    assert answer.headers["Location"].startswith(reverse("admin:login"))
    assert "ferry" in answer.headers["Location"]
    assert not is_in(browser)


def test_who_waits_too_long_or_whose_password_changes_meanwhile_begins_anew(mina):
    browser = Client()
    give_password(browser, "mina")
    with time_machine.travel(timezone.now() + log_in.dt.timedelta(minutes=11)):
        assert give_code(browser, next_code(mina)).headers["Location"].startswith(reverse("admin:login"))
    other = Client()
    give_password(other, "mina")
    mina.set_password("new-word-of-mine-8")
    mina.save()
    assert give_code(other, next_code(mina)).headers["Location"].startswith(reverse("admin:login"))
    assert not is_in(other)


@pytest.mark.slow
def test_codes_are_guessed_as_seldom_as_passwords(mina, settings):
    browser = Client()
    give_password(browser, "mina")
    answers = [give_code(browser, wrong_code(mina)).status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-2:] == [200, 429]
    assert give_code(browser, next_code(mina)).status_code == 429, "not even the right one, from there"
    at_home = Client()
    give_password(at_home, "mina", place=AWAY)
    assert give_code(at_home, next_code(mina), place=AWAY).status_code == 302, "the same person elsewhere"


@pytest.mark.slow
def test_the_right_password_in_between_forgives_no_wrong_codes(mina, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        browser = Client()
        give_password(browser, "mina")
        last = give_code(browser, wrong_code(mina)).status_code
    assert last == 429


@pytest.mark.slow
def test_many_places_together_do_not_guess_a_code_and_the_known_device_is_still_let_in(mina):
    known = Client()
    give_password(known, "mina")
    give_code(known, next_code(mina))
    known.post(reverse("admin:logout"))
    for number in range(log_in.MOST_FOR_ONE_NAME):
        stranger, place = Client(), f"203.0.113.{number}"
        give_password(stranger, "mina", place=place)
        give_code(stranger, wrong_code(mina), place=place)
    stranger = Client()
    give_password(stranger, "mina", place=AWAY)
    assert give_code(stranger, next_code(mina), place=AWAY).status_code == 429
    give_password(known, "mina")
    assert give_code(known, next_code(mina)).status_code == 302


@pytest.mark.slow
def test_whoever_only_guesses_passwords_stops_nobodys_code(mina):
    for number in range(log_in.MOST_FOR_ONE_NAME + 5):
        give_password(Client(), "mina", place=f"203.0.113.{number}", word="wrong")
    browser = Client()
    give_password(browser, "mina", place=AWAY)
    assert give_code(browser, next_code(mina), place=AWAY).status_code == 302


def test_no_log_keeps_a_mistyped_recovery_code(mina):
    browser = Client()
    give_password(browser, "mina")
    typed = mina.recovery[0][:-1] + "!"
    give_code(browser, typed)
    kept = AccessAttempt.objects.get(username="code:mina")
    assert typed not in kept.post_data


def test_a_session_from_before_the_second_factor_is_asked_for_it():
    account = make.writer(name="juno", password=WORD)
    old = Client()
    give_password(old, "juno")
    assert is_in(old)
    with_second_factor(account)
    assert old.get(reverse("admin:session")).json()["account"] is None
    answer = old.post(reverse("admin:articles_article_add"), {"title": "Kept"}, **JSON)
    assert answer.status_code == 401
    give_password(old, "juno", place=HOME)
    assert give_code(old, next_code(account)).status_code == 302
    assert is_in(old)
