"""Two values side by side, in words, with what differs marked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.document import FIELD_LABELS, Change, Comparison, FieldChange, ItemChange
from articles.models.writing import NUMBERING_LABELS
from articles.translation import translated

KINDS = {
    Change.SAME: _("unchanged"),
    Change.CHANGED: _("changed"),
    Change.MOVED: _("moved"),
    Change.ADDED: _("new"),
    Change.REMOVED: _("removed"),
}

#: Marking words costs the square of their number; longer texts stand side by side unmarked.
MOST_WORDS = 4000
#: Texts that share less than this are different as a whole: marks on every other word would help nobody.
LEAST_IN_COMMON = 0.5
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    is_different: bool


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of two values. `old` and `new` are runs of text, empty where nothing stands."""

    name: str
    label: str
    old: Sequence[Run]
    new: Sequence[Run]


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A card or question that is not the same in both."""

    kind: str
    change: Change
    name: str
    old_position: int | None
    new_position: int | None
    rows: Sequence[FieldDifference]


def of_values(old: Any, new: Any) -> list[FieldDifference]:
    """The fields that differ in two values of the same kind of part."""
    return [row_of(change) for change in changes(old, new)]


def changes(old: Any, new: Any) -> Iterator[FieldChange]:
    for field in dataclasses.fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield FieldChange(field.name, before, after)


def row_of(change: FieldChange) -> FieldDifference:
    old, new = mark(words(change.old), words(change.new))
    return FieldDifference(change.name, translated(FIELD_LABELS.get(change.name, change.name)), old, new)


def of_items(items: Sequence[ItemChange]) -> Iterator[ItemDifference]:
    for item in items:
        if item.kind is Change.SAME:
            continue
        value = item.new or item.old
        name = value.heading if isinstance(value, document.Card) else value.question if value else ""
        rows = [row_of(change) for change in item.fields] or [*_whole(item)]
        yield ItemDifference(str(KINDS[item.kind]), item.kind, name, item.old_position, item.new_position, rows)


def of_documents(comparison: Comparison) -> dict[str, Any]:
    """A comparison of two Documents for the template `_comparison.html`."""
    return {
        "rows": [row_of(change) for change in comparison.fields],
        "cards": list(of_items(comparison.cards)),
        "faqs": list(of_items(comparison.faqs)),
        "is_empty": comparison.is_empty,
    }


def _whole(item: ItemChange) -> Iterator[FieldDifference]:
    """A new or removed item with all that stands in it."""
    value = item.new if item.kind is Change.ADDED else item.old if item.kind is Change.REMOVED else None
    if value is None:
        return
    empty = type(value)(public_id=value.public_id)
    for change in changes(*((empty, value) if item.new else (value, empty))):
        yield row_of(change)


def words(value: Any) -> str:
    """A field of a Document as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, document.Numbering):
        return str(NUMBERING_LABELS[value])
    if isinstance(value, dt.date):
        return formats.date_format(value)
    if isinstance(value, document.Source):
        return " · ".join(filter(None, (value.title, value.publisher, value.url, words(value.seen_on))))
    if isinstance(value, document.Picture):
        return " · ".join(filter(None, (value.public_id, value.alt, value.credit, value.licence)))
    if isinstance(value, tuple):
        return ("\n" if value and not isinstance(value[0], str) else ", ").join(map(words, value))
    return str(value)


def mark(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """Both texts as runs of words that are the same or different."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if not (before and after) or len(before) + len(after) > MOST_WORDS:
        return [Run(old, bool(new))] if old else [], [Run(new, bool(old))] if new else []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_IN_COMMON:
        return [Run(old, False)], [Run(new, False)]
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if a < b:
            left.append(Run("".join(before[a:b]), kind != "equal"))
        if c < d:
            right.append(Run("".join(after[c:d]), kind != "equal"))
    return left, right
