"""What of an article's comments and suggestions is open, counted for lists, for scripts and before a move."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Comment
from articles.states import Move
from articles.workflow.errors import WorkflowError

#: How many are named before a move.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class OpenRemarks:
    """`first` are the oldest of them, with their authors. `key` is another one whenever others are open."""

    comments: int
    suggestions: int
    first: Sequence[Comment] = ()
    key: str = ""

    @property
    def total(self) -> int:
        return self.comments + self.suggestions

    def __str__(self) -> str:
        """“2 comments and 1 suggestion”; empty without any."""
        comments = ngettext("%(count)s comment", "%(count)s comments", self.comments) % {"count": self.comments}
        found = ngettext("%(count)s suggestion", "%(count)s suggestions", self.suggestions)
        suggestions = found % {"count": self.suggestions}
        if self.comments and self.suggestions:
            return _("%(comments)s and %(suggestions)s") % {"comments": comments, "suggestions": suggestions}
        return comments if self.comments else suggestions if self.suggestions else ""


def open_remarks_of(article: Article) -> OpenRemarks:
    rows = article.comments.filter(parent=None, resolved_at=None)
    suggested = dict(rows.order_by("pk").values_list("pk", "suggested"))  # None of a comment
    if not suggested:
        return OpenRemarks(0, 0)
    key = hashlib.blake2b(repr([*suggested]).encode(), digest_size=8).hexdigest()
    comments = sum(words is None for words in suggested.values())
    return OpenRemarks(comments, len(suggested) - comments, list(rows.select_related("author")[:_NAMED]), key)


def stamp_of(article: Article) -> str:
    """Another one whenever a comment is added, decided on or opened again; empty without any."""
    counted = article.comments.order_by().aggregate(
        total=Count("pk"), last=Max("pk"), closed=Count("resolved_at"), closed_at=Max("resolved_at")
    )
    if not counted["total"]:
        return ""
    at = counted["closed_at"].timestamp() if counted["closed_at"] else 0
    return f"{counted['total']}.{counted['last']}.{counted['closed']}.{at:.6f}"


def asks_of_remarks(move: Move) -> bool:
    """Whether a move brings the words nearer to their readers, so that what is open has to be seen to first."""
    return move.needs_ready or move.requires_seen_change


def refuse_open_remarks(move: Move, article: Article, despite: str) -> None:
    """Raises WorkflowError where something is open, unless the mover named the very remarks (`OpenRemarks.key`) despite
    which it is made; where the site wants everything decided on before (OPEN_REMARKS), that does not help.
    """
    if not asks_of_remarks(move):
        return
    remarks = open_remarks_of(article)
    if not remarks.total or (settings.OPEN_REMARKS == "ask" and despite == remarks.key):
        return
    if settings.OPEN_REMARKS == "ask":
        sentence = _("Still open: %(remarks)s. Say that you go on although they are, or see to them first.")
    else:
        sentence = _("Still open: %(remarks)s. See to them first.")
    raise WorkflowError(sentence % {"remarks": remarks})
