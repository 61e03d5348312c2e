"""What a move of the public line will do, true by construction: it is made, looked at, and rolled back."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import publishing, states
from articles.models import Article, Edition
from articles.publishing import Answer, CorrectionState, FactState, FeedState, PublicSnapshot, Scope
from articles.states import Move
from articles.workflow import moves, possible, remarks
from articles.workflow.errors import WorkflowError

#: The moves whose effect can be told beforehand.
PLANNED_MOVES = frozenset(
    {
        states.PUBLISH,
        states.PUBLISH_APPROVED,
        states.SCHEDULE,
        states.RESCHEDULE,
        states.CANCEL,
        states.CARRY,
        states.TAKE_DOWN,
        states.TAKE_DOWN_AT,
        states.UNDO_PUBLICATION,
    }
)
#: Stands for the words that nobody has written yet.
_SOME_NOTE = "…"


@dataclass(frozen=True)
class TagChange:
    name: str
    slug: str
    was: int
    now: int


@dataclass(frozen=True)
class PublishPlan:
    """The public state at `at` with the move, compared with that without it.

    `refused`: the sentence with which it would be refused; then nothing else is told. `is_kind_open`: the kind of the
    change is not chosen yet; it is told as for a clarification. `unmade` are addresses that would be there without it
    (404 then), `reserved` and `released` those that are kept for the article from the moment of the move, or no longer.
    `later` compares at another instant, where the move has two (RESCHEDULE).
    """

    at: dt.datetime
    refused: str = ""
    is_kind_open: bool = False
    made: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    redirected: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()
    facts_added: tuple[FactState, ...] = ()
    facts_changed: tuple[FactState, ...] = ()
    facts_removed: tuple[FactState, ...] = ()
    renumbered: int = 0
    opened: tuple[FactState, ...] = ()
    index_was: int = 0
    index_now: int = 0
    tags: tuple[TagChange, ...] = ()
    feed_was: FeedState | None = None
    feed_now: FeedState | None = None
    corrections: tuple[CorrectionState, ...] = ()
    corrections_hidden: tuple[CorrectionState, ...] = ()
    reserved: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    later: PublishPlan | None = None

    @property
    def feed(self) -> str:
        """What happens to the article's entry in the feed: "new", "updated", "gone" or nothing."""
        was, now = (state if state and state.is_in_feed else None for state in (self.feed_was, self.feed_now))
        if was == now or (
            was and now and (was.modified_at, was.title, was.path) == (now.modified_at, now.title, now.path)
        ):
            return ""
        return "updated" if was and now else "new" if now else "gone"

    @property
    def is_nothing(self) -> bool:
        addresses = self.made or self.changed or self.redirected or self.gone or self.unmade
        return not (addresses or self.feed or self.corrections or self.corrections_hidden)


def plan_of(move: Move, article: Article, by: User, **how: Any) -> PublishPlan:
    """What `make(move, article, by=by, **how)` would do now; nothing stays changed. What `how` lacks of notes, kinds
    and the open remarks that were read is filled in. Raises PermissionDenied.
    """
    at = how.get("at") if move.takes_time else None
    is_kind_open = possible.asks_change_kind(move, article, at) and not how.get("kind")
    how = {"change": article.change} | how
    if "despite" not in how:
        how["despite"] = remarks.open_remarks_of(article).key
    how["note"] = how.get("note") or _SOME_NOTE
    how["kind"] = how.get("kind") or (Edition.ChangeKind.CLARIFICATION if is_kind_open else "")
    instants = _instants(move, at, how.get("event"))
    scope = _scope(article, instants or [timezone.now()])
    try:
        with transaction.atomic():
            moves.make(move, article, by=by, **how)
            instants = instants or [timezone.now()]
            scope |= _scope(article, instants)
            after = [publishing.snapshot_of(article, instant, scope) for instant in instants]
            transaction.set_rollback(True)
    except WorkflowError as error:
        return PublishPlan(at or timezone.now(), refused=str(error))
    before = [publishing.snapshot_of(article, instant, scope) for instant in instants]
    plans = [compare(*pair, is_kind_open=is_kind_open) for pair in zip(before, after, strict=True)]
    return replace(plans[0], later=plans[1]) if len(plans) > 1 else plans[0]


