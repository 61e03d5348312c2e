"""An edition as plain values: its references by name, in its rendered parts too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.models import Edition, PublishedFact
from articles.models.parts import Parts
from articles.transfer import tables
from articles.transfer.values import pack


@dataclass(frozen=True)
class Names:
    """What primary keys are called by in the files: keys of tags, slugs of authors and subjects."""

    tags: Mapping[int, str]
    authors: Mapping[int, str]
    subjects: Mapping[int, str]


def edition_values(edition: Edition, names: Names) -> dict[str, Any]:
    """When it ends is not said: that is when the article's next event begins."""
    values = pack(edition, *tables.EDITION)
    if edition.revision:
        values["revision"] = edition.revision.number
    if edition.subject_id:
        values["subject"] = names.subjects[edition.subject_id]
    if edition.is_removal:
        return values
    facts = edition.facts.order_by("pk").prefetch_related("tag_rows")
    return {
        **values,
        "authors": [names.authors[row.author_id] for row in edition.bylines.all()],
        "tags": [names.tags[row.tag_id] for row in edition.tag_rows.all()],
        "parts": _parts(edition.parts, names),
        "facts": [_fact(fact, names) for fact in facts],
        "corrections": [pack(row, *tables.CORRECTION) for row in edition.corrections.order_by("position", "pk")],
    }


def _parts(parts: Parts, names: Names) -> dict[str, Any]:
    return {
        **parts,
        "tags": _named(parts["tags"], names.tags),
        "authors": _named(parts["authors"], names.authors),
        "cards": [{**card, "tags": _named(card["tags"], names.tags)} for card in parts["cards"]],
    }


def _named(keys: Sequence[int], names: Mapping[int, str]) -> list[str]:
    """Rows that are gone are shown nowhere, and not carried."""
    return [names[key] for key in keys if key in names]


def _fact(fact: PublishedFact, names: Names) -> dict[str, Any]:
    values = pack(fact, *tables.FACT)
    if fact.subject_id:
        values["subject"] = names.subjects[fact.subject_id]
    rows = fact.tag_rows.all()
    return {
        **values,
        "own_tags": sorted(names.tags[row.tag_id] for row in rows if row.is_own),
        "inherited_tags": sorted(names.tags[row.tag_id] for row in rows if not row.is_own),
    }
