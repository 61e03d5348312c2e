"""What changed between two Documents, card by card."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.document.shapes import Card, Document, Faq
from articles.text import word_diff


class Change(enum.StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A card or question in both Documents, by its `public_id`. Positions count from 1; None where it is missing.

    An item that was reworded and moved is CHANGED; MOVED is order alone, counted against the items common to both.
    """

    kind: Change
    public_id: str
    old: Card | Faq | None
    new: Card | Faq | None
    old_position: int | None
    new_position: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: tuple[FieldChange, ...]
    cards: tuple[ItemChange, ...]
    faqs: tuple[ItemChange, ...]

    @property
    def is_empty(self) -> bool:
        return not self.fields and all(item.kind is Change.SAME for item in (*self.cards, *self.faqs))


def compare(old: Document, new: Document) -> Comparison:
    """What changed between two Documents, card by card, in the new order with removed items last."""
    return Comparison(
        fields=_field_changes(old, new, skip={"cards", "faqs"}),
        cards=_item_changes(old.cards, new.cards),
        faqs=_item_changes(old.faqs, new.faqs),
    )


def _field_changes(old: Any, new: Any, skip: set[str] = frozenset()) -> tuple[FieldChange, ...]:  # type: ignore[assignment]
    names = (field.name for field in dataclasses.fields(old) if field.name not in skip)
    return tuple(
        FieldChange(name, getattr(old, name), getattr(new, name))
        for name in names
        if getattr(old, name) != getattr(new, name)
    )


def _item_changes(old: Sequence[Card | Faq], new: Sequence[Card | Faq]) -> tuple[ItemChange, ...]:
    before = {item.public_id: (position, item) for position, item in enumerate(old, 1)}
    after = {item.public_id for item in new}
    in_place = _longest_rising([before[item.public_id][0] for item in new if item.public_id in before])
    changes = []
    for position, item in enumerate(new, 1):
        if item.public_id not in before:
            changes.append(ItemChange(Change.ADDED, item.public_id, None, item, None, position))
            continue
        old_position, old_item = before[item.public_id]
        fields = _field_changes(old_item, item)
        kind = Change.CHANGED if fields else Change.SAME if old_position in in_place else Change.MOVED
        changes.append(ItemChange(kind, item.public_id, old_item, item, old_position, position, fields))
    changes += [
        ItemChange(Change.REMOVED, item.public_id, item, None, position, None)
        for position, item in enumerate(old, 1)
        if item.public_id not in after
    ]
    return tuple(changes)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The most items that kept their order among themselves; all others were moved around them."""
    return {numbers[place] for place in word_diff.longest_rising(numbers)}
