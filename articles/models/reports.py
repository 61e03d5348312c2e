"""What readers report as wrong. The only rows that a visitor can make."""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, LinesField

#: The rate limit: how many reports are accepted within an hour from one sender, and from all senders together.
RATE_WINDOW = dt.timedelta(hours=1)
MAX_PER_SENDER, MAX_FOR_ALL = 5, 60
#: A sender's digest is needed for an hour; a reader's address as long as somebody may still want to answer.
SENDER_STORED = dt.timedelta(days=1)
EMAIL_STORED = dt.timedelta(days=90)
#: How many rows are cleared at once: nobody waits long for it, and the next report clears more.
CLEAR_BATCH = 500


class TooManyReportsError(Exception):
    """The rate limit is reached. `seconds`: after how many the next report is accepted."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def digest_of_sender(address: str, at: dt.datetime) -> str:
    """What stands for a network address on one day (UTC). Of IPv6 the first half counts: the rest is the sender's own.

    An address is short enough to be guessed by those who hold the secret key, so digests are cleared (`clear_expired`).
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a server behind a socket names none
        name = address
    else:
        mapped = getattr(found, "ipv4_mapped", None) or found
        name = str(ipaddress.ip_network((mapped, 64), strict=False)) if mapped.version == 6 else str(mapped)
    day = at.astimezone(dt.UTC).date().isoformat()
    return salted_hmac("articles.reports", f"{name} {day}", algorithm="sha256").hexdigest()[:32]


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(closed_at=None)

    @transaction.atomic
    def accept(self, report: Report) -> None:
        """Stores a report, and the same words once. Raises TooManyReportsError above the rate limit."""
        recent = self.filter(made_at__gt=report.made_at - RATE_WINDOW)
        own = recent.filter(sender=report.sender)
        if own.filter(public_id=report.public_id, words=report.words).exists():
            return
        for found, most in ((own, MAX_PER_SENDER), (recent, MAX_FOR_ALL)):
            times = list(found.order_by("-made_at").values_list("made_at", flat=True)[:most])
            if len(times) == most:
                raise TooManyReportsError(math.ceil((times[-1] + RATE_WINDOW - report.made_at).total_seconds()) or 1)
        report.save()
        self.clear_expired(report.made_at)

    def clear_expired(self, now: dt.datetime) -> None:
        """Clears senders and addresses whose time is over. There is no worker: each new or closed report does it."""
        self._clear(self.filter(made_at__lt=now - SENDER_STORED), "sender")
        self._clear(self.filter(closed_at__lt=now - EMAIL_STORED), "email")

    def _clear(self, found: models.QuerySet[Report], field: str) -> None:
        keys = found.exclude(**{field: ""}).order_by().values_list("pk", flat=True)[:CLEAR_BATCH]
        self.filter(pk__in=list(keys)).update(**{field: ""})


class Report(models.Model):
    """A reader says that a published fact is wrong. `sender` is a digest to count by, not to know by."""

    public_id = LineField(max_length=16, editable=False)  # of the fact
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="reports", editable=False)
    heading = LineField(max_length=250, editable=False)  # public heading of the fact at that time
    words = LinesField(_("what is wrong"), max_length=2000)
    source = models.URLField(_("where it can be looked up"), max_length=500, blank=True)
    email = models.EmailField(_("your address, if you want an answer"), blank=True)
    sender = LineField(max_length=32, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    answer = LinesField(_("what came of it"), max_length=2000, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["closed_at", "-made_at"]),
            models.Index(fields=["sender", "made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.words[:60]}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def reply_to(self) -> str:
        """Where an answer may go: nowhere once the address is due to be cleared."""
        is_due = self.closed_at is not None and self.closed_at < timezone.now() - EMAIL_STORED
        return "" if is_due else self.email

    def close(self, *, by: User) -> bool:
        """False when somebody has closed it already: their name stays."""
        now = timezone.now()
        closed = Report.objects.open().filter(pk=self.pk).update(closed_at=now, closed_by=by)
        Report.objects.clear_expired(now)
        self.refresh_from_db()
        return bool(closed)

    def reopen(self) -> None:
        self.closed_at = self.closed_by = None
        self.save(update_fields=["closed_at", "closed_by"])
