"""“Interesting”: one vote a fact, network and day, from readers without an account.

What is stored for good is a number for each fact. On the day itself (UTC) there is a digest of each vote's network too,
made with a salt of that day: the next day's first vote throws the salt and the digests away. A salt that is gone makes
them worthless, an address is short enough to be guessed by whoever has it.

Readers see settled numbers: a fact's first FEWEST_SHOWN votes show at once, later ones with the first vote that comes
an hour after numbers were settled. So a flood of votes makes no flood of changed pages: caches are told to forget
those of settled numbers, once an hour. `PublishedFact.interest` holds what readers see, and the index sorts by it.

What this cannot prevent: a house, a school or a mobile provider's customers behind one network have one vote a day
between them; who can use many networks can vote from each.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.crypto import salted_hmac

from articles.document.rules import ID_LENGTH
from articles.models.editions import PublishedFact
from articles.models.fields import LineField
from articles.models.networks import network_of
from articles.models.public_groups import purge_facts
from articles.models.waiting import short_wait

#: From so many votes on a fact's number is shown, and counts in the order of the index.
FEWEST_SHOWN = 5
#: Of how many networks of one region of the net (IPv4 /16, IPv6 /32) a fact's votes are counted on a day.
MOST_PER_REGION = 20
#: How many votes one network has on a day, by how many of all networks are stored: (below so many, so many).
#: Who votes little is counted to the end; beyond the last step nothing is stored, so the table has an end.
ALLOWANCES = ((20_000, 100), (60_000, 20), (120_000, 5), (200_000, 1))
#: How often numbers are settled.
SETTLED_EVERY = dt.timedelta(hours=1)
#: Milliseconds, for the lock of the database.
LONGEST_WAIT = 500


class VoteRefusedError(Exception):
    """A vote that is not counted, since too many came from one network, from its region, or from all of them."""


class VoteDay(models.Model):
    """The day on which votes are stored, with the salt of their digests, and when numbers were settled last."""

    day = models.DateField(unique=True)
    salt = LineField(max_length=64)
    stored = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()


class VoteQuerySet(models.QuerySet["Vote"]):
    def cast(self, public_id: str, address: str, now: dt.datetime) -> bool:
        """Counts a vote for the fact from the network of `address`. False where that network has voted for it today.

        Raises VoteRefusedError above the limits; and DatabaseError where nothing can be written at once. What is not
        counted waits for no lock, so a flood of it holds up nobody who writes.
        """
        today = VoteDay.objects.filter(day=_date_of(now)).first()
        if today is not None and not self._is_new(Vote.of(public_id, address, today), today):
            return False
        with short_wait(LONGEST_WAIT), transaction.atomic():
            today = _day_of(now)
            vote = Vote.of(public_id, address, today)
            if not self._is_new(vote, today):
                return False
            vote.save()
            VoteDay.objects.filter(pk=today.pk).update(stored=F("stored") + 1)
            VoteCount.objects.add_one(public_id)
        return True

    def _is_new(self, vote: Vote, today: VoteDay) -> bool:
        of_fact, of_network = self.filter(public_id=vote.public_id), self.filter(network=vote.network)
        if of_fact.filter(network=vote.network).exists():
            return False
        allowance = next((most for below, most in ALLOWANCES if today.stored < below), 0)
        if of_network.count() >= allowance or of_fact.filter(region=vote.region).count() >= MOST_PER_REGION:
            raise VoteRefusedError
        return True


class Vote(models.Model):
    """A vote of today: for which fact, and digests of its network and of the region of the net that this is in."""

    public_id = LineField(max_length=ID_LENGTH)
    network = LineField(max_length=32)
    region = LineField(max_length=32)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["public_id", "network"], name="vote_once_a_day")]
        indexes: ClassVar = [models.Index(fields=["network"]), models.Index(fields=["public_id", "region"])]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def of(cls, public_id: str, address: str, today: VoteDay) -> Vote:
        network, region = (_digest(today, network_of(address, v4=v4, v6=v6)) for v4, v6 in ((24, 56), (16, 32)))
        return cls(public_id=public_id, network=network, region=region)


class VoteCountQuerySet(models.QuerySet["VoteCount"]):
    def add_one(self, public_id: str) -> None:
        of_fact = self.filter(public_id=public_id)
        if not of_fact.update(votes=F("votes") + 1):
            self.create(public_id=public_id, votes=1)
        of_fact.filter(votes=FEWEST_SHOWN).settle()

    def settle(self) -> None:
        """Makes the numbers of these facts public, as far as they are new and there are enough."""
        new = self.filter(votes__gte=FEWEST_SHOWN).exclude(votes=F("settled"))
        settled = list(new.values_list("public_id", flat=True))
        number = VoteCount.objects.filter(public_id=OuterRef("public_id")).values("votes")
        facts = PublishedFact.objects.filter(public_id__in=new.values("public_id"))
        facts.update(interest=Subquery(number[:1]))
        new.update(settled=F("votes"))
        purge_facts(settled)


class VoteCount(models.Model):
    """How many votes a fact has had in all, and how many of them are public."""

    public_id = LineField(max_length=ID_LENGTH, unique=True)
    votes = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)

    objects = VoteCountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_id}: {self.votes}"


def settled_numbers(public_ids: list[str]) -> dict[str, int]:
    """What readers see of these facts: for the rows that a publication makes of them. One query."""
    counts = VoteCount.objects.filter(public_id__in=public_ids, settled__gt=0)
    return dict(counts.values_list("public_id", "settled"))


def _day_of(now: dt.datetime) -> VoteDay:
    """Today, and nothing of the days before. The first vote after an hour settles what came before it."""
    salt = {"salt": secrets.token_hex(32), "settled_at": now}
    day, is_new = VoteDay.objects.get_or_create(day=_date_of(now), defaults=salt)
    if is_new:
        Vote.objects.all().delete()
        VoteDay.objects.exclude(pk=day.pk).delete()
    if is_new or now - day.settled_at >= SETTLED_EVERY:
        VoteCount.objects.all().settle()
        VoteDay.objects.filter(pk=day.pk).update(settled_at=now)
    return day


def _date_of(now: dt.datetime) -> dt.date:
    return now.astimezone(dt.UTC).date()


def _digest(day: VoteDay, network: str) -> str:
    return salted_hmac("articles.votes", network, secret=day.salt, algorithm="sha256").hexdigest()[:32]
