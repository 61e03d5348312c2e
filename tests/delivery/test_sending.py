"""The outbox: written with the act, sent after it, tried again until it worked."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles import delivery, publishing
from articles.delivery import requests, sending
from articles.models import OutboxMessage, Webhook, outbox
from articles.models.cache_groups import FEATURED
from tests import make
from tests.delivery.receiver import Receiver, running_receiver
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

NOWHERE = "http://127.0.0.1:1/"


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.PRIVATE_WEBHOOKS = True
    with running_receiver() as found:
        yield found


@pytest.fixture
def webhook(receiver: Receiver) -> Webhook:
    return Webhook.objects.create(name="Ours", url=receiver.url)


def later(**how_far: int):
    return time_machine.travel(timezone.now() + dt.timedelta(**how_far), tick=False)


# --- caches -----------------------------------------------------------------------------------------------------------

ASKED = {
    "xkey": ("PURGE", "xkey-purge", "featured featureds"),
    "Surrogate-Key": ("POST", "surrogate-key", "featured"),
    "Cache-Groups": ("PURGE", "cache-group-invalidation", '"featured"'),
}


@pytest.mark.parametrize("field", ["xkey", "Surrogate-Key", "Cache-Groups"])
def test_a_cache_is_asked_as_it_wants_to_be_asked(settings, receiver, field):
    settings.CACHE_GROUPS_FIELD, settings.CACHE_PURGE_URLS = field, (receiver.url,)
    method, header, value = ASKED[field]
    outbox.purge([FEATURED])
    assert delivery.send_waiting().sent == 1
    (asked,) = receiver.requests
    assert (asked.method, asked.path, asked.headers[header]) == (method, "/told", value.split(" ")[0])
    assert not OutboxMessage.objects.exists()


def test_cloudflare_gets_its_tags_and_the_token(settings, receiver):
    settings.CACHE_GROUPS_FIELD, settings.CACHE_PURGE_URLS = "Cache-Tag", (receiver.url,)
    settings.CACHE_PURGE_TOKEN = "secret"
    outbox.purge([FEATURED])
    delivery.send_waiting()
    assert json.loads(receiver.requests[0].body) == {"tags": ["featured"]}
    assert receiver.requests[0].headers["authorization"] == "Bearer secret"


def test_many_acts_are_told_in_one_request_and_each_group_once(settings, receiver):
    settings.CACHE_PURGE_URLS, settings.CACHE_GROUPS_FIELD = (receiver.url,), "xkey"
    for _act in range(5):
        outbox.purge([FEATURED])
    assert delivery.send_waiting().sent == 5
    assert [asked.headers["xkey-purge"] for asked in receiver.requests] == ["featured"]


def test_a_cache_that_is_down_is_told_as_soon_as_it_is_up_again(settings, receiver):
    settings.CACHE_PURGE_URLS, settings.CACHE_GROUPS_FIELD = (NOWHERE, receiver.url), "xkey"
    edition = make.edition()
    assert delivery.send_waiting().failed[0].startswith(NOWHERE)
    assert {row.target for row in OutboxMessage.objects.all()} == {NOWHERE}  # the other one was told
    assert f"article-{edition.slug}" in receiver.requests[0].headers["xkey-purge"]
    OutboxMessage.objects.update(target=receiver.url)
    assert delivery.send_waiting() == sending.Report()  # not at once
    with later(seconds=3):
        assert delivery.send_waiting().sent == 1


def test_it_is_tried_more_and_more_seldom_and_for_ever(settings):
    settings.CACHE_PURGE_URLS = (NOWHERE,)
    outbox.purge([FEATURED])
    pauses = []
    for _try in range(8):
        row = OutboxMessage.objects.get()
        with time_machine.travel(row.due_at, tick=False):
            delivery.send_waiting()
            pauses.append((OutboxMessage.objects.get().due_at - timezone.now()).total_seconds())
    assert pauses == [2, 4, 8, 16, 30, 30, 30, 30]
    with later(days=30):
        delivery.send_waiting()
    assert not OutboxMessage.objects.get().given_up


def test_an_act_that_is_undone_tells_nobody(settings):
    settings.CACHE_PURGE_URLS = (NOWHERE,)
    with transaction.atomic():
        make.edition()
        assert OutboxMessage.objects.exists()
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_nothing_is_written_for_a_site_without_caches_hubs_and_webhooks():
    edition = make.edition()
    publishing.take_down(edition.article)
    assert not OutboxMessage.objects.exists()


def test_two_processes_do_not_send_the_same(settings, webhook, monkeypatch):
    make.edition()
    reports = []
    original = requests.send

    def send(*args, **kwargs):
        reports.append(delivery.send_waiting())  # another process, in the middle of it
        return original(*args, **kwargs)

    monkeypatch.setattr(requests, "send", send)
    assert delivery.send_waiting().sent == 1
    assert reports == [sending.Report()]


def test_what_a_killed_process_had_taken_is_sent_by_another(webhook, receiver, monkeypatch):
    make.edition()
    with monkeypatch.context() as patch:
        patch.setattr(requests, "send", lambda *_args, **_kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            delivery.send_waiting()
    assert delivery.send_waiting() == sending.Report()
    with later(minutes=3):
        assert delivery.send_waiting().sent == 1


# --- webhooks ---------------------------------------------------------------------------------------------------------


def test_a_webhook_is_told_of_each_event_and_can_check_who_tells_it(webhook, receiver):
    edition = make.edition(title="Lamps")
    publishing.take_down(edition.article)
    assert delivery.send_waiting().sent == 2
    told = [json.loads(asked.body) for asked in receiver.requests]
    assert [each["type"] for each in told] == ["article.published", "article.taken_down"]
    assert [each["data"]["article"]["title"] for each in told] == ["Lamps", "Lamps"]
    for asked in receiver.requests:
        head = asked.headers
        signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + asked.body
        digest = hmac.digest(base64.b64decode(webhook.secret.removeprefix("whsec_")), signed, hashlib.sha256)
        assert head["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
        assert abs(int(head["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert len({asked.headers["webhook-id"] for asked in receiver.requests}) == 2
    assert [row.error for row in OutboxMessage.objects.all()] == ["204 No Content"] * 2  # the log


def test_a_webhook_is_told_of_what_comes_when_it_comes_and_not_of_what_was_cancelled(webhook, receiver):
    at = timezone.now() + dt.timedelta(hours=2)
    edition, other = make.edition(at=at), make.edition(at=at)
    assert delivery.send_waiting() == sending.Report()
    publishing.cancel(other)
    with time_machine.travel(at + dt.timedelta(seconds=1), tick=False):
        assert delivery.send_waiting().sent == 1
    assert json.loads(receiver.requests[0].body)["data"]["article"]["slug"] == edition.slug


@pytest.mark.parametrize("status", [301, 400, 500])
def test_what_a_webhook_did_not_take_is_tried_for_three_days(webhook, receiver, status):
    receiver.status = status
    make.edition()
    assert len(delivery.send_waiting().failed) == 1
    row = OutboxMessage.objects.get()
    assert (row.tries, row.sent_at, row.given_up) == (1, None, False)
    assert row.error.startswith(str(status))
    with later(days=4):
        delivery.send_waiting()
    assert OutboxMessage.objects.get().given_up
    assert len(receiver.requests) == 2  # a redirect is not followed


def test_a_webhook_that_is_off_is_told_nothing(webhook):
    Webhook.objects.update(is_active=False)
    make.edition()
    assert not OutboxMessage.objects.exists()


PRIVATE = ("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1")


@pytest.mark.parametrize("address", [*PRIVATE, "0.0.0.0", "224.0.0.1"])
def test_no_webhook_leads_into_a_private_network(settings, address):
    settings.PRIVATE_WEBHOOKS = False
    host = f"[{address}]" if ":" in address else address
    assert "private network" in delivery.refusal_of(f"http://{host}/")
    with pytest.raises(requests.RefusedError):
        requests.send(requests.Message("POST", f"http://{host}:9/", {}), only_public=True)


def test_by_a_setting_it_does_but_never_to_the_keys_of_a_cloud(settings):
    settings.PRIVATE_WEBHOOKS = True
    assert delivery.refusal_of("http://10.1.2.3/") == ""
    assert "private network" in delivery.refusal_of("http://169.254.169.254/latest/meta-data/")


def test_a_name_that_leads_elsewhere_by_the_time_of_the_message_is_refused_then(settings, webhook, monkeypatch):
    settings.PRIVATE_WEBHOOKS = False
    make.edition()
    assert "private network" in delivery.send_waiting().failed[0]


# --- the hub of feeds -------------------------------------------------------------------------------------------------


def test_a_hub_is_told_of_every_feed_that_changes(settings, receiver):
    settings.WEBSUB_HUB, settings.SITE_URL = receiver.url, "https://fanguide.example"
    make.edition(cards=(make.card(tags=("Crew",)),))
    delivery.send_waiting()
    told = parse_qsl(receiver.requests[0].body.decode())
    assert told[0] == ("hub.mode", "publish")
    feeds = {url.removeprefix("https://fanguide.example/feeds/") for name, url in told if name == "hub.url"}
    assert {"articles.atom", "facts.json", "tags/ferries/facts.rss", "tags/crew/facts.atom"} <= feeds
    assert {"authors/mina-park/articles.json", "subjects/night-ferry/facts.atom"} <= feeds


def test_a_feed_says_which_hub_knows_of_it(settings, client: Client):
    make.edition()
    assert "Link" not in client.get("/feeds/facts.atom")
    settings.WEBSUB_HUB = "https://hub.example/"
    for path in ("/feeds/facts.atom", "/feeds/tags/ferries/articles.json"):
        assert client.get(path)["Link"] == (f'<https://hub.example/>; rel="hub", <http://testserver{path}>; rel="self"')


# --- operating --------------------------------------------------------------------------------------------------------


def test_the_command_sends_and_says_what_it_could_not(settings, receiver, capsys):
    settings.CACHE_PURGE_URLS = (receiver.url,)
    outbox.purge([FEATURED])
    call_command("send_outbox")
    assert capsys.readouterr().out == "Sent: 1.\n"
    receiver.status = 503
    outbox.purge([FEATURED])
    with pytest.raises(CommandError, match="503"):
        call_command("send_outbox")


def test_the_log_of_webhooks_goes_after_a_month(webhook, receiver):
    edition = make.edition()
    delivery.send_waiting()
    with later(days=31):
        publish_again(edition.article, title="Newer")
        sending.clean_up()
    assert [row.sent_at for row in OutboxMessage.objects.all()] == [None]
