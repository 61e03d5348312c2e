"""What came by review links, for the pages of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles import drafts
from articles.document import Document, DocumentError
from articles.models import Article, ReviewOpinion, Revision

#: The newest; the page of the links has all of them.
MOST_OPINIONS = 20


@dataclass(frozen=True)
class Opinion:
    """A yes, and whether readers would see other words now than the ones that it was said of."""

    row: ReviewOpinion
    is_of_other_words: bool

    @property
    def revision(self) -> Revision:
        return self.row.link.revision


def yeses_on(article: Article, value: Document) -> Sequence[Opinion]:
    """The newest first. `value` is the working copy. At most two queries, however many there are."""
    rows = ReviewOpinion.objects.filter(link__revision__article=article, verdict=ReviewOpinion.Verdict.YES)
    found = rows.select_related("link__revision").defer("link__revision__content").order_by("-made_at", "-pk")
    yeses = list(found[:MOST_OPINIONS])
    older = {row.link.revision_id for row in yeses if row.link.revision.change != article.change}
    revisions = Revision.objects.filter(pk__in=older) if older else ()
    others = {revision.pk for revision in revisions if not _reads_as(revision, value)}
    return [Opinion(row, row.link.revision_id in others) for row in yeses]


def _reads_as(revision: Revision, value: Document) -> bool:
    try:
        return drafts.same_to_readers(revision.document, value)
    except DocumentError:  # written by another version of this program
        return False
