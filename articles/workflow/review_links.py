"""Review links: one revision shown to somebody without an account, and what they say of it.

Only who may approve makes a link. What comes back by it is on record under the name that the link was made for: a
comment like any other, or a yes. A yes approves nothing; no move and no decision asks for it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, rights, states
from articles.models import Article, Comment, History, ReviewLink, ReviewOpinion, Revision
from articles.models.reports import RATE_WINDOW, require_below_limit
from articles.models.review_links import TOKENS
from articles.text import signs
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock

MAKE_LINK = states.APPROVE.permission
#: Days for which a link may be open.
MOST_DAYS = 90
#: How many comments and answers are accepted by one link within an hour.
MOST_PER_LINK = 30
_longest: Any = ReviewLink._meta.get_field("name").max_length


class LinkClosedError(Exception):
    """The link expired or was revoked a moment ago."""


@transaction.atomic
def make_link(
    article: Article,
    name: str,
    *,
    by: User,
    days: int,
    revision: Revision | None = None,
    change: int | None = None,
    may_comment: bool = False,
    may_agree: bool = False,
) -> tuple[ReviewLink, str]:
    """The link and its token, which is not stored: whoever loses it makes another link.

    Without a `revision` it is for the words as they are now, which `change` numbers as they were seen. Raises
    PermissionDenied, ConflictError or WorkflowError.
    """
    rights.require(by, MAKE_LINK, article)
    locked = lock(article)
    name = signs.line(name).strip()
    _require_fit(name, days)
    if revision is None:
        if change != locked.change:
            raise ConflictError(_("The words are others by now. Look again, then choose what the link shows."))
        revision = locked.revisions.filter(change=change).first()
        revision = revision or drafts.keep_revision(locked, Revision.Reason.REQUESTED, by=by)
    elif revision.article_id != locked.pk:
        raise WorkflowError(_("This belongs to another article."))
    (token, digest), now = TOKENS.new(), timezone.now()
    row = ReviewLink.objects.create(
        revision=revision,
        digest=digest,
        name=name,
        may_comment=may_comment,
        may_agree=may_agree,
        made_by=by,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    about: dict[str, Any] = {"about": name, "revision": revision.number, "expires_at": row.expires_at}
    History.write(locked, History.Act.MAKE_LINK, by=by, **about)
    return row, token


def _require_fit(name: str, days: int) -> None:
    if not name:
        raise WorkflowError(_("Say for whom the link is: what they answer stands under this name."))
    if len(name) > _longest:
        raise WorkflowError(_("A name has at most %(most)s characters.") % {"most": _longest})
    if not 1 <= days <= MOST_DAYS:
        raise WorkflowError(_("A link is open for 1 to %(most)s days.") % {"most": MOST_DAYS})


@transaction.atomic
def revoke_link(row: ReviewLink, *, by: User) -> bool:
    """Closes a link at once and for good; False where somebody has done it already. Raises PermissionDenied."""
    article = row.revision.article
    rights.require(by, MAKE_LINK, article)
    lock(article)
    now = timezone.now()
    if not ReviewLink.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        return False
    History.write(article, History.Act.REVOKE_LINK, by=by, about=row.name, revision=row.revision.number)
    return True


@transaction.atomic
def agree(row: ReviewLink, note: str) -> ReviewOpinion:
    """A yes to the whole revision, once. Raises LinkClosedError, WorkflowError, TooManyReportsError."""
    article, link = _require_open(row)
    if not link.may_agree:
        raise WorkflowError(_("This link is not for saying yes."))
    if link.opinions.filter(verdict=ReviewOpinion.Verdict.YES).exists():
        raise ConflictError(_("You have said yes already: it is on record, and nothing more is needed."))
    note = signs.body(note).strip()
    _require_length(note, ReviewOpinion._meta.get_field("note"))
    opinion = link.opinions.create(verdict=ReviewOpinion.Verdict.YES, name=link.name, note=note)
    History.write(article, History.Act.AGREE, by=link.name, note=note, revision=link.revision.number)
    return opinion


@transaction.atomic
def comment_by_link(row: ReviewLink, place: str, text: str) -> ReviewOpinion:
    """A comment on a part of the revision, or with place "" on the whole. The same words on the same are taken once.

    The part may be gone from the article by now: the comment says what it was about. Raises as `agree`.
    """
    article, link = _require_open(row)
    if not link.may_comment:
        raise WorkflowError(_("This link is not for comments."))
    text = signs.body(text).strip()
    if not text:
        raise WorkflowError(_("Write something before you send it."))
    _require_length(text, Comment._meta.get_field("text"))
    texts = drafts.texts_in(link.revision.document)
    if place and place not in texts:
        raise WorkflowError(_("There is no such part on this page. Choose one from the list."))
    again = link.opinions.filter(comment__place=place, comment__text=text).first()
    if again is not None:
        return again
    part = texts.get(place, {})
    about = part.get("heading") or part.get("question") or ""
    remark = Comment.objects.create(article=article, place=place, about=about, text=text, guest_name=link.name)
    History.write(article, History.Act.COMMENT, by=link.name, comment=remark.pk, about=about, by_link=True)
    return link.opinions.create(verdict=ReviewOpinion.Verdict.COMMENT, name=link.name, comment=remark)


def _require_open(row: ReviewLink) -> tuple[Article, ReviewLink]:
    """Both locked and as they are now. A revocation waits for the same lock: nothing comes in after it."""
    now = timezone.now()
    try:
        article = lock(row.revision.article)
    except WorkflowError as error:
        raise LinkClosedError from error
    link = ReviewLink.objects.open(now).filter(pk=row.pk).select_related("revision").first()
    if link is None:
        raise LinkClosedError
    require_below_limit(link.opinions.filter(made_at__gt=now - RATE_WINDOW), MOST_PER_LINK, now)
    return article, link


def _require_length(text: str, column: Any) -> None:
    if len(text) > column.max_length:
        sentence = _("Keep it to %(most)s characters; there are %(length)s now.")
        raise WorkflowError(sentence % {"most": column.max_length, "length": len(text)})
