"""Whether the machine's clock can be believed: nothing is filed before what was made already.

Instants decide which version is in force. A clock that was set back would file a new version before the old one, and
the old words would return. There is no tolerance: a small difference is over as soon as it has passed.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ClockDecision, Edition

NOTE_LENGTH = ClockDecision._meta.get_field("note").max_length or 0


class ClockError(Exception):
    """The clock stands before something that it has seen; the message is a sentence that names both times."""


def now() -> dt.datetime:
    """The instant that counts as now. Raises ClockError. One query, asked before the clock: what another process
    makes in between is not older than the answer.
    """
    decided = _last_decision()
    newest = _uncovered().values("made_at")[:1]
    asked = Edition.objects.order_by().values_list(Subquery(newest), Subquery(decided.values("clock_at")[:1]))
    found = max(filter(None, asked.first() or ()), default=None)
    says = timezone.now()
    if found and says < found:
        raise ClockError(_sentence(says, found))
    return says


@transaction.atomic
def accept_clock(note: str = "") -> ClockDecision | None:
    """Puts on record that the clock is right as it is now; None where it stands after everything that was made."""
    newest = _uncovered().values_list("made_at", flat=True).first()
    decided = _last_decision().values_list("clock_at", flat=True).first()
    says = timezone.now()
    latest = max(filter(None, (newest, decided)), default=None)
    if latest is None or latest <= says:
        return None
    last = Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return ClockDecision.objects.create(clock_at=says, newest_made_at=latest, last_event=last, note=note)


def _last_decision() -> QuerySet[ClockDecision]:
    return ClockDecision.objects.order_by("-pk")


def _uncovered() -> QuerySet[Edition]:
    """The events that were made after the last decision, the newest first."""
    covered = Coalesce(Subquery(_last_decision().values("last_event")[:1]), Value(0), output_field=BigIntegerField())
    return Edition.objects.filter(pk__gt=covered).order_by("-made_at")


def _sentence(says: dt.datetime, made: dt.datetime) -> str:
    sentence = _(
        "The clock of this machine says %(now)s, but something was published at %(made)s: it was ahead then, or has "
        "been set back. Nothing is published until it is later than that, or until somebody who looks after the "
        "machine finds that the clock is right and says so: manage.py accept_clock."
    )
    times = {"now": says, "made": made}
    return sentence % {name: timezone.localtime(at).isoformat(" ", "milliseconds") for name, at in times.items()}
