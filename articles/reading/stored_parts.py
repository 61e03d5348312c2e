"""The stored words of an edition, as whoever shows them may rely on: each of its cards, questions and corrections has
the shape of `models.parts`. What has another (see `outputs`) is left out and logged; the rest is shown.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from django.http import Http404

from articles.models.parts import CardPart, CorrectionPart, FaqPart, Parts, current
from articles.reading.outputs import log_left_out

Checks = tuple[tuple[str, Callable[[Any], bool]], ...]
_ITEMS = {"cards": CardPart, "faqs": FaqPart, "corrections": CorrectionPart}


class BrokenPartsError(ValueError, Http404):
    """Nothing of it can be shown: a list leaves the article out, and its own address has nothing."""


def parts_in(text: str, whose: str = "") -> Parts:
    """The parts that are stored as `text`; a takedown has none of them. Raises BrokenPartsError.

    `whose` names the edition in the log; without it nothing is logged.
    """
    stored = json.loads(text)
    try:
        parts = current(stored)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise BrokenPartsError(f"its parts cannot be read: {error}") from error
    if not parts:
        return parts
    wrong = [name for name, fits in _checks(Parts) if name not in parts or not fits(parts[name])]  # type: ignore[literal-required]
    if wrong:
        raise BrokenPartsError(f"its parts have another shape: {', '.join(wrong)}")
    kept = {name: _whole(name, kind, parts, whose) for name, kind in _ITEMS.items()}
    return cast("Parts", {**parts, **kept})


def card_in(parts: Parts, public_id: str) -> CardPart:
    """Raises BrokenPartsError for parts that have lost it."""
    found = next((card for card in parts["cards"] if card["id"] == public_id), None)
    if found is None:
        raise BrokenPartsError(f"its parts have lost the card {public_id}")
    return found


def _whole(name: str, kind: Any, parts: Parts, whose: str) -> list[Any]:
    """The items of a list that have the shape of their kind."""
    checks = _checks(kind)
    kept = []
    for place, item in enumerate(parts[name], 1):  # type: ignore[literal-required]  # a name of _ITEMS
        if isinstance(item, Mapping) and _fits(item, checks):
            kept.append(item)
        elif whose:
            log_left_out(f"part {place} of the {name} of {whose}", "it has another shape")
    return kept


def _fits(item: Mapping[str, Any], checks: Checks) -> bool:
    """What is missing is told by whoever misses it: an older program had no such key."""
    return all(fits(item[key]) for key, fits in checks if key in item)


@cache
def _checks(kind: type[Any]) -> Checks:
    """For each key whether a value is of its type; pictures are looked at by whoever shows them."""
    hints = typing.get_type_hints(kind)
    return tuple((key, check) for key, hint in hints.items() if (check := _check_of(hint, is_part=kind is not Parts)))


def _check_of(hint: Any, *, is_part: bool) -> Callable[[Any], bool] | None:
    if typing.get_origin(hint) is list:
        (each,) = typing.get_args(hint)
        if not is_part and typing.is_typeddict(each):
            return lambda value: isinstance(value, list)
        of_item = _check_of(each, is_part=True)
        return lambda value: isinstance(value, list) and (of_item is None or all(map(of_item, value)))
    if typing.is_typeddict(hint):
        checks = _checks(hint)
        return lambda value: isinstance(value, Mapping) and _fits(value, checks)
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if not all(isinstance(each, type) and not typing.is_typeddict(each) for each in kinds):
        return None
    return lambda value: isinstance(value, kinds)
