"""Sources that are gone from the web, and have no archived copy beside them: see models.source_checks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.document import Document
from articles.models import Article, SourceCheck
from articles.models.source_checks import sources_in_use
from articles.readiness.parts import card_parts
from articles.readiness.problems import Problem


def of_document(document: Document, article: Article) -> Iterator[Problem]:
    """One problem a fact. One query, however many sources there are; none where nothing could be dead."""
    if not any(source.url and not source.archived_url for card in document.cards for source in card.sources):
        return
    rows = sources_in_use().filter(card__article=article, url__in=SourceCheck.objects.dead().values("url"))
    dead = set(rows.order_by().values_list("url", flat=True).distinct())
    for part, card in card_parts(document) if dead else ():
        gone = [source for source in card.sources if source.url in dead and not source.archived_url]
        if gone:
            sentence = _("“%(source)s” is gone from the web: name an archived copy of it, or another source.")
            words = {"source": gone[0].title or gone[0].url}
            yield part.located_problem("dead-source", "sources", sentence % words)
