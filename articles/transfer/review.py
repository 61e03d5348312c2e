"""Revisions of an article, earlier wordings of its parts, and comments, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles import drafts
from articles.document import DocumentError
from articles.models import Article, Comment, PartVersion, Revision
from articles.transfer.context import ExportContext, ImportContext
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, Names, insert, pack, unpack
from articles.transfer.tables import COMMENT, REVISION, WORDING
from articles.transfer.values import Known, Values


def names_within(article: Article) -> Mapping[Kind, Mapping[int, Any]]:
    """What the rows that only this article names are called, by primary key."""
    comments = article.comments.order_by("pk").values_list("pk", flat=True)
    return {
        Kind.REVISION: dict(article.revisions.values_list("pk", "number")),
        Kind.CARD: dict(article.cards.values_list("pk", "public_id")),
        Kind.COMMENT: {pk: number for number, pk in enumerate(comments, 1)},
    }


def write(export: ExportContext, article: Article, path: str, names: Names) -> None:
    for revision in article.revisions.all():
        name = f"{path}/revisions/{revision.number:04d}.json"
        export.target.write_json(name, pack(revision, REVISION, names))
    if wordings := [pack(row, WORDING, names) for row in article.part_versions.order_by("pk")]:
        export.target.write_json(f"{path}/wordings.json", wordings)
    comments = article.comments.order_by("pk")
    packed = [pack(row, COMMENT, names, number=names[Kind.COMMENT][row.pk]) for row in comments]
    export.target.write_json(f"{path}/comments.json", packed)


def read_revisions(context: ImportContext, article: Article, path: str, *, count: int) -> Known:
    folder = f"{path}/revisions"
    revisions = Known(folder)
    stems = list(context.origin.stems(folder))
    if len(stems) != count:
        raise damaged(folder, f"it holds {len(stems)} of {count} revisions")
    for stem in stems:
        values = context.values(f"{folder}/{stem}.json")
        row = Revision(article=article, **unpack(values, REVISION, context.known))
        values.finish()
        if stem != f"{row.number:04d}":
            values.refuse("number", "the file has the name of another revision")
        insert(row)
        revisions[row.number] = row.pk
    return revisions


def read_wordings(context: ImportContext, article: Article, path: str, *, count: int) -> None:
    file = f"{path}/wordings.json"
    entries = list(context.list(file)) if count else []
    if len(entries) != count:
        raise damaged(file, f"it holds {len(entries)} of {count} wordings")
    PartVersion.objects.bulk_create([_wording(context, article, values) for values in entries], batch_size=500)


def _wording(context: ImportContext, article: Article, values: Values) -> PartVersion:
    row = PartVersion(article=article, **unpack(values, WORDING, context.known))
    values.finish()
    for name in ("value", "longest") if row.longest is not None else ("value",):
        try:
            drafts.value_of(PartVersion(place=row.place, value=getattr(row, name)))
        except DocumentError as error:
            values.refuse(name, str(error).rstrip("."))
    return row


def read_comments(context: ImportContext, article: Article, path: str, cards: Mapping[str, int]) -> Known:
    """As in the database, a comment outlives its card; an answer comes after what it answers."""
    file = f"{path}/comments.json"
    comments, of_cards = Known(file), Known(file, is_complete=False)
    of_cards.update(cards)
    known = {**context.known, Kind.COMMENT: comments, Kind.CARD: of_cards}
    for values in context.list(file):
        row = Comment(article=article, **unpack(values, COMMENT, known))
        number = values.number("number")
        values.finish()
        if number in comments:
            values.refuse("number", "another comment has it")
        insert(row)
        comments[number] = row.pk
    return comments
