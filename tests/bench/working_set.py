"""What an editorial desk has at hand, in a loaded corpus: articles in every state, some of each however large the site.

A corpus of nothing but published articles would be planned for by the databases as no real site is. Made once.
"""

from __future__ import annotations

import datetime as dt

from tests.bench.corpus import Corpus

EACH = 12
#: No article of a corpus has this number.
FIRST = 600_000


def make() -> None:
    from django.contrib.auth.models import User
    from django.db import transaction
    from django.db.models import F, OuterRef, Subquery
    from django.utils import timezone

    from articles import drafts, publishing
    from articles.models import Article, Comment, History, Revision
    from articles.models.queries import refresh_statistics
    from articles.states import Status

    corpus = Corpus()
    if Article.objects.filter(slug=corpus.article(FIRST).slug).exists():
        return
    owner = User.objects.get(username="bench")
    ahead = timezone.now() + dt.timedelta(days=365)
    with transaction.atomic():
        revisions = Revision.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        loaded = Article.objects.filter(status=Status.DRAFT)
        loaded.update(status=Status.APPROVED, approved_change=F("change"), approved_revision=Subquery(revisions))
        live = list(Article.objects.order_by("pk")[: 3 * EACH])
        Article.objects.filter(pk__in=[each.pk for each in live[:EACH]]).update(change=F("change") + 1)
        for article in live[EACH : 2 * EACH]:
            publishing.take_down(article)
        number = FIRST
        for status in Status:
            for _each in range(EACH):
                article = drafts.create(corpus.article(number), by=owner, act=History.Act.IMPORT)
                if status is Status.APPROVED and number % 2:
                    publishing.publish(article.revisions.get(), at=ahead + dt.timedelta(hours=number - FIRST))
                Article.objects.filter(pk=article.pk).update(
                    status=status,
                    approved_change=F("change") if status is Status.APPROVED else None,
                    approved_revision=article.revisions.get() if status is Status.APPROVED else None,
                    planned_for=ahead.date() if number % 3 == 0 else None,
                    due_on=ahead.date() if number % 3 == 1 else None,
                )
                Comment.objects.create(article=article, author=owner, text="Is it true?")
                number += 1
    refresh_statistics()
