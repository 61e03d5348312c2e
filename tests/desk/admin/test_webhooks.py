"""Webhooks on the desk: whom the site tells, and what it told them."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import OutboxMessage, Webhook
from tests import make

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_webhook_add")
LIST = reverse("admin:articles_outboxmessage_changelist")


@pytest.fixture
def by_admin(client: Client) -> Client:
    client.force_login(make.admin())
    return client


def test_an_admin_registers_one_and_reads_its_secret(by_admin: Client, settings):
    settings.PRIVATE_WEBHOOKS = True
    data = {"name": "Build", "url": "http://10.1.2.3/told", "is_active": "on"}
    assert "whsec_" not in by_admin.get(ADD).content.decode()
    assert by_admin.post(ADD, data).status_code == 302
    webhook = Webhook.objects.get()
    page = by_admin.get(reverse("admin:articles_webhook_change", args=[webhook.pk])).content.decode()
    assert webhook.secret in page
    assert len(webhook.secret) > 40


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://fanguide.example/",
        "javascript:alert(1)",
        "http://me:word@93.184.216.34/",
        "http://127.0.0.1/",
        "http://[::1]:8000/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.7/",
        "https://[",
        "http:///",
    ],
)
def test_an_address_that_leads_inside_or_nowhere_is_refused(by_admin: Client, url: str):
    answer = by_admin.post(ADD, {"name": "Build", "url": url, "is_active": "on"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["url"]
    assert not Webhook.objects.exists()


def test_the_outbox_shows_what_was_told_and_changes_nothing(by_admin: Client):
    assert by_admin.get(LIST).status_code == 200
    row = OutboxMessage.objects.create(kind="webhook", target="https://there.example/", error="503 Busy", tries=3)
    assert "503 Busy" in by_admin.get(LIST).content.decode()
    page = reverse("admin:articles_outboxmessage_change", args=[row.pk])
    assert by_admin.get(page).status_code == 200
    assert by_admin.post(page, {"target": "https://elsewhere.example/"}).status_code == 403
    assert by_admin.get(reverse("admin:articles_outboxmessage_add")).status_code == 403


def test_editors_and_writers_have_no_part_in_it(client: Client):
    for person in (make.editor(), make.writer()):
        client.force_login(person)
        assert [client.get(path).status_code for path in (ADD, LIST)] == [403, 403]
