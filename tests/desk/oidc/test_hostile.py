"""What a provider, a neighbour or an attacker may send: each is a page that says what to do, and lets nobody in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.desk import oidc
from tests.desk.oidc.people import begin, come_back, is_in, person
from tests.provider import CLIENT, KEY, OTHER_KEY, SECRET, Provider

pytestmark = pytest.mark.django_db


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
