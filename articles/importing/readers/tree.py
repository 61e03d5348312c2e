"""The parsed tree of a page: walking it without recursion, and what is an emoji in it."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from articles.importing.readers import markup
from articles.importing.readers.markup import EMBEDS


def steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every element and text below a node, going in (True) and coming out (False), without what nobody sees.

    A film's inside is what browsers without films show.
    """
    node = root.child
    while node is not None:
        tag = node.tag or ""
        is_seen = tag == "-text" or not markup.is_unseen(tag, markup.attributes(node))
        if is_seen:
            yield node, True
            inner = node.child if tag != "-text" and tag not in EMBEDS else None
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
