"""The words of a working copy, `article.md`, both ways."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from articles import document, drafts, exporting
from articles.document import Document
from articles.models import Article, Byline, FactCard, Faq, Source, TaggedArticle, TaggedCard
from articles.text.ids import new_public_id
from articles.transfer.context import ExportContext, ImportContext
from articles.transfer.errors import TransferError, damaged
from articles.transfer.fields import Kind

_REFERENCES = {"subject": Kind.SUBJECT, "cover": Kind.PICTURE}


def digest(value: Document) -> str:
    """Tells whether a working copy is still the one that was exported."""
    return hashlib.sha256(document.dumps(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def write(export: ExportContext, article: Article, file: str) -> Document:
    value = drafts.document_of(article)
    try:
        export.target.write(file, exporting.to_markdown(value).encode())
    except exporting.ExportError as error:
        raise TransferError(f"“{article}” ({article.pk}): {error}") from error
    return value


def read(context: ImportContext, file: str) -> Document:
    """Raises TransferError for what the gate does not let through, too."""
    try:
        return document.validate(exporting.from_markdown(context.origin.text(file)))
    except (exporting.ReadError, document.InvalidError) as error:
        raise damaged(file, str(error).rstrip(".")) from error


def columns_of(context: ImportContext, value: Document, file: str) -> dict[str, Any]:
    """The columns of an article that are fields of its Document."""
    columns = {column.name for column in Article._meta.concrete_fields}
    names = [field.name for field in dataclasses.fields(Document) if field.name in columns]
    plain = {name: getattr(value, name) for name in names if name not in _REFERENCES}
    called = {name: getattr(value, name) for name in _REFERENCES}
    keys = {name: context.known[_REFERENCES[name]].at(each, file) if each else None for name, each in called.items()}
    return {**plain, **{f"{name}_id": key for name, key in keys.items()}}


def make_rows(context: ImportContext, article: Article, value: Document, file: str) -> dict[str, int]:
    """Everything that hangs on an article; gives the primary keys of its cards by their ids.

    A card or question that was written by hand gets an id.
    """
    authors = [context.known[Kind.AUTHOR].at(slug, file) for slug in value.authors]
    Byline.objects.bulk_create(
        Byline(article=article, author_id=author, position=position) for position, author in enumerate(authors, 1)
    )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag_id=tag) for tag in _tags(context, value.tags, file)
    )
    Faq.objects.bulk_create(
        Faq(article=article, position=position, **_columns(faq)) for position, faq in enumerate(value.faqs, 1)
    )
    return {row.public_id: row.pk for row in _make_cards(context, article, value, file)}


def _make_cards(context: ImportContext, article: Article, value: Document, file: str) -> list[FactCard]:
    rows = FactCard.objects.bulk_create(
        FactCard(article=article, position=position, **_columns(card)) for position, card in enumerate(value.cards, 1)
    )
    pairs = list(zip(rows, value.cards, strict=True))
    Source.objects.bulk_create(
        Source(card=row, position=position, **_columns(source))
        for row, card in pairs
        for position, source in enumerate(card.sources, 1)
    )
    TaggedCard.objects.bulk_create(
        TaggedCard(content_object=row, tag_id=tag) for row, card in pairs for tag in _tags(context, card.tags, file)
    )
    return rows


def _tags(context: ImportContext, names: tuple[str, ...], file: str) -> list[int]:
    return [context.known[Kind.TAG_BY_NAME].at(name, file) for name in names]


def _columns(value: document.Card | document.Faq | document.Source) -> dict[str, Any]:
    """The columns of its row; what has a public id but no value for it gets one."""
    fields = {name: getattr(value, name) for name in document.column_names(type(value))}
    return {**fields, "public_id": fields["public_id"] or new_public_id()} if "public_id" in fields else fields
