"""What Word writes into HTML instead of lists, headings and quotations: classes and its own style properties."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Protocol

from articles.importing.blocks import Block, Hint, Kind, cut, plain, trim
from articles.importing.finder.numbers import leading_number
from articles.importing.readers.asides import ASIDES

_LEVEL = re.compile(r"mso-list\s*:\s*l(?P<list>\d+)\s+level(?P<level>\d)", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?P<marker>[·•§o▪◦\uf0b7\uf0a7\-–]|\(?\w{1,4}[.)])\s+(?=\S)")


class _Marked(Protocol):
    kind: Kind | None
    level: int
    hint: Hint
    why: str


_COMMENT = re.compile(r"mso-element\s*:\s*comment|mso-comment", re.IGNORECASE)
_HIDDEN = re.compile(r"mso-hide\s*:\s*all", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_COMMENT_CLASSES = frozenset(("msocommentreference", "msocomanchor", "msocommenttext", "msocomtxt", "msocomoff"))


def is_word(text: str) -> bool:
    """Whether Word wrote this HTML; only there is `<del>` a deletion that waits to be accepted."""
    head = text[:20_000]
    return "schemas-microsoft-com:office" in head or re.search(r"class=[\"']?Mso", head) is not None


def aside(tag: str, given: dict[str, str], *, is_word: bool) -> str:
    """Why words of Word's are no part of the text: comments, deletions, hidden text; "" for all others."""
    style = given.get("style", "")
    if not _COMMENT_CLASSES.isdisjoint(given.get("class", "").lower().split()) or _COMMENT.search(style):
        return ASIDES["comment"]
    if _HIDDEN.search(style):
        return ASIDES["hidden"]
    return ASIDES["deleted"] if tag == "del" and is_word else ""


def is_marker(given: dict[str, str]) -> bool:
    """Whether an element is the number or bullet that Word writes before a list item."""
    return _IGNORED.search(given.get("style", "")) is not None


def mark(tag: str, given: dict[str, str], frame: _Marked) -> None:
    """Sets what a paragraph of Word is. A list item keeps its place in `why` until `with_lists` reads it."""
    if tag != "p":
        return
    name = given.get("class", "").lower()
    found = _LEVEL.search(given.get("style", ""))
    if found and frame.kind is not Kind.HEADING:
        frame.why = f"mso:{found['list']}:{found['level']}"
        frame.hint = Hint.WORD_LIST
    elif name in ("msoquote", "msointensequote"):
        frame.hint = Hint.WORD_QUOTE
    elif name == "msocaption":
        frame.hint = Hint.CAPTION
    elif name.startswith("msotoc") and name != "msotocheading":
        frame.hint = Hint.CONTENTS


def with_lists(blocks: Sequence[Block]) -> list[Block]:
    """Word's list paragraphs as list items, its quotation paragraphs as quotations."""
    found: list[Block] = []
    for block in blocks:
        if block.hint is Hint.WORD_LIST:
            found.append(_item(block))
        elif block.hint is Hint.WORD_QUOTE:
            _quote(block, found)
        else:
            found.append(block)
    return found


def _item(block: Block) -> Block:
    _, group, level = block.why.split(":")
    sign = None if block.marker else _MARKER.match(plain(block.spans))
    marker = sign["marker"] if sign else block.marker
    number = leading_number(marker + " x") if any(char.isdigit() for char in marker) else None
    return dataclasses.replace(
        block,
        kind=Kind.ITEM,
        spans=trim(cut(block.spans, sign.end())) if sign else block.spans,
        depth=int(level),
        marker=marker,
        number=number.value if number else None,
        group=10_000 + int(group[:4]),
        hint=Hint.NONE,
        why="",
    )


def _quote(block: Block, found: list[Block]) -> None:
    child = dataclasses.replace(block, hint=Hint.NONE, why="")
    if found and found[-1].kind is Kind.QUOTE and found[-1].hint is Hint.WORD_QUOTE:
        found[-1] = dataclasses.replace(found[-1], children=(*found[-1].children, child))
    else:
        found.append(Block(kind=Kind.QUOTE, children=(child,), hint=Hint.WORD_QUOTE))
