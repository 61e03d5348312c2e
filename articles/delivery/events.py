"""What webhooks and the hub of feeds are told of an event of the timeline."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from articles.delivery.requests import Message
from articles.models import Edition, OutboxMessage, Tag

CONTENTS, FORMATS = ("articles", "facts"), ("atom", "rss", "json")


def webhook_message(row: OutboxMessage, seconds: int) -> Message:
    """Signed as Standard Webhooks 1.0 has it: over its id, the time of this try (Unix seconds) and the body. A receiver
    that has had the id drops it: after a lost answer it comes again.
    """
    if row.edition is None or row.webhook is None:
        raise ValueError("It is about nothing.")
    body = json.dumps(_payload(row.edition, row.payload["event"]), ensure_ascii=False).encode()
    message_id = f"msg_{row.pk}_{row.edition_id}"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Fanguide",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature(row.webhook.secret, message_id, seconds, body)}",
    }
    return Message("POST", row.target, headers, body)


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """HMAC with SHA-256, in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{seconds}.".encode() + body
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _payload(event: Edition, kind: str) -> dict[str, object]:
    """Of a takedown what stood there before: it has no words of its own."""
    version = _version(event)
    article = {"slug": version.slug, "title": version.title, "url": _url("article", version.slug)} if version else {}
    data = {"article": article, "change": event.change_kind, "note": event.change_note}
    return {"type": kind, "timestamp": event.visible_from.isoformat(), "data": data}


def _version(event: Edition) -> Edition | None:
    if not event.is_removal:
        return event
    before = Edition.objects.versions().filter(article=event.article_id, visible_from__lt=event.visible_from)
    return before.order_by("-visible_from").first()


def feed_message(row: OutboxMessage) -> Message:
    """All feeds that tell of the article, as publishers tell a hub of WebSub: `hub.url`, once for each."""
    if row.edition is None:
        raise ValueError("It is about nothing.")
    version = _version(row.edition)
    body = urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in sorted({*_feeds(version)}))])
    return Message("POST", row.target, {"Content-Type": "application/x-www-form-urlencoded"}, body.encode())


def _feeds(version: Edition | None) -> Iterable[str]:
    owners: list[tuple[str, ...]] = [()]
    if version:
        tags = Tag.objects.filter(fact_rows__fact__edition=version).distinct()
        owners += [("tags", slug) for slug in tags.values_list("slug", flat=True)]
        owners += [("tags", slug) for slug in version.tags.values_list("slug", flat=True)]
        owners += [("authors", slug) for slug in version.authors.values_list("slug", flat=True)]
        owners += [("subjects", version.subject.slug)] if version.subject else []
    for owner in owners:
        for content in CONTENTS:
            for suffix in FORMATS:
                if url := _url("feed-of" if owner else "feed", *owner, content, suffix):
                    yield url


def _url(name: str, *arguments: str) -> str:
    """ "" where a broken slug has no address."""
    try:
        return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
    except NoReverseMatch:
        return ""
