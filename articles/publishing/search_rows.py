"""What the search finds editions by: rows made of their parts and of the rows of their facts, and of nothing else.

So they are the same whether an edition is published, rendered again or imported.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Edition, EditionTag, PublishedFact, PublishedTag, SearchRow
from articles.models.parts import CardPart, Parts
from articles.models.search import rows, vocabulary
from articles.text import tokens
from articles.text.plain_html import flowing

#: How much of a text is stored for excerpts, and indexed. A whole novel is no fact.
TEXT_LENGTH = 20_000
_AT_ONCE = 50


class _Words(NamedTuple):
    heading: str
    text: str


def write(editions: Iterable[Edition]) -> None:
    """Adds the rows of these versions, whose fact rows stand. They have none yet, or lost them with their fact rows."""
    versions = [edition for edition in editions if not edition.is_removal]
    _write(versions, _Beside.of(versions))


def write_new(
    edition: Edition, tags: Iterable[int], facts: list[PublishedFact], tag_rows: Iterable[PublishedTag]
) -> None:
    """As `write`, of a version that has just been made, with all the rows beside it: nothing is read again."""
    of_facts = defaultdict(list)
    for row in tag_rows:
        of_facts[row.fact_id].append(row.tag_id)
    _write([edition], _Beside({edition.pk: list(tags)}, of_facts, {edition.pk: facts}))


def _write(versions: Sequence[Edition], beside: _Beside) -> None:
    made: list[SearchRow] = []
    first: list[dt.datetime] = []
    words: set[str] = set()
    for edition in versions:
        for row, at, own_words in _rows_of(edition, beside):
            made.append(row)
            first.append(at)
            words |= own_words
    if made:
        rows.insert(made, first)
        vocabulary.add(words)


def write_all() -> int:
    """Makes the rows of all versions that are current or waiting anew; gives how many versions there are.

    In the order of their facts, which tells apart what was first published at one instant.
    """
    keys = list(versions_to_index().order_by("first_fact", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        rewrite_versions(keys[start : start + _AT_ONCE])
    return len(keys)


def versions_to_index() -> QuerySet[Any]:
    """Versions that are current or waiting."""
    versions: QuerySet[Any] = Edition.objects.versions().annotate(first_fact=Min("facts"))
    return versions.filter(Q(first_fact__isnull=False) | Q(card_count=0, visible_until__gt=timezone.now()))


@transaction.atomic
def rewrite_versions(keys: Sequence[int]) -> None:
    """Makes the rows of those of these editions anew that are shown still, with their articles' rows locked."""
    articles = Edition.objects.filter(pk__in=keys).values("article")
    list(Article.with_binned.select_for_update().filter(pk__in=articles).order_by("pk").values_list("pk"))
    editions = Edition.objects.in_bulk(list(versions_to_index().filter(pk__in=keys).values_list("pk", flat=True)))
    rewrite([editions[pk] for pk in keys if pk in editions])


def rewrite(editions: Iterable[Edition]) -> None:
    """Makes the rows of these editions anew, for instance after their tags were changed by hand."""
    editions = list(editions)
    drop(editions)
    write(editions)


def drop(editions: Iterable[Edition]) -> None:
    SearchRow.objects.filter(edition__in=[edition.pk for edition in editions]).delete()


def end(edition: Edition) -> None:
    """Gives its rows the instant at which it ends."""
    edition.search_rows.update(visible_until=edition.visible_until)


def date(edition: Edition) -> None:
    """Puts the row of the article where it belongs after its first publication was moved."""
    rows.move(edition.search_rows.filter(fact__isnull=True), edition.first_visible_from)


def date_facts(public_ids: Sequence[str], at: dt.datetime) -> None:
    """As `date`, of facts in whatever article."""
    rows.move(SearchRow.objects.filter(fact__public_id__in=public_ids).order_by("-pk"), at)


# --- one edition ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Beside:
    """The rows beside some editions: tags by edition, tags by fact, facts by edition. Three queries."""

    of_articles: dict[int, list[int]]
    of_facts: dict[int, list[int]]
    facts: dict[int, list[PublishedFact]]

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> _Beside:
        of_articles, of_facts, facts = defaultdict(list), defaultdict(list), defaultdict(list)
        keys = [edition.pk for edition in editions]
        for edition_id, tag in EditionTag.objects.filter(edition__in=keys).values_list("edition_id", "tag_id"):
            of_articles[edition_id].append(tag)
        for fact_id, tag in PublishedTag.objects.filter(fact__edition__in=keys).values_list("fact_id", "tag_id"):
            of_facts[fact_id].append(tag)
        for fact in PublishedFact.objects.filter(edition__in=keys).order_by("pk"):
            facts[fact.edition_id].append(fact)
        return cls(of_articles, of_facts, facts)


def _rows_of(edition: Edition, beside: _Beside) -> Iterator[tuple[SearchRow, dt.datetime, set[str]]]:
    """Each row without its key, when it was first published, and its words, none of a closed row."""
    parts = edition.parts
    words = _Words(edition.title, _article_text(edition, parts))
    yield _row(edition, None, words, beside.of_articles[edition.pk], edition.first_visible_from)
    cards = {card["id"]: card for card in parts["cards"]}
    for fact in beside.facts[edition.pk]:
        tags = beside.of_facts[fact.pk]
        at = fact.first_visible_from
        own = _card_words(cards[fact.public_id]) if fact.public_id in cards else _Words("", "")
        if fact.spoiler_after is None:
            yield _row(edition, fact, own, tags, at)
            continue
        yield _row(edition, fact, _Words(fact.safe_heading, ""), tags, at)
        yield _row(edition, fact, own, tags, at, is_closed=True)


def _row(
    edition: Edition,
    fact: PublishedFact | None,
    words: _Words,
    tags: Sequence[int],
    at: dt.datetime,
    *,
    is_closed: bool = False,
) -> tuple[SearchRow, dt.datetime, set[str]]:
    text = words.text[:TEXT_LENGTH]
    known_by = [tokens.for_subject(edition.subject_id)] if edition.subject_id else []
    known_by += [tokens.for_tag(tag) for tag in sorted(tags)]
    in_heading, heading_words = _tokens(words.heading)
    in_text, text_words = _tokens(text)
    in_heading += known_by
    row = SearchRow(
        edition_id=edition.pk,
        fact_id=fact.pk if fact else None,
        subject_id=edition.subject_id,
        spoiler_after=fact.spoiler_after if fact else None,
        is_closed=is_closed,
        visible_from=edition.visible_from,
        visible_until=edition.visible_until,
        heading=tokens.text_of(in_heading),
        text=text,
        tokens=tokens.text_of([*in_heading, *in_text]),
    )
    return row, at, set() if is_closed else {*heading_words, *text_words}


def _tokens(text: str) -> tuple[list[str], list[str]]:
    """Its tokens, and its words."""
    folded = tokens.normalised(text)
    words = list(tokens.pieces(folded))
    return [*tokens.of_pieces(words), *tokens.extras(text, folded)], words


def _article_text(edition: Edition, parts: Parts) -> str:
    """All but its facts, which have rows of their own, and questions behind a spoiler point."""
    found = [escape(edition.dek), parts["introduction"], escape(parts["conclusion_heading"]), parts["conclusion"]]
    for faq in parts["faqs"]:
        if faq["spoiler_after"] is None:
            found += [escape(faq["question"]), faq["answer"]]
    return flowing(*found)


def _card_words(card: CardPart) -> _Words:
    return _Words(card["heading"], flowing(card["body"]))
