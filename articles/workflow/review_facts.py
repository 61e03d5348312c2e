"""What other tables say of an article under review, read along with its row where a page opens it.

An act locks its article and reads the row anew, without these: it asks for what it needs, under the lock.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from articles.models import Article, Decision, FactCard, FactUse, Lock, ReviewOpinion, Revision


class ReviewFacts(NamedTuple):
    """`submitter` is the account that handed the article in last; `has_yeses`: somebody said yes by a review link;
    `has_uses`: a fact of it is told in several articles.
    """

    submitter: int | None
    has_approvals: bool
    has_locks: bool
    has_yeses: bool
    has_uses: bool


def with_review_facts(articles: QuerySet[Article]) -> QuerySet[Article]:
    """For rows that `review_facts_in` is asked of."""
    here, revisions = OuterRef("pk"), Revision.objects.filter(article=OuterRef("pk"), reason=Revision.Reason.SUBMITTED)
    yeses = ReviewOpinion.objects.filter(link__revision__article=here, verdict=ReviewOpinion.Verdict.YES)
    cards, told = FactCard.objects.filter(article=here).order_by(), FactUse.objects.order_by().values("public_id")
    origins = FactUse.objects.order_by().values("origin")
    return articles.annotate(
        submitter=Subquery(revisions.order_by("-number").values("made_by")[:1]),
        has_approvals=Exists(Decision.objects.filter(article=here, verdict=Decision.Verdict.APPROVED)),
        has_locks=Exists(Lock.objects.filter(article=here, lifted_at=None)),
        has_yeses=Exists(yeses),
        has_uses=Exists(cards.filter(public_id__in=told)) | Exists(cards.filter(public_id__in=origins)),
    )


def review_facts_in(row: Article) -> ReviewFacts:
    """Of a row of `with_review_facts`; AttributeError for any other."""
    return ReviewFacts(*(getattr(row, name) for name in ReviewFacts._fields))
