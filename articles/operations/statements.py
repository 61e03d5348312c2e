"""The statements of working copies against their words: how many articles differ, and making them anew.

After an upgrade whose rules measure otherwise, a subject's new name, or a hand in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction

from articles import drafts
from articles.models import Article, Statement, Subject

_AT_ONCE = 100
_Content = tuple[int, str, str, str, str, str]


def rebuild_statements(subject: Subject | None = None) -> int:
    """Of all articles, or of those about a subject; gives how many were wrong. People go on writing meanwhile."""
    wrong = 0
    for pk in _differing(subject):
        with transaction.atomic():
            article = Article.with_binned.select_for_update().filter(pk=pk).first()
            if article:
                drafts.rebuild_statements(article, drafts.document_of(article))
                wrong += 1
    return wrong


def wrong_statements() -> int:
    """How many articles have other statements than their words want."""
    return len(_differing())


def _differing(subject: Subject | None = None) -> list[int]:
    rows = Article.with_binned.order_by("pk")
    if subject:
        rows = rows.filter(subject=subject)
    keys = list(rows.values_list("pk", flat=True))
    return [pk for start in range(0, len(keys), _AT_ONCE) for pk in _differing_of(keys[start : start + _AT_ONCE])]


def _differing_of(keys: Sequence[int]) -> Iterator[int]:
    stored: dict[int, list[_Content]] = defaultdict(list)
    for row in Statement.objects.filter(article__in=keys):
        stored[row.article_id].append(_content(row))
    for article in Article.with_binned.filter(pk__in=keys).select_related("subject").order_by("pk"):
        wanted = map(_content, drafts.statements_of(article, drafts.document_of(article)))
        if sorted(wanted) != sorted(stored[article.pk]):
            yield article.pk


def _content(row: Statement) -> _Content:
    return (row.subject_id, row.place, row.measure, row.value, row.words, row.sentence)
