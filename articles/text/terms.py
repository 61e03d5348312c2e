"""Spellings that a text should not have, found in one pass for each that it has at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.text import finding


@dataclass(frozen=True, slots=True)
class Term:
    """How something is spelt, and how not."""

    right: str
    wrong: tuple[str, ...]
    whole_words: bool = True
    match_case: bool = True


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A wrong spelling as it stands in a text, and how often."""

    term: Term
    words: str
    count: int


class Spellings:
    """The terms of a house, compiled once. Hashed by identity, so that what a text has can be remembered with it."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)

    @cached_property
    def _wanted(self) -> list[tuple[Term, str, str, re.Pattern[str]]]:
        """Longest first: “Joo Ji-hoon” before “Ji-hoon”."""
        found = [(term, wrong) for term in self.terms for wrong in term.wrong if wrong]
        return [
            (
                term,
                wrong,
                wrong.casefold(),
                finding.pattern(wrong, whole_words=term.whole_words, match_case=term.match_case),
            )
            for term, wrong in sorted(found, key=lambda pair: -len(pair[1]))
        ]

    def misspelt(self, text: str) -> list[Misspelling]:
        """In the order in which they first stand; what stands within a right spelling or in an address is none.

        A spelling that the text has nowhere costs one look for its signs, so that long lists stay cheap.
        """
        folded = text.casefold()
        wanted = [each for each in self._wanted if each[2] in folded]
        if not wanted:
            return []
        taken = self._right_in(text)
        found: list[tuple[int, Misspelling]] = []
        for term, _wrong, _needle, pattern in wanted:
            spans = [span for span in finding.occurrences(text, pattern) if taken.find(0, *span) >= 0]
            for start, stop in spans:
                taken[start:stop] = b"\1" * (stop - start)
            if spans:
                start, stop = spans[0]
                found.append((start, Misspelling(term, text[start:stop], len(spans))))
        return [misspelling for _start, misspelling in sorted(found, key=lambda pair: pair[0])]

    def _right_in(self, text: str) -> bytearray:
        """1 for each sign of a right spelling."""
        taken = bytearray(len(text))
        for term in self.terms:
            size, at = len(term.right), text.find(term.right)
            while at >= 0:
                taken[at : at + size] = b"\1" * size
                at = text.find(term.right, at + size)
        return taken
