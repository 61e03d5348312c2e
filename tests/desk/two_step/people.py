"""People with a second factor, and the codes of their apps."""

from __future__ import annotations

import base64
import itertools
import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.operations import second_factor
from tests.desk.pages import text, tree

WORD = "old-word-of-mine-7"
HOME, AWAY = "192.0.2.7", "198.51.100.9"
CODE_PAGE, OWN_PAGE = "/admin/login/code/", "/admin/two-step/"


def code_of(key: str, *, ahead: int = 0) -> str:
    """What an app with this key (hexadecimal) shows now, or so many half minutes later."""
    return f"{totp(bytes.fromhex(key), drift=ahead):06d}"


def next_code(account: User) -> str:
    """One that was not used yet: the app has moved on since."""
    device = TOTPDevice.objects.get(user=account)
    device.last_t = -1
    device.save()
    return code_of(device.key)


def wrong_code(account: User) -> str:
    key = TOTPDevice.objects.get(user=account).key
    right = {code_of(key, ahead=ahead) for ahead in range(-3, 4)}
    return next(code for code in map("{:06d}".format, itertools.count(int(time.time()) % 1000)) if code not in right)


def with_second_factor(account: User) -> list[str]:
    """Sets one up; the recovery codes."""
    key = second_factor.new_key()
    codes = second_factor.set_up(account, key, code_of(key))
    assert codes
    return codes


def give_password(browser: Client, name: str, *, on_to: str = "", place: str = HOME, word: str = WORD) -> Any:
    sent = {"username": name, "password": word} | ({"next": on_to} if on_to else {})
    return browser.post(reverse("admin:login"), sent, REMOTE_ADDR=place)


def give_code(browser: Client, code: str, *, place: str = HOME, **more: str) -> Any:
    return browser.post(CODE_PAGE, {"code": code, **more}, REMOTE_ADDR=place)


def shown_key(answer: Any) -> str:
    """What stands on the page to be typed into the app, as hexadecimal."""
    letters = tree(answer).css_first(".two-step-key").text().replace(" ", "")
    return base64.b32decode(letters).hex()


def set_up_by_hand(browser: Client, **more: str) -> Any:
    """As a person does: reads the key, and sends the first code."""
    page = browser.get(OWN_PAGE)
    key = tree(page).css_first("input[name=key]").attributes["value"]
    return browser.post(OWN_PAGE, {"act": "set-up", "key": key, "code": code_of(shown_key(page)), **more})


def recovery_codes_on(answer: Any) -> list[str]:
    return tree(answer).css_first("textarea").text().split()


def is_in(browser: Client) -> bool:
    return browser.get(reverse("admin:index")).status_code == 200


def words_on(answer: Any) -> str:
    return text(answer)
