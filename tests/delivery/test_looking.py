"""Whether an address is still there: what each answer says, and what a hostile one cannot do."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from articles.delivery import looking, requests
from articles.delivery.looking import Outcome, look
from tests.delivery.pages import Pages, only_here_besides, running_pages


@pytest.fixture
def pages(monkeypatch) -> Iterator[Pages]:
    monkeypatch.setattr(requests, "is_public", only_here_besides)
    with running_pages() as found:
        yield found


def at_once(_host: str) -> None:
    """Waits for nobody."""


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/there", Outcome.ANSWERS, 200),
        ("/no-head", Outcome.ANSWERS, 200),
        ("/moved", Outcome.ANSWERS, 200),
        ("/gone", Outcome.GONE, 404),
        ("/gone-too", Outcome.GONE, 410),
        ("/moved-away", Outcome.GONE, 404),
        ("/forbidden", Outcome.UNCLEAR, 403),
        ("/busy", Outcome.UNCLEAR, 429),
        ("/broken", Outcome.UNCLEAR, 500),
        ("/odd", Outcome.UNCLEAR, 304),
        ("/loop", Outcome.NO_ANSWER, None),
        ("/to-a-cloud", Outcome.PRIVATE, None),
        ("/to-a-network", Outcome.PRIVATE, None),
        ("/to-itself", Outcome.PRIVATE, None),
        ("/to-a-file", Outcome.NO_ANSWER, None),
        ("/to-nothing", Outcome.NO_ANSWER, None),
        ("/endless", Outcome.ANSWERS, 200),
        ("/many-headers", Outcome.NO_ANSWER, None),
        ("/huge-header", Outcome.NO_ANSWER, None),
        ("/no-http", Outcome.NO_ANSWER, None),
        ("/nothing", Outcome.NO_ANSWER, None),
    ],
)
def test_what_an_answer_says(pages: Pages, path: str, outcome: Outcome, status: int | None):
    found = look(f"{pages.url}{path}", at_once)
    assert (found.outcome, found.status) == (outcome, status)
    assert len(pages.asked) <= 2 * (looking.MOST_REDIRECTS + 1)


def test_the_head_is_asked_first_and_the_page_only_where_that_says_nothing(pages: Pages):
    look(f"{pages.url}/there", at_once)
    look(f"{pages.url}/no-head", at_once)
    assert pages.asked == [("HEAD", "/there"), ("HEAD", "/no-head"), ("GET", "/no-head")]


def test_whoever_is_asked_learns_by_whom_and_each_host_is_waited_for(settings, pages: Pages):
    settings.SITE_URL = "https://fanguide.example"
    hosts: list[str] = []
    look(f"{pages.url}/no-head", hosts.append)
    assert "https://fanguide.example" in pages.names[0]
    assert hosts == ["127.0.0.1", "127.0.0.1"], "once for each request"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/silent", "/trickle"])
def test_whoever_says_nothing_or_next_to_nothing_is_left_in_time(pages: Pages, path: str):
    begun = time.monotonic()
    assert look(f"{pages.url}{path}", at_once, longest=0.6).outcome is Outcome.NO_ANSWER
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "fd00::1", "0.0.0.0"]
)
def test_no_private_address_is_asked_whatever_webhooks_may(settings, monkeypatch, address: str):
    settings.PRIVATE_WEBHOOKS = True
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("It was asked."))
    host = f"[{address}]" if ":" in address else address
    assert look(f"http://{host}:9/", at_once).outcome is Outcome.PRIVATE
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: [(0, 0, 0, "", (address, 80))])
    assert look("http://example.org/", at_once).outcome is Outcome.PRIVATE


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://example.org/", "http://", "https://a:b@example.org/", "http://[x/", "http://a:99999/"),
        *("http://" + "a" * 70 + ".example/", "http://exa mple\x00.org/\r\nX: y"),
    ],
)
def test_what_is_no_address_of_a_page_is_not_asked(monkeypatch, url: str):
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("It was asked."))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: pytest.fail("Its name was looked up."))
    assert look(url, at_once).outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize(
    ("number", "outcome"), [(socket.EAI_NONAME, Outcome.UNKNOWN_NAME), (socket.EAI_AGAIN, Outcome.NO_ANSWER)]
)
def test_a_name_that_nobody_knows_is_another_thing_than_one_that_nobody_tells_now(monkeypatch, number, outcome):
    def refuse(*_args: object, **_named: object) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert look("https://gone.example/", at_once).outcome is outcome


def test_an_address_in_another_script_is_asked_for_as_the_web_writes_it(pages: Pages, monkeypatch):
    real, asked = socket.getaddrinfo, []

    def remember(host: str, *args: object, **named: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", remember)
    port = pages.url.rpartition(":")[2]
    look(f"http://예시.한국:{port}/there?이름=하나", at_once)
    assert asked[0].startswith("xn--")
    assert asked[0].isascii()
    assert pages.asked[0] == ("HEAD", "/there?%EC%9D%B4%EB%A6%84=%ED%95%98%EB%82%98")
