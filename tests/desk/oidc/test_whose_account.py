"""Whose account a person of the provider is, and which roles they have by its claim."""

from __future__ import annotations

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from articles.models import ExternalIdentity
from articles.operations.oidc import connect
from articles.roles import Role
from tests import make
from tests.desk.oidc.people import come_back, is_in, person, roles
from tests.provider import Provider

pytestmark = pytest.mark.django_db


# --- whose account it is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verified", "is_same"), [(True, True), (False, False), ("true", False), (None, False), (1, False)]
)
def test_an_address_opens_an_account_only_if_verified(there: Provider, verified: object, is_same: bool):
    jun = make.writer(name="jun")
    person(there, email="JUN@example.org", email_verified=verified)
    assert come_back(Client(), there).status_code == 302
    assert (ExternalIdentity.objects.get().user == jun) is is_same
    assert is_same or ExternalIdentity.objects.get().user.email == "", "an address that nobody has verified is not kept"


def test_an_address_that_somebody_else_has_got_since_opens_nothing(there: Provider):
    jun = make.writer(name="jun")
    connect(jun, "jun-before")
    person(there, "jun-after", email=jun.email, email_verified=True)
    answer = come_back(Client(), there)
    assert answer.status_code == 403
    assert "has your e-mail address" in answer.content.decode()
    assert User.objects.count() == 1


def test_an_address_of_two_accounts_opens_neither(there: Provider):
    make.writer(name="jun")
    make.writer(name="juno")
    User.objects.update(email="both@example.org")
    person(there, email="both@example.org", email_verified=True)
    assert come_back(Client(), there).status_code == 403


@pytest.mark.parametrize("is_superuser", [True, False])
def test_who_manages_accounts_is_never_known_by_an_address(there: Provider, is_superuser: bool):
    chief = make.admin(name="chief") if not is_superuser else make.user(role=None, name="chief")
    User.objects.filter(pk=chief.pk).update(is_superuser=is_superuser, is_staff=True)
    person(there, "chief-1", email=chief.email, email_verified=True, groups=["desk-admins"])
    assert come_back(Client(), there).status_code == 403
    connect(chief, "chief-1")
    client = Client()
    assert come_back(client, there).status_code == 302
    assert client.session["_auth_user_id"] == str(chief.pk)


def test_an_unknown_person_gets_a_sentence_where_nobody_is_made(there: Provider, settings):
    settings.OIDC_NEW_ACCOUNTS = False
    person(there)
    answer = come_back(Client(), there)
    assert answer.status_code == 403
    assert "no account for you" in answer.content.decode()
    assert not User.objects.exists()


def test_names_are_made_fit_and_never_taken_from_somebody(there: Provider):
    make.writer(name="Mina")
    person(there, preferred_username="mina")
    come_back(Client(), there)
    person(there, "x-2", preferred_username="  <b>\x00\u202eevil name ")
    come_back(Client(), there)
    assert {"Mina", "mina-2", "-b-evil-name"} == set(User.objects.values_list("username", flat=True))


def test_an_account_that_is_switched_off_stays_out_with_its_roles_as_they_were(there: Provider):
    jun = make.writer(name="jun", is_active=False)
    connect(jun, "jun-1")
    person(there, "jun-1", groups=["desk-admins"])
    client = Client()
    answer = come_back(client, there)
    assert answer.status_code == 403
    assert "switched off" in answer.content.decode()
    assert roles(jun) == {Role.WRITER.value}
    assert not is_in(client)


@pytest.mark.parametrize("sub", ["", "x" * 256, 7, "mina\x00", "mína", None, ["a"]])
def test_a_subject_that_is_none_lets_nobody_in(there: Provider, sub: object):
    person(there, sub)
    assert come_back(Client(), there).status_code in {403, 502}
    assert not User.objects.exists()


# --- roles ------------------------------------------------------------------------------------------------------------


def test_roles_follow_the_claim_at_each_log_in_and_the_history_says_so(there: Provider):
    person(there, groups=["desk-writers"])
    come_back(Client(), there)
    person(there, groups=["desk-editors", "something-else"])
    come_back(Client(), there)
    user = User.objects.get()
    assert roles(user) == {Role.EDITOR.value}
    come_back(Client(), there)
    lines = [line.change_message for line in LogEntry.objects.filter(object_id=user.pk).order_by("pk")]
    assert [line for line in lines if "Writers → Editors" in line] == [lines[-1]], "once, when they changed"


def test_who_has_lost_every_role_is_out_at_once_and_told_so(there: Provider):
    person(there)
    client = Client()
    come_back(client, there)
    assert is_in(client)
    person(there, groups=["people-of-the-canteen"])
    answer = come_back(Client(), there)
    assert answer.status_code == 403
    assert "no role on this desk" in answer.content.decode()
    assert not is_in(client), "the session from before is no way in either"


def test_an_unknown_person_without_a_role_makes_no_account(there: Provider):
    person(there, groups=[])
    assert come_back(Client(), there).status_code == 403
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("groups", {"groups": "desk-editors"}),
        ("realm_access.roles", {"groups": None, "realm_access": {"roles": ["desk-editors"]}}),
        ("https://studio.example/roles", {"groups": None, "https://studio.example/roles": ["desk-editors"]}),
        ("groups", {"groups": ["desk-editors", 7, None, {"a": 1}, ["desk-admins"]]}),
    ],
)
def test_the_claim_may_be_a_text_or_a_list_or_lie_deeper(there: Provider, settings, claim: str, claims: dict):
    settings.OIDC_ROLES_CLAIM = claim
    person(there, **claims)
    come_back(Client(), there)
    assert roles(User.objects.get()) == {Role.EDITOR.value}


def test_the_last_admin_is_not_demoted_by_a_claim(there: Provider, caplog):
    chief = make.admin(name="chief")
    connect(chief, "chief-1")
    person(there, "chief-1", groups=["desk-writers"])
    client = Client()
    with caplog.at_level(logging.WARNING, "articles.oidc"):
        come_back(client, there)
    assert Role.ADMIN.value in roles(chief)
    assert is_in(client)
    assert "last account that manages" in caplog.text
    make.admin(name="second")
    come_back(Client(), there)
    assert roles(chief) == {Role.WRITER.value}


def test_without_a_table_roles_are_given_on_the_desk(there: Provider, settings):
    settings.OIDC_ROLES, settings.OIDC_NEW_ACCOUNTS = {}, False
    editor = make.editor(name="edda")
    connect(editor, "edda-1")
    person(there, "edda-1", groups=["desk-admins"])
    assert come_back(Client(), there).status_code == 302
    assert roles(editor) == {Role.EDITOR.value}
