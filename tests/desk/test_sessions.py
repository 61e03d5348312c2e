"""Where an account is signed in: one's own list, an admin's list of others, and ending what is on it."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests import make
from tests.desk.pages import text, tree

pytestmark = pytest.mark.django_db

WORD = "old-word-of-mine-7"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 Version/18.5 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/138.0 Safari/537.36 Edg/138.0"
OWN = "/admin/sessions/"


def signed_in(name: str, agent: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": agent})
    assert browser.post(reverse("admin:login"), {"username": name, "password": WORD}).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("admin:index")).status_code == 200


def handles(browser: Client, address: str = OWN) -> list[str]:
    return [node.attributes["value"] for node in tree(browser.get(address)).css("button[name=end]")]


@pytest.fixture
def mina():
    return make.writer(name="mina", password=WORD)


def test_everybody_sees_their_own_and_nobody_elses(mina):
    make.writer(name="juno", password=WORD)
    here = signed_in("mina")
    signed_in("mina", PHONE)
    signed_in("juno", EDGE)
    page = here.get(OWN)
    words = text(page)
    assert "Firefox on Linux" in words
    assert "Safari on iPhone" in words
    assert "Edge" not in words
    assert words.index("Firefox") < words.index("This browser") < words.index("Safari")
    for row in Session.objects.all():
        assert row.session_key not in page.content.decode(), "Whoever reads a key is signed in with it."


def test_one_is_ended_and_the_others_stay(mina):
    here, phone, work = signed_in("mina"), signed_in("mina", PHONE), signed_in("mina", EDGE)
    first, _second, _others = handles(here)  # the newest first: work, then phone
    answer = here.post(OWN, {"end": first}, follow=True)
    assert "1 session is ended." in text(answer)
    assert [is_in(browser) for browser in (here, phone, work)] == [True, True, False]


def test_the_others_are_ended_together(mina):
    here, phone, work = signed_in("mina"), signed_in("mina", PHONE), signed_in("mina", EDGE)
    answer = here.post(OWN, {"end": "others"}, follow=True)
    assert "2 sessions are ended." in text(answer)
    assert [is_in(browser) for browser in (here, phone, work)] == [True, False, False]
    assert handles(here) == []


def test_what_is_no_session_of_theirs_ends_nothing(mina):
    make.writer(name="juno", password=WORD)
    here, juno = signed_in("mina"), signed_in("juno")
    signed_in("juno", PHONE)
    for chosen in [*handles(juno)[:1], "", "x" * 20]:
        answer = here.post(OWN, {"end": chosen}, follow=True)
        assert "nothing to end" in text(answer)
    assert is_in(juno)
    assert Session.objects.count() == 3


def test_a_new_password_ends_the_others_and_so_they_are_not_listed(mina):
    here, phone = signed_in("mina"), signed_in("mina", PHONE)
    new = "new-word-of-mine-8"
    words = {"old_password": WORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("admin:password_change"), words).status_code == 302
    assert not is_in(phone)
    assert "Safari" not in text(here.get(OWN))
    assert "Firefox on Linux" in text(here.get(OWN)), "this one goes on under a new key"


def test_a_session_that_no_log_in_noted_is_listed_too(mina):
    browser = Client()
    browser.force_login(mina)
    assert "An unknown browser" in text(browser.get(OWN))


def test_a_strange_browser_says_nothing_that_becomes_markup(mina):
    signed_in("mina", "<script>alert(1)</script> Firefox/1 " + "x" * 5000)
    assert "<script>alert" not in signed_in("mina").get(OWN).content.decode()


@pytest.mark.slow
def test_an_admin_sees_and_ends_those_of_others_on_record(mina):
    admin = make.admin(name="ada", password=WORD)
    phone, desk, ada = signed_in("mina", PHONE), signed_in("mina"), signed_in("ada", EDGE)
    address = reverse("admin:auth_user_sessions", args=[mina.pk])
    assert address in ada.get(reverse("admin:auth_user_change", args=[mina.pk])).content.decode()
    words = text(ada.get(address))
    assert "Safari on iPhone" in words
    assert "Edge" not in words
    ada.post(address, {"end": "others"})
    assert [is_in(browser) for browser in (phone, desk, ada)] == [False, False, True]
    line = LogEntry.objects.get(object_id=str(mina.pk))
    assert (line.user, line.change_message) == (admin, "Sessions ended: 2.")
    assert "signed in nowhere" in text(ada.get(address))


@pytest.mark.parametrize("maker", ["writer", "editor", "admin"])
def test_nobody_sees_those_of_an_account_with_more_rights(maker):
    boss = make.user(role=None, name="boss", password=WORD, is_superuser=True)
    type(boss).objects.filter(pk=boss.pk).update(is_staff=True)
    browser, bosses = Client(), signed_in("boss")
    browser.force_login(getattr(make, maker)())
    address = reverse("admin:auth_user_sessions", args=[boss.pk])
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"end": "others"}).status_code == 403
    assert is_in(bosses)


def test_an_account_that_is_not_there_has_no_page(by_admin):
    assert by_admin.get(reverse("admin:auth_user_sessions", args=[10**9])).status_code == 404
