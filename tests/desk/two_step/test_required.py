"""Where the setting asks for a second factor: nothing else of the desk opens before it is set up."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import ExternalIdentity
from articles.operations import second_factor
from tests import make
from tests.desk.pages import JSON, client
from tests.desk.two_step.people import (
    OWN_PAGE,
    WORD,
    give_password,
    is_in,
    next_code,
    set_up_by_hand,
    with_second_factor,
    words_on,
)
from tests.test_rights_matrix import rows_written
from tests.test_routes import ROUTES, Site, site

__all__ = ["site"]

pytestmark = pytest.mark.django_db

#: What somebody needs to set it up, or does before the log-in.
OPEN = {
    *("admin:login", "admin:log_in_code", "admin:logout", "admin:session", "admin:jsi18n"),
    *("admin:two_step", "admin:confirm", "admin:invitation"),
}
GUARDED = sorted(name for name in ROUTES if name.startswith("admin:") and name not in OPEN)


@pytest.fixture(scope="module")
def boss(module_db):
    """May everything, and has set up nothing."""
    return make.admin(name="boss", is_superuser=True)


@pytest.mark.parametrize("setting", ["editors", "everybody"])
@pytest.mark.parametrize("name", GUARDED)
def test_no_route_of_the_desk_opens_before_it_is_set_up(site: Site, boss, settings, name, setting):
    settings.SECOND_FACTOR = setting
    browser = Client()
    browser.force_login(boss)
    address = reverse(name, kwargs=ROUTES[name].kwargs(site))
    for method in ("get", "post"):
        with CaptureQueriesContext(connection) as asked:
            page = getattr(browser, method)(address, {"title": "Other words", "post": "yes"})
            script = getattr(browser, method)(address, {"title": "Other words", "post": "yes"}, **JSON)
        assert page.status_code == 302
        assert page.headers["Location"].startswith(f"{OWN_PAGE}?next=")
        assert script.status_code in (302, 403)
        if script.status_code == 403:
            assert "set it up first" in script.json()["sentence"]
        assert rows_written(asked) == set()


@pytest.mark.parametrize("name", GUARDED)
def test_no_route_of_the_desk_opens_for_a_session_without_the_code(site: Site, boss, name):
    with_second_factor(boss)
    browser = Client()
    address = reverse(name, kwargs=ROUTES[name].kwargs(site))
    browser.force_login(boss)
    assert browser.get(address).headers["Location"].startswith("/admin/login/?next=")
    browser.force_login(boss)
    assert browser.post(address, {"title": "Other words"}, **JSON).status_code in (302, 401)
    second_factor.remove(boss)


def test_only_these_open_before(settings, boss):
    settings.SECOND_FACTOR = "everybody"
    browser = client(boss)
    assert browser.get(reverse("admin:jsi18n")).status_code == 200
    assert browser.get(reverse("admin:session")).json()["account"] is None, "so no form is sent, and none is lost"
    assert "This desk asks for a second step" in words_on(browser.get(OWN_PAGE))
    assert browser.post(reverse("admin:logout")).status_code == 200


def test_the_log_in_leads_to_the_set_up_and_then_to_where_they_wanted(settings):
    settings.SECOND_FACTOR = "editors"
    make.editor(name="edo", password=WORD)
    browser = Client()
    answer = browser.get(give_password(browser, "edo", on_to="/admin/articles/tag/").headers["Location"])
    assert answer.headers["Location"] == f"{OWN_PAGE}?next={quote('/admin/articles/tag/', safe='')}"
    codes = set_up_by_hand(browser, next="/admin/articles/tag/")
    assert codes.context["next"] == "/admin/articles/tag/"
    assert is_in(browser)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "asked"),
    [("optional", set()), ("editors", {"editor", "admin"}), ("everybody", {"writer", "editor", "admin"})],
)
def test_the_setting_says_of_whom(settings, setting, asked):
    settings.SECOND_FACTOR = setting
    for maker in ("writer", "editor", "admin"):
        browser = Client()
        account = getattr(make, maker)()
        browser.force_login(account)
        assert is_in(browser) is (maker not in asked)
        assert second_factor.lacking().filter(pk=account.pk).exists() is (maker in asked)
        with_second_factor(account)
        assert not second_factor.lacking().filter(pk=account.pk).exists()


def test_who_turns_it_off_where_it_is_required_sets_it_up_again_at_once(settings):
    settings.SECOND_FACTOR = "everybody"
    mina = make.writer(name="mina", password=WORD)
    browser = Client()
    give_password(browser, "mina")
    set_up_by_hand(browser)
    browser.post(OWN_PAGE, {"act": "turn-off", "off-password": WORD, "off-code": next_code(mina)})
    assert not is_in(browser)
    set_up_by_hand(browser)
    assert is_in(browser)


def test_whoever_comes_by_a_provider_lacks_nothing(settings):
    settings.SECOND_FACTOR, settings.OIDC_ISSUER = "everybody", "https://id.example"
    edo, juno = make.editor(), make.editor()
    ExternalIdentity.objects.create(user=edo, issuer="https://id.example", subject="edo")
    ExternalIdentity.objects.create(user=juno, issuer="https://elsewhere.example", subject="juno")
    assert not second_factor.lacking().filter(pk=edo.pk).exists()
    assert second_factor.lacking().filter(pk=juno.pk).exists()
