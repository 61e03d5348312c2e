"""Editions with their facts, in the order in which they were made, and the history that names them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from articles.models import Correction, Edition, EditionAuthor, EditionTag, History, PublishedFact, PublishedTag
from articles.models.editions import FOR_EVER
from articles.transfer import tables
from articles.transfer.errors import TransferError
from articles.transfer.folder import instant_name, named_instant
from articles.transfer.parts_in import read_cover, read_parts
from articles.transfer.rows_in import ImportContext, ImportedArticle
from articles.transfer.values import Values


def read(coming: ImportContext, refs: Sequence[str], runs: Sequence[str]) -> None:
    """`refs` are editions as FOLDER/NAME; `runs` the same with a number of facts each, as order.json has them."""
    for made in coming.articles.values():
        _read_line(coming, made)
    for ref in refs:
        _read_edition(coming, *_split(coming, ref))
    coming.told.editions = len(refs)
    for made in coming.articles.values():
        if missing := sorted(made.ends.keys() - made.editions.keys()):
            raise TransferError(f"order.json does not name the edition {missing[0]} of {made.folder}.")
    _read_facts(coming, runs)


def _split(coming: ImportContext, ref: str) -> tuple[ImportedArticle, str]:
    folder, _slash, name = ref.partition("/")
    made = coming.articles.get(folder)
    if made is None or name not in made.ends or name in made.editions:
        raise TransferError(f"order.json names “{ref}”, which is not there or was named before.")
    return made, name


def _read_line(coming: ImportContext, made: ImportedArticle) -> None:
    """The timeline: each ends when the next begins."""
    folder = f"articles/{made.folder}/editions"
    names = list(coming.origin.stems(folder))
    for name, following in itertools.zip_longest(names, names[1:]):
        end = named_instant(following) if following else FOR_EVER
        if named_instant(name) is None or end is None:
            raise TransferError(f"{folder}/{name}.json is not named by an instant.")
        made.ends[name] = end


def _read_edition(coming: ImportContext, made: ImportedArticle, name: str) -> None:
    values = coming.values(f"articles/{made.folder}/editions/{name}.json")
    row = Edition(article_id=made.article, visible_until=made.ends[name], **values.fields(Edition, *tables.EDITION))
    if instant_name(row.visible_from) != name:
        values.refuse("visible_from", "the file has the name of another instant")
    number = values.number_or_none("revision")
    row.revision_id = None if number is None else made.revisions.at(f"{number:04d}", values.place)
    row.subject = coming.subjects.maybe(values.text_or_none("subject"), values.place)
    if row.is_removal == (row.revision_id is not None):
        values.refuse("revision", "a version has one and a takedown has none")
    if row.is_removal:
        values.finish()
        row.save()
    else:
        _read_version(coming, values, row)
    made.editions[name] = row.pk


def _read_version(coming: ImportContext, values: Values, row: Edition) -> None:
    row.cover = read_cover(values)
    row.parts = read_parts(values.inner("parts"), coming)
    authors = coming.authors.at_all(values.texts("authors"), values.place)
    tags = coming.tags.at_all(values.texts("tags"), values.place)
    values.get("facts", list)  # comes later: facts have an order of their own
    corrections = [_correction(each, row) for each in values.items("corrections", [])]
    values.finish()
    row.save()
    Correction.objects.bulk_create(corrections)
    EditionAuthor.objects.bulk_create(
        EditionAuthor(edition=row, author=author, position=position) for position, author in enumerate(authors, 1)
    )
    EditionTag.objects.bulk_create(
        EditionTag(edition=row, tag=tag, position=position) for position, tag in enumerate(tags, 1)
    )


def _correction(values: Values, edition: Edition) -> Correction:
    fields = values.fields(Correction, *tables.CORRECTION)
    values.finish()
    return Correction(edition=edition, **fields)


# --- facts ------------------------------------------------------------------------------------------------------------


def _read_facts(coming: ImportContext, runs: Sequence[str]) -> None:
    taken: dict[str, int] = {}
    for run in runs:
        ref, _space, count = run.rpartition(" ")
        folder, _slash, name = ref.partition("/")
        made = coming.articles.get(folder)
        if made is None or name not in made.editions or not count.isdecimal():
            raise TransferError(f"order.json is damaged: there are no facts “{run}”.")
        start = taken.get(ref, 0)
        taken[ref] = start + int(count)
        _make_facts(coming, made, name, start, taken[ref])
    for folder, made in coming.articles.items():
        for name in made.editions:
            file = f"articles/{folder}/editions/{name}.json"
            if len(coming.values(file).get("facts", list, [])) != taken.get(f"{folder}/{name}", 0):
                raise TransferError(f"{file} does not hold as many facts as order.json says.")


def _make_facts(coming: ImportContext, made: ImportedArticle, name: str, start: int, stop: int) -> None:
    edition = Edition.objects.get(pk=made.editions[name])
    shown = {card["id"] for card in edition.parts.get("cards", ())}
    items = list(coming.values(f"articles/{made.folder}/editions/{name}.json").items("facts", []))[start:stop]
    facts, tags = [], []
    for values in items:
        fact = PublishedFact(edition=edition, **values.fields(PublishedFact, *tables.FACT))
        fact.subject = coming.subjects.maybe(values.text_or_none("subject"), values.place)
        fact.visible_from, fact.visible_until = edition.visible_from, edition.visible_until
        if fact.public_id not in shown:
            values.refuse("public_id", "the edition has no such card")
        facts.append(fact)
        tags += [_tag_row(coming, values, fact, key, is_own=True) for key in values.texts("own_tags")]
        tags += [_tag_row(coming, values, fact, key, is_own=False) for key in values.texts("inherited_tags")]
        values.finish()
    PublishedFact.objects.bulk_create(facts)
    PublishedTag.objects.bulk_create(tags)


def _tag_row(coming: ImportContext, values: Values, fact: PublishedFact, key: str, *, is_own: bool) -> PublishedTag:
    return PublishedTag(
        fact=fact,
        tag=coming.tags.at(key, values.place),
        is_own=is_own,
        visible_from=fact.visible_from,
        visible_until=fact.visible_until,
        first_visible_from=fact.first_visible_from,
    )


# --- history ----------------------------------------------------------------------------------------------------------


def read_history(coming: ImportContext, file: str, made: ImportedArticle | None = None) -> None:
    rows = []
    for values in coming.list(file):
        row = History(article_id=made.article if made else None, actor=coming.person(values, "actor"))
        for name, value in values.fields(History, *tables.HISTORY).items():
            setattr(row, name, value)
        values.finish()
        if not isinstance(row.details, dict):
            values.refuse("details", "expected an object")
        row.details |= _references(row.details, made)
        rows.append(row)
    History.objects.bulk_create(rows, batch_size=500)


def _references(details: dict[str, Any], made: ImportedArticle | None) -> dict[str, int | None]:
    """Remarks and editions that the details name, by the primary keys that they have here."""
    found: dict[str, int | None] = {}
    if "comment" in details:
        found["comment"] = made.comments.get(str(details["comment"])) if made else None
    if "edition" in details:
        found["edition"] = made.editions.get(str(details["edition"])) if made else None
    return found
