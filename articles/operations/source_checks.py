"""Looks whether the addresses of sources are still there, when somebody says so; and names archived copies of those
that are not.

Kindly: one request at a time, with a pause before a host is asked again; a host that does not answer, or that says
that it is too much, is left alone for the rest of the run. So is one that another run is asking just now.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.delivery import looking
from articles.delivery.looking import LONGEST, Looked, Outcome
from articles.models import FactCard, Source, SourceCheck
from articles.models.source_checks import sources_in_use

#: Seconds between two requests to one host.
PAUSE = 2.0
#: How long another run's question to a host counts as one that waits for its answer.
BUSY = dt.timedelta(minutes=1)
_TOO_MANY = 429
CHANGE = "articles.change_article"


@dataclass
class SourceReport:
    """How many addresses were looked at, by what was found; `left` are due and wait for another run."""

    found: Counter[str] = field(default_factory=Counter)
    left: int = 0

    @property
    def looked(self) -> int:
        return self.found.total()

    @property
    def gone(self) -> int:
        return self.found[SourceCheck.Outcome.GONE]


class _Pace:
    """Waits until a host may be asked again."""

    def __init__(self) -> None:
        self._asked: dict[str, float] = {}

    def wait(self, host: str) -> None:
        before = self._asked.get(host)
        if before is not None:
            time.sleep(max(0.0, before + PAUSE - time.monotonic()))
        self._asked[host] = time.monotonic()


def check_sources(*, days: int = 7, limit: int = 100, site: str = "", seconds: float | None = None) -> SourceReport:
    """Looks at the addresses that nobody has looked at within `days` days, those not looked at longest first: at most
    `limit` of them; of one host and those below it with `site`; for so many seconds.
    """
    SourceCheck.objects.exclude(url__in=Source.objects.values("url")).delete()
    due = [url for url in _due(days) if not site or _is_of(_host_of(url), site)]
    report, pace, resting = SourceReport(), _Pace(), set[str]()
    unknown: list[tuple[SourceCheck, Looked]] = []
    until = time.monotonic() + seconds if seconds is not None else None
    for url in _by_turns(due[:limit]):
        host = _host_of(url)
        left = LONGEST if until is None else until - time.monotonic()
        if host in resting or left <= 0:
            continue
        check = _taken(url, host)
        if check is None:
            resting.add(host)
            continue
        found = looking.look(url, pace.wait, min(left, LONGEST))
        if found.outcome is Outcome.NO_ANSWER or found.status == _TOO_MANY:
            resting.add(host)
        if found.outcome is Outcome.UNKNOWN_NAME:
            unknown.append((check, found))
        else:
            _note(check, found, report)
    _note_unknown(unknown, report)
    report.left = len(due) - report.looked
    return report


def _due(days: int) -> list[str]:
    before = timezone.now() - dt.timedelta(days=days)
    last = SourceCheck.objects.filter(url=OuterRef("url")).values("checked_at")[:1]
    rows = sources_in_use().order_by().values("url").annotate(last=Subquery(last)).distinct()
    ordered = rows.order_by(F("last").asc(nulls_first=True), "url").values_list("url", "last")
    return [url for url, last in ordered if last is None or last <= before]


def _by_turns(urls: list[str]) -> Iterator[str]:
    """A round of the hosts, and another one: so each has time between its questions."""
    of_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        of_host[_host_of(url)].append(url)
    for turn in range(max(map(len, of_host.values()), default=0)):
        yield from (mine[turn] for mine in of_host.values() if turn < len(mine))


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def _is_of(host: str, site: str) -> bool:
    site = site.lower().rstrip(".")
    return host == site or host.endswith(f".{site}")


def _taken(url: str, host: str) -> SourceCheck | None:
    """The row of an address that may be asked now; None while another run waits for this host."""
    now = timezone.now()
    waiting = SourceCheck.objects.filter(host=host, asked_at__gt=now - BUSY)
    if host and any(row.checked_at is None or row.checked_at < row.asked_at for row in waiting):
        return None
    check, is_new = SourceCheck.objects.get_or_create(url=url, defaults={"host": host, "asked_at": now})
    if not is_new:
        check.asked_at = now
        check.save(update_fields=["asked_at"])
    return check


def _note(check: SourceCheck, found: Looked, report: SourceReport, outcome: str = "") -> None:
    outcome = outcome or found.outcome
    check.note(outcome, status=found.status, said=found.said, at=timezone.now(), day=timezone.localdate())
    report.found[outcome] += 1


def _note_unknown(unknown: list[tuple[SourceCheck, Looked]], report: SourceReport) -> None:
    """A name that nobody knows is gone, if this machine reached anybody else in the same run: else it may be the one
    that is cut off.
    """
    is_online = any(report.found[each] for each in (Outcome.ANSWERS, Outcome.GONE, Outcome.UNCLEAR))
    for check, found in unknown:
        _note(check, found, report, SourceCheck.Outcome.GONE if is_online else SourceCheck.Outcome.NO_ANSWER)


# --- archived copies --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """In how many facts the copy was named, and a sentence for each in which it was not."""

    count: int
    refused: tuple[str, ...]


def name_copy(url: str, archived_url: str, *, by: User) -> Named:
    """Names the archived copy beside this address in each fact that uses it and that this person may change. Each is
    a save like any other: readers see it once its article is published again.
    """
    count, refused = 0, []
    wanted = sources_in_use().filter(url=url, archived_url="").values("card")
    for card in drafts.whole_cards(FactCard.objects.filter(pk__in=wanted)).select_related("article"):
        value = drafts.card_value(card)
        if not rights.may(by, CHANGE, card.article):
            refused.append(_("%(fact)s: you may not change its article.") % {"fact": card})
            continue
        sources = tuple(
            dataclasses.replace(source, archived_url=archived_url)
            if source.url == url and not source.archived_url
            else source
            for source in value.sources
        )
        try:
            drafts.save_card(card, dataclasses.replace(value, sources=sources), token=drafts.token(value), by=by)
            count += 1
        except (drafts.DraftError, drafts.StaleError) as error:
            refused.append(_("%(fact)s: %(problem)s") % {"fact": card, "problem": error})
    return Named(count, tuple(refused))
