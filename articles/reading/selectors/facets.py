"""How many facts each tag, subject, kind and mark has within a choice. All counting for the index is here.

The ledger knows the numbers without any choice. A choice is counted over its rows, once for each state of the timeline.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from articles.models.counts import CountKind
from articles.models.search.engine import Match
from articles.reading.selectors import facet_rows
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.facet_rows import CHECKED_LATELY, PICTURED, SOURCED, SPOILER_FREE, Numbers
from articles.reading.selectors.fact_query import CHECKED, EPISODE, INTERESTING, NEWEST, OLDEST, TITLE, FactQuery
from articles.reading.selectors.ledger import all_counted
from articles.text import tokens


class Facets(NamedTuple):
    """Numbers of facts by primary keys, kinds and marks, without zeros, the most first. `total` is exact."""

    total: int
    tags: Mapping[int, int]
    subjects: Mapping[int, int]
    kinds: Mapping[str, int]
    marks: Mapping[str, int]


def count_facets(query: FactQuery, checked_since: dt.date, clock: PublicClock) -> Facets:
    """Of the facts that the query finds. `checked_since` is the day from which a check is one of late.

    At most two queries when the state is new, else none.
    """
    query = replace(query, sort=NEWEST)

    def count() -> tuple[Any, ...]:
        if query.shape == FactQuery().shape:
            return _all_of(facet_rows.in_ledger(checked_since, clock.now))
        if query.tags or query.subject is not None:
            return _all_of(facet_rows.of_choice(query, checked_since, clock.now))
        everything = count_facets(FactQuery(), checked_since, clock)
        if 2 * _at_most(query, everything) <= everything.total:
            return _all_of(facet_rows.of_choice(query, checked_since, clock.now))
        # Most of the facts: what is left out is counted more quickly.
        others = facet_rows.beyond_choice(query, checked_since, clock.now)
        return _all_of(others.taken_from(everything.total, everything.tags, everything.subjects, everything.marks))

    return Facets(*clock.cached(f"facets/{checked_since}/{query.name}", count))


def _at_most(query: FactQuery, everything: Facets) -> int:
    """More facts than this the query, which names no tag and no subject, does not find."""
    wanted = {
        SOURCED: query.is_sourced,
        CHECKED_LATELY: query.checked_since is not None,
        PICTURED: query.has_picture,
        SPOILER_FREE: query.without_spoilers,
    }
    numbers = [everything.marks.get(mark, 0) for mark, is_wanted in wanted.items() if is_wanted]
    numbers += [everything.kinds.get(query.kind, 0)] if query.kind else []
    return min(numbers, default=everything.total)


def _all_of(numbers: Numbers) -> Facets:
    kinds: Counter[str] = Counter()
    for subject, count in numbers.subjects.items():
        kinds[numbers.kinds_of.get(subject, "")] += count
    kinds.pop("", 0)
    return Facets(
        total=numbers.total,
        tags=_most_first(numbers.tags, numbers.tag_names),
        subjects=_most_first(numbers.subjects, numbers.subject_names),
        kinds=_most_first(kinds),
        marks=_most_first(numbers.marks),
    )


def rarest_first(tags: Sequence[int], clock: PublicClock) -> tuple[int, ...]:
    """The primary keys of tags in the order in which a FactQuery wants them. One query for several when the state is
    new.
    """
    counts = all_counted(clock, _TAGGED)[CountKind.FACTS_TAGGED] if len(tags) > 1 else {}
    return tuple(sorted(tags, key=lambda tag: (counts.get(tag, 0), tag)))


_TAGGED = (CountKind.FACTS_TAGGED,)


def _most_first(counts: Mapping[Any, int], names: Mapping[Any, str] = MappingProxyType({})) -> dict[Any, int]:
    """Of equal ones the names decide, sign by sign: databases would sort them in different ways."""
    found = sorted(counts.items(), key=lambda each: (-each[1], names.get(each[0], ""), each[0]))
    return {value: count for value, count in found if count}


# --- within the rows that a question found ----------------------------------------------------------------------------


def narrowed(found: Iterable[Match], query: FactQuery) -> list[Match]:
    """Those of these facts that the query finds, whatever it says of tags and subject. No query."""
    since = query.checked_since.isoformat() if query.checked_since else ""
    until = f"{query.until.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}~" if query.until else "~"
    return [match for match in found if _is_wanted(match, query, since, until)]


def _is_wanted(fact: Match, query: FactQuery, since: str, until: str) -> bool:
    return bool(
        (query.kind is None or fact.kind == query.kind)
        and fact.checked_on >= since
        and fact.first_visible_from <= until
        and (not query.without_spoilers or fact.spoiler_after is None)
        and (not query.is_sourced or fact.is_sourced)
        and (not query.has_picture or fact.has_picture)
    )


def in_index_order(found: Sequence[Match], sort: str) -> Sequence[Match]:
    """The best first where the index would show the newest first."""
    if sort == NEWEST:
        return found
    facts = sorted(found, key=lambda match: match.fact or 0, reverse=sort == OLDEST)
    facts.sort(key=attrgetter("first_visible_from"), reverse=sort != OLDEST)
    if sort == EPISODE:
        facts.sort(key=lambda match: match.spoiler_after or 0)
    elif sort in _SORTED_BY:
        facts.sort(key=attrgetter(_SORTED_BY[sort]), reverse=sort != TITLE)
    return facts


_SORTED_BY = {CHECKED: "checked_on", TITLE: "title_key", INTERESTING: "interest"}


_FIRST_TAG = f" {tokens.TAG}"  # no other token begins like it


def count_found(found: Sequence[Match], checked_since: dt.date) -> Facets:
    """As `count_facets`, of these facts, whose headings end with their tags (publishing.search_rows). No query."""
    since = checked_since.isoformat()
    marks = {
        SOURCED: sum(1 for fact in found if fact.is_sourced),
        CHECKED_LATELY: sum(fact.checked_on >= since for fact in found),
        PICTURED: sum(1 for fact in found if fact.has_picture),
        SPOILER_FREE: sum(fact.spoiler_after is None for fact in found),
    }
    tags = Counter("".join([fact.heading[fact.heading.find(_FIRST_TAG) :] for fact in found]).split())
    return Facets(
        total=len(found),
        tags=_most_first({int(token.removeprefix(tokens.TAG)): count for token, count in tags.items()}),
        subjects=_most_first(Counter(fact.subject for fact in found if fact.subject)),
        kinds=_most_first(Counter(fact.kind for fact in found if fact.kind)),
        marks=_most_first(marks),
    )
