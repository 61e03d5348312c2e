"""Lists that were typed as paragraphs: lines that count from 1 on, or that begin with one bullet."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block, Hint, Kind, cut, plain, trim
from articles.importing.finder.layout import LayoutBlock, Role
from articles.importing.finder.numbers import sure_number

_TEXTS = frozenset((Role.INTRODUCTION, Role.CARD_TEXT, Role.ANSWER, Role.CONCLUSION))
_STYLES = frozenset(("dot", "paren", "circled", "keycap"))
_BULLET = re.compile(r"\s*(?P<sign>[•‣▪◦●○·►▶*+]|[-–—](?=\s))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a line begins with: a bullet, or a number in a style."""

    look: str
    stop: int
    number: int | None = None


def with_lists(entries: Sequence[LayoutBlock]) -> list[LayoutBlock]:
    """The same blocks, in which two or more such lines on end are items."""
    found = list(entries)
    run: list[tuple[int, _Sign]] = []
    for at, entry in enumerate([*entries, None]):
        sign = _sign(entry)
        if sign and run and _goes_on(run[-1][1], sign) and entry and entry.role is entries[run[-1][0]].role:
            run.append((at, sign))
            continue
        if len(run) >= 2:
            for index, own in run:
                found[index] = dataclasses.replace(
                    entries[index], block=_item(entries[index].block, own, entries[run[0][0]].block.group)
                )
        run = [(at, sign)] if sign and sign.number in (None, 1) else []
    return found


def _sign(entry: LayoutBlock | None) -> _Sign | None:
    if entry is None or entry.role not in _TEXTS:
        return None
    if entry.block.kind is not Kind.PARAGRAPH or entry.block.hint is not Hint.NONE:
        return None
    text = entry.block.text
    bullet = _BULLET.match(text)
    if bullet:
        return _Sign(bullet["sign"], bullet.end())
    number = sure_number(text)
    if number and number.style in _STYLES and number.start == 0:
        return _Sign(number.style, number.stop, number.value)
    return None


def _goes_on(last: _Sign, sign: _Sign) -> bool:
    return sign.look == last.look and sign.number == (None if last.number is None else last.number + 1)


def _item(block: Block, sign: _Sign, group: int) -> Block:
    return dataclasses.replace(
        block,
        kind=Kind.ITEM,
        spans=trim(cut(block.spans, sign.stop)),
        marker=plain(block.spans)[: sign.stop].strip(),
        number=sign.number,
        group=group,
        depth=block.depth + 1,
    )
