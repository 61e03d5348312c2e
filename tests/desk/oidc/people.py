"""A person at the provider, and the steps of logging in with it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.provider import Provider

PASSWORD = "old-word-of-mine-7"


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
