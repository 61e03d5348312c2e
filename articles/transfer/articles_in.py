"""Working copies with their revisions and remarks, out of their folders."""

from __future__ import annotations

from typing import Any

from articles import document, exporting
from articles.document import Document, DocumentError
from articles.models import (
    Address,
    Article,
    Byline,
    Comment,
    FactCard,
    Faq,
    ImportedDocument,
    OldPath,
    Revision,
    Source,
    TaggedArticle,
    TaggedCard,
)
from articles.text.ids import new_public_id
from articles.transfer import tables
from articles.transfer.digest import digest
from articles.transfer.errors import TransferError
from articles.transfer.rows_in import ImportContext, ImportedArticle
from articles.transfer.values import Known, Values


def read(coming: ImportContext, folder: str) -> None:
    """Makes one article with everything but its editions and its history."""
    path = f"articles/{folder}"
    values = coming.values(f"{path}/article.json")
    value = _document(coming, f"{path}/article.md")
    article = _article(coming, values, value)
    _check_words(coming, values, value, article, f"{path}/article.md")
    _details(coming, article, value, f"{path}/article.md")
    cards = _cards(coming, article, value, f"{path}/article.md")
    made = ImportedArticle(folder, article.pk, Known(f"{path}/revisions"), Known(f"{path}/comments.json"))
    _revisions(coming, made, values.number("revisions"))
    approved = values.number_or_none("approved_revision")
    revision = None if approved is None else made.revisions.at(f"{approved:04d}", values.place)
    times = {name: getattr(article, name) for name in ("created_at", "changed_at")}
    Article.objects.filter(pk=article.pk).update(approved_revision=revision, **times)
    for address in values.items("addresses"):
        fields = {"slug": address.text("slug"), "visible_from": address.instant_or_none("visible_from")}
        Address.objects.create(kind=Address.Kind.ARTICLE, article=article, **fields)
        address.finish()
    OldPath.objects.bulk_create(OldPath(article=article, path=path) for path in values.texts("old_paths"))
    values.finish()
    _comments(coming, made, cards)
    coming.articles[folder] = made


def _document(coming: ImportContext, file: str) -> Document:
    try:
        return exporting.from_markdown(coming.origin.text(file))
    except exporting.ReadError as error:
        raise TransferError(f"{file} is damaged: {error}") from error


def _article(coming: ImportContext, values: Values, value: Document) -> Article:
    place = values.place
    fields = values.fields(Article, *tables.ARTICLE)
    article = Article(
        **fields,
        owner=coming.people.at(values.text("owner"), place),
        changed_by=coming.person(values, "changed_by"),
        subject=coming.subjects.maybe(value.subject or None, place),
        cover=coming.pictures.maybe(value.cover or None, place),
    )
    for name in ("title", "slug", "dek", "introduction", "conclusion_heading", "conclusion", "numbering"):
        setattr(article, name, getattr(value, name))
    article.save()
    article.created_at, article.changed_at = fields["created_at"], fields["changed_at"]  # which save() made now
    return article


def _check_words(coming: ImportContext, values: Values, value: Document, article: Article, file: str) -> None:
    """A file that lost its end is refused. Words changed by hand are a change like any other: approvals lapse."""
    for name, found in (("cards", len(value.cards)), ("questions", len(value.faqs))):
        if found < values.number(name):
            raise TransferError(f"{file} is damaged: {found} of {values.number(name)} {name} are left in it.")
    if values.text("digest") != digest(value):
        article.change += 1
        Article.objects.filter(pk=article.pk).update(change=article.change)
        coming.told.remarks.append(f"{file} was changed by hand: it counts as a change that nobody has approved.")


def _details(coming: ImportContext, article: Article, value: Document, file: str) -> None:
    authors = coming.authors.at_all([*value.authors], file)
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=position) for position, author in enumerate(authors, 1)
    )
    tags = coming.tags_by_name.at_all([*value.tags], file)
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag=tag) for tag in tags)


def _cards(coming: ImportContext, article: Article, value: Document, file: str) -> dict[str, FactCard]:
    """The cards by their ids. A card or question that was written by hand gets one."""
    pairs = [
        (FactCard(article=article, position=position, **_columns(card)), card)
        for position, card in enumerate(value.cards, 1)
    ]
    FactCard.objects.bulk_create(row for row, _card in pairs)
    Source.objects.bulk_create(
        Source(card=row, position=position, **_columns(source))
        for row, card in pairs
        for position, source in enumerate(card.sources, 1)
    )
    TaggedCard.objects.bulk_create(
        TaggedCard(content_object=row, tag=tag)
        for row, card in pairs
        for tag in coming.tags_by_name.at_all([*card.tags], file)
    )
    Faq.objects.bulk_create(
        Faq(article=article, position=position, **_columns(faq)) for position, faq in enumerate(value.faqs, 1)
    )
    return {row.public_id: row for row, _card in pairs}


def _columns(value: Any) -> dict[str, Any]:
    """The columns of the row of a card, question or source; what has a public id but no value for it gets one."""
    fields = {name: getattr(value, name) for name in document.column_names(type(value))}
    return {**fields, "public_id": value.public_id or new_public_id()} if "public_id" in fields else fields


def _revisions(coming: ImportContext, made: ImportedArticle, count: int) -> None:
    folder = f"articles/{made.folder}/revisions"
    stems = list(coming.origin.stems(folder))
    if len(stems) != count:
        raise TransferError(f"{folder} holds {len(stems)} of {count} revisions.")
    for stem in stems:
        values = coming.values(f"{folder}/{stem}.json")
        people = {name: coming.person(values, name) for name in ("made_by", "changed_by")}
        row = Revision(article_id=made.article, **people, **values.fields(Revision, *tables.REVISION))
        values.finish()
        if stem != f"{row.number:04d}":
            values.refuse("number", "the file has the name of another revision")
        try:
            document.from_json(row.content)
        except DocumentError as error:
            values.refuse("content", str(error))
        row.save()
        made.revisions[stem] = row.pk


def _comments(coming: ImportContext, made: ImportedArticle, cards: dict[str, FactCard]) -> None:
    file = f"articles/{made.folder}/comments.json"
    for values in coming.list(file):
        row = Comment(article_id=made.article, **values.fields(Comment, *tables.COMMENT))
        row.author, row.resolved_by = coming.person(values, "author"), coming.person(values, "resolved_by")
        row.card = cards.get(values.text("card", ""))  # as in the database, a remark outlives its card
        answers = values.number_or_none("answers")
        row.parent_id = None if answers is None else made.comments.at(str(answers), values.place)
        number = values.number("number")
        values.finish()
        row.save()
        made.comments[str(number)] = row.pk


def read_imports(coming: ImportContext) -> None:
    """What is known of earlier imports: the same source again is still known for what it is."""
    for values in coming.list("imports.json"):
        row = ImportedDocument(**values.fields(ImportedDocument, *tables.IMPORT))
        folder = values.text_or_none("article")
        values.finish()
        if folder is not None and folder not in coming.articles:
            values.refuse("article", f"there is no article {folder!r}")
        row.article_id = None if folder is None else coming.articles[folder].article
        row.save()
