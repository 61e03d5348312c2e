"""What holds for every answer, and whose address counts."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from fanguide.middleware import visitors_address


def address(forwarded: str | None, proxies: int, settings) -> str:
    settings.PROXIES = proxies
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    visitors_address(view)(RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", headers=headers))
    return seen[0]


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("203.0.113.7", 0, "10.0.0.1"),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("1.2.3.4, 203.0.113.7", 1, "203.0.113.7"),
        ("1.2.3.4, 203.0.113.7, 10.0.0.9", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "10.0.0.1"),
        (None, 1, "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(forwarded, proxies, expected, settings):
    assert address(forwarded, proxies, settings) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/healthz", "/nothing-here/"])
def test_the_policy_stands_on_every_answer(path: str):
    response = Client().get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]
