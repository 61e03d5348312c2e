"""The editorial life of an article as tables: the statuses, and the moves between them.

Buttons, confirmation pages, filters, tests and docs are made from these tables; `roles` says who may make a move.
A row here is the only place that says what is possible; `workflow` is the only code that carries it out.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown (this room does not know Django)."""
    return text


class Status(enum.StrEnum):
    """Of the working copy only. What the public sees is read from editions and the clock, never stored here."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    CHANGES_REQUESTED = "changes-requested"
    APPROVED = "approved"
    ARCHIVED = "archived"


STATUS_LABELS: Mapping[Status, str] = {
    Status.DRAFT: _("Draft"),
    Status.IN_REVIEW: _("In review"),
    Status.CHANGES_REQUESTED: _("Changes requested"),
    Status.APPROVED: _("Approved"),
    Status.ARCHIVED: _("Archived"),
}

ANY_STATUS = frozenset(Status)
UNARCHIVED = ANY_STATUS - {Status.ARCHIVED}


class Needs(enum.StrEnum):
    """What of the public timeline must be there before a move makes sense."""

    NOTHING = "nothing"
    LIVE = "live"  # a version is in force
    HAPPENED = "happened"  # a version or a takedown is in force
    WAITING = "waiting"  # an event lies ahead
    PUBLIC = "public"  # a version is in force or lies ahead
    NEITHER = "neither"  # nothing is live and nothing waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step in an article's life. `target` None leaves the status as it is (the step is one of the public line).

    `note`: "" none, "optional", "required". `takes_time`: the move asks for an instant. `takes_event`: it acts on one
    waiting event. `requires_seen_change`: the mover must name the change number that was read; any other is a conflict.
    `asks_change_kind`: where it changes words that readers have seen, it asks what kind of change that is, with a note
    for them. `respects_locks`: nobody makes it while another person has locked the article or a part of it.
    """

    name: str
    label: str
    done: str
    sources: frozenset[Status]
    target: Status | None
    permission: str
    needs: Needs = Needs.NOTHING
    needs_ready: bool = False
    requires_seen_change: bool = False
    not_by_submitter: bool = False
    takes_time: bool = False
    takes_event: bool = False
    note: str = ""
    asks_change_kind: bool = False
    respects_locks: bool = False
    is_destructive: bool = False


SUBMIT = Move(
    name="submit",
    label=_("Hand in"),
    done=_("handed in"),
    sources=frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}),
    target=Status.IN_REVIEW,
    permission="articles.submit_article",
    needs_ready=True,
    note="optional",
)
WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    done=_("withdrew"),
    sources=frozenset({Status.IN_REVIEW}),
    target=Status.DRAFT,
    permission="articles.submit_article",
)
SEND_BACK = Move(
    name="send-back",
    label=_("Send back"),
    done=_("sent back"),
    sources=frozenset({Status.IN_REVIEW, Status.APPROVED}),
    target=Status.CHANGES_REQUESTED,
    permission="articles.review_article",
    note="required",
)
APPROVE = Move(
    name="approve",
    label=_("Approve"),
    done=_("approved"),
    sources=frozenset({Status.IN_REVIEW}),
    target=Status.APPROVED,
    permission="articles.review_article",
    needs_ready=True,
    requires_seen_change=True,
    not_by_submitter=True,
    note="optional",
)
PUBLISH = Move(
    name="publish",
    label=_("Publish now"),
    done=_("published"),
    sources=frozenset({Status.APPROVED}),
    target=None,
    permission="articles.publish_article",
    requires_seen_change=True,
    asks_change_kind=True,
    respects_locks=True,
)
PUBLISH_APPROVED = Move(
    name="publish-approved",
    label=_("Publish what is approved"),
    done=_("published the approved parts of"),
    sources=frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED}),
    target=None,
    permission="articles.publish_article",
    requires_seen_change=True,
    asks_change_kind=True,
    respects_locks=True,
)
SCHEDULE = Move(
    name="schedule",
    label=_("Publish at a time"),
    done=_("scheduled"),
    sources=frozenset({Status.APPROVED}),
    target=None,
    permission="articles.publish_article",
    requires_seen_change=True,
    asks_change_kind=True,
    takes_time=True,
    respects_locks=True,
)
RESCHEDULE = Move(
    name="reschedule",
    label=_("Change the time"),
    done=_("rescheduled"),
    sources=ANY_STATUS,
    target=None,
    permission="articles.publish_article",
    needs=Needs.WAITING,
    takes_time=True,
    takes_event=True,
    respects_locks=True,
)
CANCEL = Move(
    name="cancel",
    label=_("Cancel"),
    done=_("cancelled"),
    sources=ANY_STATUS,
    target=None,
    permission="articles.publish_article",
    needs=Needs.WAITING,
    takes_event=True,
    is_destructive=True,
)
CARRY = Move(
    name="carry",
    label=_("Carry the fix into it"),
    done=_("carried a fix into a scheduled version of"),
    sources=ANY_STATUS,
    target=None,
    permission="articles.publish_article",
    needs=Needs.WAITING,
    takes_event=True,
    note="optional",
    respects_locks=True,
)
TAKE_DOWN = Move(
    name="take-down",
    label=_("Take down now"),
    done=_("took down"),
    sources=ANY_STATUS,
    target=None,
    permission="articles.publish_article",
    needs=Needs.LIVE,
    note="required",
    is_destructive=True,
)
TAKE_DOWN_AT = Move(
    name="take-down-at",
    label=_("Take down at a time"),
    done=_("scheduled a takedown of"),
    sources=ANY_STATUS,
    target=None,
    permission="articles.publish_article",
    needs=Needs.PUBLIC,
    takes_time=True,
    note="required",
    is_destructive=True,
)
UNDO_PUBLICATION = Move(
    name="undo-publication",
    label=_("Undo the last publication"),
    done=_("undid the last publication of"),
    sources=UNARCHIVED,
    target=None,
    permission="articles.publish_article",
    needs=Needs.HAPPENED,
    note="required",
    respects_locks=True,
    is_destructive=True,
)
ARCHIVE = Move(
    name="archive",
    label=_("Archive"),
    done=_("archived"),
    sources=UNARCHIVED,
    target=Status.ARCHIVED,
    permission="articles.review_article",
    needs=Needs.NEITHER,
    note="optional",
    is_destructive=True,
)
UNARCHIVE = Move(
    name="unarchive",
    label=_("Unarchive"),
    done=_("unarchived"),
    sources=frozenset({Status.ARCHIVED}),
    target=Status.DRAFT,
    permission="articles.review_article",
)

MOVES: tuple[Move, ...] = (
    SUBMIT,
    WITHDRAW,
    SEND_BACK,
    APPROVE,
    PUBLISH,
    PUBLISH_APPROVED,
    SCHEDULE,
    RESCHEDULE,
    CANCEL,
    CARRY,
    TAKE_DOWN,
    TAKE_DOWN_AT,
    UNDO_PUBLICATION,
    ARCHIVE,
    UNARCHIVE,
)
MOVES_BY_NAME: Mapping[str, Move] = {move.name: move for move in MOVES}
