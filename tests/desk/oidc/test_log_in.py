"""Logging in with a provider: from the button to the desk, and in place of a password."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import delivery
from articles.desk import oidc
from articles.operations.oidc import connect, disconnect
from articles.roles import Role
from tests import make
from tests.desk.oidc.people import PASSWORD, begin, come_back, is_in, person, roles
from tests.desk.pages import tree
from tests.provider import OTHER_KEY, SECRET, Provider

pytestmark = pytest.mark.django_db


def test_the_log_in_page_has_a_link_only_where_a_provider_is_set_up(there: Provider, settings):
    page = Client().get(reverse("admin:login"), {"next": "/admin/help/"}).content.decode()
    assert "Log in with Studio" in page
    assert 'href="/admin/oidc/?next=%2Fadmin%2Fhelp%2F"' in page, (
        "a link: the policy stops a form on its way to a provider"
    )
    settings.OIDC_ISSUER = ""
    assert "Studio" not in Client().get(reverse("admin:login")).content.decode()
    assert Client().get(reverse("admin:oidc")).status_code == 404
    assert Client().get(reverse("admin:oidc_back")).status_code == 404


def test_an_unknown_person_with_a_role_comes_to_the_page_that_they_wanted(there: Provider):
    person(
        there, preferred_username="mina", given_name="Mina", family_name="Park", email="m@e.org", email_verified=True
    )
    client = Client()
    answer = come_back(client, there, next="/admin/help/")
    assert answer.headers["Location"] == "/admin/help/"
    assert is_in(client)
    user = User.objects.get(username="mina")
    assert (user.get_full_name(), user.email, roles(user)) == ("Mina Park", "m@e.org", {Role.WRITER.value})
    assert not user.has_usable_password()
    assert come_back(Client(), there).status_code == 302
    assert User.objects.count() == 1, "known from now on"


def test_the_request_has_state_nonce_and_a_challenge_and_the_site_leaves_no_row(there: Provider):
    first, second = begin(Client()), begin(Client())
    for name in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "scope=openid"):
        assert name in first
    assert first != second
    assert SECRET not in first
    assert Session.objects.count() == 0


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.ex"])
def test_nobody_is_led_to_another_site(there: Provider, address: str):
    person(there)
    assert come_back(Client(), there, next=address).headers["Location"] == reverse("admin:index")


def test_the_session_ends_by_itself(there: Provider):
    person(there)
    client = Client()
    come_back(client, there)
    assert client.session.get_expiry_age() <= oidc.SESSION_LENGTH.total_seconds()


def test_what_a_short_id_token_lacks_comes_from_userinfo(there: Provider):
    there.person = {"sub": "mina-1"}
    there.userinfo = {"sub": "mina-1", "groups": ["desk-editors"], "preferred_username": "mina"}
    assert come_back(Client(), there).status_code == 302
    assert roles(User.objects.get()) == {Role.EDITOR.value}
    there.userinfo = {"sub": "somebody-else", "groups": ["desk-admins"]}
    assert come_back(Client(), there).status_code == 502


@pytest.mark.slow
def test_neither_success_nor_failure_counts_as_guessing(there: Provider, settings):
    there.wrong_key = OTHER_KEY
    for _ in range(settings.AXES_FAILURE_LIMIT + 2):
        assert come_back(Client(), there).status_code == 502
    assert not AccessAttempt.objects.exists()
    assert not AccessFailureLog.objects.exists()
    there.wrong_key = None
    person(there)
    assert come_back(Client(), there).status_code == 302


def test_beginning_again_and_again_is_slowed(there: Provider, monkeypatch):
    monkeypatch.setattr(oidc, "BEGUN_FROM_ONE_PLACE", 2)
    answers = [Client().get(reverse("admin:oidc")).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_by_setting_a_password_no_longer_opens_an_account_that_is_connected(there: Provider, settings, mailoutbox):
    settings.OIDC_REPLACES_PASSWORD = True
    jun, nari = make.writer(name="jun", password=PASSWORD), make.writer(name="nari", password=PASSWORD)
    connect(jun, "jun-1")

    def by_password(user: User, password: str = PASSWORD):
        return Client().post(reverse("admin:login"), {"username": user.username, "password": password})

    refused = by_password(jun)
    assert refused.status_code == 200
    assert "logs in with Studio" in refused.content.decode()
    assert "logs in with Studio," not in by_password(jun, "wrong").content.decode(), "nobody else is told"
    assert by_password(nari).status_code == 302
    for user in (jun, nari):
        Client().post(reverse("admin:password_reset"), {"email": user.email})
    delivery.send_waiting()
    assert [letter.to for letter in mailoutbox] == [[nari.email]], "a new password would be of no use to the other"
    cache.clear()
    disconnect(jun)
    assert by_password(jun).status_code == 302, "the way back"


@pytest.mark.parametrize("has_one", [True, False])
def test_the_second_step_is_the_business_of_the_provider(there: Provider, settings, has_one: bool):
    settings.SECOND_FACTOR = "everybody"
    jun = make.writer(name="jun", password=PASSWORD)
    connect(jun, "jun-1")
    if has_one:
        TOTPDevice.objects.create(user=jun, name="app", confirmed=True)
    person(there, "jun-1")
    client = Client()
    come_back(client, there)
    assert is_in(client)
    by_password = Client()
    by_password.post(reverse("admin:login"), {"username": "jun", "password": PASSWORD})
    assert not is_in(by_password), "the password alone is not enough as before"


def test_who_proved_to_be_themselves_there_a_moment_ago_is_not_asked_again(there: Provider):
    person(there, groups=["desk-admins"])
    accounts = reverse("admin:auth_user_add")
    browser = Client()
    come_back(browser, there)
    page = browser.get(accounts, follow=True)
    assert page.redirect_chain, "the provider lets through whoever sits at a browser that it knows"
    way = tree(page).css_first("a[href*=again]").attributes["href"]
    address = browser.get(way).headers["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    for ago, status in ((3600, 302), (5, 200)):
        there.wrong_claims = {"auth_time": int(time.time()) - ago}
        browser.get(reverse("admin:oidc_back"), there.agree(begin(browser, next=accounts, again="1")))
        assert browser.get(accounts).status_code == status
