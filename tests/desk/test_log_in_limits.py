"""Guessing is slowed by name and place, by name, and by place; nobody locks out anybody else."""

from __future__ import annotations

import pytest
import time_machine
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles.desk import log_in
from tests import make

pytestmark = pytest.mark.django_db

WORD = "old-word-of-mine-7"
HOME, AWAY = "192.0.2.7", "198.51.100.9"


def try_password(client: Client, name: str, password: str = "wrong", place: str = HOME) -> int:
    answer = client.post(reverse("admin:login"), {"username": name, "password": password}, REMOTE_ADDR=place)
    return answer.status_code


def places(number: int) -> list[str]:
    return [f"203.0.113.{last}" for last in range(1, number + 1)]


def attack_from_everywhere(name: str, number: int = log_in.MOST_FOR_ONE_NAME) -> None:
    for place in places(number):
        try_password(Client(), name, place=place)


@pytest.fixture
def mina():
    return make.writer(name="mina", password=WORD)


@pytest.mark.slow
def test_guessing_one_name_from_many_places_is_slowed_at_each(mina):
    attack_from_everywhere("mina")
    assert [try_password(Client(), "mina", place=AWAY) for _ in range(log_in.FEW_TRIES)] == [200, 429]
    assert try_password(Client(), "mina", place=AWAY) == 429
    assert try_password(Client(), "mina", place=places(1)[0]) == 429, "one try was made there before"


@pytest.mark.slow
def test_the_right_person_at_a_place_of_their_own_is_let_in_all_the_same(mina):
    attack_from_everywhere("mina", log_in.MOST_FOR_ONE_NAME + 20)
    assert try_password(Client(), "mina", "mistyped") == 200
    assert try_password(Client(), "mina", WORD) == 302


@pytest.mark.slow
def test_a_known_device_is_never_locked_by_what_others_do_even_from_its_own_place(mina):
    device = Client()
    assert try_password(device, "mina", WORD) == 302
    device.post(reverse("admin:logout"))
    for _ in range(settings.AXES_FAILURE_LIMIT + 2):
        last = try_password(Client(), "mina")
    attack_from_everywhere("mina")
    assert last == 429
    assert try_password(Client(), "mina", WORD) == 429, "a strange device at that place"
    assert try_password(device, "mina", "mistyped") == 200
    assert try_password(device, "mina", WORD) == 302


def test_a_known_device_has_tries_of_its_own_and_no_more(mina):
    device = Client()
    try_password(device, "mina", WORD)
    device.post(reverse("admin:logout"))
    answers = [try_password(device, "mina", place=place) for place in places(settings.AXES_FAILURE_LIMIT)]
    assert answers[-2:] == [200, 429]
    assert try_password(device, "mina", WORD, place=AWAY) == 429
    with time_machine.travel(timezone.now() + log_in.dt.timedelta(minutes=16)):
        assert try_password(device, "mina", WORD, place=AWAY) == 302


def test_a_device_is_known_for_the_name_that_signed_in_on_it_only(mina):
    make.writer(name="juno", password=WORD)
    device = Client()
    try_password(device, "juno", WORD)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        try_password(Client(), "mina")
    assert try_password(device, "mina", WORD) == 429


def test_a_forged_device_is_not_known(mina):
    device = Client()
    try_password(device, "mina", WORD)
    [name] = [name for name in device.cookies if name.startswith("device-")]
    cookie = device.cookies[name]
    assert cookie["httponly"]
    assert cookie["path"] == reverse("admin:index")
    request = RequestFactory().get("/")
    request.COOKIES[name] = cookie.value
    assert log_in.known_device(request, "mina")
    request.COOKIES[name] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    assert not log_in.known_device(request, "mina")
    request.COOKIES[name] = cookie.value
    with time_machine.travel(timezone.now() + log_in.dt.timedelta(days=366)):
        assert not log_in.known_device(request, "mina")


@pytest.mark.slow
def test_one_place_tries_so_many_times_over_all_names(mina):
    answers = [try_password(Client(), f"name-{n}") for n in range(log_in.MOST_FROM_ONE_PLACE + 1)]
    assert answers[-3:] == [200, 429, 429]
    assert answers[:-3] == [200] * (len(answers) - 3)
    assert try_password(Client(), "mina", WORD) == 429, "a strange device at that place"
    assert try_password(Client(), "mina", WORD, place=AWAY) == 302


@pytest.mark.slow
def test_a_known_device_is_let_in_at_a_place_that_is_locked(mina):
    device = Client()
    try_password(device, "mina", WORD)
    device.post(reverse("admin:logout"))
    for number in range(log_in.MOST_FROM_ONE_PLACE):
        try_password(Client(), f"name-{number}")
    assert try_password(device, "mina", WORD) == 302


@pytest.mark.slow
def test_an_unknown_name_is_slowed_as_a_known_one_is(mina):
    for name in ("mina", "nobody"):
        attack_from_everywhere(name)
        assert [try_password(Client(), name, place=AWAY) for _ in range(3)] == [200, 429, 429]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_of_ipv6_the_network_counts(address, place):
    assert log_in.place_of(RequestFactory(REMOTE_ADDR=address).get("/")) == place
