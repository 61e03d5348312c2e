"""From an imported document to a draft, and the account of it for a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from articles import drafts, images, rights
from articles.document import Document, InvalidError, longest, validate
from articles.importing import Imported
from articles.models import Article, Author, History, Picture
from articles.operations import recognising
from articles.operations.errors import OperationError
from articles.text import language_guess

_LONGEST_ALT = Picture._meta.get_field("alt").max_length or 0


def describe(imported: Imported) -> Iterator[str]:
    """The account of an import for the person at the terminal, line by line."""
    document, account = imported.document, imported.account
    yield f"{imported.name} ({imported.kind}): “{title_of(imported)}”"
    counts = (_count(document.cards, "card"), _count(document.faqs, "question"), _count(account.placed, "passage"))
    yield f"  {counts[0]}, {counts[1]}, {counts[2]} placed" + (", a conclusion" if document.conclusion else "")
    for repaired in account.repaired:
        yield f"  repaired: {repaired.before} is now {repaired.after} ({repaired.why})"
    for note in account.notes:
        yield f"  note: {note}"
    for unplaced in account.unplaced:
        yield f"  not placed: {unplaced.text} ({unplaced.why})"
    if not account.unplaced:
        yield "  Every word has its place."


def title_of(imported: Imported) -> str:
    """The document's title, else one made from the file's name."""
    if imported.document.title:
        return imported.document.title
    words = PurePath(imported.name).stem.replace("_", " ").replace("-", " ").split()
    title = " ".join(words)[: longest(Document, "title")]
    return title[:1].upper() + title[1:]


def _count(items: Sequence[Any], word: str) -> str:
    return f"{len(items)} {word}" if len(items) == 1 else f"{len(items)} {word}s"


# --- writing ----------------------------------------------------------------------------------------------------------


def make_draft(
    imported: Imported, *, by: User, subject: str = "", authors: tuple[str, ...] = (), digest: str = ""
) -> Article:
    """`subject` and `authors` are slugs; without an author it is the byline of the account, when that has one.

    With the `digest` of its bytes the document is known again.

    What was not placed stands beside the draft, each passage with the reason, until somebody deals with it.
    """
    rights.require(by, "articles.add_article")
    pictures = store_pictures(imported, by)
    with transaction.atomic():
        document = document_for(imported, pictures, by=by, subject=subject, authors=authors)
        article = drafts.create(
            document, by=by, act=History.Act.IMPORT, unplaced=unplaced_text(imported), note=imported.name
        )
        if digest:
            recognising.remember(article, digest)
    return article


def document_for(
    imported: Imported, pictures: Sequence[Picture], *, by: User, subject: str, authors: tuple[str, ...]
) -> Document:
    """What becomes the draft; the rows of its pictures, of `store_pictures`, are saved. Raises OperationError for what
    fits no field.
    """
    authors = authors or imported.document.authors
    document = dataclasses.replace(
        imported.document,
        title=title_of(imported),
        subject=subject or imported.document.subject,
        authors=authors or tuple(Author.objects.filter(user=by).values_list("slug", flat=True)),
        language=imported.document.language or other_language(imported.document),
    )
    try:
        document = validate(document)
    except InvalidError as error:
        raise OperationError(f"{imported.name}: {error}") from error
    for embedded, picture in zip(imported.pictures, pictures, strict=True):
        picture.save()
        document = _renamed(document, f"](picture:{embedded.name})", f"](picture:{picture.public_id})")
    return document


def other_language(document: Document) -> str:
    """The language that the words are in; "" where it is that of the site, or not sure."""
    cards = (text for card in document.cards for text in (card.heading, card.body))
    found = language_guess.guess([document.introduction, *cards, document.conclusion])
    is_of_site = found.partition("-")[0] == settings.LANGUAGE_CODE.partition("-")[0]
    return "" if is_of_site else found


def unplaced_text(imported: Imported) -> str:
    entries = [(entry.text, entry.why) for entry in imported.account.unplaced]
    entries += [
        (embedded.alt, "the alternative text of a picture, of which the library has the beginning")
        for embedded in imported.pictures
        if len(embedded.alt) > _LONGEST_ALT
    ]
    return "\n\n".join(f"{text}\n({why})" for text, why in entries)


def store_pictures(imported: Imported, by: User) -> list[Picture]:
    """The pictures of a file, stored and not yet saved: call it outside of the transaction. Raises OperationError."""
    found = []
    for embedded in imported.pictures:
        picture = Picture(title=embedded.name[:200], alt=embedded.alt[:_LONGEST_ALT], uploaded_by=by)
        try:
            picture.take(embedded.data, embedded.name)
        except images.ImageError as error:
            raise OperationError(f"{imported.name}, the picture {embedded.name}: {error}") from error
        found.append(picture)
    return found


def _renamed(document: Document, old: str, new: str) -> Document:
    return dataclasses.replace(
        document,
        introduction=document.introduction.replace(old, new),
        conclusion=document.conclusion.replace(old, new),
        cards=tuple(dataclasses.replace(card, body=card.body.replace(old, new)) for card in document.cards),
        faqs=tuple(dataclasses.replace(faq, answer=faq.answer.replace(old, new)) for faq in document.faqs),
    )
