"""The history of an article, and of articles that are gone, both ways.

The history of a deleted article is carried as it is after the bin was emptied: without the article.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from articles.models import Article, Edition, History
from articles.transfer.context import ExportContext, ImportContext, ImportedArticle
from articles.transfer.fields import Kind, Names, pack, unpack
from articles.transfer.folder import instant_name
from articles.transfer.tables import HISTORY

FILE = "history.json"


def write(export: ExportContext, article: Article, path: str, names: Names) -> None:
    events = Edition.objects.filter(article=article).values_list("pk", "visible_from")
    editions = {pk: instant_name(at) for pk, at in events}
    lines = article.history.order_by("pk")
    packed = [_line(line, names, editions, names[Kind.COMMENT]) for line in lines]
    export.target.write_json(f"{path}/{FILE}", packed)


def write_of_deleted(export: ExportContext) -> None:
    lines = History.objects.filter(Q(article=None) | Q(article__binned_at__isnull=False)).order_by("pk")
    export.target.write_list(FILE, (_line(line, export.names, {}, {}) for line in lines.iterator()))


def _line(line: History, names: Names, editions: Mapping[int, str], comments: Mapping[int, int]) -> dict[str, Any]:
    """Details name comments by their number and editions by their file; None when they are gone."""
    details = dict(line.details)
    if "comment" in details:
        details["comment"] = comments.get(details["comment"])
    if "edition" in details:
        details["edition"] = editions.get(details["edition"])
    return pack(line, HISTORY, names, details=details or None)


def read(context: ImportContext, article: ImportedArticle | None = None) -> None:
    """Of one article, or of those that are gone."""
    rows = []
    for values in context.list(f"articles/{article.folder}/{FILE}" if article else FILE):
        details: dict[str, Any] = values.get("details", dict, {})
        row = History(article_id=article.primary_key if article else None, **unpack(values, HISTORY, context.known))
        values.finish()
        row.details = details | _references(details, article)
        rows.append(row)
    History.objects.bulk_create(rows, batch_size=500)


def _references(details: Mapping[str, Any], article: ImportedArticle | None) -> dict[str, int | None]:
    """Comments and editions that the details name, by the primary keys that they have here."""
    found: dict[str, int | None] = {}
    if "comment" in details:
        found["comment"] = _named(article.comments, details["comment"]) if article else None
    if "edition" in details:
        found["edition"] = _named(article.editions, details["edition"]) if article else None
    return found


def _named(rows: Mapping[Any, int], name: Any) -> int | None:
    return rows.get(name) if isinstance(name, str | int) else None
