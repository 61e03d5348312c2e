"""A stamp of all that readers see: another one once anything of it was changed by an act.

What lies ahead changes by the clock alone, so the instants of the timeline belong to it (reading.selectors.clock).
"""

from __future__ import annotations

import secrets

from django.db import models, transaction
from django.db.models import Subquery, Sum

#: So few bits that the sum of thousands of parts is exact in both databases.
_BITS = 50


class StampPart(models.Model):
    """The stamp is the sum of all parts. An act gives one of them another value, at random: so a stamp never comes
    back, not even where a backup of the site was restored, and it changes in whatever order transactions are committed.

    A part that another transaction has changed stays locked until it ends. Nobody waits for it: another part is taken,
    or a new one made. So there are as many as there were acts at once, and on SQLite, where one writes at a time, one.
    """

    value = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.value)


@transaction.atomic(savepoint=False)
def change_stamp() -> None:
    """One short statement, in the transaction of the act."""
    free = StampPart.objects.select_for_update(skip_locked=True).order_by("pk").values("pk")[:1]
    value = secrets.randbits(_BITS)
    if not StampPart.objects.filter(pk=Subquery(free)).update(value=value):
        StampPart.objects.create(value=value)


def stamp() -> Subquery:
    """The stamp as a column of another query; None while nothing has ever changed."""
    everything = StampPart.objects.order_by().values(one=models.Value(1))
    return Subquery(everything.annotate(stamp=Sum("value")).values("stamp"))
