"""One walk over a page before it is read: its visible words, and what each element holds.

The walker asks it questions that would otherwise mean to search an element's inside again and again, which takes the
square of the time in a page that was made for that.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from articles.importing.readers import asides, markup, raised, signs, tree
from articles.importing.readers.markup import BLOCKS

_APART = frozenset(("rt", "button", "del", asides.TAG))  # words that run into no word beside them
_LONGEST_BOX = 200  # characters of a table of one cell, which is a heading drawn as a box
_LONGEST_CELL = 1500  # characters; a longer one lays out a page
_MOST_IN_CELL = 3  # paragraphs
_ASKED = BLOCKS | {"ruby", "cite"}
_BITS = {
    tag: 1 << place
    for place, tag in enumerate(("h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote", "rp", "p", "h5", "h6"))
}


@dataclass(slots=True)
class _Inside:
    """What an element holds; `start` and `stop` count the visible signs of the page before and behind it."""

    start: int
    stop: int = 0
    tags: int = 0
    rows: int = 0
    cells: int = 0
    paragraphs: int = 0
    has_long_cell: bool = False
    rich: int = 0  # cells of two paragraphs and more


class Survey:
    """`visible` are the words of the page: all that a browser shows, now or when it is unfolded; `size` counts their
    signs, `in_paragraphs` those in paragraphs and cells.
    """

    def __init__(self, root: LexborNode) -> None:
        self._inside: dict[int, _Inside] = {}
        self._open = [_Inside(0)]
        self._tables: list[_Inside] = []
        self._at = 0
        self._paragraphs = 0  # open ones
        self.in_paragraphs = 0
        self._pieces: list[str] = []
        power: int | None = None  # an element whose signs stand there already
        for node, entering in tree.steps(root):
            tag = node.tag or ""
            if tag == "-text":
                if power is None:
                    self._add(signs.fit(node.text_content or ""))
                continue
            if entering:
                written = raised.written(node, tag) if power is None else None
                self._enter(node, tag)
                if written is not None:
                    self._add(written)
                    power = node.mem_id
            else:
                self._leave(node, tag)
                power = None if node.mem_id == power else power
        self.size = self._at
        self.visible = "".join(self._pieces)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        count = len(text) - text.count(" ") - text.count("\n")
        self._at += count
        if self._paragraphs:
            self.in_paragraphs += count

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag in BLOCKS or tag == "br":
            self._pieces.append("\n")
        elif tag in _APART or (tag == "cite" and node.parent is not None and node.parent.tag == "blockquote"):
            self._pieces.append(" ")
        elif given := markup.attributes(node):
            if markup.is_hidden(given):
                self._pieces.append(" ")
            if tag == "img" and tree.is_emoji(given):
                self._add(given["alt"])
        self._open.append(_Inside(self._at))
        self._paragraphs += tag in ("p", "td")
        if tag == "table":
            self._tables.append(self._open[-1])

    def _leave(self, node: LexborNode, tag: str) -> None:
        inside = self._open.pop()
        self._paragraphs -= tag in ("p", "td")
        inside.stop = self._at
        outer = self._open[-1]
        outer.tags |= inside.tags | _BITS.get(tag, 0)
        outer.paragraphs += inside.paragraphs + (tag == "p")
        if tag in BLOCKS or tag in _APART:
            self._pieces.append("\n")
        if self._tables:
            self._count(tag, inside)
        if tag in _ASKED:
            self._inside[node.mem_id or 0] = inside

    def _count(self, tag: str, inside: _Inside) -> None:
        if tag == "table":
            self._tables.pop()
            return
        table = self._tables[-1]
        if tag == "tr":
            table.rows += 1
        elif tag in ("td", "th"):
            table.cells += 1
            table.rich += inside.paragraphs > 1
            table.has_long_cell |= inside.paragraphs > _MOST_IN_CELL or inside.stop - inside.start > _LONGEST_CELL

    # --- questions ----------------------------------------------------------------------------------------------------

    def size_of(self, node: LexborNode) -> int:
        """The visible signs in an element."""
        inside = self._inside.get(node.mem_id or 0)
        return inside.stop - inside.start if inside else 0

    def holds(self, node: LexborNode, *tags: str) -> bool:
        """Whether one of these elements is inside; only for the elements of `_ASKED` and the tags of `_BITS`."""
        inside = self._inside.get(node.mem_id or 0)
        return inside is not None and bool(inside.tags & functools.reduce(operator.or_, (_BITS[tag] for tag in tags)))

    def is_last(self, node: LexborNode, outer: int) -> bool:
        """Whether nothing visible stands behind a node in the element with the identity `outer`."""
        inside, around = self._inside.get(node.mem_id or 0), self._inside.get(outer)
        return inside is not None and around is not None and inside.stop == around.stop

    def is_data(self, table: LexborNode) -> bool:
        """Whether a table is one of data, or a box of a few words, not one that lays out a page or a mail."""
        inside = self._inside.get(table.mem_id or 0)
        if inside is None or not inside.rows or inside.has_long_cell or inside.rich >= inside.rows:
            return False
        if self.holds(table, "table", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"):
            return False
        return inside.cells > inside.rows or (inside.cells == 1 and inside.stop - inside.start <= _LONGEST_BOX)
