"""The parsed tree of a page: walking it without recursion, its visible words, a few questions about its nodes."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from articles.importing.readers import markup
from articles.importing.readers.markup import BLOCKS


def visible(root: LexborNode) -> Iterator[str]:
    """The visible text, piece by piece: every text node that a browser would show, whatever the blocks become."""
    pieces: list[str] = []
    for node, entering in steps(root):
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(node.text_content or "")
        elif tag in ("rt", "sup"):
            pieces.append(" ")
        elif tag in BLOCKS or tag == "br":
            yield "".join(pieces)
            pieces = []
        elif tag == "img" and entering and is_emoji(markup.attributes(node)):
            pieces.append(markup.attributes(node).get("alt", ""))
    yield "".join(pieces)


def steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every element and text below a node, going in (True) and coming out (False), without what nobody sees."""
    node = root.child
    while node is not None:
        tag = node.tag or ""
        is_seen = tag == "-text" or not markup.is_unseen(tag, markup.attributes(node))
        if is_seen:
            yield node, True
            inner = node.child if tag != "-text" else None
            if inner is not None:
                node = inner
                continue
            if tag != "-text":
                yield node, False
        while node is not None and node.next is None:
            node = node.parent
            if node is None or node.mem_id == root.mem_id:
                return
            yield node, False
        node = node.next if node is not None else None


def is_emoji(given: dict[str, str]) -> bool:
    return not {"emoji", "wp-smiley", "twemoji"}.isdisjoint(markup.classes(given)) and bool(given.get("alt"))


def is_last(node: LexborNode) -> bool:
    """Whether nothing but white space stands behind a node in its block and in the quotation."""
    current: LexborNode | None = node
    while current is not None and current.tag != "blockquote":
        following = current.next
        while following is not None:
            if following.text(deep=True).strip():
                return False
            following = following.next
        current = current.parent
    return current is not None


def has_inside(node: LexborNode, selector: str) -> bool:
    """Whether a descendant matches; the parser's own search counts the node itself."""
    return any(found.mem_id != node.mem_id for found in node.css(selector))


def is_data(table: LexborNode) -> bool:
    """A table of data, not one that lays out a page or a mail."""
    rows = table.css("tr")
    cells = table.css("td, th")
    if not rows or len(cells) <= len(rows) or has_inside(table, "table, h1, h2, h3, h4, ul, ol, blockquote"):
        return False
    return not any(len(cell.css("p")) > 3 or len(cell.text()) > 1500 for cell in cells[:200])
