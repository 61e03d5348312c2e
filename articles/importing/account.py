"""The account of an import: where every visible character of the source went.

It is kept by the builder while it writes, so that an entry stands for words that really were written, and it is then
held against the visible source by `settle`, word by word in their order: what no entry answers for is reported as
unplaced, whatever the cause.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.importing.alignment import missing, words_of
from articles.text.messages import _


@dataclass(frozen=True, slots=True)
class Placed:
    """`where`: "title", "introduction", "card 3", "conclusion", "faq 2"; "faqs" is the heading over the questions."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Repaired:
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    source: str
    placed: tuple[Placed, ...] = ()
    repaired: tuple[Repaired, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every visible character of the source is placed, repaired or shown as unplaced."""
        return not missing(self.source, *self._lanes())

    def to_json(self) -> dict[str, Any]:
        """The whole account as plain JSON values; the source itself is left out, for its words stand in the entries."""
        return {
            "complete": self.is_complete,
            "placed": [{"text": entry.text, "where": entry.where} for entry in self.placed],
            "repaired": [{"before": entry.before, "after": entry.after, "why": entry.why} for entry in self.repaired],
            "unplaced": [{"text": entry.text, "why": entry.why} for entry in self.unplaced],
            "notes": list(self.notes),
        }

    def with_notes(self, notes: Iterable[str]) -> Account:
        return dataclasses.replace(self, notes=(*self.notes, *notes))

    def _lanes(self) -> Iterator[list[str]]:
        """The entries, each kind in the order of the source; a repair counts where signs are gone because of it."""
        yield [entry.text for entry in self.placed]
        yield [entry.text for entry in self.unplaced]
        yield [entry.before for entry in self.repaired if words_of(entry.before) != words_of(entry.after)]


def settle(
    source: str,
    placed: Iterable[Placed],
    repaired: Iterable[Repaired],
    unplaced: Iterable[Unplaced],
    notes: Iterable[str],
) -> Account:
    """The account of a source; what no entry answers for becomes an unplaced entry of its own."""
    account = Account(
        source=source,
        placed=tuple(placed),
        repaired=tuple(repaired),
        unplaced=tuple(unplaced),
        notes=tuple(notes),
    )
    lost = missing(source, *account._lanes())
    if not lost:
        return account
    extra = Unplaced(
        "\n".join(lost), _("The import found no place for these words; please look them up in the source.")
    )
    return dataclasses.replace(account, unplaced=(*account.unplaced, extra))
