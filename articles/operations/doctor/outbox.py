"""What others have still not been told: caches that show old pages, webhooks that do not answer, letters."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import delivery
from articles.models import OutboxMessage
from articles.operations.doctor.findings import Findings, error, warning

#: How long something may wait before it is told. A purge that waits is an old page before readers.
LATE = {OutboxMessage.Kind.PURGE: dt.timedelta(minutes=1), OutboxMessage.Kind.MAIL: dt.timedelta(minutes=10)}
LATE_OTHERS = dt.timedelta(hours=1)


def late() -> Findings:
    now = timezone.now()
    for kind in OutboxMessage.Kind:
        row = delivery.oldest_waiting(kind)
        if row is None or now - row.due_since < LATE.get(kind, LATE_OTHERS):
            continue
        minutes = int((now - row.due_since).total_seconds() // 60)
        told = {"target": row.target, "minutes": minutes, "error": row.error or _("nobody has tried")}
        if kind == OutboxMessage.Kind.MAIL:
            sentence = _("A letter has waited for %(minutes)s minutes (%(error)s).") % told
            yield warning("letters", sentence, _("See that the mail server answers; then run manage.py send_outbox."))
            continue
        sentence = _("%(target)s has not been told what changed for %(minutes)s minutes (%(error)s).") % told
        how = error if kind == OutboxMessage.Kind.PURGE else warning
        yield how("outbox", sentence, _("See that it answers; then run manage.py send_outbox."))


def given_up() -> Findings:
    """Of the days for which it can be seen what was told."""
    lost = OutboxMessage.objects.filter(given_up=True)
    if count := lost.filter(kind=OutboxMessage.Kind.MAIL).count():
        sentence = _("Letters that could not be delivered: %(count)s.") % {"count": count}
        yield warning("letters-lost", sentence, _("Look at them on the desk: Outbox. They go after 30 days."))
    if count := lost.exclude(kind=OutboxMessage.Kind.MAIL).count():
        sentence = _("Messages to webhooks and hubs that were given up: %(count)s.") % {"count": count}
        yield warning("outbox-lost", sentence, _("Look at them on the desk: Outbox. They go after 30 days."))
