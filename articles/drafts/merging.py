"""Merging two people's changes of one part: three-way, field by field, texts by lines and then by words.

What both changed in the same words is not merged: None says that the two texts have to stand side by side.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from articles.text import matching

Value = TypeVar("Value")
Item = TypeVar("Item", bound=Hashable)
Side = TypeVar("Side")

#: Texts in Markdown. The other fields hold one thing each (a heading, a day), of which one is taken whole.
TEXTS = frozenset({"body", "answer", "introduction", "conclusion"})
#: Names without an order of their own.
NAMES = frozenset({"tags"})
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def merged(base: Value, ours: Value, theirs: Value) -> Value | None:
    """A value of one class with the changes of both since `base`; None where they changed the same words."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(base):  # type: ignore[arg-type]
        values = [getattr(value, field.name) for value in (base, ours, theirs)]
        merge = _merge_names if field.name in NAMES else _merge_text if field.name in TEXTS else _merge_whole
        found[field.name] = _one_sided(*values) or merge(*values)
        if found[field.name] is None:
            return None
    return dataclasses.replace(base, **{name: value[0] for name, value in found.items()})  # type: ignore[type-var]


def merged_text(base: str, ours: str, theirs: str) -> str | None:
    """By lines; where both changed neighbouring lines, by words."""
    result = _one_sided(base, ours, theirs) or _merge_text(base, ours, theirs)
    return result[0] if result else None


def merged_lines(base: str, ours: str, theirs: str) -> str | None:
    """By whole lines: for short texts, in which two people's words do not make a sentence."""
    lines = (base.split("\n"), ours.split("\n"), theirs.split("\n"))
    found = _merge_sequence(*lines)
    return None if found is None else "\n".join(found)


def _one_sided(base: Side, ours: Side, theirs: Side) -> tuple[Side] | None:
    """In a tuple, since the value itself may be None or empty."""
    if ours in (theirs, base):
        return (theirs,)
    return (ours,) if theirs == base else None


def _merge_whole(base: Any, ours: Any, theirs: Any) -> tuple[Any] | None:
    """Lists, such as sources, item by item; nothing else can be taken apart."""
    if not isinstance(base, tuple):
        return None
    found = _merge_sequence(base, ours, theirs)
    return None if found is None else (tuple(found),)


def _merge_names(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[tuple[str, ...]]:
    kept = [name for name in base if name in ours and name in theirs]
    return (tuple(dict.fromkeys([*kept, *(name for name in (*theirs, *ours) if name not in base)])),)


def _merge_text(base: str, ours: str, theirs: str) -> tuple[str] | None:
    pieces: list[str] = []
    allowance = matching.Allowance()
    for region in _regions(_LINES.findall(base), _LINES.findall(ours), _LINES.findall(theirs), allowance):
        whole = _one_sided(*region)
        if whole is None:
            was, ours_now, theirs_now = (_WORDS.findall("".join(lines)) for lines in region)
            words = _merge_sequence(was, ours_now, theirs_now, allowance, is_filler=str.isspace)
            if words is None:
                return None
            whole = (words,)
        pieces += whole[0]
    return ("".join(pieces),)


def _merge_sequence(
    base: Sequence[Item],
    ours: Sequence[Item],
    theirs: Sequence[Item],
    allowance: matching.Allowance | None = None,
    *,
    is_filler: Callable[[Any], bool] | None = None,
) -> list[Item] | None:
    result: list[Item] = []
    for region in _regions(base, ours, theirs, allowance or matching.Allowance(), is_filler):
        whole = _one_sided(*region)
        if whole is None:
            return None
        result += whole[0]
    return result


def _regions(
    base: Sequence[Item],
    ours: Sequence[Item],
    theirs: Sequence[Item],
    allowance: matching.Allowance,
    is_filler: Callable[[Any], bool] | None = None,
) -> Iterator[tuple[list[Item], list[Item], list[Item]]]:
    """The three sequences cut at what all of them share, piece by piece."""
    starts = (0, 0, 0)
    left = matching.matches(base, ours, allowance, is_filler=is_filler)
    right = matching.matches(base, theirs, allowance, is_filler=is_filler)
    for at, in_ours, in_theirs, size in _shared(left, right):
        yield (list(base[starts[0] : at]), list(ours[starts[1] : in_ours]), list(theirs[starts[2] : in_theirs]))
        same = list(base[at : at + size])
        yield (same, same, same)
        starts = (at + size, in_ours + size, in_theirs + size)
    yield (list(base[starts[0] :]), list(ours[starts[1] :]), list(theirs[starts[2] :]))


def _shared(left: Sequence[matching.Match], right: Sequence[matching.Match]) -> Iterator[tuple[int, int, int, int]]:
    """Runs that stand in all three: where in each, and how long. `left` and `right` begin with the same sequence."""
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        (a, in_ours, a_size), (b, in_theirs, b_size) = left[at_left], right[at_right]
        start, stop = max(a, b), min(a + a_size, b + b_size)
        if start < stop:
            yield start, in_ours + start - a, in_theirs + start - b, stop - start
        if a + a_size <= b + b_size:
            at_left += 1
        else:
            at_right += 1
