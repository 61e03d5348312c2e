"""Facts that somebody has picked: featured ones, those that an account has checked, those that a script asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, IntegerField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from articles.models.corrections import Correction
from articles.models.editions import Edition, PublishedFact
from articles.models.fact_checks import FactCheck
from articles.models.featured import MOST_FEATURED, FeaturedFact
from articles.models.queries import keys_in_any
from articles.reading.outputs import made
from articles.reading.rows import FactRow
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.facts import FACT_COLUMNS, row_of
from articles.reading.selectors.lists import SLUG
from articles.reading.selectors.prepared import NOW, Parameter, placeholder_values, placeholders, prepared

#: Of an account's newest looks at facts so many are asked which still hold, and so many of those are shown.
NEWEST_CHECKS, CHECKS_SHOWN = 60, 10
#: Among so many of the newest facts those about different subjects are looked for.
NEWEST_FACTS = 200

_ACCOUNT = Parameter("account", IntegerField())


class CheckedFact(NamedTuple):
    """A fact whose very words an account has found true, and the ISO day on which it did last."""

    fact: FactRow
    day: str


class FrontFacts(NamedTuple):
    """What editors have chosen, in their order; and the newest facts, one about each subject, none of them chosen."""

    featured: tuple[FactRow, ...]
    newest: tuple[FactRow, ...]


def front_facts(clock: PublicClock, how_many: int) -> FrontFacts:
    """Without those that no edition in force has. One query, and one more when the state is new."""
    ids = clock.cached("front-facts", lambda: _one_a_subject(clock.now, how_many + MOST_FEATURED))
    values = placeholder_values("fact", ids)
    found = _front(len(ids)).rows(now=clock.now, **values)
    featured = sorted((row for row in found if row[-1] is not None), key=lambda row: row[-1])
    newest = sorted((row for row in found if row[-1] is None), key=lambda row: ids.index(row[1]))
    rows = (made(row_of, (row[:-1] for row in part)) for part in (featured, newest[:how_many]))
    return FrontFacts(*rows)


@prepared
def _front(size: int) -> Any:
    position = FeaturedFact.objects.filter(public_id=OuterRef("public_id")).values("position")[:1]
    # A limit tells PostgreSQL that they are few; one to the whole query would have it look through all facts for them.
    wanted: list[Any] = [FeaturedFact.objects.values("public_id")[:MOST_FEATURED]]
    wanted += [placeholders("fact", size, CharField())] if size else []
    rows = (PublishedFact.objects.filter(public_id__in=each).values("pk") for each in wanted)
    found = _facts().filter(pk__in=keys_in_any(*rows)).annotate(position=Subquery(position))
    return found.values_list(*FACT_COLUMNS, "position")


def _one_a_subject(now: dt.datetime, how_many: int) -> list[str]:
    """Public ids of the newest fact about each subject, and of those about none of each article. Of a site about one
    subject, of its newest.
    """
    newest = list(_newest().rows(now=now))
    first = {subject or -edition: public_id for public_id, subject, edition in reversed(newest)}
    if len(first) == 1:
        return [row[0] for row in newest[:how_many]]
    return [row[0] for row in newest if row[0] in first.values()][:how_many]


@prepared
def _newest() -> Any:
    others: Any = _facts().exclude(public_id__in=FeaturedFact.objects.order_by().values("public_id"))
    return others.newest_first().values_list("public_id", "subject_id", "edition_id")[:NEWEST_FACTS]


def checked_facts(account: int, now: dt.datetime) -> tuple[CheckedFact, ...]:
    """The facts in force that this account has checked in these very words, the last look first. One query."""
    found = sorted(_checked().rows(now=now, account=account), key=lambda row: row[-1], reverse=True)
    return made(lambda row: CheckedFact(row_of(row[:-1]), row[-1]), found[:CHECKS_SHOWN])


@prepared
def _checked() -> Any:
    newest = FactCheck.objects.filter(checked_by=_ACCOUNT).order_by("-checked_on", "-pk")
    looks = FactCheck.objects.filter(public_id=OuterRef("public_id"), words=OuterRef("words"), checked_by=_ACCOUNT)
    last = Cast(Subquery(looks.order_by("-checked_on").values("checked_on")[:1]), TextField())
    ids = FactCheck.objects.filter(pk__in=newest.values("pk")[:NEWEST_CHECKS]).order_by().values("public_id")
    found = _facts().filter(Exists(looks), public_id__in=ids).annotate(day=last)
    return found.values_list(*FACT_COLUMNS, "day")


def facts_with_ids(public_ids: Sequence[str], subject: str, now: dt.datetime) -> tuple[FactRow, ...]:
    """Those that are in force and about the subject with this slug, without their tags. One query."""
    values = placeholder_values("fact", public_ids)
    return made(row_of, _with_ids(len(public_ids)).rows(now=now, slug=subject, **values)) if public_ids else ()


@prepared
def _with_ids(size: int) -> Any:
    found = _facts().filter(public_id__in=placeholders("fact", size, CharField()), subject__slug=SLUG)
    return found.values_list(*FACT_COLUMNS)


class SavedFact(NamedTuple):
    """A fact in force, and when it was last corrected."""

    fact: FactRow
    corrected_at: dt.datetime | None


def saved_facts(public_ids: Sequence[str], now: dt.datetime) -> tuple[SavedFact, ...]:
    """Those that are in force, without their tags. One query."""
    values = placeholder_values("fact", public_ids)
    found = _saved(len(public_ids)).rows(now=now, **values) if public_ids else ()
    return made(lambda row: SavedFact(row_of(row[:-1]), row[-1]), found)


@prepared
def _saved(size: int) -> Any:
    own = Correction.objects.filter(public_id=OuterRef("public_id"), kind=Edition.ChangeKind.CORRECTION, at__lte=NOW)
    found = _facts().filter(public_id__in=placeholders("fact", size, CharField()))
    return found.annotate(at=Subquery(own.order_by("-at").values("at")[:1])).values_list(*FACT_COLUMNS, "at")


def _facts() -> QuerySet[PublishedFact]:
    facts: QuerySet[PublishedFact] = PublishedFact.objects.in_force(at=NOW).once(at=NOW).order_by()
    return facts
