"""The page that asks what of a fix is carried into a version that waits: its ticks, and the words in question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts, workflow
from articles.desk.review import differences
from articles.desk.review.differences import KINDS, FieldDifference
from articles.document import Card, Change, Document, Faq
from articles.drafts import Frame, Piece
from articles.models import Article, Edition
from articles.text import matching, word_runs
from articles.text.matching import Allowance
from articles.workflow import Carry, CarryChoice, FixedPart

#: A part, empty where it is missing, and the Document in which it stands.
_Side = tuple[Piece | None, Document]
_CHOOSE = gettext_lazy("Choose what is carried.")


@dataclass(frozen=True)
class ShownPart:
    """`rows`: of a part that can be carried, the scheduled words and those of the fix; of a conflict the other way."""

    name: str
    kind: str
    rows: Sequence[FieldDifference]


class Places(forms.MultipleChoiceField):
    """Any place is let through: whether it can be carried is for workflow to say, not for the form."""

    def valid_value(self, value: Any) -> bool:
        return len(value) <= 100


def fields(found: Carry | None) -> dict[str, forms.Field]:
    parts = found.free if found else ()
    return {
        "event": forms.IntegerField(widget=forms.HiddenInput, min_value=1),
        "fix": forms.IntegerField(widget=forms.HiddenInput, min_value=1),
        "places": Places(
            label=_("What is carried"),
            choices=[(part.place, _label(part)) for part in parts],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _CHOOSE},
        ),
    }


def initial(found: Carry | None) -> dict[str, Any]:
    """All ticked that can be carried."""
    if found is None:
        return {}
    return {"event": found.event.pk, "fix": found.fix.pk, "places": [part.place for part in found.free]}


def choice(given: Mapping[str, Any]) -> CarryChoice | None:
    """Out of the cleaned data of those fields, or their initial values."""
    if not given.get("fix"):
        return None
    return CarryChoice(given["fix"], frozenset(given.get("places") or ()))


def page_context(found: Carry | None) -> dict[str, Any]:
    """For the template of the page that asks."""
    if found is None:
        sentence = _("Nothing can be carried: that version waits no more, or it has all that was changed.")
        return {"refused": sentence, "is_over": True}
    whole = found.document(frozenset(["details"])) if "details" in {part.place for part in found.free} else None
    together = matching.together()

    def compared(part: FixedPart, old: _Side, new: _Side) -> ShownPart:
        return ShownPart(part.name, _kind(part), _rows(old, new, together))

    context: dict[str, Any] = {
        "free": [
            compared(part, *_sides(found, part, whole if part.place == "details" else None)) for part in found.free
        ],
        "conflicts": [compared(part, *reversed(_sides(found, part, None))) for part in found.conflicts],
    }
    return {"carry": context, "is_over": not found.free}


def next_to_ask(article: Article, *, after: Edition | None = None) -> Edition | None:
    """The first version that waits (after that one) and lacks something that was just published."""
    found = workflow.carries(article, workflow.public_state(article)).values()
    events = [each.event for each in found if after is None or each.event.visible_from > after.visible_from]
    return events[0] if events else None


def _kind(part: FixedPart) -> str:
    change = Change.REMOVED if part.fixed is None else Change.CHANGED if part.before else Change.ADDED
    return str(KINDS[change])


def _label(part: FixedPart) -> str:
    return f"{part.name} ({_kind(part)})" if part.fixed is None or part.before is None else part.name


def _sides(found: Carry, part: FixedPart, whole: Document | None) -> list[_Side]:
    """The part in the waiting version and in the fix; of details that are carried field by field, as they will be."""
    if whole is None:
        return [(part.waiting, found.waiting), (part.fixed, found.fixed)]
    return [(drafts.pieces_of(value)["details"], value) for value in (found.waiting, whole)]


def _rows(old: _Side, new: _Side, together: Allowance) -> list[FieldDifference]:
    (before, one), (after, other) = old, new
    pictures = [list(drafts.pictures_in(piece, value.pictures)) if piece else [] for piece, value in (old, new)]
    if isinstance(before, Frame) and isinstance(after, Frame):
        rows = differences.of_values(before.details, after.details, together)
        rows += _order(before, one, after, other, together)
    else:
        piece: Any = before or after
        empty = type(piece)(public_id=piece.public_id) if isinstance(piece, Card | Faq) else type(piece)()
        rows = differences.of_values(before or empty, after or empty, together)
    return [*rows, *differences.of_pictures(pictures[0], pictures[1], together=together)]


def _order(
    before: Frame, one: Document, after: Frame, other: Document, together: Allowance
) -> Iterator[FieldDifference]:
    old, new = (
        "\n".join(
            card.heading for card in value.cards if card.public_id in before.cards and card.public_id in after.cards
        )
        for value in (one, other)
    )
    if old != new:
        yield FieldDifference("cards", _("order"), *word_runs.of_texts(old, new, together))
