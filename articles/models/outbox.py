"""The outbox: what others have to be told once an act is committed, written in the transaction of that act.

`delivery` sends it. A row is tried until it worked (a purge), or until it has grown old (webhooks, hubs, letters);
webhooks stay for a while as their own log. `models.letters` writes the letters.
"""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import cache_groups, public_state
from articles.models.cache_groups import FACTS, Group, GroupKind
from articles.models.fields import LineField

URL_LENGTH = 500

#: Set when something was put into the outbox by this process, after the commit: its sender (delivery) waits for it.
something_new = threading.Event()


def new_secret() -> str:
    """As Standard Webhooks writes a key: the prefix, and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


class Webhook(models.Model):
    """An address that is told of every public event, in JSON signed as Standard Webhooks 1.0 has it."""

    name = LineField(_("name"), max_length=100, unique=True)
    url = LineField(_("address"), max_length=URL_LENGTH)
    secret = LineField(
        _("secret"),
        max_length=100,
        default=new_secret,
        editable=False,
        help_text=_("The receiver checks the signature of each message with it."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name


class OutboxMessage(models.Model):
    """One thing to tell one receiver. `edition`: the event that it is about; where that is cancelled the row goes."""

    class Kind(models.TextChoices):
        PURGE = "purge", _("cache")
        FEEDS = "feeds", _("hub of feeds")
        WEBHOOK = "webhook", _("webhook")
        MAIL = "mail", _("letter")

    kind = LineField(_("kind"), max_length=10, choices=Kind)
    target = LineField(_("receiver"), max_length=URL_LENGTH)
    webhook = models.ForeignKey(Webhook, models.CASCADE, null=True, related_name="messages")
    edition = models.ForeignKey("articles.Edition", models.CASCADE, null=True, related_name="+")
    payload: models.JSONField[Any, Any] = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    due_since = models.DateTimeField(default=timezone.now)  # from when on it should have been told
    due_at = models.DateTimeField(_("next try"), default=timezone.now)  # while it is sent: when another may take it
    tries = models.PositiveIntegerField(_("tries"), default=0)
    error = LineField(_("last answer"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    given_up = models.BooleanField(_("given up"), default=False)

    class Meta:
        ordering: ClassVar[Any] = ("-pk",)
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, given_up=False),
                name="outbox_waiting",
            ),
            models.Index(fields=["made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


def purges_caches() -> bool:
    """Whether anybody keeps answers who wants to be told; what it takes to know which is spared elsewhere."""
    return bool(settings.CACHE_PURGE_URLS)


def purge(groups: Iterable[Group] | Callable[[], Iterable[Group]]) -> None:
    """Has every cache forget the answers of these groups, once the transaction is committed: those in front of the
    site, and the site's own memory, which forgets all (models.public_state). Whatever changes what readers see comes by
    here. A function is called only where there are caches in front.
    """
    public_state.change_stamp()
    if not purges_caches():
        return
    names = sorted(cache_groups.affected(groups() if callable(groups) else groups))
    if names:
        put(OutboxMessage(kind=_PURGE, target=url, payload=names) for url in settings.CACHE_PURGE_URLS)


def purge_names(kind: str, slugs: Iterable[str]) -> None:
    """Has caches forget whatever names the subjects, tags or authors of these slugs (GroupKind says the same words)."""
    of_kind = GroupKind(kind)
    found = {Group(each, slug) for slug in slugs for each in (of_kind, GroupKind(f"{of_kind}-name"))}
    if found:
        purge({*found, FACTS})  # what the index offers stands there by name


@contextmanager
def names_purged(row: Any) -> Iterator[None]:
    """The save of a subject, tag or author: `purge_names` where it changes what is stored. A new one is unseen."""
    is_new, before = row.pk is None, _stored(row) if row.pk and purges_caches() else None
    yield
    if not is_new and not purges_caches():
        purge(())
    elif before and before != _stored(row):
        purge_names(row.address_kind, [before["slug"], row.slug])


def _stored(row: Any) -> dict[str, Any] | None:
    found = type(row)._base_manager.filter(pk=row.pk).values().first()
    return {name: value for name, value in found.items() if name != "changed_at"} if found else None


def purge_everything() -> None:
    """For what changes more than can be named: another database, counts made anew."""
    purge([cache_groups.SITE])


def announce(edition: Any, event: str) -> None:
    """Tells webhooks and the hub of feeds of an event of the timeline, at the instant at which readers see it."""
    at = max(edition.visible_from, timezone.now())
    rows = [
        OutboxMessage(
            kind=OutboxMessage.Kind.WEBHOOK,
            target=webhook.url,
            webhook=webhook,
            edition=edition,
            payload={"event": event},
            due_since=at,
            due_at=at,
        )
        for webhook in Webhook.objects.filter(is_active=True)
    ]
    if settings.WEBSUB_HUB:
        rows.append(
            OutboxMessage(
                kind=OutboxMessage.Kind.FEEDS, target=settings.WEBSUB_HUB, edition=edition, due_since=at, due_at=at
            )
        )
    put(rows)


def put(messages: Iterable[OutboxMessage]) -> None:
    if OutboxMessage.objects.bulk_create(messages):
        transaction.on_commit(something_new.set, robust=True)


def unsent() -> models.QuerySet[OutboxMessage]:
    """What is to be sent, now or later."""
    return OutboxMessage.objects.filter(sent_at=None, given_up=False)


_PURGE = OutboxMessage.Kind.PURGE
