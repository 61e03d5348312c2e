"""What holds for every answer, and whose address counts."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from fanguide import proxies
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


# --- hosts ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("hosts", [["fanguide.example"], [".fanguide.example"], ["*"]])
@pytest.mark.parametrize("host", ["10.1.2.3:8000", "[fd00::1]", "kube-probe", "bad host", ""])
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_that_names_an_address_is_answered(path, host, hosts, settings):
    settings.ALLOWED_HOSTS = hosts
    assert Client().get(path, headers={"host": host}).status_code == 200


@pytest.mark.django_db
def test_a_probe_is_answered_in_production_without_a_way_round_by_https(settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["fanguide.example"], True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    assert Client().get("/healthz", headers={"host": "10.1.2.3"}).status_code == 200


@pytest.mark.parametrize(
    "host", ["10.1.2.3", "elsewhere.example", "fanguide.example.evil", "a b", "x\n2026 ERROR: forged"]
)
@pytest.mark.parametrize("path", ["/", "/healthz/", "/admin/login/", "/nothing-here"])
def test_a_stray_host_is_refused_with_one_line_in_the_log(path, host, settings, caplog):
    settings.ALLOWED_HOSTS = ["fanguide.example"]
    caplog.set_level(logging.INFO)
    answer = Client(raise_request_exception=False).get(path, HTTP_HOST=host)
    assert answer.status_code == 400
    assert b"<h1" in answer.content
    [line] = caplog.records
    assert not line.exc_info
    assert line.levelname == "WARNING"
    assert "FANGUIDE_HOSTS" in line.getMessage()
    assert "\n" not in line.getMessage()


# --- proxies that the settings do not know ----------------------------------------------------------------------------


def ask(watch: proxies.Watch, **headers: str) -> None:
    watch.look_at(RequestFactory().get("/", headers=headers))


@pytest.fixture
def unset(settings, tmp_path):
    settings.PROXIES_ARE_SET, settings.IS_PRODUCTION, settings.DATA = False, True, tmp_path


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded"])
def test_the_first_proxied_request_is_told_once(unset, caplog, name):
    watch = proxies.Watch()
    ask(watch)
    assert not caplog.records
    for _ in range(3):
        ask(watch, **{name: "203.0.113.7, 10.0.0.9"})
    [line] = caplog.records
    assert line.levelname == "WARNING"
    assert name in line.getMessage()
    assert "FANGUIDE_PROXIES" in line.getMessage()
    assert "203.0.113.7" not in line.getMessage(), "Nobody's address is kept."


def test_nothing_is_told_where_the_setting_is_made(unset, caplog, settings):
    settings.PROXIES_ARE_SET = True
    ask(proxies.Watch(), **{"X-Forwarded-For": "203.0.113.7"})
    assert not caplog.records
    assert proxies.check_proxies(None) == []


def test_the_check_and_the_next_start_say_what_was_seen(unset, caplog):
    [before] = proxies.check_proxies(None)
    assert before.id == "fanguide.W001"
    assert "X-Forwarded-For" not in before.msg
    ask(proxies.Watch(), **{"X-Forwarded-For": "203.0.113.7, 10.0.0.9"})
    [after] = proxies.check_proxies(None)
    assert "2 of X-Forwarded-For" in after.msg
    caplog.clear()
    proxies.warn_at_the_start()
    assert "2 of X-Forwarded-For" in caplog.text


def test_a_data_folder_that_cannot_be_written_stops_no_request(unset, caplog, settings, tmp_path):
    settings.DATA = tmp_path / "missing"
    ask(proxies.Watch(), **{"X-Forwarded-For": "203.0.113.7"})
    assert "FANGUIDE_PROXIES" in caplog.text


def test_outside_of_production_nobody_is_asked_to_count_proxies(unset, settings):
    settings.IS_PRODUCTION = False
    assert proxies.check_proxies(None) == []
