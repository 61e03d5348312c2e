"""Footnotes of HTML: each goes behind the paragraph that refers to it, so that it stays with its card."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from articles.importing.blocks import Block, Kind, Span, Spans, plain, trim

_SIGN = re.compile(r"\s*\[?(?:\d{1,3}|[*†‡§]{1,3})\]?\s*$")
_WAY_BACK = re.compile(r"\s*[\^↑↩⤴⏎]\ufe0e?\ufe0f?\s*$")


def with_notes(blocks: Sequence[Block], ids: Mapping[str, int]) -> list[Block]:
    """`ids` names the block that begins under an id of the page. Links within the page are dropped, words stay."""
    behind: dict[int, list[int]] = {}
    signs: dict[int, str] = {}
    for index, block in enumerate(blocks):
        for sign, target in _references(block):
            at = ids.get(target)
            if at is not None and at > index and at not in signs:
                signs[at] = sign
                behind.setdefault(index, []).append(at)
    found: list[Block] = []
    for index, block in enumerate(blocks):
        if index not in signs:
            found.append(_without_links(block))
        found += (_note(blocks[at], signs[at]) for at in behind.get(index, ()))
    return found


def _references(block: Block) -> list[tuple[str, str]]:
    spans = [*block.spans, *(span for child in block.children for span in child.spans)]
    spans += [span for row in block.rows for cell in row for span in cell]
    return [
        (span.text.strip(), span.href[1:]) for span in spans if span.href.startswith("#") and _SIGN.match(span.text)
    ]


def _note(block: Block, sign: str) -> Block:
    spans = list(block.spans)
    marker = block.marker
    while spans and spans[-1].href.startswith("#") and _WAY_BACK.match(spans[-1].text):
        marker = f"{marker} {spans.pop().text.strip()}".strip()
    words = trim(tuple(spans))
    if not plain(words).startswith(sign):
        shown = sign if sign.startswith("[") else f"[{sign}]"
        words = (Span(f"{shown} "), *words)
    return _without_links(
        dataclasses.replace(block, kind=Kind.PARAGRAPH, spans=words, marker=marker, number=None, depth=0)
    )


def _without_links(block: Block) -> Block:
    if not any(span.href.startswith("#") for span in block.spans) and not block.children and not block.rows:
        return block
    return dataclasses.replace(
        block,
        spans=_plain_links(block.spans),
        children=tuple(_without_links(child) for child in block.children),
        rows=tuple(tuple(_plain_links(cell) for cell in row) for row in block.rows),
    )


def _plain_links(spans: Spans) -> Spans:
    return tuple(dataclasses.replace(span, href="") if span.href.startswith("#") else span for span in spans)
