"""“Two-step log-in”: setting it up, making new recovery codes, turning it off."""

from __future__ import annotations

import base64
import re

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.desk import log_in
from articles.operations import second_factor
from tests import make
from tests.desk.pages import confirm, tree
from tests.desk.two_step.people import (
    OWN_PAGE,
    WORD,
    code_of,
    give_code,
    give_password,
    is_in,
    next_code,
    recovery_codes_on,
    set_up_by_hand,
    shown_key,
    with_second_factor,
    words_on,
    wrong_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina():
    return make.writer(name="mina", password=WORD)


@pytest.fixture
def browser(mina) -> Client:
    signed_in = Client()
    give_password(signed_in, "mina")
    return signed_in


def lines() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))


def test_it_is_set_up_with_the_first_code_and_gives_ten_recovery_codes_once(mina, browser):
    other = Client()
    give_password(other, "mina")
    answer = set_up_by_hand(browser)
    codes = recovery_codes_on(answer)
    assert len(set(codes)) == second_factor.RECOVERY_CODES == 10
    assert "no-store" in answer.headers["Cache-Control"]
    assert is_in(browser), "here it goes on"
    assert not is_in(other), "everywhere else the account is signed out"
    again = browser.get(OWN_PAGE)
    assert not any(code in again.content.decode() for code in codes)
    assert "10 recovery codes are left" in words_on(again)
    assert lines() == ["Two-step log-in set up."]


def test_the_picture_is_the_key_that_stands_below_it(browser):
    page = browser.get(OWN_PAGE)
    source = tree(page).css_first("img.two-step-picture").attributes["src"]
    assert source.startswith("data:image/svg+xml")
    assert "script" not in source
    address = page.context["address"]
    assert address.startswith("otpauth://totp/Fanguide")
    secret = re.search(r"secret=([A-Z2-7]+)", address)
    assert secret
    assert shown_key(page) == base64.b32decode(secret[1]).hex()


def test_looking_at_the_page_stores_nothing(browser):
    keys = {shown_key(browser.get(OWN_PAGE)) for _ in range(2)}
    assert len(keys) == 2
    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_keeps_the_key_and_says_so(mina, browser):
    page = browser.get(OWN_PAGE)
    sent = {"act": "set-up", "key": tree(page).css_first("input[name=key]").attributes["value"], "code": "abc"}
    answer = browser.post(OWN_PAGE, sent)
    assert "This code is not right" in words_on(answer)
    assert shown_key(answer) == shown_key(page)
    assert not second_factor.has_one(mina)


def test_the_key_of_somebody_else_or_of_yesterday_is_not_taken(mina, browser):
    make.writer(name="juno", password=WORD)
    juno = Client()
    give_password(juno, "juno")
    page = juno.get(OWN_PAGE)
    key = tree(page).css_first("input[name=key]").attributes["value"]
    sent = {"act": "set-up", "key": key, "code": code_of(shown_key(page))}
    assert "start again with the new key" in words_on(browser.post(OWN_PAGE, sent))
    with time_machine.travel(timezone.now() + log_in.dt.timedelta(minutes=61)):
        confirm(juno)
        sent["code"] = code_of(shown_key(page))
        answer = juno.post(OWN_PAGE, sent)
    assert "start again with the new key" in words_on(answer)
    assert shown_key(answer) != shown_key(page)
    assert not TOTPDevice.objects.exists()


@pytest.mark.slow
def test_new_recovery_codes_take_a_code_and_the_place_of_the_old_ones(mina, browser):
    old = recovery_codes_on(set_up_by_hand(browser))
    wrong = browser.post(OWN_PAGE, {"act": "codes", "codes-code": wrong_code(mina)})
    assert "This code is not right" in words_on(wrong)
    new = recovery_codes_on(browser.post(OWN_PAGE, {"act": "codes", "codes-code": next_code(mina)}))
    assert not set(old) & set(new)
    stranger = Client()
    give_password(stranger, "mina")
    assert give_code(stranger, old[0]).status_code == 200
    assert give_code(stranger, new[0]).status_code == 302


@pytest.mark.slow
def test_turning_it_off_takes_the_password_and_a_code(mina, browser):
    set_up_by_hand(browser)
    for password, code in ((WORD, wrong_code(mina)), ("wrong", next_code(mina)), ("", next_code(mina)), (WORD, "")):
        answer = browser.post(OWN_PAGE, {"act": "turn-off", "off-password": password, "off-code": code})
        assert answer.status_code == 200
        assert second_factor.has_one(type(mina).objects.get(pk=mina.pk))
    answer = browser.post(OWN_PAGE, {"act": "turn-off", "off-password": WORD, "off-code": next_code(mina)}, follow=True)
    assert "Two-step log-in is off" in words_on(answer)
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert is_in(browser)
    assert lines()[-1] == "Two-step log-in turned off."
    stranger = Client()
    give_password(stranger, "mina")
    assert is_in(stranger)


@pytest.mark.slow
def test_codes_are_guessed_on_this_page_as_seldom_as_at_the_log_in(mina, browser, settings):
    set_up_by_hand(browser)
    codes = [{"act": "codes", "codes-code": wrong_code(mina)} for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert [browser.post(OWN_PAGE, sent).status_code for sent in codes][-2:] == [200, 429]


def test_a_form_that_is_sent_twice_does_not_make_a_second_key(mina, browser):
    page = browser.get(OWN_PAGE)
    sent = {"act": "set-up", "key": tree(page).css_first("input[name=key]").attributes["value"]}
    sent["code"] = code_of(shown_key(page))
    browser.post(OWN_PAGE, sent)
    device = TOTPDevice.objects.get()
    assert browser.post(OWN_PAGE, sent).headers["Location"] == OWN_PAGE
    assert TOTPDevice.objects.get() == device


def test_no_recovery_code_stands_in_the_database(mina):
    codes = with_second_factor(mina)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not kept & {code.replace("-", "") for code in codes}


def test_the_page_is_found_from_the_password(browser):
    assert OWN_PAGE in browser.get(reverse("admin:password_change")).content.decode()
    assert OWN_PAGE in browser.get(reverse("admin:sessions")).content.decode()
