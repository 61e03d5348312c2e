"""Comments on an article, its parts and runs of their words; who is mentioned; what is marked as resolved."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article, Comment, History
from articles.text import signs
from articles.workflow.errors import WorkflowError
from articles.workflow.places import Words, require_words

#: Characters. A suggestion may be about a whole text; a comment that quotes as much is about the part.
QUOTED_LENGTH = 500
#: As Django's user names; an address of mail is no mention.
_MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]+)")
_MOST_MENTIONS = 50


def comment(
    article: Article,
    text: str,
    *,
    by: User,
    place: str = "",
    field: str = "",
    quoted: str = "",
    start: int | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Adds a remark on an article, a part or a run of its words, or an answer to a remark.

    `place` is as in a Problem, "" the whole article. `quoted` are words that stand there now: in `field` if it is
    named, and nearest to `start` (code points) where they stand several times. Raises WorkflowError.
    """
    rights.require(by, "articles.comment_article", article)
    if parent and parent.article_id != article.pk:
        raise WorkflowError(_("This belongs to another article."))
    text, quoted = signs.body(text).strip(), signs.body(quoted).strip("\n")
    if not text:
        raise WorkflowError(_("Write something before you send it."))
    check_lengths(text, quoted)
    if parent:
        parent = parent.parent or parent
        words = Words(parent.place, parent.about)
    else:
        words = require_words(article, place, field=field, quoted=quoted, start=start)
    with transaction.atomic():
        row = Comment.objects.create(article=article, **words._asdict(), text=text, parent=parent, author=by)
        row.mentioned.set(mentioned_in(text, article, by))
        History.write(article, History.Act.COMMENT, by=by, comment=row.pk, about=row.about)
    return row


def check_lengths(text: str, quoted: str) -> None:
    """Raises WorkflowError."""
    column: Any = Comment._meta.get_field("text")
    if len(text) > column.max_length or len(quoted) > QUOTED_LENGTH:
        most = {"text": column.max_length, "quoted": QUOTED_LENGTH}
        raise WorkflowError(_("A comment has at most %(text)s characters, and quotes at most %(quoted)s.") % most)


def mentioned_in(text: str, article: Article, by: User) -> list[User]:
    """Those whom the text names by an @ before their user name and who may see the article; not the writer of it."""
    names = {found.rstrip(".+-@").casefold() for found in _MENTION.findall(text)[:_MOST_MENTIONS]}
    if not names:
        return []
    people = rights.people_who_see(article).exclude(pk=by.pk)
    return [person for person in people if person.get_username().casefold() in names]


def resolve(remark: Comment, *, by: User, is_open: bool = False) -> None:
    """Marks a remark with its answers as dealt with, or as open again; a suggestion is taken or declined instead."""
    rights.require(by, "articles.comment_article", remark.article)
    if remark.parent_id:
        raise WorkflowError(_("An answer is open or resolved with the comment that it answers."))
    if remark.suggested is not None and not is_open:
        raise WorkflowError(_("This is a suggestion: take it or decline it."))
    with transaction.atomic():
        changed = Comment.objects.filter(pk=remark.pk, resolved_at__isnull=not is_open).update(
            resolved_at=None if is_open else timezone.now(), resolved_by=None if is_open else by, outcome=""
        )
        if changed:
            act = History.Act.REOPEN if is_open else History.Act.RESOLVE
            History.write(remark.article, act, by=by, comment=remark.pk, about=remark.about)
