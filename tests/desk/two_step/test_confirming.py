"""What changes how somebody gets in asks for the password again: an unlocked browser is not an account."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk.two_step.confirming import CONFIRMED_SECONDS
from articles.models import Invitation
from articles.operations import second_factor
from tests import make
from tests.desk.pages import client, tree
from tests.desk.two_step.people import (
    OWN_PAGE,
    WORD,
    give_password,
    next_code,
    recovery_codes_on,
    set_up_by_hand,
    with_second_factor,
    words_on,
)
from tests.test_routes import ROUTES, invited

pytestmark = pytest.mark.django_db

CONFIRM = "/admin/confirm/"


def left_open(account: User) -> Client:
    """A browser in which nobody has given a password for a while."""
    browser = Client()
    browser.force_login(account)
    return browser


def asks_again(answer, address: str) -> bool:
    return answer.status_code == 302 and answer.headers["Location"] == f"{CONFIRM}?next={quote(address, safe='')}"


@pytest.fixture
def mina():
    return make.writer(name="mina", password=WORD)


@pytest.fixture
def boss():
    return make.admin(name="boss", password=WORD)


def of_accounts(mina: User, invitation: Invitation) -> dict[str, dict[str, str]]:
    """What an admin may send to let somebody in, or to let them in otherwise, by address."""
    word = {"password1": "another-word-9", "password2": "another-word-9"}
    return {
        reverse("admin:auth_user_add"): {"username": "thief", "email": "t@example.org", **word},
        reverse("admin:auth_user_change", args=[mina.pk]): {"username": "mina", "email": "t@example.org"},
        reverse("admin:auth_user_password_change", args=[mina.pk]): word,
        reverse("admin:auth_user_second_factor", args=[mina.pk]): {},
        reverse("admin:auth_user_invitations"): {"email": "t@example.org", "name": "T", "role": "Admins"},
        reverse("admin:auth_user_invitation_again", args=[invitation.pk]): {},
        reverse("admin:auth_user_invitation_link", args=[invitation.pk]): {},
    }


@pytest.mark.parametrize("number", range(7))
def test_an_admins_open_browser_lets_nobody_in(mina, boss, number):
    with_second_factor(mina)
    invitation = invited()
    address, sent = list(of_accounts(mina, invitation).items())[number]
    browser = left_open(boss)
    before = [*User.objects.order_by("pk").values()], [*Invitation.objects.values()]
    assert asks_again(browser.get(address), address)
    assert asks_again(browser.post(address, sent), address)
    assert ([*User.objects.order_by("pk").values()], [*Invitation.objects.values()]) == before
    assert second_factor.has_one(User.objects.get(pk=mina.pk))


def test_no_address_of_accounts_is_forgotten(mina):
    """A new one stands in one of these lists."""
    asking = set(of_accounts(mina, invited()))
    harmless = {"changelist", "history", "delete", "sessions", "invitation_withdraw"}
    named = {name for name in ROUTES if name.startswith("admin:auth_user_")}
    assert len(named - {f"admin:auth_user_{name}" for name in harmless}) == len(asking)


def test_a_second_factor_is_set_up_and_codes_are_made_only_by_whoever_knows_the_password(mina):
    browser = left_open(mina)
    assert asks_again(browser.get(OWN_PAGE), OWN_PAGE)
    assert asks_again(browser.post(OWN_PAGE, {"act": "set-up", "key": "x", "code": "123456"}), OWN_PAGE)
    with_second_factor(mina)
    session = browser.session
    session["second_factor_passed"] = True
    session.save()
    old = second_factor.recovery_codes_left(mina)
    sent = {"act": "codes", "codes-code": next_code(mina)}
    assert asks_again(browser.post(OWN_PAGE, sent), OWN_PAGE)
    assert browser.get(OWN_PAGE).status_code == 200, "how things stand may be seen"
    browser.post(CONFIRM, {"password": WORD, "next": OWN_PAGE})
    assert len(recovery_codes_on(browser.post(OWN_PAGE, sent))) == old


def test_the_password_leads_back_and_is_not_asked_for_a_quarter_of_an_hour(mina):
    browser = left_open(mina)
    page = browser.get(browser.get(OWN_PAGE).headers["Location"])
    onward = tree(page).css_first("input[name=next]").attributes["value"]
    wrong = browser.post(CONFIRM, {"password": "wrong", "next": onward})
    assert "This is not your password" in words_on(wrong)
    assert asks_again(browser.get(OWN_PAGE), OWN_PAGE)
    right = browser.post(CONFIRM, {"password": WORD, "next": onward})
    assert right.headers["Location"] == OWN_PAGE
    assert browser.get(OWN_PAGE).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=CONFIRMED_SECONDS + 1)):
        assert asks_again(browser.get(OWN_PAGE), OWN_PAGE)


def test_a_log_in_is_a_confirmation_and_another_account_has_to_give_its_own(mina):
    browser = Client()
    give_password(browser, "mina")
    assert recovery_codes_on(set_up_by_hand(browser))
    make.writer(name="juno", password="juno-s-own-word-1")
    other = left_open(User.objects.get(username="juno"))
    assert "This is not your password" in words_on(other.post(CONFIRM, {"password": WORD}))


def test_it_leads_nowhere_else_than_this_site(mina):
    answer = client(mina).post(CONFIRM, {"password": WORD, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/admin/"


@pytest.mark.slow
def test_guessing_is_as_slow_as_at_the_log_in(mina, settings):
    browser = left_open(mina)
    for _try in range(settings.AXES_FAILURE_LIMIT):
        answer = browser.post(CONFIRM, {"password": "wrong"})
    assert answer.status_code == 429
    assert browser.post(CONFIRM, {"password": WORD}).status_code == 429
