"""Undoing the last publication: what was in force before the event in force comes back, as a new event.

What has happened stays in the timeline. An update that is undone is an update of its own kind the other way round, so
that a correction which is taken back stands on the page below the entry that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article, Edition, Revision
from articles.workflow.errors import ConflictError, WorkflowError


@dataclass(frozen=True)
class ComingBack:
    """`undone` is the event in force, `revision` that of `before`; None: nothing was public before, or a takedown was
    in force.
    """

    undone: Edition
    revision: Revision | None
    before: Edition | None = None
    kind: str = ""  # an Edition.ChangeKind where readers are told


def coming_back(article: Article) -> ComingBack:
    """Raises WorkflowError where nothing can come back."""
    undone = Edition.objects.in_force().filter(article=article).select_related("revision").defer("parts").first()
    if undone is None:
        raise WorkflowError(_("Nothing of this article was published yet."))
    events = Edition.objects.filter(article=article, visible_from__lt=undone.visible_from).select_related("revision")
    before = events.defer("parts").order_by("visible_from").last()
    if before is None or before.revision is None:
        return ComingBack(undone, None)
    if undone.revision is None:
        return ComingBack(undone, before.revision, before)
    if undone.revision.content == before.revision.content:
        raise WorkflowError(_("The version before says the same: there is nothing to undo."))
    return ComingBack(undone, before.revision, before, undone.change_kind)


def undo(article: Article, *, note: str, event: Edition | None) -> dict[str, Any]:
    """Of a locked article; gives what the history tells of it. `event` is the one that was seen in force, if any.

    Raises WorkflowError or PublishingError.
    """
    back = coming_back(article)
    if event is not None and event.pk != back.undone.pk:
        raise ConflictError(_("Something else was published after you read this. Read it again before you decide."))
    details: dict[str, Any] = {"undone": back.undone.visible_from}
    if back.revision is None or back.before is None:
        return details | {"at": publishing.take_down(article).visible_from}
    notice = publishing.UpdateNotice(back.kind, note) if back.kind else None
    edition = publishing.publish(back.revision, notice=notice, tagged_as=back.before.parts)
    details |= {"at": edition.visible_from, "edition": edition.pk, "revision": back.revision.number}
    return details | {"kind": back.kind} if back.kind else details
