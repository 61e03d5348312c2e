"""The tags of working copies exchanged in place: one row for each article and fact, moved in bulk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from articles.models import TaggedArticle, TaggedCard
from articles.publishing.relabelling import batched

_ROWS = 500
Model = type[TaggedArticle] | type[TaggedCard]


@dataclass(frozen=True)
class RetaggedRows:
    """Of one table, by the keys of what is tagged: what had the old tag alone, and what had both."""

    moved: list[int] = field(default_factory=list)
    both: list[tuple[int, int]] = field(default_factory=list)  # with the key of the row that went

    def as_json(self) -> dict[str, Any]:
        return {"moved": self.moved, "both": self.both}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> RetaggedRows:
        return cls(stored["moved"], [(owner, row) for owner, row in stored["both"]])

    @property
    def owners(self) -> set[int]:
        return {*self.moved, *(owner for owner, _row in self.both)}


def rows_of(model: Model, old: int, new: int | None, owners: Collection[int] | None = None) -> RetaggedRows:
    """What an exchange would change; only of these owners where some are named."""
    held = set(model.objects.filter(tag=new).values_list("content_object", flat=True)) if new else set()
    found = RetaggedRows()
    for pk, owner in model.objects.filter(tag=old).order_by("pk").values_list("pk", "content_object"):
        if owners is None or owner in owners:
            if owner in held:
                found.both.append((owner, pk))
            else:
                found.moved.append(owner)
    return found


def exchange(model: Model, rows: RetaggedRows, old: int, new: int) -> None:
    """A row keeps its key, and so its place among the tags."""
    for gone in batched([row for _owner, row in rows.both], _ROWS):
        model.objects.filter(pk__in=gone).delete()
    for owners in batched(rows.moved, _ROWS):
        model.objects.filter(tag=old, content_object__in=owners).update(tag=new)


def put_back(model: Model, rows: RetaggedRows, old: int, new: int) -> int:
    """Undoes `exchange` where the new tag still stands; gives how many were tagged otherwise since and stay so."""
    standing = _owners(model, new)
    taken = _owners(model, old)
    moved = [owner for owner in rows.moved if owner in standing]
    for owners in batched([owner for owner in moved if owner not in taken], _ROWS):
        model.objects.filter(tag=new, content_object__in=owners).update(tag=old)
    for owners in batched([owner for owner in moved if owner in taken], _ROWS):
        model.objects.filter(tag=new, content_object__in=owners).delete()
    again = [(owner, pk) for owner, pk in rows.both if owner in standing and owner not in taken]
    model.objects.bulk_create(
        (model(pk=pk, tag_id=old, content_object_id=owner) for owner, pk in again), batch_size=_ROWS
    )
    return len(rows.owners - standing)


def _owners(model: Model, tag: int) -> set[int]:
    return set(model.objects.filter(tag=tag).values_list("content_object", flat=True))
