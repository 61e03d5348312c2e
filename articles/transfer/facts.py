"""The published facts of editions, both ways.

Lists of facts of equal age are told apart by the order in which the rows were made, so an import makes them in that
order: in runs, each of some facts of one edition.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from articles.models import Edition, PublishedFact, PublishedTag
from articles.transfer.context import ImportContext, ImportedArticle
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, Names, pack, pack_names, unpack, unpack_names
from articles.transfer.tables import FACT, FACT_TAG
from articles.transfer.values import Values


def packed(edition: Edition, names: Names) -> list[dict[str, Any]]:
    return [_fact(fact, names) for fact in edition.facts.order_by("pk").prefetch_related("tag_rows")]


def _fact(fact: PublishedFact, names: Names) -> dict[str, Any]:
    rows = sorted(fact.tag_rows.all(), key=lambda row: names[Kind.TAG][row.tag_id])
    own = pack_names([row for row in rows if row.is_own], FACT_TAG, names)
    inherited = pack_names([row for row in rows if not row.is_own], FACT_TAG, names)
    return pack(fact, FACT, names, own_tags=own, inherited_tags=inherited)


def runs(refs: Mapping[int, str]) -> list[str]:
    """The order of all facts: the edition's name out of `refs` (by primary key), and how many of its facts follow."""
    owners = PublishedFact.objects.order_by("pk").values_list("edition_id", flat=True).iterator()
    return [f"{refs[edition]} {sum(1 for _ in run)}" for edition, run in itertools.groupby(owners)]


def read(context: ImportContext, order: Sequence[str]) -> None:
    """`order` as `runs` gave it."""
    taken: dict[str, int] = {}
    for run in order:
        ref, _space, count = run.rpartition(" ")
        folder, _slash, name = ref.partition("/")
        article = context.articles.get(folder)
        if article is None or name not in article.editions or not (count.isascii() and count.isdecimal()):
            raise damaged("order.json", f"there are no facts “{run[:80]}”")
        start = taken.get(ref, 0)
        taken[ref] = start + int(count)
        _make(context, article, name, start, taken[ref])
    for folder, article in context.articles.items():
        for name in article.editions:
            file = _file(article, name)
            if len(context.values(file).get("facts", list, [])) != taken.get(f"{folder}/{name}", 0):
                raise damaged(file, "it does not hold as many facts as order.json says")


def _file(article: ImportedArticle, name: str) -> str:
    return f"articles/{article.folder}/editions/{name}.json"


def _make(context: ImportContext, article: ImportedArticle, name: str, start: int, stop: int) -> None:
    edition = Edition.objects.get(pk=article.editions[name])
    shown = {card["id"] for card in edition.parts.get("cards", ())}
    facts, tags = [], []
    for values in list(context.values(_file(article, name)).items("facts", []))[start:stop]:
        fact = PublishedFact(edition=edition, **unpack(values, FACT, context.known))
        fact.visible_from, fact.visible_until = edition.visible_from, edition.visible_until
        if fact.public_id not in shown:
            values.refuse("public_id", "the edition has no such card")
        facts.append(fact)
        tags += [*_tags(context, values, fact, is_own=True), *_tags(context, values, fact, is_own=False)]
        values.finish()
    PublishedFact.objects.bulk_create(facts)
    PublishedTag.objects.bulk_create(tags)


def _tags(context: ImportContext, values: Values, fact: PublishedFact, *, is_own: bool) -> list[PublishedTag]:
    key = "own_tags" if is_own else "inherited_tags"
    instants = {name: getattr(fact, name) for name in ("visible_from", "visible_until", "first_visible_from")}
    found = unpack_names(values, key, FACT_TAG, context.known)
    return [PublishedTag(fact=fact, is_own=is_own, **fields, **instants) for fields in found]
