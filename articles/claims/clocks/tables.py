"""The shape of the tables of words beside this module: by what a language says that something holds for a time."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


class ClockKind(enum.StrEnum):
    NOW = "now"
    COMING = "coming"  # has not happened, or is not known yet
    RANK = "rank"
    AGE = "age"
    COUNT = "count"  # grows or moves


@dataclass(frozen=True, slots=True)
class Marker:
    """`seen`: words, or in eastern languages pieces of words, of which a sentence has one that this pattern fits;
    empty for figures. `is_always`: in a sentence about the past as well.
    """

    kind: ClockKind
    seen: frozenset[str]
    pattern: re.Pattern[str]
    is_always: bool = False


@dataclass(frozen=True)
class LanguageTable:
    """`present` and `past` are what a sentence says of now or then; `as_of_before` and `as_of_after` stand beside the
    day of which a sentence says that it holds then, and it has one of the words `as_of_seen` then.
    """

    markers: tuple[Marker, ...]
    past: re.Pattern[str]
    present: re.Pattern[str]
    as_of_seen: frozenset[str]
    as_of_before: re.Pattern[str]
    as_of_after: re.Pattern[str]
    then: re.Pattern[str]  # names another time than now: whatever else is said, it is of that time
    is_spaced: bool = True

    @cached_property
    def by_word(self) -> Mapping[str, Sequence[Marker]]:
        found: dict[str, list[Marker]] = {}
        for each in self.markers:
            for word in each.seen:
                found.setdefault(word, []).append(each)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.by_word)

    @cached_property
    def of_figures(self) -> tuple[Marker, ...]:
        return tuple(each for each in self.markers if not each.seen)


NEVER = re.compile(r"(?!)")


def marker(kind: ClockKind, seen: str, pattern: str, *, is_always: bool = False) -> Marker:
    return Marker(kind, frozenset(seen.split()), re.compile(pattern, re.IGNORECASE), is_always)
