"""Plain text to blocks, with and without blank lines between the paragraphs.

A line is a paragraph, unless the text is plainly wrapped at a fixed width: then a line goes on in the next one when
its first word would not have fitted.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator

from articles.importing.blocks import Block, Kind, Span, paragraph
from articles.importing.finder.numbers import leading_number
from articles.importing.reading import Reading, refuse_length

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<bullet>[-*+•‣▪◦●○·–—>])[ \t]+(?=\S)")
_RULE = re.compile(r"\s*([-*_=~#•.])(?:\s*\1){2,}\s*$")
_QUOTED = re.compile(r"\s*>\s?")
_WIDEST_WRAP = 110
_TAB = 4


def read(text: str, name: str) -> Reading:
    return Reading(_blocks(text, name), text)


def _blocks(text: str, name: str) -> list[Block]:
    chunks = _chunks(text)
    if _is_wrapped(chunks):
        width = max(len(line) for chunk in chunks for line in chunk)
        chunks = [_unwrapped(chunk, width) for chunk in chunks]
    refuse_length(sum(map(len, chunks)), name)
    found: list[Block] = []
    for chunk in chunks:
        found.extend(_quoted(chunk) if _is_quoted(chunk) else _lines(chunk))
    return _with_groups(found)


def _chunks(text: str) -> list[list[str]]:
    """The lines between blank lines."""
    chunks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _is_wrapped(chunks: list[list[str]]) -> bool:
    """Whether the lines were broken at a fixed width: blank lines divide, and most breaks stand near that width."""
    if len(chunks) < 3:
        return False
    width = max(len(line) for chunk in chunks for line in chunk)
    breaks = [(line, following) for chunk in chunks for line, following in itertools.pairwise(chunk)]
    if width > _WIDEST_WRAP or width < 40 or not breaks:
        return False
    full = sum(not _fits(line, following, width) for line, following in breaks)
    return full >= 0.6 * len(breaks)


def _fits(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word had room in this one, so that the break was meant."""
    words = following.split(None, 1)
    return not words or len(line.rstrip()) + 1 + len(words[0]) <= width - 3


def _unwrapped(chunk: list[str], width: int) -> list[str]:
    """`width` is that at which the text was broken into lines."""
    joined = [chunk[0]]
    last = chunk[0]
    for line in chunk[1:]:
        if (not _RULE.match(last) and not _starts_anew(line) and not _fits(last, line, width)) or (
            joined and not _starts_anew(line) and line[:1].isspace() and _BULLET.match(joined[-1])
        ):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
        last = line
    return joined


def _starts_anew(line: str) -> bool:
    number = leading_number(line.strip())
    if _RULE.match(line):
        return True
    return bool(_BULLET.match(line)) or (number is not None and number.style in ("dot", "paren", "hash", "keycap"))


def _is_quoted(chunk: list[str]) -> bool:
    """A mail's way to quote: every line begins with ">"."""
    return all(_QUOTED.match(line) for line in chunk)


def _quoted(chunk: list[str]) -> Iterator[Block]:
    inner = tuple(paragraph(_QUOTED.sub("", line, count=1).strip()) for line in chunk)
    marker = " ".join(">" for _ in chunk)
    yield Block(kind=Kind.QUOTE, children=tuple(block for block in inner if block.text), marker=marker)


def _with_groups(blocks: list[Block]) -> list[Block]:
    """Items with nothing but blank lines between them are one list."""
    group = 1
    found = []
    for block in blocks:
        if block.kind is not Kind.ITEM:
            group += 1
        found.append(dataclasses.replace(block, group=group))
    return found


def _lines(chunk: list[str]) -> Iterator[Block]:
    indents: list[int] = []
    for line in chunk:
        if _RULE.match(line):
            yield Block(kind=Kind.RULE, marker=line.strip())
            indents = []
            continue
        bullet = _BULLET.match(line)
        if bullet is None:
            indents = []
            yield paragraph(line.strip())
            continue
        indent = len(bullet["indent"].expandtabs(_TAB))
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        yield Block(
            kind=Kind.ITEM,
            spans=(Span(line[bullet.end() :].strip()),),
            depth=len(indents),
            marker=bullet["bullet"],
        )
