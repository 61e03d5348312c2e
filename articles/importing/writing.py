"""Blocks as Markdown that shows exactly their words; `inline` writes what stands in a line.

The other side is `articles.text.syntax`, whose dialect this writes: hard breaks with a backslash, quotations with an
em dash before the attribution, no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.blocks import Block, Kind, Spans, plain, trim
from articles.importing.inline import render

_DEEPEST_LIST = 8
_LARGEST_NUMBER = 999_999_999


def markdown(blocks: Sequence[Block]) -> str:
    """The body of a card, an answer or a part as Markdown; headings are one level (the page gives them its own)."""
    writer = _Writer()
    for block in blocks:
        writer.add(block)
    return writer.text()


class _Writer:
    """Keeps the indents of the open lists, and at each depth the last item and its sign (a new list needs another)."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._widths: list[int] = []
        self._items: dict[int, tuple[Block, str]] = {}
        self._after_item = False

    def text(self) -> str:
        return "".join(self._parts)

    def add(self, block: Block) -> None:
        if block.kind is Kind.ITEM:
            self._add_item(block)
            return
        body = block_markdown(block)
        if not body:
            return
        depth = min(block.depth, len(self._widths))
        del self._widths[depth:]
        if depth == 0:
            self._items.clear()
        self._put(body, sum(self._widths), tight=False)

    def _add_item(self, block: Block) -> None:
        body = render(trim(block.spans))
        if not body:
            return
        depth = max(1, min(block.depth, len(self._widths) + 1, _DEEPEST_LIST))
        del self._widths[depth - 1 :]
        self._items = {at: item for at, item in self._items.items() if at <= depth}
        sign, is_new = self._sign(block, depth)
        self._items[depth] = block, sign
        marker = f"{min(block.number, _LARGEST_NUMBER)}{sign}" if block.number is not None else sign
        indent = sum(self._widths)
        self._widths.append(len(marker) + 1)
        self._put(f"{marker} {_indented(body, len(marker) + 1)}", indent, tight=self._after_item and not is_new)
        self._after_item = True

    def _sign(self, block: Block, depth: int) -> tuple[str, bool]:
        """The bullet, or the sign after the number; and whether it begins a list right after another one."""
        first, second = ("-", "*") if block.number is None else (".", ")")
        held = self._items.get(depth)
        if held is None or (held[0].number is None) is not (block.number is None):
            return first, held is not None
        last, sign = held
        follows = block.number is None or (last.number is not None and block.number == last.number + 1)
        if last.group == block.group and follows:
            return sign, False
        return (second if sign == first else first), True

    def _put(self, body: str, indent: int, *, tight: bool) -> None:
        if self._parts:
            self._parts.append("\n" if tight else "\n\n")
        self._parts.append(" " * indent + _indented(body, indent))
        self._after_item = False


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width) if width else text


def block_markdown(block: Block) -> str:
    """One block that is not a list item; "" for a rule, which needs no words."""
    if block.kind is Kind.QUOTE:
        return _quote(block)
    if block.kind is Kind.TABLE:
        return _table(block.rows)
    if block.kind is Kind.CODE:
        text = plain(block.spans)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    if block.kind is Kind.RULE:
        return ""
    body = render(trim(block.spans))
    if block.kind is Kind.HEADING and body:
        return "### " + body.replace("\\\n", " ")
    return body


def _quote(block: Block) -> str:
    body = markdown(block.children)
    if block.attribution:
        body = f"{body}\n\n— {render(trim(block.attribution)).replace(chr(92) + chr(10), ' ')}"
    return "\n".join(f"> {line}" if line else ">" for line in body.split("\n")) if body else ""


def _table(rows: Sequence[Sequence[Spans]]) -> str:
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    written = ["| " + " | ".join(_cell(row[at]) if at < len(row) else "" for at in range(width)) + " |" for row in rows]
    written.insert(1, "|" + " --- |" * width)
    return "\n".join(written)


def _cell(spans: Spans) -> str:
    return render(trim(spans)).replace("\\\n", " ").replace("|", "\\|")
