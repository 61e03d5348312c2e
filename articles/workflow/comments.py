"""Comments on an article and its cards, and what is marked as resolved."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article, Comment, FactCard, History
from articles.text import signs
from articles.workflow.errors import WorkflowError


def comment(
    article: Article,
    text: str,
    *,
    by: User,
    card: FactCard | None = None,
    quoted: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Adds a remark on an article, a card or a run of its words, or an answer to a remark. Raises WorkflowError."""
    rights.require(by, "articles.comment_article", article)
    if (card and card.article_id != article.pk) or (parent and parent.article_id != article.pk):
        raise WorkflowError(_("This belongs to another article."))
    text, quoted = signs.body(text).strip(), signs.body(quoted).strip()
    if not text:
        raise WorkflowError(_("Write something before you send it."))
    if len(text) > _longest("text") or len(quoted) > _longest("quoted"):
        most = {"text": _longest("text"), "quoted": _longest("quoted")}
        raise WorkflowError(_("A comment has at most %(text)s characters, and quotes at most %(quoted)s.") % most)
    with transaction.atomic():
        if parent:
            parent = parent.parent or parent
            card = parent.card
        row = Comment.objects.create(
            article=article,
            card=card,
            about=str(card) if card else "",
            quoted=quoted,
            text=text,
            parent=parent,
            author=by,
        )
        History.write(article, History.Act.COMMENT, by=by, comment=row.pk, about=row.about)
    return row


def _longest(name: str) -> int:
    column: Any = Comment._meta.get_field(name)
    return int(column.max_length)


def resolve(remark: Comment, *, by: User, is_open: bool = False) -> None:
    """Marks a remark with its answers as dealt with, or as open again."""
    rights.require(by, "articles.comment_article", remark.article)
    with transaction.atomic():
        changed = Comment.objects.filter(pk=remark.pk, resolved_at__isnull=not is_open).update(
            resolved_at=None if is_open else timezone.now(), resolved_by=None if is_open else by
        )
        if changed:
            act = History.Act.REOPEN if is_open else History.Act.RESOLVE
            History.write(remark.article, act, by=by, comment=remark.pk)
