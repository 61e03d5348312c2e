"""Publishing what was public on another site before it was imported."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, publishing, rights, states
from articles.models import Article, History, OldPath
from articles.models.addresses import PATH_LENGTH
from articles.states import Status
from articles.workflow.errors import WorkflowError
from articles.workflow.locking import lock, revision_of_now
from articles.workflow.proving import refuse_unproved


@transaction.atomic
def publish_imported(article: Article, *, at: dt.datetime, by: User, old_path: str = "") -> Article:
    """Approves a draft as it was imported, and makes it a version in force since `at`, which lies in the past.

    `old_path` is its address on the other site, and leads to it from now on. Asks for the rights of both acts and for
    what the site wants proved, but not for readiness or a second person; the history says so. Raises PermissionDenied
    or WorkflowError, and changes nothing then.
    """
    for move in (states.APPROVE, states.PUBLISH):
        rights.require(by, move.permission, article)
    locked = lock(article)
    if locked.effective_status != Status.DRAFT or locked.editions.exists():
        raise WorkflowError(_("Only a draft that was never public can be published as imported."))
    if not locked.slug:
        raise WorkflowError(_("No address can be made from this title: write one."))
    refuse_unproved(drafts.document_of(locked), locked)
    locked.approved_revision = revision_of_now(locked, by)
    locked.status, locked.approved_change = Status.APPROVED, locked.change
    locked.save(update_fields=["status", "approved_revision", "approved_change"])
    try:
        edition = publishing.publish(locked.approved_revision, at=at, backdated=True)
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    _claim_path(locked, old_path)
    details = {"change": locked.change, "revision": locked.approved_revision.number, "own_work": True}
    History.write(locked, History.Act.IMPORT_PUBLISH, by=by, note=old_path, edition=edition.pk, at=at, **details)
    return locked


def _claim_path(article: Article, path: str) -> None:
    plain = OldPath.plain(path)
    if not plain:
        return
    if len(plain) > PATH_LENGTH:
        raise WorkflowError(_("The old address is longer than %(most)s characters.") % {"most": PATH_LENGTH})
    if OldPath.objects.get_or_create(path=plain, defaults={"article": article})[0].article_id != article.pk:
        raise WorkflowError(_("The old address “%(path)s” leads to another article already.") % {"path": path})
