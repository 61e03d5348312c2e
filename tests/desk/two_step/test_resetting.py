"""Somebody has lost the app and the codes: an admin resets it, on record."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from articles.operations import second_factor
from tests import make
from tests.desk.two_step.people import (
    OWN_PAGE,
    WORD,
    give_code,
    give_password,
    is_in,
    next_code,
    with_second_factor,
    words_on,
)

pytestmark = pytest.mark.django_db


def address(account) -> str:
    return reverse("admin:auth_user_second_factor", args=[account.pk])


@pytest.fixture
def mina():
    account = make.writer(name="mina", password=WORD)
    with_second_factor(account)
    return account


@pytest.mark.slow
def test_an_admin_resets_it_and_the_password_alone_lets_in_again(mina, by_admin):
    phone = Client()
    give_password(phone, "mina")
    give_code(phone, next_code(mina))
    page = reverse("admin:auth_user_change", args=[mina.pk])
    assert address(mina) in by_admin.get(page).content.decode()
    assert "Be sure that it is the right person" in words_on(by_admin.get(address(mina)))
    assert second_factor.has_one(type(mina).objects.get(pk=mina.pk)), "GET asks"
    by_admin.post(address(mina))
    assert not is_in(phone)
    assert not second_factor.has_one(type(mina).objects.get(pk=mina.pk))
    line = LogEntry.objects.get(object_id=str(mina.pk))
    assert line.change_message == "Two-step log-in reset."
    browser = Client()
    give_password(browser, "mina")
    assert is_in(browser)
    assert "nothing to reset" in words_on(by_admin.post(address(mina), follow=True))
    assert "has not set up" in words_on(by_admin.get(address(mina)))


def test_nobody_resets_that_of_somebody_with_more_rights_or_their_own(mina):
    boss, admin = make.admin(name="boss", is_superuser=True), make.admin(name="ada", password=WORD)
    with_second_factor(boss)
    with_second_factor(admin)
    browser = Client()
    give_password(browser, "ada")
    give_code(browser, next_code(admin))
    assert browser.post(address(boss)).status_code == 403
    assert browser.post(address(admin)).headers["Location"] == OWN_PAGE, "a session alone shall not do"
    assert second_factor.has_one(type(boss).objects.get(pk=boss.pk))
    assert second_factor.has_one(type(boss).objects.get(pk=admin.pk))


def test_the_list_says_who_has_it(mina, by_admin):
    page = by_admin.get(reverse("admin:auth_user_changelist"))
    [row] = [row for row in page.context["cl"].result_list if row == mina]
    assert row.has_second_factor
