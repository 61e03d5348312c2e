"""Logging in with a provider: from the button to the desk, and every way in which it may come to nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.desk import oidc
from articles.models import ExternalIdentity
from articles.operations.oidc import connect, disconnect
from articles.roles import Role
from tests import make, provider
from tests.provider import CLIENT, KEY, OTHER_KEY, SECRET, Provider

pytestmark = pytest.mark.django_db
PASSWORD = "old-word-of-mine-7"


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with provider.serving() as running:
        yield running


@pytest.fixture
def there(server: Provider, settings) -> Provider:
    """A provider that the settings know: people are made at their first log-in, by the claim `groups`."""
    server.__init__(issuer=server.issuer)
    settings.OIDC_ISSUER, settings.OIDC_NAME = server.issuer, "Studio"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_ROLES = {"desk-writers": "writer", "desk-editors": "editor", "desk-admins": "admin"}
    settings.OIDC_NEW_ACCOUNTS = True
    return server


def person(there: Provider, sub: str = "mina-1", **claims: object) -> None:
    there.person = {"sub": sub, "groups": ["desk-writers"], **claims}


def begin(client: Client, **query: str) -> str:
    """The address at the provider."""
    answer = client.get(reverse("admin:oidc"), query)
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def come_back(client: Client, there: Provider, **query: str):
    return client.get(reverse("admin:oidc_back"), there.agree(begin(client, **query)))


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def roles(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


# --- the way in -------------------------------------------------------------------------------------------------------


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


# --- what a provider or an attacker may send --------------------------------------------------------------------------

HOSTILE = {
    "signed by nobody": {"algorithm": "none"},
    "signed by another key": {"wrong_key": OTHER_KEY},
    "signed with the secret": {"algorithm": "HS256", "wrong_key": SECRET.encode()},
    "signed with the public key as a secret": {
        "algorithm": "HS256",
        "wrong_key": KEY.as_pem(private=False),
    },
    "for somebody else": {"wrong_claims": {"aud": "another-desk"}},
    "for somebody else, who names us as azp": {"wrong_claims": {"aud": "another-desk", "azp": CLIENT}},
    "for several, and made for another": {"wrong_claims": {"aud": [CLIENT, "another-desk"], "azp": "another-desk"}},
    "of another issuer": {"wrong_claims": {"iss": "https://evil.example"}},
    "of another log-in": {"wrong_claims": {"nonce": "another-nonce"}},
    "without a nonce": {"wrong_claims": {"nonce": None}},
    "expired": {"wrong_claims": {"exp": 1_700_000_000}},
    "of tomorrow": {"wrong_claims": {"iat": 4_000_000_000}},
    "without an end": {"wrong_claims": {"exp": None}},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_token_that_is_not_for_this_log_in_lets_nobody_in(there: Provider, kind: str, caplog):
    person(there, groups=["desk-admins"])
    for name, value in HOSTILE[kind].items():
        setattr(there, name, value)
    client = Client()
    answer = come_back(client, there)
    assert answer.status_code == 502, kind
    assert "cannot be believed" in answer.content.decode()
    assert not is_in(client)
    assert not User.objects.exists()
    assert "log-in with Studio failed" in caplog.text
    assert SECRET not in caplog.text
    assert "eyJ" not in caplog.text, "no token in the log"


def test_a_log_in_that_was_begun_elsewhere_or_twice_is_refused(there: Provider):
    person(there)
    answer = there.agree(begin(Client()))
    assert Client().get(reverse("admin:oidc_back"), answer).status_code == 400, "begun in another browser"
    client = Client()
    answer = there.agree(begin(client))
    assert client.get(reverse("admin:oidc_back"), answer).status_code == 302
    assert client.get(reverse("admin:oidc_back"), answer).status_code == 400, "its answer sent once more"
    assert client.get(reverse("admin:oidc_back")).status_code == 400


def test_a_log_in_that_took_too_long_says_so(there: Provider, monkeypatch):
    client = Client()
    answer = there.agree(begin(client))
    monkeypatch.setattr(oidc, "TIME_AT_PROVIDER", -1)
    page = client.get(reverse("admin:oidc_back"), answer)
    assert page.status_code == 400
    assert "took too long" in page.content.decode()


def test_two_windows_of_one_browser_do_not_disturb_each_other(there: Provider):
    person(there)
    client = Client()
    first, second = there.agree(begin(client)), there.agree(begin(client))
    assert client.get(reverse("admin:oidc_back"), first).status_code == 302
    assert client.get(reverse("admin:oidc_back"), second).status_code == 302


def test_a_code_of_somebody_else_is_of_no_use_without_its_verifier(there: Provider):
    person(there)
    client, thief = Client(), Client()
    stolen, own = there.agree(begin(client)), there.agree(begin(thief))
    assert thief.get(reverse("admin:oidc_back"), {"code": stolen["code"], "state": own["state"]}).status_code == 502
    assert not User.objects.exists()


def test_who_does_not_agree_reads_what_to_do(there: Provider, caplog):
    client = Client()
    state = there.agree(begin(client))["state"]
    query = {"error": "access_denied", "error_description": "no\nforged line", "state": state}
    answer = client.get(reverse("admin:oidc_back"), query)
    assert answer.status_code == 403
    assert "did not let you through" in answer.content.decode()
    assert "\nforged" not in caplog.text


@pytest.mark.parametrize("said", [500, 404, "<html>", "[]", {"issuer": "https://other.example"}, {}])
def test_a_description_that_is_none_is_a_page_and_no_fault_of_ours(there: Provider, said: object):
    there.wrong_answers["/.well-known/openid-configuration"] = said
    answer = Client().get(reverse("admin:oidc"))
    assert answer.status_code in {502, 503}
    assert "Back to the log-in" in answer.content.decode()
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("said", [500, "<html>", "[]", "null", '"text"', {}, {"error": "broken"}, {"id_token": 7}])
@pytest.mark.parametrize("path", ["/token", "/jwks"])
def test_nonsense_on_the_way_back_is_a_page_and_no_fault_of_ours(there: Provider, path: str, said: object):
    person(there)
    there.wrong_answers[path] = said
    client = Client()
    assert come_back(client, there).status_code in {502, 503}
    assert not is_in(client)


def test_an_endpoint_without_https_is_not_believed(there: Provider):
    there.described = {"token_endpoint": "http://studio.example/token"}
    assert Client().get(reverse("admin:oidc")).status_code == 502


def test_a_provider_that_is_down_is_told_and_then_left_alone_for_a_moment(there: Provider, settings, monkeypatch):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    answer = Client().get(reverse("admin:oidc"))
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()
    requests = pytest.importorskip("requests")
    monkeypatch.setattr(requests, "get", lambda *_a, **_k: pytest.fail("nobody waits for it again at once"))
    assert Client().get(reverse("admin:oidc")).status_code == 503
    page = Client().get(reverse("admin:login"))
    assert page.status_code == 200, "the log-in page asks nobody"


# --- in place of the password -----------------------------------------------------------------------------------------


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
    for thread in threading.enumerate():
        if thread.name == "password-reset-mail":
            thread.join(5)
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
