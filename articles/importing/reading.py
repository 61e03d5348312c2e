"""What every reader gives: the run of blocks, and the visible text to hold the account against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture out of the file. The Markdown of the bodies names it as `picture:NAME`."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`visible` is the visible text of the source, found without regard to the blocks."""

    blocks: Sequence[Block]
    visible: str
    title: str = ""
    pictures: tuple[Embedded, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
