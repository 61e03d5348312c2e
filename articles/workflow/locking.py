"""The article as it stands now, held until the transaction ends."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.models import Article, Revision
from articles.states import Status
from articles.workflow.errors import WorkflowError


def lock(article: Article) -> Article:
    """Call it in a transaction. Raises WorkflowError for an article that is in the bin by now."""
    locked = Article.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise WorkflowError(_("Somebody put this article into the bin meanwhile."))
    return locked


def lock_unarchived(article: Article, permission: str, by: User) -> Article:
    """As `lock`, for an act about words that leaves them as they are. Raises PermissionDenied and WorkflowError."""
    rights.require(by, permission, article)
    locked = lock(article)
    rights.require(by, permission, locked)  # it may have another owner by now
    if locked.status == Status.ARCHIVED:
        raise WorkflowError(_("This article is archived. Unarchive it before you check it."))
    return locked


def revision_of_now(article: Article, by: User) -> Revision:
    """The revision of the words as they are now; made when somebody changed them after the last one."""
    last = article.revisions.filter(change=article.change).first()  # a partial one is of no change number
    return last or drafts.keep_revision(article, Revision.Reason.APPROVED, by=by)
