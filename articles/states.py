"""The editorial life of an article as tables: the statuses, the moves between them, and who may make them.

Buttons, confirmation pages, permissions, groups, filters, tests and docs are made from these tables. A row here is
the only place that says what is possible; `workflow` is the only code that carries it out.
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
    WAITING = "waiting"  # an event lies ahead
    PUBLIC = "public"  # a version is in force or lies ahead
    NEITHER = "neither"  # nothing is live and nothing waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step in an article's life. `target` None leaves the status as it is (the step is one of the public line).

    `note`: "" none, "optional", "required". `takes_time`: the move asks for an instant. `takes_event`: it acts on one
    waiting event. `requires_seen_change`: the mover must name the change number that was read; any other is a conflict.
    `asks_change_kind`: where it changes words that readers have seen, it asks what kind of change that is, with a note
    for them.
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
    SCHEDULE,
    RESCHEDULE,
    CANCEL,
    TAKE_DOWN,
    TAKE_DOWN_AT,
    ARCHIVE,
    UNARCHIVE,
)
MOVES_BY_NAME: Mapping[str, Move] = {move.name: move for move in MOVES}


# --- who may do what --------------------------------------------------------------------------------------------------


class Role(enum.StrEnum):
    """Names of the groups. A person may be in several."""

    WRITER = _("Writers")
    EDITOR = _("Editors")
    ADMIN = _("Admins")


#: Acting on (and seeing) an article that somebody else owns needs this beside the act's own permission.
ANY_ARTICLE = "articles.edit_any_article"

_WRITER = frozenset(
    {
        "articles.view_article",
        "articles.add_article",
        "articles.change_article",
        "articles.delete_article",  # of what was never public; the database refuses the rest
        "articles.submit_article",
        "articles.comment_article",
        "articles.view_picture",
        "articles.add_picture",
        "articles.change_picture",
        "articles.view_subject",
        "articles.propose_subject",
        "articles.view_tag",
        "articles.view_author",
    }
)
_EDITOR = _WRITER | {
    ANY_ARTICLE,
    "articles.review_article",
    "articles.publish_article",
    "articles.delete_picture",
    "articles.add_subject",
    "articles.change_subject",
    "articles.delete_subject",
    "articles.add_tag",
    "articles.change_tag",
    "articles.delete_tag",
    "articles.view_sitepage",
    "articles.change_sitepage",
    "articles.view_report",
    "articles.change_report",
}
_ADMIN = _EDITOR | {
    "articles.add_author",
    "articles.change_author",
    "articles.delete_author",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
}

PERMISSIONS: Mapping[Role, frozenset[str]] = {Role.WRITER: _WRITER, Role.EDITOR: _EDITOR, Role.ADMIN: _ADMIN}

#: Permissions that Django does not make by itself; the Article model declares them.
OWN_PERMISSIONS: tuple[tuple[str, str], ...] = (
    ("submit_article", "Can hand in and withdraw an article"),
    ("comment_article", "Can comment on an article"),
    ("review_article", "Can approve, send back and archive articles"),
    ("publish_article", "Can publish, schedule and take down articles"),
    ("propose_subject", "Can propose a new subject"),
    ("edit_any_article", "Can see and edit articles of other people"),
)
