"""Revisions of an article, earlier wordings of its parts, decisions on them, and comments, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles import drafts
from articles.document import DocumentError
from articles.models import Article, Comment, Decision, PartVersion, Revision
from articles.transfer.context import ExportContext, ImportContext
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, Names, insert, pack, unpack
from articles.transfer.shapes import Text
from articles.transfer.tables import COMMENT, DECISION, REVISION, WORDING
from articles.transfer.values import Known, Values


def names_within(article: Article) -> Mapping[Kind, Mapping[int, Any]]:
    """What the rows that only this article names are called, by primary key."""
    comments = article.comments.order_by("pk").values_list("pk", flat=True)
    return {
        Kind.REVISION: dict(article.revisions.values_list("pk", "number")),
        Kind.COMMENT: {pk: number for number, pk in enumerate(comments, 1)},
    }


def write(export: ExportContext, article: Article, path: str, names: Names) -> None:
    for revision in article.revisions.all():
        name = f"{path}/revisions/{revision.number:04d}.json"
        export.target.write_json(name, pack(revision, REVISION, names))
    if wordings := [pack(row, WORDING, names) for row in article.part_versions.order_by("pk")]:
        export.target.write_json(f"{path}/wordings.json", wordings)
    if decisions := [pack(row, DECISION, names) for row in article.decisions.order_by("pk")]:
        export.target.write_json(f"{path}/decisions.json", decisions)
    comments = article.comments.order_by("pk").prefetch_related("mentioned")
    numbers = names[Kind.COMMENT]
    packed = [pack(row, COMMENT, names, number=numbers[row.pk], mentions=_mentions(row)) for row in comments]
    export.target.write_json(f"{path}/comments.json", packed)


def read_revisions(context: ImportContext, article: Article, path: str, *, count: int) -> Known:
    folder = f"{path}/revisions"
    revisions = Known(folder)
    stems = list(context.origin.stems(folder))
    if len(stems) != count:
        raise damaged(folder, f"it holds {len(stems)} of the {count} revisions that {path}/article.json counts")
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
    entries = _entries(context, f"{path}/wordings.json", count)
    PartVersion.objects.bulk_create([_wording(context, article, values) for values in entries], batch_size=500)


def read_decisions(context: ImportContext, article: Article, path: str, *, count: int) -> None:
    entries = _entries(context, f"{path}/decisions.json", count)
    Decision.objects.bulk_create([_decision(context, article, values) for values in entries], batch_size=500)


def _entries(context: ImportContext, file: str, count: int) -> list[Values]:
    entries = list(context.list(file)) if count else []
    if len(entries) != count:
        raise damaged(
            file, f"it holds {len(entries)} of the {count} entries that {file.rpartition('/')[0]}/article.json counts"
        )
    return entries


def _decision(context: ImportContext, article: Article, values: Values) -> Decision:
    row = Decision(article=article, **unpack(values, DECISION, context.known))
    values.finish()
    try:
        drafts.piece_from_json(row.place, row.value)
    except DocumentError as error:
        values.refuse("value", str(error).rstrip("."))
    return row


def _wording(context: ImportContext, article: Article, values: Values) -> PartVersion:
    row = PartVersion(article=article, **unpack(values, WORDING, context.known))
    values.finish()
    for name in ("value", "longest") if row.longest is not None else ("value",):
        try:
            drafts.value_of(PartVersion(place=row.place, value=getattr(row, name)))
        except DocumentError as error:
            values.refuse(name, str(error).rstrip("."))
    return row


def _mentions(row: Comment) -> list[str] | None:
    return sorted(person.get_username() for person in row.mentioned.all()) or None


#: In exports of older programs, instead of a place.
_CARD = Text("public id", default="")


def read_comments(context: ImportContext, article: Article, path: str) -> Known:
    """An answer comes after what it answers."""
    file = f"{path}/comments.json"
    comments = Known(file)
    known = {**context.known, Kind.COMMENT: comments}
    for values in context.list(file):
        row = Comment(article=article, **unpack(values, COMMENT, known))
        if card := _CARD.unpack(values, "card", known):
            row.place = f"card:{card}"
        number, mentions = values.number("number"), values.texts("mentions", [])
        values.finish()
        if number in comments:
            values.refuse("number", "another comment has it")
        insert(row)
        row.mentioned.set([context.known[Kind.PERSON].at(name, values.place) for name in mentions])
        comments[number] = row.pk
    return comments