def _instants(move: Move, at: dt.datetime | None, event: Edition | None) -> list[dt.datetime]:
    """Those from which readers see something else, in order; none where that is now."""
    takes_place = event.visible_from if event and move.takes_event else None
    return sorted({instant for instant in (at, takes_place) if instant})


def _scope(article: Article, instants: Sequence[dt.datetime]) -> Scope:
    scopes = [publishing.scope_of(article, instant) for instant in instants]
    return functools.reduce(operator.or_, scopes)


def compare(before: PublicSnapshot, after: PublicSnapshot, *, is_kind_open: bool = False) -> PublishPlan:
    return PublishPlan(
        at=after.at,
        is_kind_open=is_kind_open,
        **_of_addresses(before.addresses, _with_moved_facts(before, after)),
        **_of_facts(before.facts, after.facts),
        index_was=before.index_count,
        index_now=after.index_count,
        tags=tuple(
            TagChange(*tag, before.tags.get(tag, 0), after.tags.get(tag, 0))
            for tag in sorted({*before.tags, *after.tags})
            if before.tags.get(tag, 0) != after.tags.get(tag, 0)
        ),
        feed_was=before.feed,
        feed_now=after.feed,
        corrections=_in_order(after.corrections - before.corrections),
        corrections_hidden=_in_order(before.corrections - after.corrections),
        reserved=tuple(sorted(after.reserved - before.reserved)),
        released=tuple(sorted(before.reserved - after.reserved)),
    )


def _with_moved_facts(before: PublicSnapshot, after: PublicSnapshot) -> dict[str, Answer]:
    """All addresses after, with those of facts that have another one now (they lead there) or are shown no more."""
    found = dict(after.addresses)
    for public_id, fact in before.facts.items():
        now = after.facts.get(public_id)
        if fact.path not in found and (now or public_id in after.known_facts):
            found[fact.path] = Answer(target=now.path) if now else Answer()
    return found


def _of_addresses(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> dict[str, Any]:
    differing = {path: answer for path, answer in sorted(after.items()) if before.get(path) != answer}
    shown = [path for path, answer in differing.items() if answer.words]
    was_shown = {path for path, answer in before.items() if answer.words}
    return {
        "made": tuple(path for path in shown if path not in was_shown),
        "changed": tuple(path for path in shown if path in was_shown),
        "redirected": tuple((path, answer.target) for path, answer in differing.items() if answer.target),
        "gone": tuple(path for path, answer in differing.items() if answer.is_gone),
        "unmade": tuple(sorted(was_shown - after.keys())),
    }


def _of_facts(before: Mapping[str, FactState], after: Mapping[str, FactState]) -> dict[str, Any]:
    both = [(before[public_id], now) for public_id, now in after.items() if public_id in before]
    return {
        "facts_added": tuple(now for public_id, now in after.items() if public_id not in before),
        "facts_changed": tuple(now for was, now in both if _told(was) != _told(now)),
        "facts_removed": tuple(was for public_id, was in before.items() if public_id not in after),
        "renumbered": sum(was.number != now.number for was, now in both),
        "opened": tuple(now for was, now in both if _is_opened(was.spoiler_after, now.spoiler_after)),
    }


def _told(fact: FactState) -> tuple[str, str, str, int | None]:
    return fact.heading, fact.path, fact.words, fact.spoiler_after


def _is_opened(was: int | None, now: int | None) -> bool:
    """Whether somebody sees a fact now for whom it was closed."""
    return was is not None and (now is None or now < was)


def _in_order(found: frozenset[CorrectionState]) -> tuple[CorrectionState, ...]:
    return tuple(sorted(found, key=lambda each: (each.at, each.place)))
