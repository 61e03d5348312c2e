"""What was fixed of a Document and lacks in another, part by part; and that one with chosen parts as they are fixed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from articles import drafts
from articles.document import Document
from articles.drafts import Details, Frame, Piece
from articles.workflow import partial
from articles.workflow.errors import WorkflowError

Value = TypeVar("Value")
DETAILS = "details"


@dataclass(frozen=True)
class FixedPart:
    """A part that was fixed and that the waiting version has in other words; None where a version has no such part.

    `before` are the words that the fix took the place of: those of the waiting version, unless it is a conflict.
    """

    place: str
    before: Piece | None
    fixed: Piece | None
    waiting: Piece | None
    is_conflict: bool

    @property
    def name(self) -> str:
        piece = self.fixed or self.before or self.waiting
        return drafts.name_of_piece(piece) if piece else ""


class _ClashError(Exception):
    """The fixes and the waiting version changed the same value."""


def fixed_parts(earlier: Sequence[Document], fixed: Document, waiting: Document) -> Iterator[FixedPart]:
    """In the order of the page, what was removed last. The details are carried field by field, the order as a whole:
    they clash where both sides changed the same. `earlier` is not empty.
    """
    documents = (*earlier, fixed, waiting)
    common = [_in_all(documents, name) for name in ("cards", "faqs")]
    *old, new, there = (_pieces(value, *common) for value in documents)
    tags_meant = drafts.TagMeanings(tag for value in documents for card in value.cards for tag in card.tags)

    def is_same(one: Piece | None, first: Document, other: Piece | None, second: Document) -> bool:
        if one is None or other is None:
            return one is other
        return drafts.looks_like(one, first.pictures, other, second.pictures, tags_meant)

    for place in dict.fromkeys(place for pieces in (new, *old) for place in pieces):
        fix, waits = new.get(place), there.get(place)
        if place == DETAILS:
            if (is_clash := _clashes(earlier, fixed, waiting)) is not None:
                yield FixedPart(place, old[0].get(place), fix, waits, is_clash)
        elif not is_same(fix, fixed, waits, waiting):
            was = [(pieces.get(place), value) for pieces, value in zip(old, earlier, strict=True)]
            if any(is_same(piece, value, waits, waiting) for piece, value in was):
                yield FixedPart(place, waits, fix, waits, is_conflict=False)
            elif not all(is_same(piece, value, fix, fixed) for piece, value in was):
                yield FixedPart(place, was[0][0], fix, waits, is_conflict=True)


def _clashes(earlier: Sequence[Document], fixed: Document, waiting: Document) -> bool | None:
    """Whether the details can not be carried; None where the waiting version has all that was fixed in them."""
    try:
        has_all = _frame(earlier, fixed, waiting) == waiting and _cover_taken(earlier, fixed, waiting) == _cover(
            waiting
        )
    except _ClashError:
        return True
    return None if has_all else False


def carried(earlier: Sequence[Document], fixed: Document, waiting: Document, places: frozenset[str]) -> Document:
    """The waiting Document with the fixed parts at these places, which are of `fixed_parts` without a conflict.

    Raises WorkflowError where no fact would be left, or a carried part shows a picture that another part has as it was.
    """
    frame = _frame(earlier, fixed, waiting) if DETAILS in places else waiting
    gone = places - drafts.pieces_of(fixed).keys()
    frame = dataclasses.replace(
        frame,
        introduction="" if "introduction" in gone else frame.introduction,
        conclusion_heading="" if "conclusion" in gone else frame.conclusion_heading,
        conclusion="" if "conclusion" in gone else frame.conclusion,
        cards=tuple(card for card in frame.cards if f"card:{card.public_id}" not in gone),
        faqs=tuple(faq for faq in frame.faqs if f"faq:{faq.public_id}" not in gone),
    )
    frame = partial.recounted(frame, len(waiting.cards))
    mixed = partial.mix_words(fixed, frame, set(places - {DETAILS}))
    if not mixed.cards:
        raise WorkflowError(_("No fact of this article would be left."))

    def source_of(place: str) -> Document:
        if place != DETAILS:
            return fixed if place in places else waiting
        has_new_cover = DETAILS in places and _cover_taken(earlier, fixed, waiting) == _cover(fixed)
        return fixed if has_new_cover else waiting

    return partial.with_pictures(mixed, source_of)


def _frame(earlier: Sequence[Document], fixed: Document, waiting: Document) -> Document:
    """The waiting Document with the fixed details and order. Raises _ClashError."""
    _cover_taken(earlier, fixed, waiting)
    names = [field.name for field in dataclasses.fields(Details)]
    details = {
        name: _taken([getattr(value, name) for value in earlier], getattr(fixed, name), getattr(waiting, name))
        for name in names
    }
    return dataclasses.replace(
        waiting,
        **details,
        cards=_reordered(waiting.cards, [_ids(value.cards) for value in earlier], _ids(fixed.cards)),
        faqs=_reordered(waiting.faqs, [_ids(value.faqs) for value in earlier], _ids(fixed.faqs)),
    )


def _reordered(items: Sequence[Any], earlier: Sequence[Sequence[str]], fixed: Sequence[str]) -> tuple[Any, ...]:
    """In the fixed order, as far as all versions have the items; the others stay after their neighbours."""
    by_id = {item.public_id: item for item in items}
    common = set(by_id).intersection(fixed, *earlier)
    orders = [tuple(each for each in ids if each in common) for ids in (*earlier, fixed, tuple(by_id))]
    order = _taken(orders[:-2], *orders[-2:])
    return partial.in_order(by_id, [by_id[public_id] for public_id in order], items)


def _taken(were: Sequence[Value], fix: Value, waits: Value) -> Value:
    """The fixed value where the waiting one was public once. Raises _ClashError where both sides changed it."""
    if waits == fix or (waits not in were and all(was == fix for was in were)):
        return waits
    if waits in were:
        return fix
    raise _ClashError


def _cover_taken(earlier: Sequence[Document], fixed: Document, waiting: Document) -> Any:
    return _taken([_cover(value) for value in earlier], _cover(fixed), _cover(waiting))


def _pieces(value: Document, cards: set[str], faqs: set[str]) -> dict[str, Piece]:
    """With an order of those items alone: what came or went is a part of its own."""
    found = drafts.pieces_of(value)
    frame = found[DETAILS]
    assert isinstance(frame, Frame)  # noqa: S101
    kept = [tuple(each for each in ids if each in common) for ids, common in ((frame.cards, cards), (frame.faqs, faqs))]
    return {**found, DETAILS: dataclasses.replace(frame, cards=kept[0], faqs=kept[1])}


def _in_all(versions: Sequence[Document], name: str) -> set[str]:
    return set.intersection(*(set(_ids(getattr(value, name))) for value in versions))


def _ids(items: Sequence[Any]) -> tuple[str, ...]:
    return tuple(item.public_id for item in items)


def _cover(value: Document) -> Any:
    return value.picture(value.cover)
