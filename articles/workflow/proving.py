"""Nothing is published whose claims are not proved as far as the site wants it, by whatever door it comes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles import readiness
from articles.document import Document
from articles.models import Article
from articles.workflow.errors import NotReadyError

#: A refusal names so many parts.
_NAMED_AT_MOST = 5


def refuse_unproved(value: Document, article: Article) -> None:
    """Of words that are about to be published, now or at a time: a tick may have been taken back since the approval.

    Raises NotReadyError. What was public before may always come back (UNDO_PUBLICATION): that is the way out of a
    mistake.
    """
    if problems := readiness.unproved_claims(value, article):
        named = " ".join(str(problem.sentence) for problem in problems[:_NAMED_AT_MOST])
        raise NotReadyError(problems, " ".join((_("Claims are to be proved before this is published."), named)))
