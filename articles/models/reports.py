"""What readers report as wrong.

No report is refused for coming in a flood. What is more than editors can read waits in a pile of its own ("held"),
which has an end: there the sender with the most in it makes room for the next one, so whoever floods displaces their
own.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, LinesField
from articles.models.networks import network_of

RATE_WINDOW = dt.timedelta(hours=1)
#: How many reports of one sender, and of that sender's network, reach the editors' list within an hour, by how many of
#: all senders reached it: (below so many, so many, so many). Beyond the last step all are held.
ALLOWANCES = ((60, 5, 15), (120, 2, 5), (240, 1, 2))
#: How many may wait in the editors' list, and in the pile.
MOST_OPEN, MOST_HELD = 2000, 1000
#: A sender's digest is needed for an hour; a reader's address as long as somebody may still want to answer.
SENDER_STORED = dt.timedelta(days=1)
EMAIL_STORED = dt.timedelta(days=90)
#: How many rows are cleared at once: nobody waits long for it, and the next report clears more.
CLEAR_BATCH = 500


class TooManyReportsError(Exception):
    """The rate limit of a review link is reached. `seconds`: after how many the next report is accepted."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def digest_of_sender(address: str, at: dt.datetime, *, v4: int = 32, v6: int = 64) -> str:
    """What stands for a network address on one day (UTC). Of IPv6 the first half counts: the rest is the sender's own.
    With fewer bits it stands for the network around the sender.

    An address is short enough to be guessed by those who hold the secret key, so digests are cleared (`clear_expired`).
    """
    name, day = network_of(address, v4=v4, v6=v6), at.astimezone(dt.UTC).date().isoformat()
    return salted_hmac("articles.reports", f"{name} {day}", algorithm="sha256").hexdigest()[:32]


def require_below_limit(recent: models.QuerySet[Any], most: int, now: dt.datetime) -> None:
    """Raises TooManyReportsError where `recent`, rows with a `made_at` within RATE_WINDOW, are as many as may come."""
    times = list(recent.order_by("-made_at").values_list("made_at", flat=True)[:most])
    if len(times) == most:
        raise TooManyReportsError(math.ceil((times[-1] + RATE_WINDOW - now).total_seconds()) or 1)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        """In the editors' list."""
        return self.filter(closed_at=None, is_held=False)

    def held(self) -> ReportQuerySet:
        """In the pile of what came in floods."""
        return self.filter(closed_at=None, is_held=True)

    def close_all(self, keys: Iterable[int], *, by: User) -> int:
        """Closes those of these reports that nobody has closed, and says how many."""
        now = timezone.now()
        closed = self.filter(pk__in=list(keys), closed_at=None).update(closed_at=now, closed_by=by)
        self.clear_expired(now)
        return closed

    @transaction.atomic
    def accept(self, report: Report) -> bool:
        """Stores a report, and the same words once. Whether it is in the editors' list, and not in the pile."""
        recent = self.filter(made_at__gt=report.made_at - RATE_WINDOW)
        same = recent.filter(sender=report.sender, public_id=report.public_id, words=report.words).first()
        if same is not None:
            return not same.is_held
        listed = recent.filter(is_held=False)
        steps = (step[1:] for step in ALLOWANCES if listed.count() < step[0])
        of_sender, of_network = next(steps, (0, 0))
        report.is_held = (
            recent.filter(sender=report.sender).count() >= of_sender
            or listed.filter(network=report.network).count() >= of_network
            or self.open().count() >= MOST_OPEN
        )
        report.save()
        self._make_room()
        self.clear_expired(report.made_at)
        return not report.is_held

    def _make_room(self) -> None:
        """Of the sender who has the most in the pile the oldest report goes, where the pile is full."""
        held = self.held().order_by()
        if held.count() > MOST_HELD:
            most = (
                held.values("sender").annotate(n=Count("pk")).order_by("-n", "sender").values_list("sender", flat=True)
            )
            oldest = held.filter(sender=most.first()).order_by("made_at", "pk").values_list("pk", flat=True).first()
            self.filter(pk=oldest or 0).delete()

    def clear_expired(self, now: dt.datetime) -> None:
        """Clears senders and addresses whose time is over. There is no worker: each new or closed report does it."""
        for field in ("sender", "network"):
            self._clear(self.filter(made_at__lt=now - SENDER_STORED), field)
        self._clear(self.filter(closed_at__lt=now - EMAIL_STORED), "email")

    def _clear(self, found: models.QuerySet[Report], field: str) -> None:
        keys = found.exclude(**{field: ""}).order_by().values_list("pk", flat=True)[:CLEAR_BATCH]
        self.filter(pk__in=list(keys)).update(**{field: ""})


class Report(models.Model):
    """A reader says that a published fact is wrong. `sender` and `network` are digests to count by, not to know by."""

    public_id = LineField(max_length=16, editable=False)  # of the fact
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="reports", editable=False)
    heading = LineField(max_length=250, editable=False)  # public heading of the fact at that time
    words = LinesField(_("what is wrong"), max_length=2000)
    source = models.URLField(_("where it can be looked up"), max_length=500, blank=True)
    email = models.EmailField(_("your address, if you want an answer"), blank=True)
    sender = LineField(max_length=32, editable=False)
    network = LineField(max_length=32, blank=True, editable=False)
    is_held = models.BooleanField(default=False, editable=False)  # it came in a flood: see ReportQuerySet.accept
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
            models.Index(fields=["closed_at", "is_held", "-made_at"]),
            models.Index(fields=["made_at"]),
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
        closed = Report.objects.filter(pk=self.pk, closed_at=None).update(closed_at=now, closed_by=by)
        Report.objects.clear_expired(now)
        self.refresh_from_db()
        return bool(closed)

    def reopen(self) -> None:
        """Puts it into the editors' list, out of what is done or held."""
        self.closed_at = self.closed_by = None
        self.is_held = False
        self.save(update_fields=["closed_at", "closed_by", "is_held"])
