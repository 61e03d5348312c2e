"""Editions with what stands in them, both ways. Facts are made in an order of their own: see `facts`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from articles.models import Article, Correction, Edition, EditionAuthor, EditionTag
from articles.models.editions import FOR_EVER
from articles.transfer import facts
from articles.transfer.context import ExportContext, ImportContext, ImportedArticle
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, Names, insert, pack, pack_names, unpack, unpack_names
from articles.transfer.folder import instant_name, named_instant
from articles.transfer.tables import CORRECTION, EDITION, EDITION_AUTHOR, EDITION_TAG
from articles.transfer.values import Values


def write(export: ExportContext, article: Article, path: str, names: Names) -> None:
    """When an edition ends is not said: that is when the article's next event begins."""
    for edition in article.editions.prefetch_related("bylines", "tag_rows"):
        inside = {} if edition.is_removal else _inside(edition, names)
        name = f"{path}/editions/{instant_name(edition.visible_from)}.json"
        export.target.write_json(name, pack(edition, EDITION, names, **inside))


def _inside(edition: Edition, names: Names) -> dict[str, list[Any]]:
    corrections = edition.corrections.order_by("position", "pk")
    return {
        "authors": pack_names(edition.bylines.all(), EDITION_AUTHOR, names),
        "tags": pack_names(edition.tag_rows.all(), EDITION_TAG, names),
        "facts": facts.packed(edition, names),
        "corrections": [pack(row, CORRECTION, names) for row in corrections],
    }


def read(context: ImportContext, refs: Sequence[str]) -> None:
    """`refs` are the editions as FOLDER/NAME, in the order in which they were made."""
    for article in context.articles.values():
        _read_timeline(context, article)
    for ref in refs:
        folder, _slash, name = ref.partition("/")
        found = context.articles.get(folder)
        if found is None or name not in found.ends or name in found.editions:
            raise damaged("order.json", f"it names “{ref}”, which is not there or was named before")
        _read_edition(context, found, name)
    context.summary.editions = len(refs)
    for article in context.articles.values():
        if missing := sorted(article.ends.keys() - article.editions.keys()):
            raise damaged("order.json", f"it does not name the edition {missing[0]} of {article.folder}")


def _read_timeline(context: ImportContext, article: ImportedArticle) -> None:
    """Each edition ends when the next begins."""
    folder = f"articles/{article.folder}/editions"
    names = list(context.origin.stems(folder))
    for name, following in itertools.zip_longest(names, names[1:]):
        end = named_instant(following) if following else FOR_EVER
        if named_instant(name) is None or end is None:
            raise damaged(f"{folder}/{name}.json", "it, or the file after it, is not named by an instant")
        article.ends[name] = end


def _read_edition(context: ImportContext, article: ImportedArticle, name: str) -> None:
    values = context.values(f"articles/{article.folder}/editions/{name}.json")
    known = {**context.known, Kind.REVISION: article.revisions}
    row = Edition(article_id=article.primary_key, visible_until=article.ends[name], **unpack(values, EDITION, known))
    if instant_name(row.visible_from) != name:
        values.refuse("visible_from", "the file has the name of another instant")
    if row.is_removal == (row.revision_id is not None):
        values.refuse("revision", "a version has one and a takedown has none")
    if row.is_removal == bool(row.parts):
        values.refuse("parts", "a version has some and a takedown has none")
    if row.is_removal:
        values.finish()
        insert(row)
    else:
        _read_version(context, values, row)
    article.editions[name] = row.pk


def _read_version(context: ImportContext, values: Values, row: Edition) -> None:
    authors = unpack_names(values, "authors", EDITION_AUTHOR, context.known)
    tags = unpack_names(values, "tags", EDITION_TAG, context.known)
    values.get("facts", list)  # read later
    corrections = [_correction(context, each, row) for each in values.items("corrections", [])]
    values.finish()
    insert(row)
    Correction.objects.bulk_create(corrections)
    EditionAuthor.objects.bulk_create(
        EditionAuthor(edition=row, position=position, **fields) for position, fields in enumerate(authors, 1)
    )
    EditionTag.objects.bulk_create(
        EditionTag(edition=row, position=position, **fields) for position, fields in enumerate(tags, 1)
    )


def _correction(context: ImportContext, values: Values, edition: Edition) -> Correction:
    fields = unpack(values, CORRECTION, context.known)
    values.finish()
    return Correction(edition=edition, **fields)
